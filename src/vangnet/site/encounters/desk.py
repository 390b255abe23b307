"""Where an actor sits: of which organisation, in which municipality, and as what they observe."""

from __future__ import annotations

from vangnet.site.encounters.forms import Desk
from vangnet.trust.access import selectors as access
from vangnet.trust.access.policy import Actor

OBSERVERS = {"youth_care": "rvdk", "shelter": "shelter", "prosecution": "prosecutor"}


def observer_of(actor: Actor) -> str:
    """Say as what the people of an organisation observe; police where nothing else is known."""
    return OBSERVERS.get(actor.regime, "police")


def desk_of(actor: Actor) -> Desk:
    """Give the desk at which an actor fills in a form."""
    card = access.organisation(actor.organisation_code)
    return Desk(
        organisation=actor.organisation_code,
        country=actor.country,
        municipality=card.municipality if card else "",
        observer=observer_of(actor),
    )
