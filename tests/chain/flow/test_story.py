"""The story of one encounter: every event with its source, and only to who is told the encounter."""

from __future__ import annotations

import pytest

from chain.flow.leaving import hand_over, went_missing
from chain.referrals.town import HERE_SINCE, NOOR, Town, after
from vangnet.chain import flow
from vangnet.chain.handovers.services import Receiver
from vangnet.knowledge.terms import Purpose


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def story(town: Town, who: str = "officer", minute: int = 20) -> flow.Timeline:
    found = flow.timeline(
        actor=town.actor(who), purpose=Purpose.PROTECT_CHILD, encounter_id=town.tonight, at=after(minute)
    )
    assert isinstance(found, flow.Timeline), found
    return found


def advice(town: Town, minute: int = 20) -> flow.Advice:
    found = flow.advice(
        actor=town.actor("officer"), purpose=Purpose.PROTECT_CHILD, encounter_id=town.tonight, at=after(minute)
    )
    assert isinstance(found, flow.Advice), found
    return found


def test_before_anything_happened_only_the_hold_is_there(town: Town) -> None:
    found = story(town)
    assert [(one.what, one.at, one.code) for one in found.events] == [("held", HERE_SINCE, "suspect")]
    assert found.left is None
    assert advice(town).left is None


def test_the_whole_night_in_the_order_of_time(town: Town) -> None:
    town.answer(town.refer(minute=1), "accepted", minute=2)
    hand_over(town)
    found = story(town)
    assert [one.what for one in found.events] == [
        "held",
        "sent",
        "answered",
        "asked",
        "heard",
        "decided",
        "handed_over",
    ]
    by = {one.what: one for one in found.events}
    assert (by["heard"].voice, by["heard"].code) == ("Not with that man.", "does_not_want_to_go")
    assert by["asked"].code == "collector"
    assert by["decided"].by == ("S. Brouwer", "L. Smit")
    assert (by["handed_over"].organisation, by["handed_over"].at) == ("Opvang Lindenhof", after(6))
    assert (by["answered"].organisation, by["answered"].code) == ("Raad Rijnhaven spoed", "accepted")


def test_after_the_hand_over_the_advice_knows_when_with_whom_and_on_whose_decision(town: Town) -> None:
    hand_over(town)
    left = advice(town).left
    assert left is not None
    assert (left.receiver, left.at, left.by) == ("Opvang Lindenhof", after(6), "S. Brouwer")
    assert left.deciders == ("S. Brouwer", "L. Smit")
    assert left.ends_the_hold
    assert left.standing is None
    assert story(town).left == left


def test_a_receiver_that_takes_part_is_named_by_its_own_name(town: Town) -> None:
    hand_over(town, receiver=Receiver(name="H. Zomer", receipt="signed"))
    left = advice(town).left
    assert left is not None
    assert left.receiver == "Opvang Lindenhof"


def test_a_missing_child_has_no_receiver(town: Town) -> None:
    went_missing(town)
    left = advice(town).left
    assert left is not None
    assert (left.end.code, left.receiver, left.deciders) == ("CHILD_WENT_MISSING", "", ())
    assert [(one.what, one.code) for one in story(town).events][-1] == ("incident", "CHILD_WENT_MISSING")


def test_an_order_of_custody_is_in_the_story_and_stands_after_it(town: Town) -> None:
    custody = {"basis": "suspect", "arrived_at": HERE_SINCE.isoformat(), "ordered_at": after(0).isoformat()}
    town.tonight = town.met("officer", {"given_names": "Iris"}, at=after(1), custody=custody)
    hand_over(town)
    assert "ordered" in [one.what for one in story(town).events]
    left = advice(town).left
    assert left is not None
    assert not left.ends_the_hold
    assert left.standing is not None


def test_who_received_the_question_reads_the_gate_and_no_referral_of_others(town: Town) -> None:
    town.refer(minute=1)
    town.refer(to="NL-OPV-LINDENHOF", kind="placement", minute=2)
    hand_over(town)
    asked = [one.organisation for one in story(town, "board").events if one.what == "sent"]
    assert asked == ["Raad Rijnhaven spoed"]


def test_another_encounter_of_the_child_tells_that_it_ended_and_not_with_whom(town: Town) -> None:
    first = town.tonight
    hand_over(town)
    town.tonight = town.met("officer", NOOR, met_at=after(10), at=after(11))
    town.judge("specialist", town.tonight, first, "same", minute=12)
    found = [one for one in story(town).events if one.encounter_id == first]
    ended = next(one for one in found if one.what == "handed_over")
    assert ended.organisation == ""
    assert "heard" not in [one.what for one in found]
    assert story(town).left is None
