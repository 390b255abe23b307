"""Which organisation can receive this child, by its card; and that a refusal says which of the two does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from chain.handovers.night import AT, AUTHORITY_HOLDER, BOARD_PLACE, OWN, READY, SHELTER, Night, after, receiving
from chain.handovers.test_deciding import code
from vangnet.chain.handovers import deciding
from vangnet.chain.handovers.models import Handover, Proposal
from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import Reason
from vangnet.trust.access.services import set_receiving


def abroad(_night: Night) -> UUID:
    return receiving("AT-JA-DONAUTOR", "youth_care", "crisis_foster_care", country="AT").pk


@pytest.mark.parametrize(
    ("outcome", "receiver", "refused"),
    [
        (BOARD_PLACE, lambda _: None, "no_receiving_organisation"),
        (BOARD_PLACE, lambda night: night.police.pk, "receives_nobody"),
        (BOARD_PLACE, lambda _: uuid4(), "cannot_receive"),
        (BOARD_PLACE, lambda night: night.shelter().pk, "receives_otherwise"),
        (BOARD_PLACE, abroad, "receives_elsewhere"),
        ("HANDED_TO_GI_OR_NIDOS", lambda night: night.shelter().pk, "receives_otherwise"),
        (SHELTER, lambda night: night.board.pk, "receives_otherwise"),
        (AUTHORITY_HOLDER, lambda night: night.board.pk, "who_asked_receives"),
    ],
)
def test_who_receives_is_proposed_and_must_be_able_to(
    night: Night, outcome: str, receiver: Callable[[Night], UUID | None], refused: str
) -> None:
    night.check("child_agrees", check="G-15")
    told = deciding.propose(
        actor=night.first,
        request_id=night.request,
        outcome=outcome,
        receiver_id=receiver(night),
        reason="In order.",
        machine=READY,
        relation=OWN,
        at=AT,
    )
    assert code(told) == refused
    assert isinstance(told, Reason)
    assert told.where == "receiver"
    assert not Proposal.objects.exists()


def test_a_receiver_that_does_not_fit_is_told_with_what_the_end_asks_and_what_its_card_says(night: Night) -> None:
    given: dict[str, Any] = {"reason": "x", "machine": READY, "relation": OWN, "at": AT}
    given |= {"request_id": night.request, "outcome": "HANDED_TO_GI_OR_NIDOS", "receiver_id": night.shelter().pk}
    told = deciding.propose(actor=night.first, **given)
    assert isinstance(told, Reason)
    for part in (
        night.shelter().name,
        OUTCOMES["HANDED_TO_GI_OR_NIDOS"].title.en,
        "as guardian",
        "who agrees to it",
    ):
        assert part in told.words.en
    for part in (night.shelter().name, OUTCOMES["HANDED_TO_GI_OR_NIDOS"].title.nl, "voogd", "zelf mee instemt"):
        assert part in told.words.nl


def test_a_card_that_changes_after_the_proposal_stops_the_decision_and_the_hand_over(night: Night) -> None:
    proposal = night.propose(BOARD_PLACE)
    set_receiving(code=night.board.code, kinds=[])
    given: dict[str, Any] = {"reason": "x", "machine": READY, "relation": OWN, "at": after(9)}
    assert code(deciding.confirm(actor=night.second, proposal_id=proposal, **given)) == "receives_nobody"
    set_receiving(code=night.board.code, kinds=["crisis_foster_care"])
    decision = night.decide(BOARD_PLACE)
    set_receiving(code=night.board.code, kinds=["guardianship"])
    assert code(night.hand_over(decision)) == "receives_otherwise"
    assert not Handover.objects.exists()


def test_the_receiver_goes_from_the_proposal_to_the_decision_and_the_hand_over(night: Night) -> None:
    decision = night.decide(BOARD_PLACE)
    assert Proposal.objects.get().receiver_id == decision.receiver_id == night.board.pk
    night.hand_over(decision)
    assert Handover.objects.get().receiver_id == night.board.pk
