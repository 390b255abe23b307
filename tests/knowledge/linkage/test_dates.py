from __future__ import annotations

import pytest

from vangnet.knowledge.linkage.dates import birth_date_level, just_under_a_limit
from vangnet.knowledge.terms import PartialDate

LEVELS = [
    ("2012-05-17", "2012-05-17", "exact"),
    ("2012-01-01", "2012-01-01", "exact_first_january"),
    ("2012-05-03", "2012-03-05", "day_month_swapped"),
    ("2012-05-17", "2012-05-16", "one_digit"),
    ("2012-05-17", "2012-06-17", "one_digit"),
    ("2012-05-17", "2012-01-01", "first_january"),
    ("2012-01-01", "2012-07-30", "first_january"),
    ("2012-05-17", "2012-08-30", "same_year"),
    ("2012-05-17", "2010-05-17", "years_off"),
    ("2012-05-03", "2010-03-05", "swapped_and_years_off"),
    ("2012-05-17", "2002-05-17", "one_digit"),
    ("2012-01-01", "2010-01-01", "near_year"),
    ("2012-05-17", "2010-08-30", "near_year"),
    ("2012-05-17", "2004-08-30", "conflicting"),
    ("2012-05-17", "2003-05-17", "conflicting"),
    ("2012", "2012-05-17", "partial_compatible"),
    ("2012-05", "2012", "partial_compatible"),
    ("2012-05", "2012-06", "near_year"),
    ("2012-05", "2002", "conflicting"),
]


@pytest.mark.parametrize(("left", "right", "level"), LEVELS)
def test_birth_dates_differ_in_named_ways(left: str, right: str, level: str) -> None:
    one, other = PartialDate.parse(left), PartialDate.parse(right)
    assert birth_date_level(one, other) == level
    assert birth_date_level(other, one) == level


@pytest.mark.parametrize(
    ("birth", "met", "limit"),
    [
        ("2014-11-06", "2026-03-01", 12),
        ("2012-11-06", "2026-03-01", 14),
        ("2008-11-06", "2026-03-01", 18),
        ("2014-02-06", "2026-03-01", None),
        ("2014-11-06", None, None),
    ],
)
def test_an_age_just_under_a_limit_is_reckoned_at_the_encounter(
    birth: str, met: str | None, limit: int | None
) -> None:
    day = PartialDate.parse(met) if met else None
    assert just_under_a_limit(PartialDate.parse(birth), day) == limit


@pytest.mark.parametrize(
    ("left_met", "right_met", "level"),
    [
        ("2026-03-01", "2026-03-01", "claimed_younger"),
        ("2026-03-01", None, "claimed_younger"),
        (None, "2026-03-01", "conflicting"),
        ("2020-03-01", "2026-03-01", "conflicting"),
        (None, None, "conflicting"),
    ],
)
def test_a_child_may_have_been_made_younger(left_met: str | None, right_met: str | None, level: str) -> None:
    left, right = PartialDate(2014, 11, 6), PartialDate(2009, 2, 20)
    met = [PartialDate.parse(day) if day else None for day in (left_met, right_met)]
    assert birth_date_level(left, right, left_met=met[0], right_met=met[1]) == level
    assert birth_date_level(right, left, left_met=met[1], right_met=met[0]) == level


def test_the_older_date_is_never_the_claim() -> None:
    level = birth_date_level(
        PartialDate(2014, 11, 6), PartialDate(2018, 2, 20), left_met=PartialDate(2026, 3, 1), right_met=None
    )
    assert level == "conflicting"


def test_still_under_the_limit_is_not_made_younger() -> None:
    met = PartialDate(2026, 3, 1)
    level = birth_date_level(PartialDate(2014, 12, 6), PartialDate(2014, 5, 20), left_met=met, right_met=met)
    assert level == "same_year"
    level = birth_date_level(PartialDate(2015, 2, 6), PartialDate(2014, 5, 20), left_met=met, right_met=met)
    assert level == "near_year"
