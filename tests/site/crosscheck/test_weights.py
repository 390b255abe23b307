"""Weights in words and bars: factors that can be said, frequencies without a certainty, bars that add up."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from vangnet.site.crosscheck.weights import factor_words, figures, frequency, prior_words, staircase


def number(text: str) -> float:
    return float(text.rstrip("%"))


@given(st.lists(st.floats(-20, 20, allow_nan=False), min_size=1, max_size=12))
def test_each_bar_begins_where_the_one_before_it_ends(weights: list[float]) -> None:
    drawn = staircase(weights)
    stand = number(drawn.zero)
    for bar, weight in zip(drawn.bars, weights, strict=True):
        start = number(bar.x) if weight > 0 else number(bar.x) + number(bar.width)
        assert start == pytest.approx(stand, abs=0.25)
        assert bar.side == ("nothing" if not weight else "for" if weight > 0 else "against")
        stand = number(bar.end)
    assert min(number(bar.x) for bar in drawn.bars) >= 4.9
    assert max(number(bar.x) + number(bar.width) for bar in drawn.bars) <= 95.2
    assert number(drawn.total.end) == pytest.approx(stand, abs=0.25)


def test_the_total_runs_from_where_as_much_speaks_for_as_against() -> None:
    drawn = staircase([-10.0, 4.0, 8.0])
    assert (drawn.total.x, drawn.total.side) == (drawn.zero, "for")
    assert number(drawn.total.width) == pytest.approx(2 / 12 * 90, abs=0.1)
    assert staircase([0.0]).zero == "5.0%"


@pytest.mark.parametrize(
    ("bits", "dutch", "english"),
    [
        (4.1, "17 keer zo waarschijnlijk", "17 times as likely"),
        (8.23, "300 keer zo waarschijnlijk", "300 times as likely"),
        (0.97, "2 keer zo waarschijnlijk", "2 times as likely"),
        (0.585, "1,5 keer zo waarschijnlijk", "1.5 times as likely"),
        (16.6, "99.000 keer zo waarschijnlijk", "99,000 times as likely"),
        (0.0, "geen verschil", "no difference"),
        (-0.1, "geen verschil", "no difference"),
        (-1.0, "half zo waarschijnlijk", "half as likely"),
        (-1.6, "een derde zo waarschijnlijk", "a third as likely"),
        (-2.0, "een kwart zo waarschijnlijk", "a quarter as likely"),
        (-0.585, "1,5 keer minder waarschijnlijk", "1.5 times less likely"),
        (-4.0, "16 keer minder waarschijnlijk", "16 times less likely"),
    ],
)
def test_a_factor_is_said_with_one_or_two_figures(bits: float, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert factor_words(bits) == dutch
    with translation.override("en"):
        assert factor_words(bits) == english


def test_the_prior_is_said_as_one_in_so_many() -> None:
    assert prior_words(-16.6096) == "1 op 100.000"


@pytest.mark.parametrize(
    ("probability", "same", "group"),
    [
        (0.993, "993", "1.000"),
        (0.5, "500", "1.000"),
        (0.1, "100", "1.000"),
        (0.99994, "9.999", "10.000"),
        (0.0001, "1", "10.000"),
        (0.999999999, "999.999", "1.000.000"),
        (1.0, "999.999", "1.000.000"),
        (0.0, "1", "1.000.000"),
    ],
)
def test_a_frequency_never_says_all_or_nobody(probability: float, same: str, group: str) -> None:
    found = frequency(probability)
    assert (found.same, found.group) == (same, group)
    assert found.sentence == f"Van {group} paren die er zo uitzien, zijn er ongeveer {same} hetzelfde kind."
    assert found.short == f"Ongeveer {same} van de {group}"
    assert "%" not in found.sentence


def test_thousands_carry_the_mark_of_the_language() -> None:
    assert figures(1234567) == "1.234.567"
    with translation.override("en"):
        assert figures(1234567) == "1,234,567"
