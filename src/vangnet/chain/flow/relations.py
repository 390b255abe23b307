"""How an actor stands to a child of an encounter, as far as all steps together know."""

from __future__ import annotations

from uuid import UUID

from vangnet.chain.encounters import selectors as encounters
from vangnet.chain.referrals import selectors as referrals
from vangnet.trust.access.policy import Actor, Relation


def relation_to(actor: Actor, encounter_id: UUID) -> Relation:
    """Say how an actor stands to an encounter: their own organisation's, referred to them, or none."""
    if encounters.is_own(actor, encounter_id):
        return Relation.OWN_ENCOUNTER
    referred = referrals.is_receiver(encounter_id=encounter_id, actor=actor)
    return Relation.RECEIVER if referred else Relation.NONE
