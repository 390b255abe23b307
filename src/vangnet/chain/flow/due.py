"""Duties as work: what runs, what ended with the hold, and what of longer ago is still open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from vangnet.chain.duties.models import Duty
from vangnet.chain.duties.services import complete
from vangnet.chain.encounters.selectors import summaries
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.tasks import Kind, Task
from vangnet.chain.handovers.selectors import departures
from vangnet.knowledge import clocks
from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.terms import Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, Role, permit
from vangnet.trust.ledger import services as ledger

MOST_DUTIES = 300
MOST_OLDER = 100
PASSED = timedelta(days=7)
RUNNING = timedelta(days=30)
_HELD_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "hovj": frozenset({Regime.POLICE}),
        "police": frozenset({Regime.POLICE}),
        "prosecutor": frozenset({Regime.PROSECUTION}),
        "rvdk": frozenset({Regime.YOUTH_CARE}),
        "gi": frozenset({Regime.YOUTH_CARE}),
        "controller": frozenset(Regime),
    }
)
"""Which regimes a holder of a duty works under; a duty of anybody else waits for another."""
_SIDES: tuple[tuple[Kind, bool], ...] = (("duty", True), ("others_duty", False))
_HOLDS = frozenset({"hold_under_12", "hold_from_12"})
LIMITS_OF_A_HOLD = _HOLDS | {"arrest"}
"""Triggers of limits that nobody can pass once the child has left and no order stands."""
TOLD_DURING_A_HOLD = frozenset({"hold", "hold_notice_under_12", "arrest_from_12"})
"""Triggers of what had to be told while the child was held: it runs no longer, and may never have been done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """One encounter of longer ago at which duties were never recorded as done; nothing about the child."""

    encounter_id: UUID
    since: datetime
    duties: tuple[Words, ...]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderWork:
    """The oldest first; `left_out` did not fit on the page."""

    rows: tuple[Older, ...]
    left_out: int


