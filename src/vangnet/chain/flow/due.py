"""Duties as work: what runs, what ended with the hold, and what of longer ago is still open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import transaction

from vangnet.chain.duties import selectors
from vangnet.chain.duties.selectors import DutyLine
from vangnet.chain.duties.services import complete
from vangnet.chain.encounters.selectors import summaries
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.tasks import Kind, Task, Untimed
from vangnet.chain.handovers.selectors import departures
from vangnet.knowledge.terms import Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger import services as ledger

_SIDES: tuple[tuple[Kind, bool], ...] = (("duty", True), ("others_duty", False))


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
    return selectors.ends_of_holds(ids - set(departures(ids)))


def duties(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give each deadline and each who must be told a line of its own, and each encounter one for what else has no hours."""
    lines = selectors.due_for(actor=actor, at=at)
    over = _over({row.encounter_id for row in lines})
    runs = [row for row in lines if not (row.encounter_id in over and row.law.of_a_hold)]
    for kind, is_ours in _SIDES:
        some = [row for row in runs if (actor.regime in row.law.held_by) is is_ours]
        alone = [[row] for row in some if _stands_alone(row)]
        free = [row for row in some if not _stands_alone(row)]
        yield from (_of_duties(group, kind, actor) for group in (*alone, *_together(free)))
    untold = [row for row in lines if row.encounter_id in over and _is_to_be_told(row)]
    yield from (_of_duties([row], "after_hold", actor, over) for row in untold)


def _stands_alone(row: DutyLine) -> bool:
    """Whether a duty is never small print of another: it has a deadline, known or not, or somebody must be told."""
    return row.due_at is not None or row.hard or _is_to_be_told(row)


def _untimed(row: DutyLine) -> Untimed:
    if row.hard:
        return "hard"
    return "event" if row.law.kind == "event" else "term"


def _is_to_be_told(row: DutyLine) -> bool:
    """Whether somebody has to be told of the hold, such as parent and lawyer: never small print of another duty."""
    return row.law.of_a_hold == "told"


def _together(rows: Iterable[DutyLine]) -> list[list[DutyLine]]:
    return [list(group) for _, group in groupby(rows, attrgetter("encounter_id"))]


def _over(encounter_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Say of which encounters the hold is over: the child left, and no order of custody stands."""
    standing = selectors.under_order(encounter_ids)
    return {one: gone.at for one, gone in departures(encounter_ids).items() if one not in standing}


def older(*, actor: Actor, at: datetime) -> OlderWork | Reason:
    """List the encounters of longer ago at which a duty was never recorded as done; in the ledger first."""
    purpose = Purpose.PROTECT_CHILD
    refused = permit(actor, "read_duties", purpose, Relation.OPEN_TASK).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        found = selectors.older_for(actor=actor, at=at)
        ledger.record(actor=actor, act="list_work", purpose=purpose, subjects=list(found), at=at)
        about = summaries(found)
    rows = tuple(
        Older(
            encounter_id=one,
            since=about[one].recorded_at,
            duties=tuple(line.words for line in lines),
            is_own=about[one].recorded_by == actor.person_id,
        )
        for one, lines in found.items()
    )
    return OlderWork(rows=rows, left_out=selectors.count_older(actor=actor, at=at) - len(rows))


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


def _of_duties(
    rows: Sequence[DutyLine], kind: Kind, actor: Actor, over: Mapping[UUID, datetime] | None = None
) -> Task:
    first = rows[0]
    return Task(
        kind=kind,
        encounter_id=first.encounter_id,
        target_id=first.encounter_id,
        since=over[first.encounter_id] if over else first.starts_at or first.started_at,
        due_at=first.due_at,
        words=first.words,
        holder=first.holder,
        source=first.source,
        is_shared=first.recorded_by != actor.person_id,
        untimed=_untimed(first),
        is_end_of_hold=first.law.of_a_hold == "end",
        further=tuple(row.words for row in rows[1:]),
    )
