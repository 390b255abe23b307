"""Twelve plain prompts for the one who looks, and the rest behind search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vangnet.knowledge.indicators import ABOUT, MOMENTS, OBSERVERS, catalogue, prompts, search
from vangnet.knowledge.indicators.indicator import Indicator
from vangnet.knowledge.terms import LANGUAGES, Language


def ids(found: tuple[Indicator, ...]) -> list[str]:
    return [one.id for one in found]


def test_a_street_officer_is_asked_what_can_be_seen_at_once() -> None:
    assert ids(prompts(observer="police", moment="encounter")) == (
        ["I-01", "I-02", "I-25", "I-26", "I-36", "I-23", "I-31", "I-06", "I-10", "I-24", "I-30", "I-34"]
    )


def test_the_desk_is_asked_about_child_and_collector_at_the_hand_over() -> None:
    found = ids(prompts(observer="assistant_prosecutor", moment="handover"))
    assert found[-7:] == ["I-29", "I-48", "I-52", "I-49", "I-50", "I-51", "I-53"]
    assert "I-55" in found[:-7]


@pytest.mark.parametrize("observer", [*OBSERVERS, "coordinator"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_prompts_fit_the_observer_and_the_moment_and_go_inward(observer: str, moment: str) -> None:
    found = prompts(observer=observer, moment=moment)
    assert 1 <= len(found) <= 12
    assert len(set(found)) == len(found)
    for one in found:
        assert moment in one.moments
        assert {observer, "any"} & set(one.observers)
        assert not one.human_check_only
    assert [one.about for one in found] == sorted((one.about for one in found), key=ABOUT.index)


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-3, 0), (1, 1), (8, 8), (99, 17)])
def test_never_more_than_asked_for(limit: int, count: int) -> None:
    assert len(prompts(observer="police", moment="encounter", limit=limit)) == count


def test_fewer_prompts_keep_the_first_of_the_order() -> None:
    assert ids(prompts(observer="police", moment="encounter", limit=8)) == (
        ["I-01", "I-02", "I-25", "I-26", "I-36", "I-23", "I-31", "I-06"]
    )


def test_an_observer_the_catalogue_does_not_name_gets_what_anyone_can_see() -> None:
    assert ids(prompts(observer="coordinator", moment="encounter")) == ["I-06"]
    assert prompts(observer="police", moment="yesterday") == ()


def test_every_indicator_but_those_for_a_human_check_has_a_place_in_the_order() -> None:
    every = {one.id for one in catalogue().indicators.values() if not one.human_check_only}
    assert set(catalogue().prompt_order) == every
    assert len(catalogue().prompt_order) == len(every)


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("blauwe plek", "nl", "I-10"),
        ("Schuld", "nl", "I-08"),
        ("NOTARIELE akte", "nl", "I-49"),
        ("prüm", "nl", "I-40"),
        ("bruise", "en", "I-10"),
        ("debt", "en", "I-08"),
        ("guardian nobody", "en", "I-46"),
        ("I-64", "nl", "I-64"),
        ("i-05", "en", "I-05"),
    ],
)
def test_search_finds_by_the_words_people_use(text: str, language: Language, first: str) -> None:
    assert search(text, language)[0].id == first


def test_what_stands_in_the_sentence_comes_first() -> None:
    found = ids(search("papieren", "nl"))
    assert found[:3] == ["I-12", "I-38", "I-53"]
    assert ids(search("straf", "nl"))[:3] == ["I-04", "I-27", "I-41"]
    assert ids(search("huis", "nl")) == ["I-23", "I-35", "I-50"]
    assert ids(search("akte", "nl")) == ["I-49", "I-48"]
    assert ids(search("address", "en")) == ["I-44", "I-23"]


def test_search_keeps_to_its_language_and_to_every_word() -> None:
    assert search("bruise", "nl") == ()
    assert search("blauwe", "en") == ()
    assert search("blauwe notaris", "nl") == ()
    assert search("zzz", "nl") == ()
    assert search("lauwe", "nl") == ()


@pytest.mark.parametrize("text", ["", "  ", "?!"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_search_gives_the_whole_catalogue(text: str, language: Language) -> None:
    assert ids(search(text, language)) == list(catalogue().indicators)


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_search_takes_any_text(text: str, language: Language) -> None:
    assert set(search(text, language)) <= set(catalogue().indicators.values())


@given(st.sampled_from(list(catalogue().indicators.values())), st.sampled_from(LANGUAGES))
def test_every_indicator_is_found_by_its_own_sentence(one: Indicator, language: Language) -> None:
    assert one in search(one.words.in_(language), language)
