"""What waits for somebody: by time alone, theirs or another's, and in the ledger before it is shown."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID

import pytest

from chain.flow.leaving import hand_over, went_missing
from chain.flow.waiting import GIRL, gate, kinds, of, only
from chain.referrals.town import AT, HERE_SINCE, NOOR, NORA, Town, after
from vangnet.chain import flow
from vangnet.chain.duties.selectors import not_asked
from vangnet.chain.duties.services import complete, record_international_check
from vangnet.chain.flow import deciding
from vangnet.chain.flow.tasks import Task, Work
from vangnet.chain.flow.working import MOST, work
from vangnet.knowledge.terms import CHANNELS, ChannelCheck, PartialDate, Purpose, Reason
from vangnet.trust.access.policy import Relation
from vangnet.trust.ledger.models import Entry


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def test_who_has_no_work_with_children_is_told_why(town: Town) -> None:
    for who, why in (("auditor", "role"), ("immigration", "firewall")):
        found = work(actor=town.actor(who), at=AT)
        assert isinstance(found, Reason)
        assert found.code == why
    assert not Entry.objects.filter(act="list_work").exists()


def test_the_list_stands_in_the_ledger_with_ids_and_counts_alone(town: Town) -> None:
    found = of(town, "officer")
    entry = Entry.objects.get(act="list_work")
    assert entry.subjects == [str(town.tonight)]
    assert entry.counts == {"mine": len(found.mine), "waiting": len(found.waiting)}


def test_no_word_about_a_child_stands_in_it(town: Town) -> None:
    town.refer()
    text = repr(of(town, "officer")) + repr(of(town, "board"))
    assert not any(word in text for word in ("Nora", "Lindqvist", "SPECI", "tired", "Cash", "0901"))
    assert {one.name for one in fields(Task)} >= {"due_at", "since", "encounter_id"}


def test_the_order_is_that_of_the_time_of_duty(town: Town) -> None:
    town.refer()
    town.met("officer", GIRL)
    for who in ("officer", "desk", "board"):
        found = of(town, who)
        for tasks in (found.mine, found.waiting):
            due = [task.due_at for task in tasks if task.due_at]
            assert due == sorted(due)
            assert all(task.due_at is None for task in tasks[len(due) :])
            free = [task.since for task in tasks[len(due) :]]
            assert free == sorted(free)


def test_a_deadline_stands_alone_and_duties_without_hours_stand_together(town: Town) -> None:
    duties = [task for task in of(town, "officer").mine if task.kind == "duty"]
    timed = [task for task in duties if task.due_at]
    assert timed
    assert all(task.further == () for task in timed)


def test_the_lawyer_and_the_parent_each_have_a_line_of_their_own(town: Town) -> None:
    def told(found: Work, kind: str) -> set[str]:
        rows = [task for task in found.mine if task.kind == kind and task.due_at is None]
        assert all(task.further == () for task in rows)
        return {task.words.en for task in rows if task.words}

    running = told(of(town, "officer"), "duty")
    assert len([one for one in running if "lawyer" in one or "parent" in one]) == 2
    hand_over(town)
    ended = told(of(town, "officer", 7), "after_hold")
    assert len(ended) == 2
    assert ended <= running


def test_who_took_a_child_over_keeps_it_as_work_and_reads_what_is_asked_next(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "accepted", minute=5)
    task = only(of(town, "board", 60 * 24 * 40).mine, "taken_over")
    assert (task.target_id, task.since, task.due_at, task.who) == (sent, after(5), None, "Politie Rijnhaven")
    assert "Find out who has authority" in [one.en for one in task.further]
    assert "taken_over" not in kinds(of(town, "shelter", 6).mine)
    assert "taken_over" not in kinds(of(town, "officer", 6).mine)


def test_a_declined_question_is_no_work_of_whoever_declined(town: Town) -> None:
    town.answer(town.refer(), "declined", reason="Full.")
    assert of(town, "board", 6).mine == ()


def test_each_line_says_when_the_child_was_met_so_that_one_knows_which_child(town: Town) -> None:
    town.refer()
    for who in ("officer", "board"):
        found = of(town, who, 2)
        assert {task.met for task in (*found.mine, *found.waiting)} == {HERE_SINCE}
    town.tonight = town.met("officer", GIRL, partial="2026-03-01")
    assert PartialDate(2026, 3, 1) in {task.met for task in of(town, "officer", 2).mine}


def test_the_specialist_judges_what_a_colleague_saw_until_somebody_else_looked(town: Town) -> None:
    plain = town.met("officer", GIRL, observations=[])
    task = only(of(town, "specialist").mine, "judge_indications")
    assert task.encounter_id == task.target_id == town.tonight != plain
    for who in ("officer", "desk", "waterland", "board"):
        assert "judge_indications" not in kinds(of(town, who).mine)
    own = town.met("specialist", GIRL)
    assert own not in {
        task.encounter_id for task in of(town, "specialist").mine if task.kind == "judge_indications"
    }
    advised = flow.advice(
        actor=town.actor("specialist"), purpose=Purpose.PROTECT_CHILD, encounter_id=town.tonight, at=after(2)
    )
    assert isinstance(advised, flow.Advice)
    looked = flow.correct(
        actor=town.actor("specialist"),
        purpose=Purpose.PROTECT_CHILD,
        encounter_id=town.tonight,
        facts=replace(advised.stated, words="An adult stood by and took the cash."),
        reason="The indication stands.",
        at=after(3),
    )
    assert isinstance(looked, flow.Corrected), looked
    assert "judge_indications" not in kinds(of(town, "specialist", 4).mine)


def test_what_another_holds_waits_for_another(town: Town) -> None:
    found = of(town, "officer")
    holders = {task.holder.en for task in found.mine if task.holder}
    others = {task.holder.en for task in found.waiting if task.holder}
    assert holders
    assert others
    assert not holders & others
    assert all(task.kind == "others_duty" for task in found.waiting)


def test_an_officer_sees_their_own_encounters_and_a_desk_those_of_all(town: Town) -> None:
    theirs = town.met("specialist", GIRL)
    assert {task.encounter_id for task in of(town, "officer").mine} == {town.tonight}
    desk = of(town, "desk").mine
    assert {task.encounter_id for task in desk} == {town.tonight, theirs}
    assert all(task.is_shared for task in desk if task.kind == "duty")
    assert of(town, "waterland").mine == ()


def test_what_was_done_is_gone(town: Town) -> None:
    before = of(town, "officer")
    advised = flow.advice(
        actor=town.actor("officer"), purpose=Purpose.PROTECT_CHILD, encounter_id=town.tonight, at=AT
    )
    assert isinstance(advised, flow.Advice)
    timed = next(line for line in advised.duties if line.due_at)
    done = complete(
        actor=town.actor("officer"),
        purpose=Purpose.PROTECT_CHILD,
        relation=Relation.OWN_ENCOUNTER,
        encounter_id=town.tonight,
        duty_id=timed.id,
        proof="Seen.",
        at=after(1),
    )
    assert isinstance(done, UUID)
    after_it = of(town, "officer", 2)
    assert len(after_it.mine) + len(after_it.waiting) == len(before.mine) + len(before.waiting) - 1


def test_a_hold_that_ended_with_the_child_gone_runs_no_longer(town: Town) -> None:
    before = kinds(of(town, "desk").mine)
    assert "after_hold" not in before
    hand_over(town)
    found = of(town, "desk", 7)
    duties = [task for task in (*found.mine, *found.waiting) if task.kind in {"duty", "others_duty"}]
    assert not [task for task in duties if task.is_end_of_hold or task.due_at]
    told = [task for task in found.mine if task.kind == "after_hold"]
    assert {(one.encounter_id, one.since, one.due_at) for one in told} == {(town.tonight, after(6), None)}
    assert "lawyer" in " ".join(one.words.en for one in told if one.words)


def test_nobody_is_asked_to_decide_on_a_child_that_left(town: Town) -> None:
    asked = gate(town)
    assert only(of(town, "other", 4).mine, "decide").target_id == asked
    went_missing(town)
    assert "decide" not in kinds(of(town, "other", 7).mine)


def test_an_order_of_custody_stands_after_a_hand_over(town: Town) -> None:
    town.tonight = town.met(
        "officer",
        GIRL,
        at=HERE_SINCE + timedelta(minutes=50),
        custody={
            "basis": "suspect",
            "arrived_at": HERE_SINCE.isoformat(),
            "ordered_at": (HERE_SINCE + timedelta(minutes=40)).isoformat(),
        },
    )
    hand_over(town)
    found = [task for task in of(town, "desk", 7).mine if task.encounter_id == town.tonight]
    assert "after_hold" not in kinds(tuple(found))
    assert [task for task in found if task.kind == "duty" and task.due_at]


def test_long_past_duties_are_counted_not_shown(town: Town) -> None:
    long_ago = AT - timedelta(days=200)
    old = town.met("officer", GIRL, met_at=long_ago)
    found = of(town, "officer")
    assert found.older == 1
    assert old not in {task.encounter_id for task in found.mine if task.kind == "duty"}
    assert of(town, "desk").older == 1


def test_nobody_asked_other_countries_until_somebody_did(town: Town) -> None:
    assert only(of(town, "officer").mine, "ask_abroad").channels == CHANNELS
    for channel in CHANNELS:
        record_international_check(
            actor=town.actor("officer"),
            purpose=Purpose.PROTECT_CHILD,
            relation=Relation.OWN_ENCOUNTER,
            encounter_id=town.tonight,
            check=ChannelCheck(channel=channel, state="asked"),
            at=after(1),
        )
        assert channel not in not_asked([town.tonight])[town.tonight]
    assert "ask_abroad" not in kinds(of(town, "officer", 2).mine)


def test_only_who_may_ask_abroad_is_told_to(town: Town) -> None:
    town.refer()
    assert "ask_abroad" not in kinds(of(town, "board").mine)


def test_a_referral_is_the_receivers_to_answer_and_the_senders_to_wait_for(town: Town) -> None:
    sent = town.refer()
    mine = only(of(town, "board", 2).mine, "answer")
    theirs = only(of(town, "desk", 2).waiting, "sent")
    assert (mine.target_id, mine.who) == (sent, "Politie Rijnhaven")
    assert (theirs.target_id, theirs.who) == (sent, "Raad Rijnhaven spoed")
    assert mine.due_at == theirs.due_at == after(1) + timedelta(hours=2)


def test_who_was_asked_back_is_at_turn(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "asked_back", reason="How old?")
    assert only(of(town, "officer", 6).mine, "asked_back").target_id == sent
    assert "still_to_answer" in kinds(of(town, "board", 6).mine)
    town.answer(sent, "accepted", minute=7)
    found = of(town, "officer", 8)
    assert not {"asked_back", "sent"} & {*kinds(found.mine), *kinds(found.waiting)}
    assert not {"answer", "still_to_answer"} & {*kinds(of(town, "board", 8).mine)}


def test_a_proposal_waits_for_every_second_person_never_for_who_made_it(town: Town) -> None:
    asked = gate(town)
    task = only(of(town, "other", 4).mine, "decide")
    assert (task.target_id, task.who, task.since) == (asked, "S. Brouwer", after(3))
    assert task.due_at is not None
    for who in ("desk", "officer", "specialist", "board"):
        assert "decide" not in kinds(of(town, who, 4).mine)


def test_a_proposal_at_an_encounter_that_was_referred_waits_for_the_receiver_too(town: Town) -> None:
    town.refer()
    asked = gate(town)
    assert only(of(town, "board", 4).mine, "decide").target_id == asked


def test_a_proposal_that_a_check_overtook_waits_for_nobody(town: Town) -> None:
    asked = gate(town)
    deciding.record_check(
        actor=town.actor("officer"),
        request_id=asked,
        check="G-03",
        state="clear",
        source="person",
        evidence="Seen.",
        at=after(4),
    )
    assert "decide" not in kinds(of(town, "other", 5).mine)


def test_the_other_side_is_told_that_a_judgement_waits(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - timedelta(days=20))
    town.judge("specialist", town.tonight, theirs, "same")
    task = only(of(town, "waterland", 4).mine, "judge")
    assert (task.encounter_id, task.target_id, task.who) == (theirs, town.tonight, "Politie Rijnhaven")
    assert "judge" not in kinds(of(town, "specialist", 4).mine)
    town.judge("waterland", theirs, town.tonight, "different", minute=5)
    assert "judge" not in kinds(of(town, "waterland", 6).mine)


def test_who_acted_on_a_join_that_fell_apart_looks_again(town: Town) -> None:
    earlier = town.met("officer", NOOR, met_at=AT - timedelta(days=20))
    town.judge("specialist", town.tonight, earlier, "same")
    town.refer(minute=4)
    town.judge("specialist", town.tonight, earlier, "different", minute=5)
    assert only(of(town, "officer", 6).mine, "look_again").encounter_id in {town.tonight, earlier}


def test_at_most_so_many_are_shown_and_the_rest_is_counted(town: Town) -> None:
    for number in range(MOST // 2):
        town.met("officer", NORA | {"given_names": f"Nora{number}"})
    found = of(town, "officer")
    assert len(found.mine) == MOST
    assert found.left_out > 0
    entry = Entry.objects.get(act="list_work")
    assert len(entry.subjects) <= 100