def ends_of_hold(encounter_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Say until when each hold runs; one whose child left runs no longer."""
    ids = set(encounter_ids)
    rows = Duty.objects.filter(
        encounter_id__in=ids - set(departures(ids)),
        clock__in=_clocks_of(_HOLDS),
        lapsed_at__isnull=True,
        due_at__isnull=False,
    )
    return {row.encounter_id: row.due_at for row in rows if row.due_at is not None}


def _clocks_of(triggers: Collection[str]) -> list[str]:
    return [clock.id for clock in clocks.table().values() if clock.trigger in triggers]


def duties(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give each deadline a line of its own, and each encounter one line for what has no hours in the law."""
    rows = open_duties(actor).filter(_recent(at)).select_related("encounter")
    order = (
        F("due_at").asc(nulls_last=True),
        F("encounter_id").asc(),
        F("starts_at").asc(nulls_last=True),
        "clock",
    )
    lines = list(rows.order_by(*order)[:MOST_DUTIES])
    over = _over({row.encounter_id for row in lines})
    runs = [
        row
        for row in lines
        if not (row.encounter_id in over and _trigger(row) in LIMITS_OF_A_HOLD | TOLD_DURING_A_HOLD)
    ]
    for kind, is_ours in _SIDES:
        some = [row for row in runs if (actor.regime in _HELD_BY.get(row.holder_code, ())) is is_ours]
        timed = [[row] for row in some if row.due_at is not None]
        free = [row for row in some if row.due_at is None]
        yield from (_of_duties(group, kind, actor) for group in (*timed, *_together(free)))
    untold = [row for row in lines if row.encounter_id in over and _trigger(row) in TOLD_DURING_A_HOLD]
    yield from (_of_duties(group, "after_hold", actor, over) for group in _together(untold))


def _together(rows: Iterable[Duty]) -> list[list[Duty]]:
    return [list(group) for _, group in groupby(rows, attrgetter("encounter_id"))]


def _trigger(row: Duty) -> str:
    return clocks.table()[row.clock].trigger


def _over(encounter_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Say of which encounters the hold is over: the child left, and no order of custody stands."""
    ordered = Duty.objects.filter(
        encounter_id__in=encounter_ids, lapsed_at__isnull=True, clock__in=_clocks_of({"custody_order"})
    )
    standing = set(ordered.values_list("encounter_id", flat=True))
    return {one: gone.at for one, gone in departures(encounter_ids).items() if one not in standing}


def open_duties(actor: Actor) -> QuerySet[Duty]:
    """Give what was not recorded as done; an officer's own alone, at a desk those of the whole organisation."""
    rows = Duty.objects.filter(organisation_id=actor.organisation_id, lapsed_at__isnull=True, done_at__isnull=True)
    return rows.filter(encounter__recorded_by_id=actor.person_id) if is_only_officer(actor) else rows


def is_only_officer(actor: Actor) -> bool:
    """Whether somebody sees their own encounters alone; a desk sees those of the whole organisation."""
    return actor.roles == {Role.OFFICER}


def _recent(at: datetime) -> Q:
    """Choose deadlines to come or passed less than a week ago, and what runs without hours for less than a month."""
    free = Q(due_at__isnull=True, started_at__gte=at - RUNNING)
    return free | Q(due_at__gte=at - PASSED)


def count_older(actor: Actor, at: datetime) -> int:
    """Count the encounters of longer ago at which something was never recorded as done."""
    return open_duties(actor).exclude(_recent(at)).values("encounter_id").distinct().count()


def older(*, actor: Actor, at: datetime) -> OlderWork | Reason:
    """List the encounters of longer ago at which a duty was never recorded as done; in the ledger first."""
    purpose = Purpose.PROTECT_CHILD
    refused = permit(actor, "read_duties", purpose, Relation.OPEN_TASK).reason
    if refused is not None:
        return refused
    open_ = open_duties(actor).exclude(_recent(at))
    ids = open_.values("encounter_id").annotate(first=Min("started_at")).order_by("first", "encounter_id")
    chosen = list(ids.values_list("encounter_id", flat=True)[:MOST_OLDER])
    with transaction.atomic():
        ledger.record(actor=actor, act="list_work", purpose=purpose, subjects=chosen, at=at)
        found = _older_rows(actor, chosen, open_)
    return OlderWork(rows=found, left_out=count_older(actor, at) - len(found))


def _older_rows(actor: Actor, encounter_ids: list[UUID], open_: QuerySet[Duty]) -> tuple[Older, ...]:
    about = summaries(encounter_ids)
    words: dict[UUID, list[Words]] = {}
    for row in open_.filter(encounter_id__in=encounter_ids).order_by("starts_at", "clock"):
        words.setdefault(row.encounter_id, []).append(clocks.table()[row.clock].words)
    return tuple(
        Older(
            encounter_id=one,
            since=about[one].recorded_at,
            duties=tuple(words[one]),
            is_own=about[one].recorded_by == actor.person_id,
        )
        for one in encounter_ids
    )


def record_done(
    *, actor: Actor, purpose: Purpose, encounter_id: UUID, duty_id: UUID, proof: str, at: datetime
) -> UUID | Reason:
    """Record that a duty of this encounter was done; a duty of any other is not found."""
    return complete(
        actor=actor,
        purpose=purpose,
        relation=relation_to(actor, encounter_id),
        encounter_id=encounter_id,
        duty_id=duty_id,
        proof=proof,
        at=at,
    )


def _of_duties(rows: list[Duty], kind: Kind, actor: Actor, over: Mapping[UUID, datetime] | None = None) -> Task:
    first = rows[0]
    clock, zone = clocks.table()[first.clock], clocks.zone_of(first.encounter.country)
    return Task(
        kind=kind,
        encounter_id=first.encounter_id,
        target_id=first.encounter_id,
        since=over[first.encounter_id] if over else first.starts_at or first.started_at,
        due_at=None if first.due_at is None else clocks.in_place(first.due_at, zone),
        words=clock.words,
        holder=clock.holder,
        source=clock.source,
        is_shared=first.encounter.recorded_by_id != actor.person_id,
        is_end_of_hold=clock.trigger in _HOLDS,
        further=tuple(clocks.table()[row.clock].words for row in rows[1:]),
    )
