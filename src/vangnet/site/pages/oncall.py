"""The number of the on-call youth protection, for every page on which somebody may have to call."""

from __future__ import annotations

from vangnet.trust.access.policy import Actor
from vangnet.trust.access.selectors import OrganisationCard, organisation, organisations

MOST = 3


def on_call(actor: Actor | None = None) -> tuple[OrganisationCard, ...]:
    """Give whom to call: the Board of the reader's own municipality, else every Board of the country, at most three.

    Nobody is known where the reader is not logged in; then it is the Boards of the Netherlands. In
    another country it is the youth protection there.
    """
    country = actor.country if actor else "NL"
    cards = [one for one in organisations(regime="youth_care", country=country) if one.is_board or country != "NL"]
    own = organisation(actor.organisation_code) if actor else None
    reachable = [one for one in cards if one.contact_phone]
    here = [one for one in reachable if own and own.municipality and one.municipality == own.municipality]
    return tuple(here or reachable)[:MOST]
