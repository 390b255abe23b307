"""What observations indicate: the slightest opens, nothing lowers, nothing else is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vangnet.knowledge.indicators import DIMENSIONS, Screening, UnknownIndicatorError, catalogue, screen
from vangnet.knowledge.terms import Moment, Observation, PartialDate

IDS = tuple(catalogue().indicators)
RECURRENCE = tuple(one.id for one in catalogue().indicators.values() if one.category == "recurrence")
NEVER_OPENS = [
    "I-31",
    "I-60",
    "I-63",
    "I-57",
    "I-61",
    "I-56",
    "I-58",
    "I-59",
    "I-64",
    "I-48",
    "I-50",
    "I-53",
]  # weak, vulnerable, three of the gate
STATES = st.sampled_from(["observed", "not_observed", "unknown"])
MOMENTS: st.SearchStrategy[Moment | None] = st.sampled_from(
    [None, PartialDate(2026, 3), datetime(2026, 3, 1, tzinfo=UTC)]
)
OBSERVATIONS = st.builds(
    Observation, indicator=st.sampled_from(IDS), state=STATES, observer=st.text(), at=MOMENTS, words=st.text()
)
LISTS = st.lists(OBSERVATIONS, max_size=25)


def seen(*ids: str) -> list[Observation]:
    return [Observation(indicator=id_, state="observed") for id_ in ids]


def claims(result: Screening) -> set[str]:
    """Everything that a screening asserts, as one set that may only grow."""
    positive = {f"{name} positive" for name in DIMENSIONS if result.ilo_profile[name].positive}
    return (
        positive
        | {f"{one.indicator} indicated" for one in result.indications}
        | {f"{risk.indicator} risk" for risk in result.handover_risks}
        | {f"{id_} conflict" for id_ in result.conflict_risks}
        | ({"any"} if result.any_indication else set())
        | ({"child case"} if result.child_case_supported else set())
    )


@pytest.mark.parametrize("id_", IDS)
def test_one_observation_opens_exactly_when_the_catalogue_says_so(id_: str) -> None:
    one = catalogue().indicators[id_]
    result = screen(seen(id_))
    assert result.any_indication is one.opens_duties
    assert [i.indicator for i in result.indications] == [id_]
    assert [risk.indicator for risk in result.handover_risks] == ([id_] if one.raises_handover_risk else [])
    assert result.conflict_risks == ((id_,) if one.conflict_of_interest else ())
    (shown,) = result.indications
    assert (shown.strength, shown.graded_by, shown.sources) == (one.strength, one.graded_by, one.sources)
    assert (shown.words, shown.opens_duties, shown.opens_reason) == (
        one.words,
        one.opens_duties,
        one.opens_reason,
    )


def test_weak_vulnerable_and_gate_items_never_open_even_all_together() -> None:
    result = screen(seen(*NEVER_OPENS))
    assert not result.any_indication
    assert not result.child_case_supported
    assert [risk.indicator for risk in result.handover_risks] == sorted(NEVER_OPENS)
    assert not screen(seen("I-63")).any_indication


def test_all_others_open() -> None:
    assert all(screen(seen(id_)).any_indication for id_ in set(IDS) - set(NEVER_OPENS))


def test_the_risk_is_told_in_the_words_of_the_catalogue() -> None:
    (risk,) = screen(seen("I-51")).handover_risks
    assert risk.words == catalogue().indicators["I-51"].words


def test_nothing_recorded_says_nothing() -> None:
    result = screen([])
    assert claims(result) == set()
    assert (result.not_observed, result.unknown) == ((), ())
    assert result.catalogue_version == catalogue().version


def test_three_states_stay_three() -> None:
    states = {"I-02": "observed", "I-06": "not_observed", "I-01": "not_observed", "I-23": "unknown"}
    result = screen([Observation(indicator=id_, state=state) for id_, state in states.items()])  # type: ignore[arg-type]
    assert [one.indicator for one in result.indications] == ["I-02"]
    assert result.not_observed == ("I-01", "I-06")
    assert result.unknown == ("I-23",)


@pytest.mark.parametrize("other", ["not_observed", "unknown"])
def test_of_several_claims_one_that_observed_is_enough(other: str) -> None:
    claim = Observation(indicator="I-02", state=other)  # type: ignore[arg-type]
    for both in ([claim, *seen("I-02")], [*seen("I-02"), claim]):
        result = screen(both)
        assert result.any_indication
        assert (result.not_observed, result.unknown) == ((), ())


def test_who_looked_and_did_not_see_says_more_than_who_does_not_know() -> None:
    result = screen(
        [Observation(indicator="I-02", state="unknown"), Observation(indicator="I-02", state="not_observed")]
    )
    assert (result.not_observed, result.unknown) == (("I-02",), ())


@pytest.mark.parametrize("id_", RECURRENCE)
def test_recurrence_counts_when_a_person_recorded_it_or_a_verdict_supports_it(id_: str) -> None:
    by_verdict = screen([], supported=frozenset({id_}))
    assert by_verdict == screen(seen(id_))
    assert by_verdict.any_indication


def test_a_verdict_outweighs_that_someone_did_not_see_it() -> None:
    result = screen([Observation(indicator="I-43", state="not_observed")], supported=frozenset({"I-43"}))
    assert result.any_indication
    assert result.not_observed == ()


@pytest.mark.parametrize("state", ["observed", "unknown"])
def test_an_unknown_id_is_refused_by_name(state: str) -> None:
    with pytest.raises(UnknownIndicatorError, match="'I-99' is not an indicator of the catalogue"):
        screen([*seen("I-02"), Observation(indicator="I-99", state=state)])  # type: ignore[arg-type]


@pytest.mark.parametrize("id_", ["I-99", "I-02", "I-51"])
def test_a_verdict_supports_recurrence_only(id_: str) -> None:
    with pytest.raises(UnknownIndicatorError, match=f"'{id_}' is not a recurrence indicator"):
        screen([], supported=frozenset({id_}))


@given(LISTS, st.sampled_from(IDS))
def test_one_more_observed_item_takes_nothing_away(observations: list[Observation], id_: str) -> None:
    assert claims(screen(observations)) <= claims(screen([*observations, *seen(id_)]))


@given(LISTS, st.lists(OBSERVATIONS.map(lambda one: replace(one, state="not_observed")), max_size=25))
def test_what_was_not_observed_lowers_nothing(before: list[Observation], more: list[Observation]) -> None:
    unknown = [replace(one, state="unknown") for one in more]
    assert claims(screen([*more, *before, *unknown])) == claims(screen(before))


@given(LISTS, OBSERVATIONS, st.integers(min_value=0, max_value=25))
def test_a_withdrawn_observation_leaves_no_trace(
    observations: list[Observation], withdrawn: Observation, place: int
) -> None:
    recorded = [*observations[:place], withdrawn, *observations[place:]]
    screen(recorded)
    recorded.pop(min(place, len(observations)))
    assert screen(recorded) == screen(observations)


@given(st.sampled_from([id_ for id_ in IDS if catalogue().indicators[id_].opens_duties]))
def test_withdrawing_the_only_indication_ends_it(id_: str) -> None:
    observations = [*seen(id_), *seen("I-57")]
    assert screen(observations).any_indication
    assert not screen(observations[1:]).any_indication


@given(LISTS, st.text(), st.text(), MOMENTS)
def test_reads_nothing_but_indicator_and_state(
    observations: list[Observation], observer: str, words: str, at: Moment | None
) -> None:
    other = [replace(one, observer=observer, words=words, at=at) for one in observations]
    assert screen(other) == screen(observations)


@given(st.data(), LISTS)
def test_order_and_repetition_do_not_matter(data: st.DataObject, observations: list[Observation]) -> None:
    shuffled = data.draw(st.permutations([*observations, *observations]))
    assert repr(screen(shuffled)) == repr(screen(observations))
