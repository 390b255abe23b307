"""Partial dates, moments, and the ages they allow."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vangnet.knowledge.terms import Age, PartialDate, ages_on, days_of, parse_moment, write_moment

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize("text", ["2012", "2012-05", "2012-05-17"])
def test_a_partial_date_is_written_as_it_is_read(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["", "12", "2012-13", "2012-02-30", "2012-5", "17-05-2012", "2012-05-17T10:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day"):
        PartialDate.parse(text)


def test_a_day_needs_a_month() -> None:
    with pytest.raises(ValueError, match="a day needs a month"):
        PartialDate(2012, None, 3)


@pytest.mark.parametrize(
    ("text", "first", "last", "full"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), False),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), False),
        ("2012-02-03", date(2012, 2, 3), date(2012, 2, 3), True),
    ],
)
def test_a_partial_date_knows_its_bounds(text: str, first: date, last: date, full: bool) -> None:
    partial = PartialDate.parse(text)
    assert (partial.earliest, partial.latest, partial.is_full) == (first, last, full)


@pytest.mark.parametrize("text", ["2016", "2026-03-01T14:20:00+01:00"])
def test_a_moment_is_written_as_it_is_read(text: str) -> None:
    assert write_moment(parse_moment(text)) == text


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        parse_moment("2026-03-01T14:20:00")


def test_the_days_of_a_moment_are_local() -> None:
    assert days_of(parse_moment("2026-03-01T23:30:00+00:00"), AMSTERDAM) == (date(2026, 3, 2), date(2026, 3, 2))
    assert days_of(parse_moment("2016-02"), AMSTERDAM) == (date(2016, 2, 1), date(2016, 2, 29))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2014-03-02", date(2026, 3, 1), Age(11, 11)),
        ("2014-03-02", date(2026, 3, 2), Age(12, 12)),
        ("2014-03", date(2026, 3, 15), Age(11, 12)),
        ("2014", date(2026, 3, 15), Age(11, 12)),
        ("2012-02-29", date(2023, 2, 28), Age(10, 10)),
        ("2012-02-29", date(2023, 3, 1), Age(11, 11)),
        ("2027", date(2026, 3, 1), Age(0, 0)),
    ],
)
def test_ages_follow_the_birthday(birth: str, day: date, age: Age) -> None:
    assert ages_on(PartialDate.parse(birth), day, day) == age


def test_an_age_answers_in_claims() -> None:
    between = Age(11, 12)
    assert between.may_be_under(12)
    assert between.may_be_at_least(12)
    assert not between.is_certain
    assert Age(12, 12).is_certain
    assert not Age(12, 12).may_be_under(12)
    assert not Age(11, 11).may_be_at_least(12)


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)), st.dates(date(2021, 1, 1), date(2040, 1, 1)))
def test_knowing_less_never_narrows_the_ages(birth: date, day: date) -> None:
    full = ages_on(PartialDate(birth.year, birth.month, birth.day), day, day)
    month = ages_on(PartialDate(birth.year, birth.month), day, day)
    year = ages_on(PartialDate(birth.year), day, day)
    assert year.low <= month.low <= full.low <= full.high <= month.high <= year.high


def test_moments_compare_as_times() -> None:
    assert parse_moment("2026-03-01T14:20:00+01:00") == datetime(2026, 3, 1, 14, 20, tzinfo=AMSTERDAM)
