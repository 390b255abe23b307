"""Whoever acted on a join that falls apart looks again at what they did."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from chain.handovers.night import BOARD_PLACE, Night, after, working
from chain.town import code_of, facts
from vangnet.chain import flow
from vangnet.chain.crosscheck.models import Review
from vangnet.chain.crosscheck.services import Judged, index
from vangnet.chain.referrals.models import Referral
from vangnet.knowledge.linkage import record_of
from vangnet.trust.access.policy import Actor, Role


@pytest.fixture
def night(db: None) -> Night:
    night = Night.begin()
    for encounter in (night.encounter, night.other):
        index(encounter_id=encounter.id, organisation_id=night.police.id, record=record_of(facts()))
    return night


def judged(actor: Actor, night: Night, value: str, minutes: int) -> Judged:
    found = flow.judge(
        actor=actor,
        encounter_id=night.encounter.id,
        other_id=night.other.id,
        value=value,
        reason="same scar",
        at=after(minutes),
    )
    assert isinstance(found, Judged), found
    return found


def referred(night: Night, encounter_id: UUID) -> None:
    Referral.objects.create(
        organisation=night.police,
        receiver=night.board,
        encounter_id=encounter_id,
        kind="board_urgent",
        text_sealed=b"",
        sent_by_id=night.officer.person_id,
        sent_at=after(9),
        answer_by=after(120),
        request_key=uuid4(),
    )


def test_who_decided_referred_or_judged_gets_a_task_and_who_took_it_apart_none(night: Night) -> None:
    specialist = working(night.police, "specialist", Role.SPECIALIST)
    judged(specialist, night, "same", 1)
    night.decide(BOARD_PLACE)
    referred(night, night.other.id)
    another = replace(specialist, person_id=night.rvdk.person_id)
    assert judged(another, night, "different", 20).is_contradiction
    assert {review.person_id for review in Review.objects.all()} == {
        specialist.person_id,
        night.first.person_id,
        night.second.person_id,
        night.officer.person_id,
    }


def test_taking_a_verdict_back_tells_those_who_acted_on_it_too(night: Night) -> None:
    specialist = working(night.police, "specialist", Role.SPECIALIST)
    joined = judged(specialist, night, "same", 1)
    night.decide(BOARD_PLACE)
    referred(night, night.other.id)
    another = replace(specialist, person_id=night.rvdk.person_id)
    taken = flow.revoke(actor=another, encounter_id=night.encounter.id, verdict_id=joined.verdict_id, at=after(20))
    assert isinstance(taken, Judged)
    assert (taken.is_joined, taken.is_contradiction) == (False, True)
    assert {(review.person_id, review.encounter_id) for review in Review.objects.all()} == {
        (specialist.person_id, min(night.encounter.id, night.other.id)),
        (night.first.person_id, night.encounter.id),
        (night.second.person_id, night.encounter.id),
        (night.officer.person_id, night.other.id),
    }


def test_a_verdict_that_is_not_there_is_not_taken_back(night: Night) -> None:
    specialist = working(night.police, "specialist", Role.SPECIALIST)
    refused = flow.revoke(actor=specialist, encounter_id=night.encounter.id, verdict_id=uuid4(), at=after(20))
    assert code_of(refused) == "not_found"
    assert not Review.objects.exists()
