from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from vangnet.knowledge.terms import CLOCK_DIFFERENCE, PartialDate
from vangnet.site.encounters import moments

ZONE = ZoneInfo("Europe/Amsterdam")
MET = datetime(2026, 3, 14, 1, 52, tzinfo=ZONE)


def typed(day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    return {"birth_day": day, "birth_month": month, "birth_year": year}


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        (("", "", ""), None),
        (("", "", "2013"), PartialDate(2013)),
        (("", "3", "2013"), PartialDate(2013, 3)),
        (("05", "03", " 2013 "), PartialDate(2013, 3, 5)),
    ],
)
def test_as_much_of_a_date_as_is_known_is_read(parts: tuple[str, str, str], wanted: PartialDate | None) -> None:
    assert moments.read_date(typed(*parts), "birth") == moments.Typed(date=wanted)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("5", "3", ""), "Fill in the year. An estimate is good."),
        (("5", "3", "13"), "Write the year in four figures, such as 2013."),
        (("5", "", "2013"), "Fill in the month, or leave the day empty."),
        (("31", "2", "2013"), "This day does not exist. Check day, month and year."),
        (("5", "mei", "2013"), "Write the date in figures, such as 5 3 2013."),
        (("5", "٣", "2013"), "Write the date in figures, such as 5 3 2013."),
    ],
)
def test_a_date_that_is_none_says_how_to_mend_it(parts: tuple[str, str, str], sentence: str) -> None:
    with override("en"):
        read = moments.read_date(typed(*parts), "birth")
    assert read.date is None
    assert read.mistake is not None
    assert (read.mistake.field, read.mistake.sentence) == ("birth_day", sentence)


@pytest.mark.parametrize("text", ["1:52", "01:52", "0152", "01.52", " 01 52 ", "1u52"])
def test_a_time_is_read_as_people_write_it(text: str) -> None:
    assert moments.read_time(text) == time(1, 52)


def test_no_time_is_no_time() -> None:
    assert moments.read_time("  ") is None


@pytest.mark.parametrize("text", ["25:00", "12:61", "noon", "1", "12345", "-1:00"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|hour|minute"):
        moments.read_time(text)


def test_what_lies_ahead_is_asked_about() -> None:
    with override("en"):
        hour = moments.too_late(datetime(2026, 3, 14, 3, 0, tzinfo=ZONE), at=MET, prefix="met")
        day = moments.too_late(datetime(2026, 3, 24, 1, 0, tzinfo=ZONE), at=MET, prefix="met")
        partial = moments.too_late(PartialDate(2027), at=MET, prefix="met")
    assert hour is not None
    assert (hour.field, hour.sentence) == ("met_time", "This time is still to come. Was it yesterday?")
    assert day is not None
    assert (day.field, day.sentence) == ("met_day", "This day is still to come. Do you mean 14 March 2026?")
    assert partial is not None


def test_now_this_year_and_the_clock_of_a_phone_are_not_ahead() -> None:
    for moment in (MET, MET + CLOCK_DIFFERENCE, PartialDate(2026), PartialDate(2026, 3, 14)):
        assert moments.too_late(moment, at=MET, prefix="met") is None


@pytest.mark.parametrize(
    ("clock", "wanted"),
    [
        (time(2, 10), datetime(2026, 3, 14, 2, 10, tzinfo=ZONE)),
        (time(23, 50), datetime(2026, 3, 13, 23, 50, tzinfo=ZONE)),
        (time(1, 0), datetime(2026, 3, 14, 1, 0, tzinfo=ZONE)),
    ],
)
def test_a_time_belongs_to_the_day_nearest_to_the_encounter(clock: time, wanted: datetime) -> None:
    assert moments.nearest(clock, MET, ZONE) == wanted
    assert moments.nearest(clock, MET.astimezone(UTC), ZONE) == wanted


def test_without_a_time_of_the_encounter_its_day_counts_and_without_a_day_nothing() -> None:
    found = moments.nearest(time(2, 10), PartialDate(2026, 3, 14), ZONE)
    assert found is not None
    assert found.date() == date(2026, 3, 14)
    assert moments.nearest(time(2, 10), PartialDate(2026, 3), ZONE) is None
