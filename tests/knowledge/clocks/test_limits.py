"""Hours, working days and months end where the law says, over nights, holidays and summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vangnet.knowledge.clocks import Limit, in_place, is_working_day, working_days_after, zone_of
from vangnet.knowledge.clocks.limits import Span, months_after, night_rule_end, span_of
from vangnet.knowledge.clocks.zones import _ZONES

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = st.dates(date(2014, 1, 1), date(2060, 12, 31))
FIRST = datetime(2010, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 50 * 365 * 24 * 3600).map(lambda seconds: FIRST + timedelta(seconds=seconds))
LIMITS = st.builds(
    Limit,
    amount=st.integers(1, 24),
    unit=st.sampled_from(["hours", "days", "working_days", "weeks", "months", "years"]),
)


def easter(year: int) -> date:
    """The Sunday by the anonymous Gregorian rule, written apart from the library under test."""
    century, rest = divmod(year, 100)
    leap, more = divmod(century, 4)
    eighth = (century + 8) // 25
    third = (century - eighth + 1) // 3
    moon = (19 * (year % 19) + century - leap - third + 15) % 30
    quarter, left = divmod(rest, 4)
    week = (32 + 2 * more + 2 * quarter - moon - left) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays_by_law(year: int) -> set[date]:
    sunday = easter(year)
    king = date(year, 4, 27)
    moving = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26))}
    return moving | fixed | {king - timedelta(days=king.weekday() == 6)}


@pytest.mark.parametrize("year", range(2014, 2061))
def test_the_holidays_are_those_of_the_act(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(366) if (first + timedelta(days=n)).year == year]
    idle = {day for day in days if day.weekday() < 5 and not is_working_day(day)}
    assert idle == {day for day in holidays_by_law(year) if day.weekday() < 5}


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-04-03", False),  # Good Friday
        ("2026-04-06", False),  # Easter Monday
        ("2026-04-27", False),  # King's Day
        ("2025-04-26", False),  # King's Day, moved to the Saturday
        ("2026-05-05", False),  # Liberation Day, not a lustrum
        ("2026-05-14", False),  # Ascension Day
        ("2026-05-15", True),  # equated by decree, counted: the earlier deadline
        ("2026-05-25", False),  # Whit Monday
        ("2026-12-25", False),
        ("2026-12-24", True),
        ("2026-11-21", False),  # Saturday
        ("2026-11-22", False),  # Sunday
        ("2026-11-23", True),
    ],
)
def test_a_day_works_or_not(day: str, working: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("day", "n", "end"),
    [
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-04-02", 1, "2026-04-07"),  # Good Friday to Easter Monday between
        ("2026-04-30", 5, "2026-05-08"),  # Liberation Day between
        ("2026-05-13", 1, "2026-05-15"),
        ("2026-12-23", 5, "2026-12-31"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_working_days_are_counted_from_the_day_after(day: str, n: int, end: str) -> None:
    assert working_days_after(date.fromisoformat(day), n) == date.fromisoformat(end)


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_working_day_is_no_count(n: int) -> None:
    with pytest.raises(ValueError, match=r"^count at least one working day$"):
        working_days_after(date(2026, 11, 23), n)


@given(day=DAYS, n=st.integers(1, 30))
def test_working_days_never_end_on_a_weekend_or_holiday_nor_on_a_past_day(day: date, n: int) -> None:
    end = working_days_after(day, n)
    assert end > day
    assert end.weekday() < 5
    assert end not in holidays_by_law(end.year)
    between = [day + timedelta(days=k) for k in range(1, (end - day).days + 1)]
    assert sum(is_working_day(one) for one in between) == n


@pytest.mark.parametrize(
    ("day", "n", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-15", 1, "2026-12-15"),
        ("2026-01-15", 11, "2026-12-15"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-03-01", 3, "2026-06-01"),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day: str, n: int, end: str) -> None:
    assert months_after(date.fromisoformat(day), n) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("amount", "unit", "start", "end"),
    [
        (6, "hours", "2026-03-01T14:20:00+01:00", "2026-03-01T20:20:00+01:00"),
        (6, "hours", "2026-03-28T22:00:00+01:00", "2026-03-29T05:00:00+02:00"),  # summer time begins
        (6, "hours", "2026-10-24T22:00:00+02:00", "2026-10-25T03:00:00+01:00"),  # summer time ends
        (3, "days", "2026-03-27T10:00:00+01:00", "2026-03-30T11:00:00+02:00"),
        (3, "days", "2026-10-23T10:00:00+02:00", "2026-10-26T09:00:00+01:00"),
        (1, "weeks", "2026-11-02T10:00:00+01:00", "2026-11-09T10:00:00+01:00"),
        (5, "working_days", "2026-11-23T23:30:00+01:00", "2026-11-30T23:59:59+01:00"),
        (5, "working_days", "2026-11-23T23:30:00+00:00", "2026-12-01T23:59:59+01:00"),  # already the 24th
        (3, "months", "2026-01-31T16:45:30+01:00", "2026-04-30T16:45:30+02:00"),
        (1, "years", "2026-03-01T14:20:00+01:00", "2027-03-01T14:20:00+01:00"),
        (5, "years", "2028-02-29T09:00:00+01:00", "2033-02-28T09:00:00+01:00"),
    ],
)
def test_a_limit_ends_where_the_law_says(amount: int, unit: str, start: str, end: str) -> None:
    limit = Limit(amount=amount, unit=unit)  # type: ignore[arg-type]
    assert limit.after(datetime.fromisoformat(start), AMSTERDAM).isoformat() == end


@given(limit=LIMITS, start=MOMENTS)
def test_a_limit_never_ends_before_it_begins(limit: Limit, start: datetime) -> None:
    assert limit.after(start, AMSTERDAM) > start


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02T10:00:00+01:00", 9, "2026-03-02T19:00:00+01:00"),
        ("2026-03-02T15:00:00+01:00", 9, "2026-03-03T00:00:00+01:00"),
        ("2026-03-02T15:00:01+01:00", 9, "2026-03-03T09:00:01+01:00"),
        ("2026-03-02T22:00:00+01:00", 6, "2026-03-03T13:00:00+01:00"),
        ("2026-03-02T00:00:00+01:00", 6, "2026-03-02T15:00:00+01:00"),
        ("2026-03-02T03:00:00+01:00", 6, "2026-03-02T15:00:00+01:00"),
        ("2026-03-02T08:59:59+01:00", 6, "2026-03-02T15:00:00+01:00"),
        ("2026-03-02T09:00:00+01:00", 6, "2026-03-02T15:00:00+01:00"),
        ("2026-03-02T23:59:00+01:00", 9, "2026-03-03T17:59:00+01:00"),
        ("2026-03-28T22:00:00+01:00", 6, "2026-03-29T13:00:00+02:00"),  # summer time begins
        ("2026-10-24T22:00:00+02:00", 6, "2026-10-25T13:00:00+01:00"),  # summer time ends
        ("2026-10-25T02:30:00+02:00", 6, "2026-10-25T15:00:00+01:00"),
        ("2026-03-02T13:00:00+00:00", 6, "2026-03-02T20:00:00+01:00"),  # another zone, same moment
    ],
)
def test_the_night_does_not_count(start: str, hours: int, end: str) -> None:
    assert night_rule_end(datetime.fromisoformat(start), hours, AMSTERDAM).isoformat() == end


@given(start=MOMENTS, hours=st.integers(1, 40))
def test_the_night_rule_is_never_before_real_hours_and_counts_every_day_hour(start: datetime, hours: int) -> None:
    end = night_rule_end(start, hours, AMSTERDAM)
    assert end >= start + timedelta(hours=hours)
    minute, counted = start.replace(second=0, microsecond=0), 0
    while minute < end:
        counted += minute.astimezone(AMSTERDAM).hour >= 9
        minute += timedelta(minutes=1)
    assert abs(counted - hours * 60) <= 1


def test_only_a_limit_with_the_night_rule_has_a_night() -> None:
    start = datetime(2026, 3, 2, 21, tzinfo=UTC)
    assert Limit(amount=6, unit="hours").night_until(start, AMSTERDAM) is None
    night = Limit(amount=6, unit="hours", night_rule=True).night_until(start, AMSTERDAM)
    assert night == night_rule_end(start, 6, AMSTERDAM)


def test_nothing_follows_from_no_start_and_only_the_start_from_no_limit() -> None:
    assert span_of(None, Limit(amount=6, unit="hours"), AMSTERDAM) == Span()
    start = datetime(2026, 3, 2, 21, tzinfo=UTC)
    assert span_of(start, None, AMSTERDAM) == Span(starts_at=start)


def test_parts_of_a_span_are_elapsed_time_over_summer_time() -> None:
    start = datetime.fromisoformat("2026-03-28T22:00:00+01:00")
    span = span_of(start, Limit(amount=8, unit="hours", night_rule=True), AMSTERDAM)
    assert span.starts_at is not None
    assert span.half_at is not None
    assert span.three_quarters_at is not None
    assert span.due_at is not None
    assert span.starts_at.isoformat() == "2026-03-28T22:00:00+01:00"
    assert span.half_at.isoformat() == "2026-03-29T03:00:00+02:00"
    assert span.three_quarters_at.isoformat() == "2026-03-29T05:00:00+02:00"
    assert span.due_at.isoformat() == "2026-03-29T07:00:00+02:00"
    assert span.night_rule_until == night_rule_end(start, 8, AMSTERDAM)


@pytest.mark.parametrize(
    ("country", "zone"),
    [("NL", "Europe/Amsterdam"), ("GB", "Europe/London"), ("GR", "Europe/Athens"), ("RO", "Europe/Bucharest")],
)
def test_a_country_has_its_zone(country: str, zone: str) -> None:
    assert zone_of(country) == ZoneInfo(zone)


@pytest.mark.parametrize("country", ["", "ZZ", "US", "nl"])
def test_a_country_outside_the_table_counts_in_utc(country: str) -> None:
    assert zone_of(country) == ZoneInfo("UTC")


def test_every_zone_of_the_table_exists() -> None:
    assert len(_ZONES) == 50
    assert all(zone_of(country).key == name for country, name in _ZONES.items())


def test_moments_in_place_subtract_to_elapsed_time() -> None:
    before = in_place(datetime(2026, 10, 24, 20, tzinfo=UTC), AMSTERDAM)
    after = in_place(datetime(2026, 10, 25, 20, tzinfo=UTC), AMSTERDAM)
    assert after - before == timedelta(hours=24)
    assert (before.isoformat(), after.isoformat()) == ("2026-10-24T22:00:00+02:00", "2026-10-25T21:00:00+01:00")
