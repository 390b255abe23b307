"""How long a child may be held for investigation: the stricter reading, in real hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from vangnet.knowledge.clocks import sentences
from vangnet.knowledge.clocks.ages import Group, Groups, groups_between
from vangnet.knowledge.clocks.limits import Limit, night_rule_end, span_of
from vangnet.knowledge.clocks.rows import has_table, table
from vangnet.knowledge.clocks.zones import zone_of
from vangnet.knowledge.terms import Custody, Encounter, Words, days_of

LESSER_OFFENCE_HOURS = 6
"""Without an offence that allows pre-trial detention the hold is six hours: Sv 56a(2), memory-high."""

_LONGEST_HOURS = 9
_IF: dict[Group, Words] = {"under_12": sentences.IF_UNDER_12, "from_12": sentences.IF_FROM_12}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldClock:
    """Until when the hold can last, in real hours; the moments are None where no start is known.

    `night_rule_until` is what the formal rule gives (00:00 to 09:00 does not count); the alarm
    is on `due_at`. `assumed` says in words what was not known and how it was counted.
    """

    clock: str
    hours: int
    starts_at: datetime | None
    due_at: datetime | None
    half_at: datetime | None
    three_quarters_at: datetime | None
    night_rule_until: datetime | None
    start_known: bool
    assumed: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """That a child is held, since when, and to which age groups it may belong."""

    custody: Custody
    starts_at: datetime | None
    groups: Groups
    since: tuple[Words, ...]
    ground: tuple[Words, ...]

    @property
    def counted(self) -> tuple[Words, ...]:
        """What was assumed of the start and of the ground."""
        return self.since + self.ground

    @property
    def arrested_at(self) -> datetime | None:
        """The arrest, or where it is not recorded the start of the stay."""
        return self.custody.arrested_at or self.starts_at

    def notes_for(self, group: Group) -> tuple[Words, ...]:
        """Say under which assumption a duty of one age group stands here."""
        return (_IF[group],) if len(self.groups.possible) > 1 else self.groups.assumed


def _is_held(custody: Custody) -> bool:
    times = (custody.arrested_at, custody.arrived_at, custody.ordered_at)
    return custody.basis in {"suspect", "under_12"} or (
        custody.basis == "unknown" and any(time is not None for time in times)
    )


def _start(encounter: Encounter) -> tuple[datetime | None, tuple[Words, ...]]:
    custody, met = encounter.custody, encounter.met_at
    if custody.arrived_at is not None:
        return custody.arrived_at, ()
    if custody.arrested_at is not None:
        return custody.arrested_at, (sentences.START_ARRESTED,)
    if isinstance(met, datetime):
        return met, (sentences.START_MET,)
    return None, (sentences.NO_MOMENT,)


def _days(encounter: Encounter, start: datetime | None) -> tuple[date, date]:
    zone = zone_of(encounter.country)
    if start is None:
        return days_of(encounter.met_at, zone)
    last = night_rule_end(start, _LONGEST_HOURS, zone) - timedelta(seconds=1)
    return days_of(start, zone)[0], days_of(last, zone)[0]


def stay_of(encounter: Encounter) -> Stay | None:
    """Say whether a child is held, or None where the facts do not say so.

    Held is who is here on the ground `suspect` or `under_12`; on an unknown ground only where a
    time of arrest, arrival or order stands. A witness, a voluntary visit, a measure and no ground
    at all are no custody, so they have no clock. Nor has a person whom a document shows to be an
    adult throughout. The stay counts from the arrival; without it from the arrest, then from the
    encounter, each of which is earlier and so stricter.
    """
    custody = encounter.custody
    if not _is_held(custody):
        return None
    start, since = _start(encounter)
    groups = groups_between(encounter.child, *_days(encounter, start), basis=custody.basis)
    if not groups.possible:
        return None
    ground = (sentences.BASIS_UNKNOWN,) if custody.basis == "unknown" else ()
    return Stay(custody=custody, starts_at=start, groups=groups, since=since, ground=ground)


def limit_for(stay: Stay) -> tuple[str, Limit, tuple[Words, ...]]:
    """Give the clock that holds the child, its limit, and what was assumed to choose it.

    Under 12 or possibly so: CLK-01, six hours. Otherwise CLK-02: nine hours for an offence that
    allows pre-trial detention, six for another and, being stricter, where that is not known.
    """
    clock = "CLK-01" if stay.groups.may_be_under_12 else "CLK-02"
    row = table()[clock].hard_limit
    if clock == "CLK-01" or stay.custody.pretrial_detention_offence == "yes":
        return clock, row, ()
    known = stay.custody.pretrial_detention_offence == "no"
    words = sentences.OFFENCE_LESSER if known else sentences.OFFENCE_UNKNOWN
    return clock, replace(row, amount=LESSER_OFFENCE_HOURS), (words,)


def hold_clock(encounter: Encounter, at: datetime) -> HoldClock | None:
    """Say until when the hold can last, or None where nobody is held for investigation at `at`.

    The hold is over once a custody order (12 and older, Sv 57) has taken its place in time. An
    order that came after the limit leaves the clock in sight. Source: Sv 56a(2)-(3), 487(2).
    """
    stay = stay_of(encounter) if has_table(encounter.country) else None
    if stay is None:
        return None
    clock, limit, offence = limit_for(stay)
    span = span_of(stay.starts_at, limit, zone_of(encounter.country))
    if _is_replaced(stay, span.night_rule_until, at):
        return None
    return HoldClock(
        clock=clock,
        hours=limit.amount,
        starts_at=span.starts_at,
        due_at=span.due_at,
        half_at=span.half_at,
        three_quarters_at=span.three_quarters_at,
        night_rule_until=span.night_rule_until,
        start_known=stay.custody.arrived_at is not None,
        assumed=sentences.joined((*stay.counted, *stay.groups.assumed, *offence)),
    )


def _is_replaced(stay: Stay, night_until: datetime | None, at: datetime) -> bool:
    ordered = stay.custody.ordered_at
    if ordered is None or ordered > at or stay.groups.may_be_under_12:
        return False
    return night_until is None or ordered <= night_until
