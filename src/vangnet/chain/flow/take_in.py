"""From what an officer knows to an encounter that is recorded, findable, and whose duties run: one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import services as crosscheck
from vangnet.chain.duties import services as duties
from vangnet.chain.encounters import selectors as standing
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.services import Recorded
from vangnet.chain.flow.assessing import assessed, assessed_at_first
from vangnet.knowledge.assessment import Assessment
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Encounter, Purpose, Reason, read_encounter, still_to_come, write_encounter
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger import services as ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """An encounter that stands: its id, its number, whether it was made now, and what follows from it.

    `assessment` is None for history, which is never screened, and where it stood already and this
    actor may not read it.
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

    All of it or nothing. The same again changes nothing and says what stands now, which a correction
    may have changed. `history` is only indexed: no screening, no duties. `ordinal` counts equal rows
    without a number in one file.
    """
    with transaction.atomic():
        taken = store(
            actor=actor,
            purpose=purpose,
            facts=facts,
            request_key=request_key,
            at=at,
            history=history,
            ordinal=ordinal,
        )
        if isinstance(taken, TakenIn) and not taken.created and not history:
            return replace(taken, assessment=_as_it_stands(actor, purpose, taken.encounter_id, at))
    return taken


def store(
    *,
    actor: Actor,
    purpose: Purpose,
    facts: Encounter,
    request_key: UUID | None,
    at: datetime,
    history: bool,
    ordinal: int,
) -> TakenIn | tuple[Reason, ...]:
    """Do what `take_in` does, and read nothing of what was there already; must run inside a transaction."""
    refused = permit(actor, "import_history" if history else "record_encounter", purpose, Relation.NONE).reason
    if refused is not None:
        return (refused,)
    read = checked(facts, at=at)
    if isinstance(read, tuple):
        return read
    recorded = encounters.record_encounter(
        actor=actor, facts=read, request_key=request_key, at=at, ordinal=ordinal, is_history=history
    )
    if isinstance(recorded, Reason):
        return (recorded,)
    follows = None
    if recorded.created:
        follows = _follow(actor, purpose, recorded, replace(read, encounter_id=recorded.number), history, at)
    return TakenIn(encounter_id=recorded.id, number=recorded.number, created=recorded.created, assessment=follows)


def checked(facts: Encounter, *, at: datetime) -> Encounter | tuple[Reason, ...]:
    """Hold an encounter against the published schema and the clock, whichever door it came through."""
    read = read_encounter(write_encounter(facts))
    return read if isinstance(read, tuple) else still_to_come(read, at=at) or read


def _as_it_stands(actor: Actor, purpose: Purpose, encounter_id: UUID, at: datetime) -> Assessment | None:
    """Give what follows from what was there already; a reading, in the ledger as one, where this actor may."""
    opened = standing.opened(
        actor=actor, purpose=purpose, relation=Relation.OWN_ENCOUNTER, encounter_id=encounter_id, at=at
    )
    if isinstance(opened, Reason):
        return None
    follows = assessed(opened, purpose=purpose, at=at)
    ledger.record(
        actor=actor,
        act="read_encounter",
        purpose=purpose,
        subjects=[encounter_id, *follows.joined],
        at=at,
    )
    return follows.screened


def _follow(
    actor: Actor, purpose: Purpose, recorded: Recorded, facts: Encounter, history: bool, at: datetime
) -> Assessment | None:
    """Index what was recorded, start its duties, keep its international check, write one ledger entry."""
    crosscheck.index(
        encounter_id=recorded.id, organisation_id=actor.organisation_id, record=record_of(facts), is_new=True
    )
    follows = None if history else assessed_at_first(facts, at=at)
    started, bindings = 0, dict(recorded.bindings)
    if follows is not None:
        new = duties.start(
            encounter_id=recorded.id,
            organisation_id=actor.organisation_id,
            computed=follows.duties,
            at=at,
        )
        started = new.started
        bindings |= {**new.bindings, **note_checks(recorded, actor, at)}
    ledger.record(
        actor=actor,
        act="import_history" if history else "record_encounter",
        purpose=purpose,
        subjects=[recorded.id],
        counts={"duties": started},
        bindings=bindings,
        at=at,
    )
    return follows


def note_checks(recorded: Recorded, actor: Actor, at: datetime) -> dict[UUID, str]:
    """Keep what an account says of the international check that was not said before; gives the digests."""
    return duties.note_checks(encounter_id=recorded.id, checks=recorded.checks, by=actor.person_id, at=at)
