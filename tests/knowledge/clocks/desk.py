"""One encounter and its duties, for the tests of this shelf; everything is invented."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any

from vangnet.knowledge.clocks import Duty, Event, duties
from vangnet.knowledge.terms import Child, Custody, Encounter, KnownFact, Observation, PartialDate

MET = "2026-03-02T14:00:00+01:00"
ARRESTED = "2026-03-02T14:10:00+01:00"
ARRIVED = "2026-03-02T14:40:00+01:00"
ORDERED = "2026-03-02T19:00:00+01:00"
LATER = "2027-03-02T14:00:00+01:00"
TIMES = {"arrested_at": ARRESTED, "arrived_at": ARRIVED}
UNDER, TEEN, BOTH = "2017-01-01", "2012-05-17", None
HOLD_UNDER = {"CLK-01", "CLK-07", "CLK-08"}
HOLD_TEEN = {"CLK-02", "CLK-06", "CLK-08", "CLK-09"}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def met(*, birth: str | None = TEEN, at: str = MET, birth_basis: Any = "stated", **more: Any) -> Encounter:
    """An encounter; what names a field of custody goes there."""
    names = {"basis", "arrested_at", "arrived_at", "ordered_at", "pretrial_detention_offence"}
    custody = {key: moment(value) if key.endswith("_at") else value for key, value in more.items() if key in names}
    rest = {key: value for key, value in more.items() if key not in names}
    return Encounter(
        organisation="NL-POL-X",
        met_at=moment(at) if "T" in at else PartialDate.parse(at),
        custody=Custody(**custody),
        child=Child(birth_date=PartialDate.parse(birth) if birth else None, birth_date_basis=birth_basis),
        **{"country": "NL"} | rest,
    )


def answer(encounter: Encounter, *events: Event, at: str = MET, any_indication: bool = False) -> dict[str, Duty]:
    found = duties(encounter, any_indication=any_indication, at=moment(at), events=events)
    assert [duty.clock for duty in found] == sorted({duty.clock for duty in found})
    return {duty.clock: duty for duty in found}


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


ALERT = (Observation(indicator="I-47", state="observed"),)


def g07(state: Any = "indicated", source: str = "") -> dict[str, Any]:
    return {"facts": MappingProxyType({"G-07": KnownFact(state=state, source=source)})}
