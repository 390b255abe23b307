"""From an encounter to a referral, and from a referral to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from vangnet.chain.encounters import selectors as encounters
from vangnet.chain.flow.assessing import assessed
from vangnet.chain.flow.due import ends_of_hold
from vangnet.chain.handovers.selectors import departures
from vangnet.chain.referrals import selectors, services
from vangnet.chain.referrals.kinds import KINDS
from vangnet.knowledge.assessment import Assessment
from vangnet.knowledge.terms import NOT_FOUND, Encounter, Purpose, Reason, write_encounter
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger import services as ledger

_PURPOSE = Purpose.PROTECT_CHILD
SHARED = (
    *("country", "municipality", "place", "met_at", "kind", "custody"),
    *("child", "child_view", "interpreter_language"),
)
"""What goes along with a referral: who and where the child is, and what they want; of the adults only whether one asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What whoever is about to refer is told: where the child was met, until when it is held or since when gone.

    `refused` are the kinds of question that were refused, each with the organisation that did.
    """

    country: str
    municipality: str
    held_until: datetime | None
    gone_since: datetime | None
    refused: frozenset[tuple[str, UUID]]


def asking(*, actor: Actor, encounter_id: UUID, at: datetime) -> Asking | Reason:
    """Give what the question to another organisation starts from; in the ledger before it returns."""
    relation = Relation.OWN_ENCOUNTER if encounters.is_own(actor, encounter_id) else Relation.NONE
    refused = permit(actor, "send_referral", _PURPOSE, relation).reason or encounters.closed(
        actor=actor, purpose=_PURPOSE, relation=relation, encounter_id=encounter_id, at=at
    )
    if refused is not None:
        return refused
    with transaction.atomic():
        ledger.record(actor=actor, act="read_encounter", purpose=_PURPOSE, subjects=[encounter_id], at=at)
        about = encounters.summaries([encounter_id])[encounter_id]
        gone = departures([encounter_id]).get(encounter_id)
        return Asking(
            country=about.country,
            municipality=about.municipality,
            held_until=ends_of_hold([encounter_id]).get(encounter_id),
            gone_since=gone.at if gone else None,
            refused=selectors.refusals_of(encounter_id),
        )


def refer(
    *, actor: Actor, encounter_id: UUID, receiver_id: UUID, kind: str, words: str, request_key: UUID, at: datetime
) -> services.Sent | Reason:
    """Refer the child of one's own encounter to another organisation; the same request again changes nothing.

    One entry of the ledger names the encounter, the referral and the other encounters that were read for it.
    """
    if not encounters.is_own(actor, encounter_id):
        return NOT_FOUND
    with transaction.atomic():
        opened = encounters.opened(  # `send` writes the ledger entry of this one
            actor=actor, purpose=_PURPOSE, relation=Relation.OWN_ENCOUNTER, encounter_id=encounter_id, at=at
        )
        if isinstance(opened, Reason):
            return opened
        follows = assessed(opened, purpose=_PURPOSE, at=at)
        return services.send(
            actor=actor,
            encounter_id=encounter_id,
            question=services.Question(
                receiver_id=receiver_id,
                kind=kind,
                shared=_shared(opened.facts, follows.assessment, words, kind),
                request_key=request_key,
            ),
            also_read=follows.joined,
            at=at,
        )


def _shared(facts: Encounter, found: Assessment, words: str, kind: str) -> Mapping[str, Any]:
    written = write_encounter(facts)
    kept = KINDS[kind].keeps_back if kind in KINDS else frozenset()
    return {
        "words": words.strip(),
        "indications": [one.indicator for one in found.screening.indications],
        "any_indication": found.screening.any_indication,
        "somebody_asks": bool(facts.collectors),
        "encounter": {name: written[name] for name in SHARED if name in written and name not in kept},
    }


def answer(*, actor: Actor, referral_id: UUID, value: str, reason: str, at: datetime) -> UUID | Reason:
    """Answer a referral as its receiver."""
    with transaction.atomic():
        return services.answer(actor=actor, referral_id=referral_id, value=value, reason=reason, at=at)


def referral(*, actor: Actor, referral_id: UUID, at: datetime) -> selectors.Opened | Reason:
    """Open one referral with what was shared in it; in the ledger before it returns."""
    with transaction.atomic():
        return selectors.referral(actor=actor, referral_id=referral_id, at=at)
