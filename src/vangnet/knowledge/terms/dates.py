"""Dates and moments that may be partial, and the ages they allow."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the month or the day may be unknown.

    Written `2012`, `2012-05` or `2012-05-17` (ISO 8601).
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read a partial date; raises ValueError where it is none."""
        found = _PARTIAL.fullmatch(text)
        if found is None:
            raise ValueError(f"not a date: {text!r}")
        year, month, day = (int(part) if part else None for part in found.groups())
        return cls(year or 0, month, day)

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are all known."""
        return self.day is not None

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


Moment = datetime | PartialDate
"""When something happened: to the second with its zone, or as much of the date as is known."""


def parse_moment(text: str) -> Moment:
    """Read an ISO 8601 time with a zone, or a partial date; raises ValueError where it is neither."""
    if _PARTIAL.fullmatch(text):
        return PartialDate.parse(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time needs a zone: {text!r}")
    return moment


def write_moment(moment: Moment) -> str:
    """Write a moment the way `parse_moment` reads it."""
    return moment.isoformat() if isinstance(moment, datetime) else str(moment)


def days_of(moment: Moment, zone: ZoneInfo) -> tuple[date, date]:
    """Give the first and the last local day that a moment can be."""
    if isinstance(moment, datetime):
        day = moment.astimezone(zone).date()
        return day, day
    return moment.earliest, moment.latest


@dataclass(frozen=True, slots=True)
class Age:
    """The ages in whole years that a person can have, lowest and highest included."""

    low: int
    high: int

    @property
    def is_certain(self) -> bool:
        """Whether only one age is possible."""
        return self.low == self.high

    def may_be_under(self, years: int) -> bool:
        """Whether some possible age lies below `years`."""
        return self.low < years

    def may_be_at_least(self, years: int) -> bool:
        """Whether some possible age is `years` or more."""
        return self.high >= years


def _years_between(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def ages_on(birth: PartialDate, first: date, last: date) -> Age:
    """Give every age that a birth date allows between two local days.

    A birthday begins at 00:00 local time. A child born on 29 February has its birthday on
    1 March in other years. Never below zero.
    """
    low = _years_between(birth.latest, first)
    high = _years_between(birth.earliest, last)
    return Age(max(low, 0), max(high, 0))


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment, up to and not including another; open where the end is not known."""

    start: datetime
    end: datetime | None = None
