"""Correct an encounter or take an observation back; everything that rested on it is computed anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import services as crosscheck
from vangnet.chain.duties import services as duties
from vangnet.chain.duties.services import Started
from vangnet.chain.encounters import selectors as reading
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.refusals import NOT_FOUND
from vangnet.chain.encounters.selectors import Opened
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.supporting import earlier_facts, supported_by
from vangnet.chain.flow.take_in import checked, note_checks
from vangnet.chain.persons.facts import Person
from vangnet.chain.persons.selectors import ever_claimed
from vangnet.knowledge.assessment import Assessment, assess
from vangnet.knowledge.linkage import Record, record, record_of
from vangnet.knowledge.terms import Child, Collector, Companion, Encounter, Purpose, Reason
from vangnet.trust.access.policy import Actor, permit
from vangnet.trust.ledger import services as ledger

_UNITED = (
    "names",
    "birth_dates",
    "phones",
    "addresses",
    "documents",
    "biometrics",
    "collector_phones",
    "vehicles",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An encounter after a correction: what follows from it now, and whether anything changed."""

    encounter_id: UUID
    changed: bool
    assessment: Assessment | None


def correct(
    *, actor: Actor, purpose: Purpose, encounter_id: UUID, facts: Encounter, reason: str, at: datetime
) -> Corrected | tuple[Reason, ...]:
    """Put a new account beside the earlier ones; index and duties follow in the same transaction."""
    allowed = permit(actor, "correct_encounter", purpose, relation_to(actor, encounter_id))
    if allowed.reason is not None:
        return (allowed.reason,)
    facts_read = checked(facts)
    if isinstance(facts_read, tuple):
        return facts_read
    with transaction.atomic():
        done = encounters.correct_encounter(
            actor=actor, encounter_id=encounter_id, facts=facts_read, reason=reason, at=at
        )
        if isinstance(done, Reason):
            return (done,)
        if done.created:
            note_checks(done, actor, at)
        return _computed_anew(actor, purpose, "correct_encounter", encounter_id, changed=done.created, at=at)


def withdraw(
    *, actor: Actor, purpose: Purpose, observation_id: UUID, reason: str, at: datetime
) -> Corrected | tuple[Reason, ...]:
    """Take an observation back; what rested on it alone no longer stands."""
    encounter_id = reading.encounter_of(observation_id)
    if encounter_id is None:
        return (NOT_FOUND,)
    allowed = permit(actor, "correct_encounter", purpose, relation_to(actor, encounter_id))
    if allowed.reason is not None:
        return (allowed.reason,)
    with transaction.atomic():
        done = encounters.withdraw_observation(actor=actor, observation_id=observation_id, reason=reason, at=at)
        if isinstance(done, Reason):
            return (done,)
        return _computed_anew(actor, purpose, "withdraw_observation", encounter_id, changed=done.changed, at=at)


def _computed_anew(
    actor: Actor, purpose: Purpose, act: str, encounter_id: UUID, *, changed: bool, at: datetime
) -> Corrected:
    opened = reading.opened_as_own(encounter_id)
    history = opened.summary.is_history
    others = [] if history else [facts for _, facts in earlier_facts(actor, purpose, encounter_id, at)]
    supported = supported_by(opened.facts, others)
    assessment = None if history else assess(opened.facts, at=at, supported=supported)
    if changed:
        crosscheck.index(
            encounter_id=encounter_id,
            organisation_id=actor.organisation_id,
            record=with_earlier(opened.facts, ever_claimed(opened.envelope)),
        )
        restarted = _restart(actor, opened, assessment, at)
        ledger.record(
            actor=actor,
            act=act,
            purpose=purpose,
            subjects=[encounter_id],
            counts={"started": restarted.started, "lapsed": restarted.lapsed},
            at=at,
        )
    return Corrected(encounter_id=encounter_id, changed=changed, assessment=assessment)


def _restart(actor: Actor, opened: Opened, assessment: Assessment | None, at: datetime) -> Started:
    return duties.start(
        encounter_id=opened.summary.id,
        organisation_id=actor.organisation_id,
        computed=() if assessment is None else assessment.duties,
        at=at,
    )


def with_earlier(facts: Encounter, earlier: Iterable[Person]) -> Record:
    """Give an encounter as the index keeps it: what is claimed now first, then what ever was."""
    now = record_of(facts)
    blank = Encounter(
        organisation=facts.organisation,
        country=facts.country,
        met_at=facts.met_at,
        encounter_id=facts.encounter_id,
    )
    known = [now, *(record_of(_with(blank, person)) for person in earlier)]
    united: dict[str, Any] = {
        name: tuple(value for one in known for value in getattr(one, name)) for name in _UNITED
    }
    return record(replace(now, **united))


def _with(blank: Encounter, person: Person) -> Encounter:
    match person:
        case Child():
            return replace(blank, child=person)
        case Collector():
            return replace(blank, collectors=(person,))
        case Companion():
            return replace(blank, companions=(person,))
