"""What the answer hangs on is shown, and the published warnings come out: Kosovo fails, the lists decide, a cliff is a cliff."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse import table_named
from vangnet.knowledge.estimation import Options, Table, blurred, corrected, estimate, fit_model, score
from vangnet.knowledge.estimation.fitted import Fitted, profile
from vangnet.knowledge.estimation.sensitivity import (
    all_models,
    consistency,
    leave_one_out,
    linkage_error,
    merge_pairs,
    odds_ratio_curve,
    threshold_path,
)

PLAIN = Options()


def points(rows: list[dict[str, object]]) -> list[float]:
    return [float(str(row["estimate"])) for row in rows if row["estimate"] is not None]


@pytest.mark.parametrize(
    ("name", "low", "high"), [("UKdat_5", 10_202, 22_623), ("Ned_5", 47_166, 479_249), ("Kosovo", 6044, 22_301)]
)
def test_leaving_one_list_out_moves_the_answer_as_far_as_published(name: str, low: float, high: float) -> None:
    found = points(leave_one_out(table_named(name), PLAIN))
    assert (min(found), max(found)) == (pytest.approx(low, rel=1e-4), pytest.approx(high, rel=1e-4))


@pytest.mark.parametrize(
    ("name", "missed"),
    [("Kosovo", {"EXH", "ABA", "OSCE"}), ("UKdat_5", set()), ("Ned", {"I"}), ("Australia", {"A", "C", "D"})],
)
def test_lists_that_fail_their_own_test_are_the_published_ones(name: str, missed: set[str]) -> None:
    found = consistency(table_named(name), PLAIN)
    assert {one.list for one in found if one.inside is False} == missed
    assert all(one.truth == table_named(name).sizes[one.list] for one in found)
    assert all((one.inside is None) == (one.result.status == "refuse") for one in found)


def test_the_published_intervals_of_kosovo_are_reached() -> None:
    """Its fourth list, HRW, has 685 people and the interval 544 to 690: inside, though it was published as missed."""
    found = {
        one.list: (round(one.result.lo or 0), round(one.result.hi or 0))
        for one in consistency(table_named("Kosovo"), PLAIN)
    }
    assert found == {"EXH": (1001, 1118), "ABA": (854, 944), "OSCE": (1066, 1196), "HRW": (544, 690)}


def test_the_threshold_is_a_cliff_where_it_was_published_as_one() -> None:
    path = threshold_path(table_named("Korea"), PLAIN)
    assert [round(one) for one in points(path)][:2] == [142, 269]


def test_merging_two_lists_is_tried_for_every_pair() -> None:
    rows = merge_pairs(table_named("UKdat"), PLAIN)
    assert len(rows) == 15
    (merged,) = [row for row in rows if row["lists"] == ["NCA", "PF"]]
    assert merged["estimate"] == pytest.approx(11_313, rel=1e-4)


def test_the_odds_ratio_curve_goes_through_the_estimate_and_rises() -> None:
    table = table_named("UKdat_5")
    curve = odds_ratio_curve(table, 8569.0)
    assert [row["estimate"] for row in curve if row["odds_ratio"] == 1] == [table.observed + 8569.0]
    assert [row["estimate"] for row in curve] == sorted(row["estimate"] for row in curve)


def test_the_odds_ratio_is_what_it_says() -> None:
    """With the hidden count that the curve gives, the odds ratio that holds all lists is the assumed one."""
    table = table_named("Korea")
    fitted = fit_model(table, (3, 6))
    assert isinstance(fitted, Fitted)
    means = [fitted.hidden, *fitted.expected[1:]]
    for row in odds_ratio_curve(table, fitted.hidden):
        means[0] = row["estimate"] - table.observed
        logs = sum((-1) ** (3 - code.bit_count()) * np.log(mean) for code, mean in enumerate(means))
        before = sum(
            (-1) ** (3 - code.bit_count()) * np.log(mean)
            for code, mean in enumerate([fitted.hidden, *fitted.expected[1:]])
        )
        assert np.exp(before - logs) == pytest.approx(row["odds_ratio"])


def test_the_spread_over_all_models_is_shown_with_those_that_are_as_good() -> None:
    found = estimate(table_named("UKdat_5"), "report", Options(draws=50)).sensitivity["all_models"]
    assert found["tried"] == found["carried"] == 1024
    assert found["min"] < found["close_to_best"]["min"] <= found["close_to_best"]["max"] < found["max"]
    assert all_models([]) == {"tried": 0, "carried": 0}


@given(st.lists(st.integers(0, 50), min_size=7, max_size=7), st.floats(0.3, 1.0))
def test_what_linking_blurs_is_taken_back_exactly(counts: list[int], recall: float) -> None:
    whole = np.array([0, *counts], dtype=float)[:, None]
    seen = blurred(whole, recall=recall)
    back = corrected(seen, recall=recall)
    assert back.counts == pytest.approx(whole, abs=1e-6)


def test_missed_links_push_the_estimate_up_and_the_correction_takes_that_away() -> None:
    table = table_named("UKdat_5")
    truth = score([()], table.array).hidden[0, 0] + table.observed
    for recall in (0.9, 0.7):
        seen = blurred(table.array, recall=recall)
        raw = score([()], seen).hidden[0, 0] + seen.sum()
        fixed = corrected(seen, recall=recall).counts
        mended = score([()], fixed).hidden[0, 0] + fixed.sum()
        assert raw > 1.08 * truth
        assert mended == pytest.approx(truth, rel=1e-6)


def test_false_links_push_the_estimate_down() -> None:
    rows = linkage_error(table_named("Kosovo"), ())
    by = {(row["recall"], row["precision"]): row["estimate"] for row in rows}
    assert by[1.0, 0.9] > by[1.0, 1.0] > by[0.9, 1.0]


def test_below_a_recall_and_where_links_do_not_fit_the_lists_a_figure_is_refused() -> None:
    rows = linkage_error(table_named("Korea"), ())
    reasons = {row["recall"]: row["reason"].en for row in rows if row["reason"]}
    assert "below 50%" in reasons[0.4]
    assert "more people would be on two lists" in reasons[0.7]
    assert all((row["estimate"] is None) == (row["reason"] is not None) for row in rows)


def test_a_model_that_corrected_counts_do_not_carry_is_refused() -> None:
    (row, *_) = linkage_error(table_named("Korea"), (3, 5, 6))
    assert row["estimate"] is None
    assert "does not exist" in row["reason"].en


def test_the_profile_is_where_the_likelihood_has_dropped_by_as_much_as_it_may() -> None:
    table = Table(lists=("A", "B", "C"), counts=(0, 20, 30, 8, 25, 6, 9, 3))
    fitted = fit_model(table, ())
    assert isinstance(fitted, Fitted)
    low, high = profile(fitted)
    for end in (low, high):
        assert _dropped(table, fitted, end - table.observed) == pytest.approx(3.841459 / 2, abs=1e-4)
    wald = fitted.wald()
    assert low == pytest.approx(wald[0], rel=0.1)
    assert high == pytest.approx(wald[1], rel=0.1)


def _dropped(table: Table, fitted: Fitted, hidden: float) -> float:
    from scipy.optimize import minimize  # noqa: PLC0415 - the plainest other way

    codes = np.arange(1, 8)
    design = (codes[:, None] & np.array([1, 2, 4]) > 0).astype(float)

    def loss(effects: np.ndarray) -> float:
        means = hidden * np.exp(design @ effects)
        return float(np.sum(means - table.array[1:, 0] * np.log(means)))

    best = minimize(loss, np.full(3, -1.0), method="BFGS", options={"gtol": 1e-9})
    return float(fitted.fits.log_likelihood[0] + best.fun)
