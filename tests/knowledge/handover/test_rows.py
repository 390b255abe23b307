"""The rows of the gate and its first line, made again and compared part by part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from knowledge.handover.gate import HONEST, collector, known, request, result
from vangnet.knowledge.handover import HandoverRequest, basis_of_presence, presence
from vangnet.knowledge.handover import checks as rows
from vangnet.knowledge.handover import sentences as say
from vangnet.knowledge.handover.checks import CHECKS, _fact, _listed, _row, _who_is_the_child
from vangnet.knowledge.handover.shapes import Check, Finding
from vangnet.knowledge.terms import ChildView, Custody, KnownFact, Words

YES, NO, OPEN = Words("ja", "yes"), Words("nee", "no"), Words("open", "open")
AT = datetime(2026, 3, 14, 1, 52, tzinfo=UTC)
NOBODY = HandoverRequest(collector=None)


def test_a_row_holds_what_it_was_given_and_its_own_title() -> None:
    row = _row("G-01", "policy", "a source", _who_is_the_child)
    title = say.TITLES["G-01"]
    assert row == Check(id="G-01", words=title, standing="policy", source="a source", look=_who_is_the_child)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_result_carries_its_row(check: Check) -> None:
    found = check(request(), HONEST)
    assert (found.check, found.source) == (check.id, check.source)
    assert found.reason == check.look(request(), HONEST).reason


@pytest.mark.parametrize(
    ("state", "risks", "expected"),
    [
        ("clear", ("I-51",), Finding(state="passed", reason=YES)),
        ("indicated", (), Finding(state="failed", reason=NO)),
        ("unknown", (), Finding(state="unknown", reason=OPEN)),
        ("unknown", ("I-50",), Finding(state="unknown", reason=OPEN)),
        ("unknown", ("I-51",), Finding(state="failed", reason=NO)),
        ("unknown", ("I-52",), Finding(state="failed", reason=NO)),
    ],
)
def test_a_fact_is_looked_at_and_an_indicator_stands_for_one_not_known(
    state: Any, risks: tuple[str, ...], expected: Finding
) -> None:
    look = _fact("G-08", YES, NO, OPEN, "I-51", "I-52")
    other = {"G-12": KnownFact(state="clear")}
    for facts in (other | {"G-08": KnownFact(state=state)}, other):
        if facts is not other or state == "unknown":
            assert look(request(), known(facts=facts, risks=risks)) == expected


def test_a_wish_that_nobody_asked_for_and_a_disputed_paper_are_said_as_such() -> None:
    asked = ChildView(heard_alone=True, interpreter="sworn", wants_to_go="unknown")
    assert result("G-02", known(view=asked)).reason == say.WISH_UNKNOWN
    disputed = {**HONEST.facts, "G-06": KnownFact(state="indicated")}
    paper = request(collector(source="foreign_certificate"))
    assert result("G-05", known(facts=disputed), paper).reason == say.FOREIGN_PAPER_DISPUTED


def test_a_check_that_is_only_listed_is_not_known_and_says_why() -> None:
    assert _listed(OPEN)(request(), HONEST) == Finding(state="unknown", reason=OPEN)


def test_where_nothing_was_found_the_fact_is_unknown() -> None:
    assert known(facts={}).fact("G-07") == "unknown"


def test_where_nobody_asks_each_check_of_an_adult_says_so() -> None:
    for check in ("G-04", "G-05"):
        assert result(check, HONEST, NOBODY).reason == say.NOBODY_ASKS
    found = result("G-10", HONEST, NOBODY)
    assert (found.state, found.reason) == ("unknown", say.CONFLICT_UNKNOWN)


@pytest.mark.parametrize(
    ("authority", "source", "mendable"),
    [("not_verified", "private_deed", False), ("not_verified", "none", True), ("verified", "brp", True)],
)
def test_a_second_adult_changes_nothing_about_what_the_first_can_mend(
    authority: str, source: str, mendable: bool
) -> None:
    one = collector(authority=authority, source=source)
    alone, beside = (result("G-05", HONEST, request(one, others)) for others in (0, 1))
    assert (alone.state, alone.mendable) == (beside.state, beside.mendable)
    assert beside.mendable is mendable
    assert beside.reason == Words(
        f"{alone.reason.nl} {say.OTHERS_ASK.nl}", f"{alone.reason.en} {say.OTHERS_ASK.en}"
    )


def said(*sentences: Words) -> Words:
    return Words(" ".join(one.nl for one in sentences), " ".join(one.en for one in sentences))


@pytest.mark.parametrize("country", ["NL", "BE"])
def test_the_first_line_says_every_part_in_its_order(country: str) -> None:
    call = presence._CALL if country == "NL" else presence._CALL_ABROAD
    open_ended = Custody(basis="suspect")
    ordered = replace(open_ended, ordered_at=AT)
    later, over = AT + timedelta(hours=1), AT
    grounds, offer = presence._GROUNDS, presence._OFFER
    no_ground = (presence._NO_POWER, presence._NEVER_ALONE, call, offer)
    expected = [
        (Custody(basis="measure"), later, (grounds["measure"], call, presence._NEVER_ALONE)),
        (Custody(basis="witness"), later, (grounds["witness"], *no_ground)),
        (Custody(basis="none"), None, (grounds["none"], *no_ground)),
        (open_ended, None, (grounds["suspect"], presence._END_UNKNOWN, presence._AT_THE_END, call, offer)),
        (ordered, None, (grounds["ordered"], presence._END_UNKNOWN, presence._AT_THE_END, call, offer)),
        (open_ended, over, (presence._ended(over), *no_ground)),
        (open_ended, later, (grounds["suspect"], presence._ends(later), presence._after(later), call, offer)),
    ]
    for custody, due, parts in expected:
        assert basis_of_presence(custody, hold_due_at=due, at=AT, country=country).words == said(*parts)


def test_without_a_country_it_is_the_netherlands() -> None:
    custody = Custody(basis="none")
    here = basis_of_presence(custody, hold_due_at=None, at=AT)
    assert here == basis_of_presence(custody, hold_due_at=None, at=AT, country="NL")
    assert here != basis_of_presence(custody, hold_due_at=None, at=AT, country="BE")


def test_no_two_parts_of_the_first_line_are_the_same_words() -> None:
    parts = [presence._NO_POWER, presence._NEVER_ALONE, presence._OFFER, presence._CALL, presence._END_UNKNOWN]
    every = [*parts, presence._CALL_ABROAD, presence._AT_THE_END, *presence._GROUNDS.values()]
    assert all(
        one.nl != other.nl and one.en != other.en for one, other in product(every, every) if one is not other
    )


def test_the_looks_made_while_the_table_is_read_are_the_ones_that_stand_in_it() -> None:
    by_id = {check.id: check.look for check in CHECKS}
    assert (by_id["G-06"], by_id["G-08"], by_id["G-12"]) == (rows._G06, rows._G08, rows._G12)
    assert (by_id["G-13"], by_id["G-15"]) == (rows._G13, rows._G15)
