"""Which duties stand in the answer to one encounter: those whose trigger is in the facts, no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from vangnet.knowledge.clocks import sentences
from vangnet.knowledge.clocks.ages import groups_between
from vangnet.knowledge.clocks.hold import HoldClock, Stay, hold_clock, stay_of
from vangnet.knowledge.clocks.limits import Limit, Span, span_of
from vangnet.knowledge.clocks.rows import Certainty, Clock, Trigger, event_kinds, has_table, table
from vangnet.knowledge.clocks.zones import zone_of
from vangnet.knowledge.terms import Encounter, KnownFact, Words, days_of

LEGAL_STATUS_EVENTS = frozenset({"reflection_period_granted"})
"""Events that a legal-status record may keep; no duty of an encounter reads them."""

SIS = "sis"
"""The source of G-07 that says that the finding is a SIS alert; it goes before a measure beside it."""

MEASURES = frozenset({"ots", "vots", "guardian", "placement_authorisation"})
"""The sources of G-07 that say that the finding is a Dutch measure and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something recorded after the encounter: a report made, an order given, a request received.

    `kind` is one of `event_kinds()` or `LEGAL_STATUS_EVENTS`; another raises ValueError, because
    an event under a wrong name would lose a duty without a sound.
    """

    kind: str
    at: datetime

    def __post_init__(self) -> None:
        if self.kind not in event_kinds() | LEGAL_STATUS_EVENTS:
            raise ValueError(f"not an event that a clock knows: {self.kind!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty that the law asks, of whom, since when and, where the law is hard, until when.

    Moments carry the offset of the encounter's place and are elapsed (real) time.
    `night_rule_until` is what the formal night rule gives, beside it. An event duty has no
    deadline, ever: show how long it has been running.
    """

    clock: str
    words: Words
    holder: Words
    holder_code: str
    starts_at: datetime | None
    due_at: datetime | None
    night_rule_until: datetime | None
    half_at: datetime | None
    three_quarters_at: datetime | None
    hard: bool
    event: bool
    source: str
    certainty: Certainty
    note: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """That the trigger of a clock is in the facts: since when, and what was assumed to say so."""

    at: datetime | None
    notes: tuple[Words, ...] = ()
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that a trigger may look at."""

    encounter: Encounter
    any_indication: bool
    events: tuple[Event, ...]
    stay: Stay | None
    hold: HoldClock | None

    @property
    def met_at(self) -> datetime | None:
        """The moment of the encounter, where it is known in full."""
        met = self.encounter.met_at
        return met if isinstance(met, datetime) else None


_Starter = Callable[[Clock, Situation], Started | None]


def _hold_limit(clock: Clock, situation: Situation) -> Started | None:
    hold = situation.hold
    if hold is None or hold.clock != clock.id:
        return None
    limit = Limit(amount=hold.hours, unit="hours", night_rule=True)
    return Started(at=hold.starts_at, limit=limit, notes=(hold.assumed,) if hold.assumed else ())


def _hold_of_any(_clock: Clock, situation: Situation) -> Started | None:
    stay = situation.stay
    return None if stay is None else Started(at=stay.starts_at, notes=stay.counted)


def _hold_under_12(_clock: Clock, situation: Situation) -> Started | None:
    stay = situation.stay
    if stay is None or not stay.groups.may_be_under_12:
        return None
    return Started(at=stay.starts_at, notes=stay.counted + stay.notes_for("under_12"))


def _arrest_from_12(_clock: Clock, situation: Situation) -> Started | None:
    stay = situation.stay
    if stay is None or not stay.groups.may_be_from_12:
        return None
    counted = stay.counted if stay.custody.arrested_at is None else ()
    return Started(at=stay.arrested_at, notes=counted + stay.notes_for("from_12"))


def _arrest(_clock: Clock, situation: Situation) -> Started | None:
    """Start at the recorded arrest; an arrival is later than that, so it never gives this term a moment."""
    stay = situation.stay
    if stay is None or stay.custody.basis == "under_12" or not stay.groups.may_be_from_12:
        return None
    counted = () if stay.custody.arrested_at else (sentences.ARREST_UNKNOWN, *stay.ground)
    return Started(at=stay.custody.arrested_at, notes=counted + stay.notes_for("from_12"))


def _custody_order(_clock: Clock, situation: Situation) -> Started | None:
    stay = situation.stay
    if stay is None or stay.custody.ordered_at is None or not stay.groups.may_be_from_12:
        return None
    return Started(at=stay.custody.ordered_at, notes=stay.notes_for("from_12"))


def _protection_alert(_clock: Clock, situation: Situation) -> Started | None:
    """Start at what says that a child under a SIS alert was met: the child that was met is the child located."""
    encounter = situation.encounter
    counted = _alert_of(encounter)
    days = days_of(encounter.met_at, zone_of(encounter.country))
    if counted is None or not groups_between(encounter.child, *days).possible:
        return None
    met = situation.met_at
    return Started(at=met, notes=counted + (() if met else (sentences.NO_MOMENT,)))


def _alert_of(encounter: Encounter) -> tuple[Words, ...] | None:
    """Say how an alert was counted, or None where the facts tell of none.

    An observed I-47 may also be a foreign measure, and an indicated G-07 any measure or alert. Where
    the source of G-07 is in `MEASURES` it is that measure alone, so no alert; where it is `SIS` it is
    the alert. Any other source does not tell, and is counted the stricter way. That a channel
    answered does not tell what, and its answer is free text, which no rule reads.
    """
    if any(one.indicator == "I-47" and one.state == "observed" for one in encounter.observations):
        return (sentences.ALERT_ASSUMED,)
    found = encounter.facts.get("G-07", KnownFact())
    source = found.source.strip().casefold()
    if found.state != "indicated" or source in MEASURES:
        return None
    return () if source == SIS else (sentences.MEASURE_OR_ALERT,)


def _any_indication(_clock: Clock, situation: Situation) -> Started | None:
    return Started(at=situation.met_at) if situation.any_indication else None


def _event(clock: Clock, situation: Situation) -> Started | None:
    times = sorted(one.at for one in situation.events if one.kind in clock.events)
    if not times:
        return None
    start = times[-1] if clock.of_several == "latest" else times[0]
    if clock.then is None:
        return Started(at=start)
    kind, limit = clock.then
    over = any(one.kind == kind and one.at >= start for one in situation.events)
    return Started(at=start, limit=limit if over else None)


def _never(_clock: Clock, _situation: Situation) -> Started | None:
    return None


_STARTERS: Mapping[Trigger, _Starter] = MappingProxyType(
    {
        "hold_under_12": _hold_limit,
        "hold_from_12": _hold_limit,
        "hold": _hold_of_any,
        "hold_notice_under_12": _hold_under_12,
        "arrest": _arrest,
        "arrest_from_12": _arrest_from_12,
        "custody_order": _custody_order,
        "protection_alert": _protection_alert,
        "any_indication": _any_indication,
        "event": _event,
        "legal_status": _never,
        "rule": _never,
        "elsewhere": _never,
    }
)


def started(clock: Clock, situation: Situation) -> Started | None:
    """Say since when a clock runs in a situation, or None where its trigger is not in the facts."""
    return _STARTERS[clock.trigger](clock, situation)


def duty_of(clock: Clock, start: Started, zone: ZoneInfo) -> Duty:
    """Make the duty of a clock that started; only a hard clock without doubt gets a deadline."""
    limit = (start.limit or clock.limit) if clock.gives_deadline else None
    span: Span = span_of(start.at, limit, zone)
    return Duty(
        clock=clock.id,
        words=clock.words,
        holder=clock.holder,
        holder_code=clock.holder_code,
        starts_at=span.starts_at,
        due_at=span.due_at,
        night_rule_until=span.night_rule_until,
        half_at=span.half_at,
        three_quarters_at=span.three_quarters_at,
        hard=clock.gives_deadline,
        event=clock.kind == "event",
        source=clock.source,
        certainty=clock.certainty,
        note=sentences.joined(_notes(clock, start)),
    )


def _notes(clock: Clock, start: Started) -> tuple[Words, ...]:
    term = (sentences.term_without_deadline(clock.limit_words),) if clock.kind == "term" else ()
    own = (clock.note,) if clock.note else ()
    lawyer = (sentences.LAWYER,) if clock.needs_lawyer else ()
    return start.notes + term + own + lawyer


def duties(
    encounter: Encounter, *, any_indication: bool, at: datetime, events: Sequence[Event] = ()
) -> tuple[Duty, ...]:
    """Give the duties whose trigger is in the facts, in the order of the table.

    `at` is the moment of the answer: an event after it has not happened yet, and a hold that a
    custody order has followed by then is over. Of several equal events the earliest counts, of
    renewed measures the latest. Empty for a country without a table (`has_table` says which).
    No row hangs on `any_indication` today; one that does needs only its trigger in the table.
    Nothing here reads a name, birthplace, address, vehicle, language, or the legal-status record.
    """
    if not has_table(encounter.country):
        return ()
    situation = Situation(
        encounter=encounter,
        any_indication=any_indication,
        events=tuple(one for one in events if one.at <= at),
        stay=stay_of(encounter),
        hold=hold_clock(encounter, at),
    )
    zone = zone_of(encounter.country)
    found = ((clock, started(clock, situation)) for clock in table().values())
    return tuple(duty_of(clock, start, zone) for clock, start in found if start is not None)
