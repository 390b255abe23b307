"""Correct an encounter, or take back what was seen; everything that rested on it is computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.duties import services as duties
from vangnet.chain.duties.services import Started
from vangnet.chain.encounters import selectors as reading
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.digests import digests_of
from vangnet.chain.encounters.selectors import Opened
from vangnet.chain.flow.assessing import assessed
from vangnet.chain.flow.indexing import index_anew
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.take_in import checked, note_checks
from vangnet.knowledge.assessment import Assessment
from vangnet.knowledge.terms import Encounter, Purpose, Reason
from vangnet.trust.access.policy import Actor, permit
from vangnet.trust.ledger import services as ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An encounter after a correction: what follows from it now, and whether anything changed."""

    encounter_id: UUID
    changed: bool
    assessment: Assessment | None


def correct(
    *, actor: Actor, purpose: Purpose, encounter_id: UUID, facts: Encounter, reason: str, at: datetime
) -> Corrected | tuple[Reason, ...]:
    """Put a new account beside the earlier ones; index and duties follow in the same transaction.

    An observation that the new account no longer tells is taken back: it stays to be read and counts no more.
    Of an encounter that is closed by its age nothing is corrected before it was opened again.
    """
    refused = _refused(actor, purpose, encounter_id, at)
    if refused is not None:
        return (refused,)
    facts_read = checked(facts, at=at)
    if isinstance(facts_read, tuple):
        return facts_read
    with transaction.atomic():
        done = encounters.correct_encounter(
            actor=actor, encounter_id=encounter_id, facts=facts_read, reason=reason, at=at
        )
        if isinstance(done, Reason):
            return (done,)
        noted = note_checks(done, actor, at) if done.created else {}
        return _computed_anew(actor, purpose, encounter_id, noted, changed=done.created, at=at)


def _refused(actor: Actor, purpose: Purpose, encounter_id: UUID, at: datetime) -> Reason | None:
    relation = relation_to(actor, encounter_id)
    return permit(actor, "correct_encounter", purpose, relation).reason or reading.closed(
        actor=actor, purpose=purpose, relation=relation, encounter_id=encounter_id, at=at
    )


def _computed_anew(
    actor: Actor, purpose: Purpose, encounter_id: UUID, noted: Mapping[UUID, str], *, changed: bool, at: datetime
) -> Corrected:
    """Say what follows now; where nothing changed that is a reading, and stands in the ledger as one.

    `noted` are the digests of what was kept of the international check.
    """
    opened = reading.opened_as_own(encounter_id)
    follows = assessed(opened, purpose=purpose, at=at)
    counts, bindings = {}, dict(noted)
    if changed:
        index_anew(opened)
        restarted = _restart(actor, opened, follows.screened, at)
        counts = {"started": restarted.started, "lapsed": restarted.lapsed}
        bindings |= {**digests_of([encounter_id]), **restarted.bindings}
    ledger.record(
        actor=actor,
        act="correct_encounter" if changed else "read_encounter",
        purpose=purpose,
        subjects=[encounter_id, *follows.joined],
        counts=counts,
        bindings=bindings,
        at=at,
    )
    return Corrected(encounter_id=encounter_id, changed=changed, assessment=follows.screened)


def _restart(actor: Actor, opened: Opened, assessment: Assessment | None, at: datetime) -> Started:
    return duties.start(
        encounter_id=opened.summary.id,
        organisation_id=actor.organisation_id,
        computed=() if assessment is None else assessment.duties,
        at=at,
    )
