"""What is due, in the order of time alone, and how the international check stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from django.db.models import F, QuerySet

from vangnet.chain.duties.models import Duty, InternationalCheck
from vangnet.knowledge import clocks
from vangnet.knowledge.terms import CHANNELS, Channel, ChannelCheck, Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.access.selectors import names_of
from vangnet.trust.keys.services import Envelope, Place

PROOF = "duties.proof"
ANSWER = "duties.international"
MOST = 200
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


def due_for(
    *, actor: Actor, at: datetime, purpose: Purpose = Purpose.PROTECT_CHILD
) -> tuple[DutyLine, ...] | Reason:
    """Give what the actor's organisation has still to do, the earliest first; at most 200 lines.

    Ordered by the time of the duty and by nothing else. Nothing about a child stands in a line.
    """
    refused = permit(actor, "read_duties", purpose, Relation.OPEN_TASK).reason
    if refused is not None:
        return refused
    open_ = Duty.objects.filter(organisation_id=actor.organisation_id, lapsed_at__isnull=True, done_at__isnull=True)
    return _lines(_in_time(open_)[:MOST], at)


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
    )


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
