"""From the contract's JSON to an encounter, and back to the same JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from vangnet.knowledge.terms.dates import Moment, PartialDate, days_of, parse_moment
from vangnet.knowledge.terms.encounter import (
    ChannelCheck,
    ChildView,
    Custody,
    Encounter,
    KnownFact,
    Observation,
)
from vangnet.knowledge.terms.people import (
    Authority,
    BiometricReference,
    Child,
    Collector,
    Companion,
    Document,
    Identity,
    PersonName,
)
from vangnet.knowledge.terms.schema import misshapen, reasons_against
from vangnet.knowledge.terms.words import Reason, Words

Raw = Mapping[str, Any]
T = TypeVar("T")


class UnreadableError(ValueError):
    """A value at a place of the text has the right shape but cannot exist, such as 31 February."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def read_encounter(raw: object) -> Encounter | tuple[Reason, ...]:
    """Read one encounter, or say everything that is wrong with it.

    Every reason says what, where and how to mend it. Nothing is guessed or dropped.
    """
    if reasons := reasons_against(raw):
        return reasons
    assert isinstance(raw, Mapping)  # noqa: S101 - the schema has just said so
    try:
        encounter = _encounter(raw)
    except UnreadableError as error:
        return (Reason(code="unreadable", where=error.where, words=misshapen(error.where)),)
    return _reasons_of_sense(encounter) or encounter


def _reasons_of_sense(encounter: Encounter) -> tuple[Reason, ...]:
    birth = encounter.child.birth_date
    _, last = days_of(encounter.met_at, ZoneInfo("Etc/GMT-14"))  # the earth's latest calendar day
    if birth is None or birth.earliest <= last:
        return ()
    words = Words(
        "child.birth_date ligt na met_at; kijk beide datums na.",
        "child.birth_date lies after met_at; check both dates.",
    )
    return (Reason(code="born_later", where="child.birth_date", words=words),)


def _read(raw: Raw, name: str, where: str, parse: Callable[[str], T]) -> T | None:
    if name not in raw:
        return None
    try:
        return parse(raw[name])
    except ValueError as error:
        raise UnreadableError(f"{where}.{name}".removeprefix(".")) from error


def _time(raw: Raw, name: str, where: str) -> datetime | None:
    return _read(raw, name, where, datetime.fromisoformat)


def _moment(raw: Raw, name: str, where: str) -> Moment | None:
    return _read(raw, name, where, parse_moment)


def _date(raw: Raw, name: str, where: str) -> PartialDate | None:
    return _read(raw, name, where, PartialDate.parse)


def _name(raw: Raw) -> PersonName | None:
    name = PersonName(raw.get("given_names", "").strip(), raw.get("family_name", "").strip())
    return name if name.whole else None


def _only(raw: Raw, *names: str) -> dict[str, Any]:
    return {name: raw[name] for name in names if name in raw}


def _child(raw: Raw) -> Child:
    others = tuple(name for other in raw.get("other_names", ()) if (name := _name(other)))
    return Child(
        name=_name(raw),
        other_names=others,
        birth_date=_date(raw, "birth_date", "child"),
        phones=tuple(raw.get("phones", ())),
        documents=tuple(Document(**document) for document in raw.get("documents", ())),
        biometric_references=tuple(
            BiometricReference(system=one.get("system", ""), reference=one["reference"])
            for one in raw.get("biometric_references", ())
        ),
        **_only(raw, "birth_date_basis", "sex", "birth_place", "address"),
    )


def _collector(raw: Raw, where: str) -> Collector:
    return Collector(
        name=_name(raw),
        birth_date=_date(raw, "birth_date", where),
        phones=tuple(raw.get("phones", ())),
        identity=Identity(**raw.get("identity", {})),
        authority=Authority(**raw.get("authority", {})),
        **_only(raw, "vehicle", "address", "claimed_relation", "conflict_of_interest"),
    )


def _companion(raw: Raw) -> Companion:
    return Companion(
        role=raw["role"], name=_name(raw), phones=tuple(raw.get("phones", ())), vehicle=raw.get("vehicle", "")
    )


def _observation(raw: Raw, where: str) -> Observation:
    return Observation(
        indicator=raw["indicator"],
        state=raw["state"],
        at=_moment(raw, "at", where),
        **_only(raw, "observer", "words"),
    )


def _custody(raw: Raw) -> Custody:
    return Custody(
        arrested_at=_time(raw, "arrested_at", "custody"),
        arrived_at=_time(raw, "arrived_at", "custody"),
        ordered_at=_time(raw, "ordered_at", "custody"),
        **_only(raw, "basis", "pretrial_detention_offence"),
    )


def _channel(raw: Raw, where: str) -> ChannelCheck:
    return ChannelCheck(channel=raw["channel"], at=_time(raw, "at", where), **_only(raw, "state", "answer"))


def _fact(raw: Raw, where: str) -> KnownFact:
    return KnownFact(state=raw["state"], at=_time(raw, "at", where), **_only(raw, "source", "words"))


def _encounter(raw: Raw) -> Encounter:
    known = raw.get("known", {})
    met_at = _moment(raw, "met_at", "")
    assert met_at is not None  # noqa: S101 - required by the schema
    return Encounter(
        organisation=raw["organisation"],
        country=raw["country"],
        met_at=met_at,
        custody=_custody(raw.get("custody", {})),
        child=_child(raw.get("child", {})),
        observations=tuple(
            _observation(one, f"observations[{at}]") for at, one in enumerate(raw.get("observations", ()))
        ),
        companions=tuple(_companion(one) for one in raw.get("companions", ())),
        child_view=ChildView(**raw.get("child_view", {})),
        collectors=tuple(_collector(one, f"collectors[{at}]") for at, one in enumerate(raw.get("collectors", ()))),
        international_check=tuple(
            _channel(one, f"known.international_check[{at}]")
            for at, one in enumerate(known.get("international_check", ()))
        ),
        facts=MappingProxyType(
            {check: _fact(one, f"known.facts.{check}") for check, one in sorted(known.get("facts", {}).items())}
        ),
        **_only(raw, "encounter_id", "place", "municipality", "kind", "offence", "words", "interpreter_language"),
    )
