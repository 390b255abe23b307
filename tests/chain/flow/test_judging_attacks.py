"""Whoever invents encounters to read another organisation's record through the judging page learns nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chain.referrals.town import AT, NOOR, NORA, Town, after
from vangnet.chain import flow
from vangnet.chain.crosscheck import selectors
from vangnet.chain.crosscheck.models import Membership, Verdict
from vangnet.chain.crosscheck.services import Judged
from vangnet.chain.flow import PairView
from vangnet.knowledge.terms import NOT_FOUND, Purpose, Reason
from vangnet.trust.ledger.models import Entry

WEEKS = timedelta(days=20)
STRANGER = {"given_names": "Kasimir", "family_name": "Ostrowski", "birth_date": "2009-11-30", "sex": "M"}
ONE_GUESS = (
    {"given_names": "Nora"},
    {"family_name": "Lindqvist"},
    {"birth_date": "2013-03-05"},
    {"sex": "F"},
)
"""What an inventor can put in an encounter to ask one thing of the record of another organisation."""


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def pair(town: Town, who: str, own: UUID, other: UUID) -> PairView | Reason:
    return flow.pair(actor=town.actor(who), encounter_id=own, other_id=other, at=after(9))


def told_of(town: Town, who: str, own: UUID) -> set[UUID | None]:
    found = flow.cross_check(actor=town.actor(who), purpose=Purpose.IDENTIFY_CHILD, encounter_id=own, at=after(9))
    assert isinstance(found, tuple), found
    return {one.encounter_id for one in found}


def refused_as_absent(town: Town, who: str, own: UUID, other: UUID) -> None:
    """Hold both acts on a pair against the same acts on a pair that does not exist: answer, work and ledger."""
    seen = []
    for target in (other, uuid4()):
        before = Entry.objects.count(), Verdict.objects.count()
        with CaptureQueriesContext(connection) as asked:
            answers = (pair(town, who, own, target), town.judge(who, own, target, "same"))
        assert answers == (NOT_FOUND, NOT_FOUND)
        assert (Entry.objects.count(), Verdict.objects.count()) == before
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_a_pair_that_was_never_offered_is_not_there(town: Town) -> None:
    theirs = town.met("waterland", STRANGER, met_at=AT - WEEKS)
    assert theirs not in told_of(town, "specialist", town.tonight)
    refused_as_absent(town, "specialist", town.tonight, theirs)


def test_two_of_ones_own_are_a_pair_however_unlikely_because_somebody_may_know_from_outside(town: Town) -> None:
    own = town.met("desk", STRANGER, met_at=AT - WEEKS)
    assert own not in told_of(town, "specialist", town.tonight)
    seen = pair(town, "specialist", town.tonight, own)
    assert isinstance(seen, PairView)
    assert seen.candidate.probability < selectors.TELLABLE
    assert seen.other is not None
    assert seen.other.id == own
    joined = town.judge("specialist", town.tonight, own, "same")
    assert isinstance(joined, Judged)
    assert joined.is_joined


def test_an_older_one_of_ones_own_stays_closed_until_it_is_opened(town: Town) -> None:
    old = town.met("desk", STRANGER, met_at=AT - timedelta(days=730))
    for refused in (
        pair(town, "specialist", town.tonight, old),
        town.judge("specialist", town.tonight, old, "same"),
    ):
        assert isinstance(refused, Reason)
        assert refused.code == "over_a_year"


@pytest.mark.parametrize("guess", ONE_GUESS, ids=lambda one: next(iter(one)))
def test_an_invented_encounter_with_one_right_guess_reads_nothing(town: Town, guess: dict[str, Any]) -> None:
    theirs = town.met("waterland", NORA, met_at=AT - WEEKS)
    invented = town.met("desk", guess, met_at=AT)
    assert theirs not in told_of(town, "specialist", invented)
    refused_as_absent(town, "specialist", invented, theirs)


def test_who_may_not_judge_hears_the_same_of_a_pair_that_is_there_and_one_that_is_not(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    for who, code in (("officer", "role"), ("waterland", "relation"), ("immigration", "firewall")):
        for target in (theirs, uuid4()):
            answers = pair(town, who, town.tonight, target), town.judge(who, town.tonight, target, "same")
            assert {one.code for one in answers if isinstance(one, Reason)} == {code}, (who, target)
            assert len(answers) == 2


def test_somebody_elses_encounter_is_no_side_to_judge_from(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    for own in (theirs, uuid4()):
        refused = pair(town, "specialist", own, town.tonight)
        assert isinstance(refused, Reason)
        assert refused.code == "relation"


def test_an_older_encounter_of_another_organisation_is_a_hit_and_no_pair(town: Town) -> None:
    old = town.met("waterland", NORA, met_at=AT - timedelta(days=730))
    assert None in told_of(town, "specialist", town.tonight)
    refused_as_absent(town, "specialist", town.tonight, old)


def test_an_encounter_is_no_pair_with_itself(town: Town) -> None:
    assert pair(town, "specialist", town.tonight, town.tonight) == NOT_FOUND
    assert town.judge("specialist", town.tonight, town.tonight, "same") == NOT_FOUND


def test_one_side_alone_joins_nothing_and_the_other_side_can_look(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    ours = town.judge("specialist", town.tonight, theirs, "same")
    assert isinstance(ours, Judged)
    assert not ours.is_joined
    assert not Membership.objects.exists()
    seen = pair(town, "waterland", theirs, town.tonight)
    assert isinstance(seen, PairView)
    assert seen.other is None
    assert not any(one.right for one in seen.candidate.explanation)


@pytest.fixture
def judged(town: Town, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Judge a pair, and then let the two be unlikely, as after a correction."""
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    assert isinstance(town.judge("specialist", town.tonight, theirs, "unsure"), Judged)
    monkeypatch.setattr(selectors, "TELLABLE", 1.1)
    return theirs


