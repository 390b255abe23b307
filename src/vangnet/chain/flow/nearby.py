"""The organisations that the gate names: who can be called, who can receive the child. Cards only, no child."""

from __future__ import annotations

from uuid import UUID

from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import Encounter
from vangnet.trust.access import selectors as access

MOST_CONTACTS = 3


def card_of(organisation_id: UUID | None) -> access.ReceiverCard | None:
    """Give the card of an organisation; None where nobody is meant or it takes no part."""
    return None if organisation_id is None else access.receiver(organisation_id)


def receivers(facts: Encounter) -> tuple[access.ReceiverCard, ...]:
    """Give the organisations that can receive a child in some way: of this country, those of the municipality first."""
    cards = [card for card in access.receivers(country=facts.country) if _has_a_place(card)]
    return tuple(sorted(cards, key=lambda card: (card.municipality != facts.municipality, card.name)))


def _has_a_place(card: access.ReceiverCard) -> bool:
    return any(end.is_open_at(regime=card.regime, receives=card.receives) for end in OUTCOMES.values())


def contacts(facts: Encounter) -> tuple[access.OrganisationCard, ...]:
    """Give who to call, only with a number: the Board first, as a page says to call it, then youth protection near by."""
    cards = [
        card for card in access.organisations(regime="youth_care", country=facts.country) if card.contact_phone
    ]
    near = sorted(cards, key=lambda card: (not card.is_board, card.municipality != facts.municipality, card.code))
    return tuple(near[:MOST_CONTACTS])
