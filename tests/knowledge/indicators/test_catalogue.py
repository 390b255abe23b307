"""The 64 entries: whole, sourced, graded honestly, and true to the policy table of the contract."""

from __future__ import annotations

from dataclasses import fields

import pytest

from vangnet.knowledge.indicators import CATEGORIES, DIMENSIONS, Indicator, catalogue
from vangnet.knowledge.indicators.indicator import CERTAINTIES
from vangnet.knowledge.terms import Words

ALL = tuple(catalogue().indicators.values())
HANDOVER_THAT_OPENS = {"I-29", "I-49", "I-51", "I-52", "I-54", "I-55"}
# domain A.2, row by row: S, M, W as a source grades it; >S, >M, >W as the project proposes; - not graded.
GRADES = [
    ">S",
    ">S",
    ">S",
    "S",
    "M",
    "S",
    "S",
    "S",
    "M",
    "S",
    ">M",
    "S",
    "S",
    ">M",
    "M",
    "M",
    "S",
    "M",
    "M",
    "M",
    "M",
    ">M",
    "M",
    ">M",
    ">M",
    ">M",
    ">S",
    ">S",
    ">S",
    ">M",
    ">W",
    ">M",
    "S",
    "M",
    "M",
    ">M",
    ">M",
    "M",
    ">M",
    ">S",
    ">M",
    ">S",
    ">S",
    ">S",
    ">S",
    ">S",
    "-",
    ">S",
    ">S",
    ">M",
    ">S",
    ">S",
    ">M",
    ">S",
    ">S",
    "M",
    "W",
    "M",
    "M",
    "W",
    "W",
    ">M",
    ">W",
    ">M",
]
A2_CATEGORIES = {
    "means": "I-01 I-04 I-08 I-09 I-10 I-11 I-12 I-13 I-14 I-18 I-19 I-20 I-21",
    "exploitation": "I-02 I-03 I-05 I-30 I-32 I-33 I-34 I-35 I-60 I-62",
    "act": "I-06 I-07 I-15 I-16 I-17 I-36 I-37 I-38 I-39",
    "situation": "I-22 I-23 I-24 I-25 I-26 I-27 I-28 I-31 I-63",
    "recurrence": "I-40 I-41 I-42 I-43 I-44 I-45 I-46 I-47",
    "hand-over": "I-29 I-48 I-49 I-50 I-51 I-52 I-53 I-54 I-55",
    "vulnerability": "I-56 I-57 I-58 I-59 I-61 I-64",
}


def rule(one: Indicator) -> bool:
    """Which observations open the duties, as the contract says it."""
    match one.category:
        case "act" | "means" | "exploitation" | "situation":
            return one.strength != "weak"
        case "recurrence":
            return True
        case "hand-over":
            return one.id in HANDOVER_THAT_OPENS
        case _:
            return False


def test_has_all_64_in_order() -> None:
    assert list(catalogue().indicators) == [f"I-{number:02d}" for number in range(1, 65)]
    assert catalogue().version == "2026.11.2"


def test_read_again_each_source_still_knows_its_code() -> None:
    again = catalogue.__wrapped__()
    assert again == catalogue()
    assert {code: source.code for code, source in again.sources.items()} == {code: code for code in again.sources}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_opens_duties_as_the_policy_says(one: Indicator) -> None:
    assert one.opens_duties is rule(one)


def test_grades_are_those_of_the_domain_and_never_claimed_for_the_source() -> None:
    letters = {"strong": "S", "medium": "M", "weak": "W", None: "-"}
    held = [("" if one.graded_by == "source" else ">") + letters[one.strength] for one in ALL]
    assert held == GRADES


def test_categories_are_those_of_the_domain() -> None:
    held = {name: " ".join(one.id for one in ALL if one.category == name) for name in CATEGORIES}
    assert held == A2_CATEGORIES


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_every_entry_is_complete(one: Indicator) -> None:
    for field in fields(Indicator):
        value = getattr(one, field.name)
        if isinstance(value, Words):
            assert value.nl.strip(), field.name
            assert value.en.strip(), field.name
            assert value.nl != value.en, field.name
        elif field.name not in ("strength", "ilo_dimension", "elements"):
            assert value not in ("", (), None), field.name
    assert one.date == "2026-11"


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_certainty_is_that_of_the_weakest_source(one: Indicator) -> None:
    grades = [catalogue().sources[code].certainty for code in one.sources]
    assert one.certainty == max(grades, key=CERTAINTIES.index)


def test_every_source_is_used() -> None:
    assert {code for one in ALL for code in one.sources} == set(catalogue().sources)
    assert all(source.title and source.code == code for code, source in catalogue().sources.items())


def test_weak_handover_and_vulnerability_items_raise_a_handover_risk() -> None:
    for one in ALL:
        if one.strength == "weak" or one.category in ("hand-over", "vulnerability"):
            assert one.raises_handover_risk, one.id


def test_a_conflict_of_interest_is_always_a_handover_risk() -> None:
    conflicts = {one.id for one in ALL if one.conflict_of_interest}
    assert conflicts >= {"I-04", "I-05", "I-06", "I-07", "I-08", "I-09", "I-10", "I-27", "I-43", "I-55"}
    assert conflicts <= {one.id for one in ALL if one.raises_handover_risk}


def test_collecting_several_children_is_no_conflict_by_itself() -> None:
    assert not catalogue().indicators["I-51"].conflict_of_interest


def test_only_the_alert_is_acted_on_at_once_and_only_it_has_no_grade() -> None:
    assert [one.id for one in ALL if one.act_at_once] == ["I-47"]
    assert [one.id for one in ALL if one.strength is None] == ["I-47"]


def test_only_the_protected_sibling_is_for_a_human_alone() -> None:
    alone = [one for one in ALL if one.human_check_only]
    assert [one.id for one in alone] == ["I-64"]
    assert alone[0].ilo_dimension is None
    assert not alone[0].conflict_of_interest


def test_what_only_recurs_or_is_asked_at_the_gate_weighs_in_no_dimension() -> None:
    for one in ALL:
        if one.category in ("recurrence", "hand-over"):
            assert one.ilo_dimension is None, one.id


def test_what_bears_on_the_child_case_opens_the_duties() -> None:
    assert {e for one in ALL for e in one.elements} == {"movement", "intent"}
    assert all(one.opens_duties for one in ALL if one.elements)


def test_each_dimension_has_entries() -> None:
    assert {one.ilo_dimension for one in ALL} == {*DIMENSIONS, None}


def test_the_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        catalogue().indicators["I-01"] = ALL[1]  # type: ignore[index]
