"""What was found, and what stands beside a judgement: graded, own values, levels of the other side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from chain.referrals.town import AT, NOOR, Town, after
from vangnet.chain.flow.weighing import Beside, Looked, beside, look
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.terms import CHANNELS, Purpose, Reason
from vangnet.trust.ledger.models import Entry

WEEKS = timedelta(days=20)


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def looked(town: Town, who: str, purpose: Purpose = Purpose.PROTECT_CHILD) -> Looked:
    found = look(actor=town.actor(who), purpose=purpose, encounter_id=town.tonight, at=after(0))
    assert isinstance(found, Looked), found
    return found


def test_nothing_found_says_what_was_not_asked(town: Town) -> None:
    found = looked(town, "officer")
    assert found.told == ()
    assert found.not_asked == CHANNELS
    assert not found.may_judge
    assert looked(town, "specialist").may_judge


def test_what_was_found_is_graded_by_whose_it_is(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    told = {one.encounter_id: one for one in looked(town, "officer").told}
    assert told[own].answer is Answer.CONTENT
    assert told[theirs].answer is Answer.CONTACT
    candidate = told[theirs].candidate
    assert candidate is not None
    assert not any(one.right for one in candidate.explanation)


def test_a_purpose_or_a_relation_that_does_not_fit_is_refused(town: Town) -> None:
    for who, purpose, why in (
        ("officer", Purpose.KEEP_REGISTER, "purpose"),
        ("auditor", Purpose.ACCOUNT, "role"),
        ("waterland", Purpose.PROTECT_CHILD, "not_found"),
    ):
        found = look(actor=town.actor(who), purpose=purpose, encounter_id=town.tonight, at=AT)
        assert isinstance(found, Reason)
        assert found.code == why


def side_by_side(town: Town, other: Any, who: str = "specialist", own: Any = None) -> Beside:
    found = beside(actor=town.actor(who), encounter_id=own or town.tonight, other_id=other, at=after(9))
    assert isinstance(found, Beside), found
    return found


def test_the_pair_names_who_judged_on_ones_own_side_and_which_organisation_on_the_other(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    town.judge("specialist", town.tonight, theirs, "same")
    town.judge("waterland", theirs, town.tonight, "same", minute=4)
    found = side_by_side(town, theirs)
    assert found.pair.is_joined
    assert set(found.people.values()) == {"A. Okkerse"}
    assert {card.name for card in found.organisations.values()} == {"Politie Rijnhaven", "Politie Waterland"}
    assert found.opposing == ()
    assert Entry.objects.filter(act="read_pair").count() == 2


def test_an_own_verdict_that_keeps_the_two_apart_is_shown(town: Town) -> None:
    second = town.met("desk", NOOR, met_at=AT - WEEKS)
    third = town.met("desk", NOOR, met_at=AT - 2 * WEEKS)
    town.judge("specialist", second, third, "same")
    town.judge("specialist", town.tonight, third, "different", minute=4)
    (opposing,) = side_by_side(town, second).opposing
    assert set(opposing.pair) == {town.tonight, third}
    assert side_by_side(town, third).opposing == ()


def test_who_may_not_judge_sees_no_weight(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=AT - WEEKS)
    for who, other, why in (
        ("officer", own, "role"),
        ("waterland", own, "relation"),
        ("specialist", uuid4(), "not_found"),
    ):
        found = beside(actor=town.actor(who), encounter_id=town.tonight, other_id=other, at=AT)
        assert isinstance(found, Reason)
        assert found.code == why
