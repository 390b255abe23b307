"""From an encounter to a referral, and from a referral to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from vangnet.chain.encounters import selectors as encounters
from vangnet.chain.encounters.refusals import NOT_FOUND
from vangnet.chain.referrals import selectors, services
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import Encounter, Purpose, Reason, write_encounter
from vangnet.trust.access.policy import Actor, Relation

SHARED = ("country", "municipality", "met_at", "kind", "custody", "child", "child_view", "interpreter_language")
"""What goes along with a referral: who and where the child is, and what it wants; never the adults around it."""


def refer(
    *, actor: Actor, encounter_id: UUID, receiver_id: UUID, kind: str, words: str, request_key: UUID, at: datetime
) -> services.Sent | Reason:
    """Refer the child of one's own encounter to another organisation; the same request again changes nothing."""
    relation = encounters.relation_to(actor, encounter_id)
    if relation is Relation.NONE:
        return NOT_FOUND
    with transaction.atomic():
        opened = encounters.opened(  # `send` writes the one ledger entry of this request
            actor=actor,
            purpose=Purpose.PROTECT_CHILD,
            relation=relation,
            encounter_id=encounter_id,
            at=at,
        )
        if isinstance(opened, Reason):
            return opened
        facts = opened.facts
        return services.send(
            actor=actor,
            encounter_id=encounter_id,
            receiver_id=receiver_id,
            kind=kind,
            shared=_shared(facts, words, at),
            request_key=request_key,
            at=at,
        )


def _shared(facts: Encounter, words: str, at: datetime) -> Mapping[str, Any]:
    found = assess(facts, at=at)
    written = write_encounter(facts)
    return {
        "words": words.strip(),
        "indications": [one.indicator for one in found.screening.indications],
        "any_indication": found.screening.any_indication,
        "encounter": {name: written[name] for name in SHARED if name in written},
    }


def answer(*, actor: Actor, referral_id: UUID, value: str, reason: str, at: datetime) -> UUID | Reason:
    """Answer a referral as its receiver."""
    with transaction.atomic():
        return services.answer(actor=actor, referral_id=referral_id, value=value, reason=reason, at=at)


def referral(*, actor: Actor, referral_id: UUID, at: datetime) -> selectors.Opened | Reason:
    """Open one referral with what was shared in it; in the ledger before it returns."""
    with transaction.atomic():
        return selectors.referral(actor=actor, referral_id=referral_id, at=at)
