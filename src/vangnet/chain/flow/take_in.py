"""From what an officer knows to an encounter that is recorded, findable, and whose duties run: one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import services as crosscheck
from vangnet.chain.duties import services as duties
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.models import Encounter as EncounterRow
from vangnet.chain.encounters.services import Recorded
from vangnet.knowledge.assessment import Assessment, assess
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Encounter, Purpose, Reason, read_encounter, write_encounter
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys.services import envelope
from vangnet.trust.ledger import services as ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """An encounter that stands: its id, its number, whether it was made now, and what follows from it.

    `assessment` is None for history, which is never screened.
    """

    encounter_id: UUID
    number: str
    created: bool
    assessment: Assessment | None


def take_in(
    *,
    actor: Actor,
    purpose: Purpose,
    facts: Encounter,
    request_key: UUID | None,
    at: datetime,
    history: bool = False,
    ordinal: int = 0,
) -> TakenIn | tuple[Reason, ...]:
    """Record an encounter, index it, start its duties and write it down, or say why not.

    All of it or nothing. The same again changes nothing. `history` is only indexed: no screening,
    no duties. `ordinal` counts equal rows without a number in one file.
    """
    allowed = permit(actor, "import_history" if history else "record_encounter", purpose, Relation.NONE)
    if allowed.reason is not None:
        return (allowed.reason,)
    facts_read = checked(facts)
    if isinstance(facts_read, tuple):
        return facts_read
    with transaction.atomic():
        recorded = encounters.record_encounter(
            actor=actor, facts=facts_read, request_key=request_key, at=at, ordinal=ordinal, is_history=history
        )
        if isinstance(recorded, Reason):
            return (recorded,)
        assessment = None if history else assess(recorded.facts, at=at)
        if recorded.created:
            _follow(actor, purpose, recorded, assessment, at)
    return TakenIn(
        encounter_id=recorded.id,
        number=recorded.facts.encounter_id,
        created=recorded.created,
        assessment=assessment,
    )


def checked(facts: Encounter) -> Encounter | tuple[Reason, ...]:
    """Hold an encounter against the published schema once more, whichever door it came through."""
    return read_encounter(write_encounter(facts))


def _follow(
    actor: Actor, purpose: Purpose, recorded: Recorded, assessment: Assessment | None, at: datetime
) -> None:
    """Index what was recorded, start its duties, keep its international check, write one ledger entry."""
    crosscheck.index(
        encounter_id=recorded.id,
        organisation_id=actor.organisation_id,
        record=record_of(recorded.facts),
        is_new=True,
    )
    started = 0
    if assessment is not None:
        started = duties.start(
            encounter_id=recorded.id,
            organisation_id=actor.organisation_id,
            computed=assessment.duties,
            at=at,
        ).started
        note_checks(recorded, actor, at)
    ledger.record(
        actor=actor,
        act="record_encounter" if assessment is not None else "import_history",
        purpose=purpose,
        subjects=[recorded.id],
        counts={"duties": started},
        at=at,
    )


def note_checks(recorded: Recorded, actor: Actor, at: datetime) -> None:
    """Keep what the encounter itself says about its international check."""
    if recorded.facts.international_check:
        row = EncounterRow.objects.get(id=recorded.id)
        duties.note_checks(
            encounter=row,
            envelope=envelope(row.envelope_id),
            checks=recorded.facts.international_check,
            by=actor.person_id,
            at=at,
        )
