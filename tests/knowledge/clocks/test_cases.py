"""The cases of `cases.yaml`, each reasoned by hand from the law, come out as they were reasoned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from vangnet.knowledge.clocks import Event, duties, hold_clock
from vangnet.knowledge.terms import Encounter, read_encounter


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was recorded, why the law then asks this, and what it asks."""

    name: str
    because: str
    duties: dict[str, str]
    born: str = "2012-05-17"
    basis_of_age: str = "stated"
    met: str = "2026-03-02T14:00:00+01:00"
    country: str = "NL"
    custody: dict[str, str] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    alert: bool = False
    events: dict[str, str] = field(default_factory=dict)
    at: str = ""

    @property
    def encounter(self) -> Encounter:
        raw: dict[str, Any] = {"organisation": "NL-POL-RIJNHAVEN", "country": self.country, "met_at": self.met}
        raw |= {"child": {"birth_date": self.born, "birth_date_basis": self.basis_of_age} if self.born else {}}
        raw |= {"custody": self.custody, "known": self.known}
        raw |= {"observations": [{"indicator": "I-47", "state": "observed"}] if self.alert else []}
        read = read_encounter(raw)
        assert isinstance(read, Encounter), read
        return read

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at or (self.met if "T" in self.met else "2026-12-31T00:00:00+01:00"))


CASES = tuple(Case(**raw) for raw in yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_law_asks_this_and_nothing_else(case: Case) -> None:
    events = [Event(kind=kind, at=datetime.fromisoformat(at)) for kind, at in case.events.items()]
    found = duties(case.encounter, any_indication=True, at=case.moment, events=events)
    given = {duty.clock: duty.due_at.isoformat() if duty.due_at else "-" for duty in found}
    assert given == case.duties, case.because


def test_there_are_many_and_each_is_reasoned() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(len(case.because) > 20 for case in CASES)


@pytest.mark.parametrize(
    ("arrived", "formally", "because"),
    [
        (
            "2026-03-02T14:40:00+01:00",
            "2026-03-02T20:40:00+01:00",
            "No night between: the formal end is the real one.",
        ),
        ("2026-03-02T18:00:00+01:00", "2026-03-03T00:00:00+01:00", "Six hours fit until midnight to the second."),
        ("2026-03-02T18:00:01+01:00", "2026-03-03T09:00:01+01:00", "One second is left, and it counts after nine."),
        ("2026-03-02T22:00:00+01:00", "2026-03-03T13:00:00+01:00", "Two hours before the night, four after it."),
        (
            "2026-03-03T03:00:00+01:00",
            "2026-03-03T15:00:00+01:00",
            "Arrived in the night: counting begins at nine.",
        ),
        ("2026-03-03T08:59:00+01:00", "2026-03-03T15:00:00+01:00", "The last minute of the night does not count."),
        ("2026-03-03T09:00:00+01:00", "2026-03-03T15:00:00+01:00", "From nine every minute counts."),
        (
            "2026-03-28T22:00:00+01:00",
            "2026-03-29T13:00:00+02:00",
            "Nine is nine on the clock, whatever it skipped.",
        ),
        ("2026-10-24T22:00:00+02:00", "2026-10-25T13:00:00+01:00", "The hour that comes twice lies in the night."),
    ],
)
def test_the_night_rule_stands_beside_the_real_hours_and_never_moves_the_alarm(
    arrived: str, formally: str, because: str
) -> None:
    case = Case(
        name="", because=because, born="2017-01-01", custody={"basis": "under_12", "arrived_at": arrived}, duties={}
    )
    hold = hold_clock(case.encounter, case.moment)
    assert hold is not None
    assert hold.night_rule_until is not None
    assert hold.due_at is not None
    assert hold.night_rule_until.isoformat() == formally, because
    assert (hold.due_at - datetime.fromisoformat(arrived)).total_seconds() == 6 * 3600
    assert hold.due_at <= hold.night_rule_until
