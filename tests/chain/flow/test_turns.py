"""Somebody is always at turn: after a refusal its sender, after a decision who records it, after a yes who gave it."""

from __future__ import annotations

from uuid import UUID

import pytest

from chain.flow.leaving import hand_over, went_missing
from chain.flow.waiting import ADULT, GIRL, gate, kinds, of, only
from chain.referrals.town import NORA, Town, after
from vangnet.chain import flow
from vangnet.chain.flow import deciding
from vangnet.chain.referrals.kinds import KINDS


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def test_a_refused_question_stands_first_for_its_sender_until_another_is_asked(town: Town) -> None:
    sent = town.refer()
    assert "refused" not in kinds(of(town, "officer", 2).mine)
    town.answer(sent, "declined", reason="Full.")
    for who in ("officer", "desk"):
        first = of(town, who, 6).mine[0]
        assert (first.kind, first.target_id, first.who) == ("refused", sent, "Raad Rijnhaven spoed")
        assert first.since == after(5)
    assert "refused" not in kinds((*of(town, "board", 6).mine, *of(town, "waterland", 6).mine))
    again = town.refer(minute=7)
    assert "refused" not in kinds(of(town, "officer", 8).mine)
    town.answer(again, "declined", reason="Still full.", minute=9)
    assert only(of(town, "officer", 10).mine, "refused").target_id == again


def test_a_refusal_asks_nothing_while_another_was_asked_the_same(town: Town) -> None:
    shelter = town.refer(to="NL-OPV-LINDENHOF", kind="placement")
    board = town.refer(kind="placement", minute=2)
    town.answer(shelter, "declined", by="shelter", reason="Full.")
    assert "refused" not in kinds(of(town, "officer", 6).mine)
    town.answer(board, "declined", reason="No place.", minute=7)
    assert only(of(town, "officer", 8).mine, "refused").target_id == board


def test_a_refused_place_asks_nothing_once_the_child_went_with_a_receiver(town: Town) -> None:
    town.answer(town.refer(to="NL-OPV-LINDENHOF", kind="placement"), "declined", by="shelter", reason="Full.")
    town.answer(town.refer(kind="guardianship"), "declined", reason="Not ours.")
    assert kinds(of(town, "officer", 6).mine).count("refused") == 2
    hand_over(town)
    assert only(of(town, "officer", 7).mine, "refused").words == KINDS["guardianship"].words


def decided(town: Town) -> UUID:
    asked = gate(town)
    view = flow.gate(actor=town.actor("other"), request_id=asked, at=after(4))
    assert isinstance(view, flow.GateView)
    assert view.proposal is not None
    made = flow.confirm(
        actor=town.actor("other"),
        request_id=asked,
        proposal_id=view.proposal.proposal_id,
        reason="So do we.",
        at=after(5),
    )
    assert isinstance(made, UUID), made
    return asked


def test_a_decision_of_two_people_waits_for_who_may_record_the_hand_over(town: Town) -> None:
    town.refer()
    asked = decided(town)
    for who in ("officer", "desk", "other", "specialist", "board"):
        found = of(town, who, 6).mine
        task = only(found, "hand_over")
        assert (task.target_id, task.since, task.who) == (asked, after(5), "L. Smit")
        assert task.due_at is not None
        assert "decide" not in kinds(found)
    for who in ("waterland", "shelter"):
        assert "hand_over" not in kinds(of(town, who, 6).mine)


def test_a_decision_waits_no_longer_once_it_was_carried_out_overtaken_or_the_child_left(town: Town) -> None:
    hand_over(town)
    assert "hand_over" not in kinds(of(town, "desk", 7).mine)
    town.tonight = town.met("officer", GIRL)
    asked = decided(town)
    assert only(of(town, "desk", 6).mine, "hand_over").target_id == asked
    deciding.record_check(
        actor=town.actor("officer"),
        request_id=asked,
        check="G-03",
        state="clear",
        source="person",
        evidence="Seen.",
        at=after(6),
    )
    assert "hand_over" not in kinds(of(town, "desk", 7).mine)
    town.tonight = town.met("officer", NORA)
    decided(town)
    went_missing(town)
    assert "hand_over" not in kinds(of(town, "desk", 7).mine)


def test_a_child_that_came_back_is_decided_on_and_handed_over_again(town: Town) -> None:
    went_missing(town)
    asked = deciding.ask_gate(actor=town.actor("officer"), encounter_id=town.tonight, collector=ADULT, at=after(8))
    assert isinstance(asked, UUID)
    made = deciding.propose(
        actor=town.actor("desk"),
        request_id=asked,
        outcome="HANDED_TO_RVDK_ARRANGED_PLACE",
        receiver_id=town.places["NL-OPV-LINDENHOF"].id,
        reason="Found again.",
        at=after(9),
    )
    assert isinstance(made, UUID), made
    assert only(of(town, "other", 10).mine, "decide").target_id == asked
    flow.confirm(actor=town.actor("other"), request_id=asked, proposal_id=made, reason="So do we.", at=after(11))
    assert only(of(town, "officer", 12).mine, "hand_over").target_id == asked


def test_the_end_of_the_hold_stays_with_who_holds_the_child_and_who_took_over_reads_it(town: Town) -> None:
    town.answer(town.refer(), "accepted")
    (ends,) = [task.due_at for task in of(town, "desk", 6).mine if task.is_end_of_hold]
    assert only(of(town, "board", 6).mine, "taken_over").hold_ends == ends
    hand_over(town)
    assert only(of(town, "board", 7).mine, "taken_over").hold_ends is None


def test_what_the_gate_recorded_as_done_is_asked_no_more_of_who_took_over(town: Town) -> None:
    def asked(who: str, minute: int) -> list[str]:
        return [words.en for words in only(of(town, who, minute).mine, "taken_over").further]

    town.answer(town.refer(), "accepted", minute=2)
    town.answer(town.refer(to="NL-OPV-LINDENHOF", kind="placement"), "accepted", by="shelter", minute=2)
    assert "Say where the child stays now" in asked("board", 3)
    assert "Receive the child and sign the receipt" in asked("shelter", 3)
    hand_over(town)
    assert asked("board", 7) == [
        "Find out who has authority",
        "Look whether a child-protection measure is needed",
    ]
    assert asked("shelter", 7) == ["Is the child gone? Call the police at once"]


def test_another_shelter_than_received_the_child_is_still_asked_and_a_missing_child_stays_nowhere(
    town: Town,
) -> None:
    town.answer(town.refer(kind="placement"), "accepted", minute=2)
    town.answer(town.refer(), "accepted", minute=2)
    went_missing(town)
    both = [task for task in of(town, "board", 7).mine if task.kind == "taken_over"]
    asked = {words.en for task in both for words in task.further}
    assert {"Receive the child and sign the receipt", "Say where the child stays now"} <= asked
