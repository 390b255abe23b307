"""Whether an organisation can receive this child in this way, by its card, and if not: which of the two does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.handovers.refusals import refusal
from vangnet.knowledge.handover import OUTCOMES, RECEIVING, EndState
from vangnet.knowledge.terms import Reason, Words
from vangnet.trust.access.selectors import ReceiverCard, receiver


def not_receiving(encounter: Encounter, outcome: str, receiver_id: UUID | None) -> Reason | None:
    """Say why the child cannot go to this receiver; who has authority receives in person."""
    end = OUTCOMES[outcome]
    if receiver_id is None:
        return refusal("no_receiving_organisation", "receiver") if end.receivers else None
    if not end.receivers:
        return refusal("who_asked_receives", "receiver")
    card = receiver(receiver_id)
    return refusal("cannot_receive", "receiver") if card is None else _unfit(card, end, encounter.country)


def _unfit(card: ReceiverCard, end: EndState, country: str) -> Reason | None:
    """Say what on a card does not fit the child or the end; None where it does."""
    if not card.receives:
        return _refused("receives_nobody", _nobody(card))
    if card.country != country:
        return _refused("receives_elsewhere", _elsewhere(card, country))
    fits = end.is_open_at(regime=card.regime, receives=card.receives)
    return None if fits else _refused("receives_otherwise", _otherwise(card, end))


def _refused(code: str, words: Words) -> Reason:
    return Reason(code=code, kind="mend", words=words, where="receiver")


def _nobody(card: ReceiverCard) -> Words:
    return Words(
        f"Op de kaart van {card.name} staat niet dat daar kinderen terechtkunnen. Kies een andere organisatie, "
        "of laat wie Vangnet beheert het op de kaart zetten.",
        f"The card of {card.name} does not say that it has a place for children. Choose another organisation, "
        "or let whoever runs Vangnet put it on the card.",
    )


def _elsewhere(card: ReceiverCard, country: str) -> Words:
    return Words(
        f"{card.name} werkt in een ander land ({card.country}). Een kind daar plaatsen mag pas als dat land ja zei. "
        f"Kies een organisatie in dit land ({country}).",
        f"{card.name} works in another country ({card.country}). A child may be placed there only after that country "
        f"said yes. Choose an organisation in this country ({country}).",
    )


def _otherwise(card: ReceiverCard, end: EndState) -> Words:
    has, asks = _listed(card.receives), _listed(end.receivers)
    return Words(
        f"{card.name} past niet bij dit einde: {end.title.nl} Daarvoor is nodig: {asks.nl}. {card.name} heeft: "
        f"{has.nl}. Kies een andere organisatie, of een ander einde.",
        f"{card.name} does not fit this end: {end.title.en} That asks for: {asks.en}. {card.name} has: "
        f"{has.en}. Choose another organisation, or another end.",
    )


def _listed(codes: Iterable[str]) -> Words:
    words = [RECEIVING[code].words for code in sorted(codes)]
    return Words(" / ".join(one.nl for one in words), " / ".join(one.en for one in words))
