"""How an act at the gate is written: permitted, with the pen, sealed for its place, and one entry in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, models, transaction

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.handovers.digests import digest_of, place_of
from vangnet.chain.handovers.models import Decision, Incident, Proposal, Request, Supersession
from vangnet.chain.handovers.pen import has_pen, pen
from vangnet.chain.handovers.refusals import refusal
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys import services as keys
from vangnet.trust.ledger import services as ledger

PURPOSE = Purpose.DECIDE_HANDOVER
Subject = TypeVar("Subject", Encounter, Request, Proposal, Decision, Incident)
Rows = models.Model | Sequence[models.Model] | Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts at the gate, how they stand to the child, when, and which ids they read in the same request."""

    actor: Actor
    relation: Relation
    at: datetime
    also_read: Sequence[UUID] = ()


def act(
    word: str,
    by: By,
    *,
    on: Subject | None,
    unknown: str,
    rows: Callable[[Subject], Rows],
    permit_for: str = "",
) -> UUID | Reason:
    """Do one act: give the id of its row, the last of `rows`, or the reason why it was refused.

    `word` is what the ledger keeps of it, `permit_for` the act of the table of who may what where
    that is another. Rows and bindings are written together, in one entry, or not at all.
    """
    if on is None:
        return refusal(unknown)
    encounter = _encounter(on)
    refused = refused_of(by, permit_for or word, encounter) or (None if has_pen() else refusal("no_pen"))
    return refused or _written(word, by, encounter, lambda: rows(on))


def refused_of(by: By, word: str, encounter: Encounter) -> Reason | None:
    """Ask for the permit; whoever works for the organisation of the encounter stands to it as to its own."""
    own = by.actor.organisation_id == encounter.organisation_id
    return permit(by.actor, word, PURPOSE, Relation.OWN_ENCOUNTER if own else by.relation).reason


def sealed(encounter: Encounter, row: models.Model, words: str) -> bytes:
    """Seal words under the envelope of the encounter, for this row alone."""
    return keys.envelope(encounter.envelope_id).seal(words, context=place_of(row))


def _written(word: str, by: By, encounter: Encounter, rows: Callable[[], Rows]) -> UUID | Reason:
    """Write the rows and their entry; what the database refuses is told, not raised."""
    try:
        with transaction.atomic(), pen():
            made = rows()
            if isinstance(made, Reason):
                return made
            these = [made] if isinstance(made, models.Model) else [*made]
            for row in these:
                row.save(force_insert=True)
            _enter(word, by, encounter, these)
    except IntegrityError:
        return refusal("changed_meanwhile")
    except OperationalError as error:
        return must_begin_anew(error)
    return UUID(str(these[-1].pk))


def must_begin_anew(error: OperationalError) -> Reason:
    """Tell as something that changed meanwhile that PostgreSQL ended a step so that a neighbour could go on.

    Raises any other error again.
    """
    if getattr(error.__cause__, "sqlstate", None) not in {"40P01", "40001"}:
        raise error
    return refusal("changed_meanwhile")


def _enter(word: str, by: By, encounter: Encounter, rows: Sequence[models.Model]) -> None:
    gone = sum(isinstance(row, Supersession) for row in rows[:-1])
    subjects = dict.fromkeys((encounter.pk, *(row.pk for row in rows), *by.also_read))
    ledger.record(
        actor=by.actor,
        act=word,
        purpose=PURPOSE,
        subjects=list(subjects)[: ledger.LARGEST_ENTRY],
        counts={"superseded": gone} if gone else {},
        bindings={row.pk: digest_of(row) for row in rows},
        also_in=[encounter.organisation_id],
        at=by.at,
    )


def _encounter(on: Encounter | Request | Proposal | Decision | Incident) -> Encounter:
    match on:
        case Encounter():
            return on
        case Request() | Incident():
            return on.encounter
        case _:
            return on.request.encounter
