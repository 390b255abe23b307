"""Earlier encounters by what the reader can do; the order is time or name, never a weight."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from vangnet.chain.crosscheck.selectors import Graded
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Candidate, Explained
from vangnet.knowledge.terms import Words
from vangnet.site.crosscheck.grouping import Told, times, told_of
from vangnet.trust.access.selectors import OrganisationCard


@pytest.fixture(autouse=True)
def english() -> Any:
    with override("en"):
        yield


def card(name: str, phone: str = "088 000 09 02") -> OrganisationCard:
    return OrganisationCard(
        id=UUID(int=len(name)),
        code="NL-POL-WATERLAND",
        name=name,
        country="NL",
        regime="police",
        municipality="",
        contact_words="",
        contact_phone=phone,
    )


def agreeing(comparison: str, weight: float = 4.0) -> Candidate:
    part = Explained(
        comparison=comparison,
        level="exact",
        left="1",
        right="1",
        match_weight=weight,
        words=Words("Hetzelfde nummer.", "The same number."),
    )
    return Candidate(record_id="1", match_weight=2.0, probability=0.9, explanation=(part,), prior_weight=-9.0)


def contact(number: int, name: str, comparison: str = "document") -> Graded:
    return Graded(
        answer=Answer.CONTACT,
        encounter_id=UUID(int=number),
        organisation=card(name),
        candidate=agreeing(comparison),
    )


def told(*found: Graded, may_judge: bool = False, may_open: bool = False) -> Told:
    return told_of(found, may_judge=may_judge, may_open=may_open)


def test_an_organisation_stands_once_with_its_number_and_says_how_often() -> None:
    found = told(contact(1, "Waterland"), contact(2, "Scheldezone"), contact(3, "Waterland"))
    assert [(one.name, one.times, one.number) for one in found.contacts] == [
        ("Scheldezone", "Once", "0880000902"),
        ("Waterland", "Two times", "0880000902"),
    ]
    (alike,) = found.contacts[1].alike
    assert (alike.times, alike.agrees) == ("Two times", ("Document: the same number.",))
    assert alike.compare_ids == ()
    assert found.times == "three times"


def test_what_agrees_otherwise_is_a_line_of_its_own() -> None:
    found = told(contact(1, "Waterland"), contact(2, "Waterland", "vehicle"), contact(3, "Waterland"))
    assert [(one.times, one.agrees) for one in found.contacts[0].alike] == [
        ("Two times", ("Document: the same number.",)),
        ("Once", ("Vehicle: the same number.",)),
    ]


def test_who_judges_gets_the_way_to_each() -> None:
    found = told(contact(1, "Waterland"), contact(3, "Waterland"), may_judge=True)
    assert found.contacts[0].alike[0].compare_ids == (UUID(int=1), UUID(int=3))


def test_hits_are_one_sentence_a_side_and_only_the_specialist_gets_them_to_open() -> None:
    own, other = Graded(answer=Answer.HIT, encounter_id=UUID(int=5)), Graded(answer=Answer.HIT)
    found = told(own, other, other)
    assert found.hidden == (
        "Once perhaps met before by your own organisation. Your own specialist can open the content.",
        "Two times perhaps met before elsewhere. The specialist of that organisation can open the content.",
    )
    assert found.openable == ()
    assert [one.id for one in told(own, other, may_open=True).openable] == [UUID(int=5)]


def test_a_shared_telephone_warns_that_it_may_be_an_adults() -> None:
    assert told(contact(1, "Waterland")).warning == ""
    for comparison in ("phone", "collector_phone"):
        assert "an adult who sends several children" in told(contact(1, "W", comparison)).warning
    against = Graded(answer=Answer.CONTACT, organisation=card("W"), candidate=agreeing("phone", -2.0))
    assert told(against).warning == ""


def test_what_is_known_of_nobody_has_no_name_and_no_number() -> None:
    (one,) = told(Graded(answer=Answer.CONTACT)).contacts
    assert (one.name, one.phone, one.number) == ("Another organisation", "", "")
    bare = told(Graded(answer=Answer.CONTENT, organisation=card("W"))).readable[0]
    assert (bare.title, bare.agrees) == ("W", ())
    assert told(Graded(answer=Answer.CONTENT)).readable[0].title == ""


def test_twenty_may_be_more() -> None:
    assert times(1) == "once"
    assert told(*[Graded(answer=Answer.HIT)] * 20).times == "20 times or more"
    assert told(*[Graded(answer=Answer.HIT)] * 19).times == "nineteen times"
