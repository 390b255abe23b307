"""How a row of the gate is written: with the pen, sealed for its place, and bound in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, models, transaction

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.handovers.digests import digest_of, place_of
from vangnet.chain.handovers.pen import pen
from vangnet.chain.handovers.refusals import refusal
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys import services as keys
from vangnet.trust.ledger import services as ledger

PURPOSE = Purpose.DECIDE_HANDOVER


def refused_of(actor: Actor, act: str, encounter: Encounter, relation: Relation) -> Reason | None:
    """Ask for the permit; whoever works for the organisation of the encounter stands to it as to its own."""
    own = actor.organisation_id == encounter.organisation_id
    return permit(actor, act, PURPOSE, Relation.OWN_ENCOUNTER if own else relation).reason


def sealed(encounter: Encounter, row: models.Model, words: str) -> bytes:
    """Seal words under the envelope of the encounter, for this row alone."""
    return keys.envelope(encounter.envelope_id).seal(words, context=place_of(row))


def write(
    row: Callable[[], models.Model | Reason], actor: Actor, act: str, encounter: Encounter, at: datetime
) -> UUID | Reason:
    """Write one row and its binding together, or neither; what the database refuses is told, not raised."""
    try:
        with transaction.atomic(), pen():
            made = row()
            if isinstance(made, Reason):
                return made
            made.save(force_insert=True)
            ledger.record(
                actor=actor,
                act=act,
                purpose=PURPOSE,
                subjects=(encounter.pk, made.pk),
                bindings={made.pk: digest_of(made)},
                also_in=() if actor.organisation_id == encounter.organisation_id else (encounter.organisation_id,),
                at=at,
            )
    except IntegrityError:
        return refusal("changed_meanwhile")
    return UUID(str(made.pk))