def test_a_pair_that_was_judged_stays_to_be_judged_again_without_levels(town: Town, judged: UUID) -> None:
    seen = pair(town, "specialist", town.tonight, judged)
    assert isinstance(seen, PairView)
    assert [one.value for one in seen.verdicts] == ["unsure"]
    assert seen.candidate.explanation == ()
    assert seen.candidate.match_weight == seen.candidate.prior_weight
    assert seen.candidate.probability < 0.001
    assert isinstance(town.judge("specialist", town.tonight, judged, "different", minute=5), Judged)


def test_a_verdict_that_was_taken_back_keeps_no_door_open(town: Town, judged: UUID) -> None:
    verdict = Verdict.objects.get()
    flow.revoke(actor=town.actor("specialist"), encounter_id=town.tonight, verdict_id=verdict.id, at=after(6))
    refused_as_absent(town, "specialist", town.tonight, judged)


def test_two_that_are_one_child_through_a_third_are_a_pair(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    second, third = (town.met("desk", NOOR, met_at=AT - many * WEEKS) for many in (1, 2))
    town.judge("specialist", town.tonight, second, "same")
    town.judge("specialist", second, third, "same", minute=4)
    monkeypatch.setattr(selectors, "TELLABLE", 1.1)
    seen = pair(town, "specialist", town.tonight, third)
    assert isinstance(seen, PairView)
    assert seen.is_joined
    assert seen.candidate.explanation
    refused_as_absent(town, "specialist", town.tonight, town.met("waterland", STRANGER, met_at=AT - WEEKS))


def test_what_is_told_stands_in_the_ledger_of_both_sides(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - WEEKS)
    pair(town, "specialist", town.tonight, theirs)
    entries = Entry.objects.filter(act="read_pair")
    assert {one.organisation_id for one in entries} == {
        town.places[f"NL-POL-{one}"].id for one in ("RIJNHAVEN", "WATERLAND")
    }
