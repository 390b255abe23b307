"""From a start to an end: hours, days, working days, weeks, months and years of the law."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import holidays

from vangnet.knowledge.clocks.zones import in_place

Unit = Literal["hours", "days", "working_days", "weeks", "months", "years"]

_ELAPSED_HOURS: dict[Unit, int] = {"hours": 1, "days": 24, "weeks": 7 * 24}
_MONTHS: dict[Unit, int] = {"months": 1, "years": 12}
_NIGHT_ENDS = time(9)
_LAST_SECOND = time(23, 59, 59)
_SATURDAY = 5


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[date]:
    # Algemene termijnenwet art. 3 lid 1 and 2 (read, quoted on wvhl.nl and staatsrechtpraktijk.nl):
    # New Year's Day, Easter Monday, Whit Monday, both Christmas days, Ascension Day, the King's
    # birthday and the fifth of May; Good Friday is equated. The library keeps the fifth of May as
    # "optional" in four years of five; the Act names it every year, so both categories count.
    # Days equated by decree (art. 3 lid 3: 15 May 2026, 7 May 2027, ...) stay working days here:
    # that they are none for a term counted in working days is not certain, and counting them
    # gives the earlier moment.
    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))


def is_working_day(day: date) -> bool:
    """Whether a Dutch day is no Saturday, no Sunday and no generally recognised holiday.

    Source: Algemene termijnenwet art. 1 and 3. Days equated with a holiday by decree count as
    working days, which is the stricter reading.
    """
    return day.weekday() < _SATURDAY and day not in _holidays_of(day.year)


def working_days_after(day: date, n: int) -> date:
    """Give the n-th working day after a day; the day itself does not count.

    Raises ValueError where n is below one.
    """
    if n < 1:
        raise ValueError("count at least one working day")
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day)
    return day


def months_after(day: date, n: int) -> date:
    """Give the same day n months later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def night_rule_end(start: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """Give the end of a number of hours when 00:00 to 09:00 local time does not count.

    Source: Sv 56a(3) (memory-high). Elapsed hours between, so summer time changes nothing.
    """
    left, cursor = timedelta(hours=hours), start
    while True:
        here = cursor.astimezone(zone)
        if here.time() < _NIGHT_ENDS:
            here = datetime.combine(here.date(), _NIGHT_ENDS, zone)
        midnight = datetime.combine(here.date() + timedelta(days=1), time(), zone).astimezone(UTC)
        end = here.astimezone(UTC) + left
        if end <= midnight:
            return in_place(end, zone)
        left, cursor = end - midnight, midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long the law gives. `night_rule`: the night of Sv 56a(3) formally does not count."""

    amount: int
    unit: Unit
    night_rule: bool = False

    def after(self, start: datetime, zone: ZoneInfo) -> datetime:
        """Give the moment at which the limit is reached, with its local offset.

        Hours, days and weeks are elapsed time, whatever summer time does: a day is 24 hours (Sv 136(1),
        memory-high). Working days end at
        23:59:59 of the last one. Months and years end at the same local time of day, not at the
        end of that day, and do not move past a weekend: the earlier reading (Algemene
        termijnenwet art. 4 leaves out terms of hours, of more than three months and of custody,
        memory-high).
        """
        if self.unit in _ELAPSED_HOURS:
            elapsed = timedelta(hours=self.amount * _ELAPSED_HOURS[self.unit])
            return in_place(start.astimezone(UTC) + elapsed, zone)
        here = start.astimezone(zone)
        if self.unit == "working_days":
            day, at = working_days_after(here.date(), self.amount), _LAST_SECOND
        else:
            day, at = months_after(here.date(), self.amount * _MONTHS[self.unit]), here.time()
        return in_place(datetime.combine(day, at, zone), zone)

    def night_until(self, start: datetime, zone: ZoneInfo) -> datetime | None:
        """Give what the formal night rule makes of the limit; None where there is no such rule."""
        return night_rule_end(start, self.amount, zone) if self.night_rule else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A start and what follows from it, each with its local offset; None where it is not known."""

    starts_at: datetime | None = None
    due_at: datetime | None = None
    half_at: datetime | None = None
    three_quarters_at: datetime | None = None
    night_rule_until: datetime | None = None


def span_of(start: datetime | None, limit: Limit | None, zone: ZoneInfo) -> Span:
    """Give the end of a limit and the moments at which half and three quarters of it are over.

    Parts are of elapsed time. Without a start there is nothing, without a limit only the start.
    """
    if start is None:
        return Span()
    begin = in_place(start, zone)
    if limit is None:
        return Span(starts_at=begin)
    due = limit.after(start, zone)
    return Span(
        starts_at=begin,
        due_at=due,
        half_at=in_place(begin + (due - begin) / 2, zone),
        three_quarters_at=in_place(begin + (due - begin) * 3 / 4, zone),
        night_rule_until=limit.night_until(start, zone),
    )
