"""What is due, in the order of time alone, and how the international check stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet

from vangnet.chain.duties.models import Duty, InternationalCheck
from vangnet.knowledge import clocks
from vangnet.knowledge.terms import CHANNELS, Channel, ChannelCheck, Words
from vangnet.trust.access.policy import Actor, is_only_officer
from vangnet.trust.access.selectors import names_of
from vangnet.trust.keys.services import Envelope, Place

PROOF = "duties.proof"
ANSWER = "duties.international"
MOST = 300
MOST_OLDER = 100
PASSED = timedelta(days=7)
RUNNING = timedelta(days=30)
State = Literal["asked", "not_asked", "answered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty as a line of work: what the law asks of whom, until when; nothing about the child.

    Moments carry the offset of the encounter's place. `is_late` only where there is a deadline.
    """

    id: UUID
    encounter_id: UUID
    clock: str
    words: Words
    holder: Words
    holder_code: str
    starts_at: datetime | None
    due_at: datetime | None
    hard: bool
    source: str
    certainty: str
    started_at: datetime
    done_at: datetime | None
    done_by: str
    is_late: bool
    recorded_by: UUID

    @property
    def law(self) -> clocks.Clock:
        """The row of the law table that this duty runs on."""
        return clocks.table()[self.clock]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How one channel stands: *not asked* is a state of its own, never left out."""

    channel: Channel
    state: State
    asked_by: str = ""
    at: datetime | None = None
    answer: str = ""

    @property
    def as_check(self) -> ChannelCheck:
        """The same as an encounter has it."""
        return ChannelCheck(channel=self.channel, state=self.state, at=self.at, answer=self.answer)


def duties_of(encounter_id: UUID, *, at: datetime) -> tuple[DutyLine, ...]:
    """Give the duties of one encounter that have not lapsed, done ones too, in the order of their time.

    For selectors that have asked for the right to read the encounter.
    """
    rows = Duty.objects.filter(encounter_id=encounter_id, lapsed_at__isnull=True)
    return _lines(_in_time(rows), at)


def due_for(*, actor: Actor, at: datetime) -> tuple[DutyLine, ...]:
    """Give what this actor has still to do or to see done, the earliest first; at most 300 lines.

    Ordered by the time of the duty, then by what belongs together; nothing about a child stands in a
    line. Deadlines to come or passed less than a week ago, and what runs without hours for less than
    a month: what is older stands in `older_for`. For `flow`, which asked for the right.
    """
    rows = _open_to(actor).filter(_recent(at)).select_related("encounter")
    order = (F("due_at").asc(nulls_last=True), "encounter_id", F("starts_at").asc(nulls_last=True), "clock")
    return tuple(_line(row, "", at) for row in rows.order_by(*order)[:MOST])


def older_for(*, actor: Actor, at: datetime) -> dict[UUID, tuple[DutyLine, ...]]:
    """Give, the oldest first, the encounters of longer ago at which something was never recorded as done.

    At most 100 of them, each with its open duties. For `flow`, which asked for the right.
    """
    rows = _open_to(actor).exclude(_recent(at))
    firsts = rows.values("encounter_id").annotate(first=Min("started_at")).order_by("first", "encounter_id")
    found: dict[UUID, list[DutyLine]] = {one["encounter_id"]: [] for one in firsts[:MOST_OLDER]}
    for row in rows.filter(encounter_id__in=found).select_related("encounter").order_by("starts_at", "clock"):
        found[row.encounter_id].append(_line(row, "", at))
    return {one: tuple(lines) for one, lines in found.items()}


def count_older(*, actor: Actor, at: datetime) -> int:
    """Count the encounters of longer ago at which something was never recorded as done."""
    return _open_to(actor).exclude(_recent(at)).values("encounter_id").distinct().count()


def _open_to(actor: Actor) -> QuerySet[Duty]:
    """Choose what was not recorded as done; an officer's own alone, at a desk those of the whole organisation."""
    rows = Duty.objects.filter(organisation_id=actor.organisation_id, lapsed_at__isnull=True, done_at__isnull=True)
    return rows.filter(encounter__recorded_by_id=actor.person_id) if is_only_officer(actor) else rows


