"""A population that is known, its records linked badly: the corrected estimate is near where the uncorrected one is not."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from vangnet.knowledge.estimation import Options, Result, Table, corrected, estimate, score
from vangnet.knowledge.estimation.bounds import rounded
from vangnet.knowledge.estimation.sensitivity import linkage_error

PEOPLE = 20_000
CHANCES = (0.12, 0.1, 0.15, 0.08)


def linked(recall: float, seed: int) -> Table:
    """Draw who is on which list, link each pair of a person's records with this chance, and count what is joined.

    Pairs are linked one by one and joined through each other, which is how linkage works and not what the correction assumes.
    """
    rng = np.random.default_rng(seed)
    on = rng.random((PEOPLE, len(CHANCES))) < CHANCES
    counts: Counter[int] = Counter()
    for person in on[on.any(axis=1)]:
        groups = [1 << int(at) for at in np.flatnonzero(person)]
        records = list(groups)
        for one in range(len(records)):
            for other in range(one):
                if rng.random() < recall:
                    left = next(group for group in groups if group & records[one])
                    right = next(group for group in groups if group & records[other])
                    if left != right:
                        groups = [group for group in groups if group not in (left, right)] + [left | right]
        counts.update(groups)
    return Table(lists=("A", "B", "C", "D"), counts=tuple(counts[code] for code in range(16)))


def estimated(counts: np.ndarray) -> float:
    return float(counts.sum() + score([()], counts).hidden[0, 0])


PERFECT = estimated(linked(1.0, seed=11).array)
"""What the same lists of the same people give when every link is found: chance in who is on a list is then the same."""


def test_with_every_link_the_estimate_is_as_near_the_truth_as_chance_allows() -> None:
    assert abs(PERFECT / PEOPLE - 1) < 0.1


@pytest.mark.parametrize(("recall", "off"), [(0.9, 0.03), (0.7, 0.1)])
def test_at_this_recall_the_correction_takes_most_of_the_error_away(recall: float, off: float) -> None:
    table = linked(recall, seed=11)
    raw, mended = estimated(table.array), estimated(corrected(table.array, recall=recall).counts)
    assert raw > PERFECT * (1 + 0.7 * (1 - recall))
    assert abs(mended / PERFECT - 1) < off
    assert abs(mended - PERFECT) < abs(raw - PERFECT) / 3


def test_at_a_recall_of_two_fifths_the_estimate_is_far_too_high_and_is_refused() -> None:
    table = linked(0.4, seed=11)
    assert estimated(table.array) > 1.7 * PERFECT
    rows = {(row["recall"], row["precision"]): row for row in linkage_error(table, ())}
    assert rows[0.4, 1.0]["estimate"] is None
    assert "below 50%" in rows[0.4, 1.0]["reason"].en


def linked_result(table: Table, **more: float) -> Result:
    (result,) = (
        one for one in estimate(table, "stepwise", Options(draws=200, **more)).results if one.method == "linked"
    )
    return result


@pytest.mark.parametrize("recall", [0.9, 0.7])
def test_with_the_recall_given_the_corrected_figure_is_the_one_that_is_judged(recall: float) -> None:
    table = linked(recall, seed=11)
    answer = estimate(table, "stepwise", Options(draws=200, recall=recall))
    plain, mended = answer.results
    assert mended.method == "linked"
    assert mended.parameters == {"p": 0.02, "recall": recall, "precision": 1.0, "draws": 200, "seed": 1}
    assert abs(mended.estimate - PERFECT) < abs(plain.estimate - PERFECT) / 3
    assert mended.lo < PERFECT < mended.hi
    assert plain.lo > PERFECT
    assert answer.verdict.range == (rounded(mended.lo), rounded(mended.hi))
    assert any(f"{recall:.0%} of the true pairs" in one.en for one in answer.verdict.because)


def test_the_own_test_is_taken_on_the_corrected_table() -> None:
    table = linked(0.7, seed=11)
    assert not estimate(table, "stepwise", Options(draws=200)).verdict.publish
    assert estimate(table, "stepwise", Options(draws=200, recall=0.7)).verdict.publish


def test_below_the_lowest_recall_the_figure_is_refused_and_only_the_longest_list_stands() -> None:
    table = linked(0.4, seed=11)
    answer = estimate(table, "stepwise", Options(draws=200, recall=0.4))
    assert linked_result(table, recall=0.4).status == "refuse"
    assert linked_result(table, recall=0.4).estimate is None
    assert not answer.verdict.publish
    assert answer.verdict.range is None
    assert "below 50%" in answer.verdict.because[0].en
    assert answer.verdict.at_least == max(table.sizes.values()) < PEOPLE


def test_the_lowest_recall_itself_is_still_reckoned_with() -> None:
    assert linked_result(linked(0.5, seed=11), recall=0.5).estimate is not None


def test_with_perfect_links_nothing_is_corrected() -> None:
    table = linked(1.0, seed=11)
    assert [one.method for one in estimate(table, "stepwise", Options()).results] == ["stepwise"]


def test_the_correction_treats_every_table_by_itself() -> None:
    one, other = linked(0.9, seed=11).array, linked(0.7, seed=3).array
    both = corrected(np.hstack([one, other]), recall=0.8, precision=0.95)
    for at, table in enumerate((one, other)):
        alone = corrected(table, recall=0.8, precision=0.95)
        assert np.array_equal(both.counts[:, at], alone.counts[:, 0])
        assert both.sound[at] == alone.sound[0]


def test_false_links_are_taken_out_too() -> None:
    table = linked(1.0, seed=11)
    assert linked_result(table, precision=0.9).estimate > estimated(table.array) * 1.05


def test_links_that_cannot_be_give_no_figure() -> None:
    """Who is on one list alone must be as many as there are records left; with a recall of one half there are none."""
    counts = (0, 1, 1, 60, 1, 60, 60, 60)
    result = linked_result(Table(lists=("A", "B", "C"), counts=counts), recall=0.5)
    assert result.status == "refuse"
    assert "than a list holds" in result.reason.en


def test_where_nothing_overlaps_the_reason_is_that() -> None:
    result = linked_result(Table(lists=("A", "B", "C"), counts=(0, 5, 6, 0, 7, 0, 0, 0)), recall=0.9)
    assert result.status == "refuse"
    assert "Nobody is on two lists" in result.reason.en


def test_a_corrected_table_that_carries_no_model_is_refused_with_its_code() -> None:
    result = linked_result(Table(lists=("A", "B", "C"), counts=(0, 2, 2, 0, 9, 9, 9, 9)), recall=0.9)
    assert (result.status, result.code, result.estimate) == ("refuse", 1, None)