def _recent(at: datetime) -> Q:
    return Q(due_at__isnull=True, started_at__gte=at - RUNNING) | Q(due_at__gte=at - PASSED)


def ends_of_holds(encounter_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Say until when the law lets each of these encounters hold the child; ids and times only."""
    rows = _of_clocks(encounter_ids, lambda clock: clock.of_a_hold == "end").filter(due_at__isnull=False)
    return {row.encounter_id: row.due_at for row in rows if row.due_at is not None}


def under_order(encounter_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Say at which of these encounters an order of custody stands; ids only."""
    rows = _of_clocks(encounter_ids, lambda clock: clock.trigger == "custody_order")
    return frozenset(rows.values_list("encounter_id", flat=True))


def _of_clocks(encounter_ids: Iterable[UUID], rule: Callable[[clocks.Clock], bool]) -> QuerySet[Duty]:
    chosen = [clock.id for clock in clocks.table().values() if rule(clock)]
    return Duty.objects.filter(encounter_id__in=set(encounter_ids), clock__in=chosen, lapsed_at__isnull=True)


def _in_time(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    ordered = rows.order_by(F("due_at").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "clock", "id")
    return ordered.select_related("encounter")


def _lines(rows: Iterable[Duty], at: datetime) -> tuple[DutyLine, ...]:
    held = list(rows)
    names = names_of(row.done_by_id for row in held if row.done_by_id is not None)
    return tuple(_line(row, names.get(row.done_by_id, "") if row.done_by_id else "", at) for row in held)


def _line(row: Duty, done_by: str, at: datetime) -> DutyLine:
    clock = clocks.table()[row.clock]
    zone = clocks.zone_of(row.encounter.country)
    return DutyLine(
        id=row.id,
        encounter_id=row.encounter_id,
        clock=row.clock,
        words=clock.words,
        holder=clock.holder,
        holder_code=row.holder_code,
        starts_at=None if row.starts_at is None else clocks.in_place(row.starts_at, zone),
        due_at=None if row.due_at is None else clocks.in_place(row.due_at, zone),
        hard=row.hard,
        source=clock.source,
        certainty=clock.certainty,
        started_at=row.started_at,
        done_at=row.done_at,
        done_by=done_by,
        is_late=row.done_at is None and row.due_at is not None and row.due_at < at,
        recorded_by=row.encounter.recorded_by_id,
    )


def not_asked(encounter_ids: Collection[UUID]) -> dict[UUID, tuple[Channel, ...]]:
    """Give the international channels that nobody asked yet, of each encounter.

    For selectors that have asked for the right to read the encounter.
    """
    rows = InternationalCheck.objects.filter(encounter_id__in=encounter_ids).order_by("recorded_at", "at")
    newest = {(row.encounter_id, row.channel): row.state for row in rows}
    return {
        one: tuple(channel for channel in CHANNELS if newest.get((one, channel), "not_asked") == "not_asked")
        for one in encounter_ids
    }


def international_state(encounter_id: UUID, envelope: Envelope) -> tuple[ChannelState, ...]:
    """Say of each of the four channels whether it was asked, by whom, when, and what it answered.

    The newest row of a channel counts; without one it is *not asked*. For selectors that have
    asked for the right to read the encounter.
    """
    rows = list(InternationalCheck.objects.filter(encounter_id=encounter_id).order_by("recorded_at", "at"))
    newest = {row.channel: row for row in rows}
    names = names_of(row.asked_by_id for row in newest.values())
    return tuple(
        _state(newest[channel], names, envelope)
        if channel in newest
        else ChannelState(channel=channel, state="not_asked")
        for channel in CHANNELS
    )


def _state(row: InternationalCheck, names: dict[UUID, str], envelope: Envelope) -> ChannelState:
    return ChannelState(
        channel=cast("Channel", row.channel),
        state=cast("State", row.state),
        asked_by=names.get(row.asked_by_id, ""),
        at=row.at,
        answer=envelope.open(bytes(row.answer_sealed), context=Place(ANSWER, row.id)),
    )
