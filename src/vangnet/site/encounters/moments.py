"""Days and times as somebody types them, read or refused with a sentence that says how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from vangnet.knowledge.terms import CLOCK_DIFFERENCE, Moment, PartialDate
from vangnet.site.pages.filled import Mistake
from vangnet.site.pages.speaking import day as in_full

_TIME = re.compile(r"([0-9]{1,2})\s*[:.hu]?\s*([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was read from some fields: a value, or nothing, or a mistake."""

    date: PartialDate | None = None
    mistake: Mistake | None = None


def read_date(typed: Mapping[str, str], prefix: str) -> Typed:
    """Read day, month and year of which any may be empty; fields prefix_day, prefix_month, prefix_year."""
    day, month, year = (typed.get(f"{prefix}_{part}", "").strip() for part in ("day", "month", "year"))
    if not (day or month or year):
        return Typed()
    refusal = _refusal(day, month, year)
    if refusal is None:
        try:
            return Typed(date=PartialDate(int(year), int(month) if month else None, int(day) if day else None))
        except ValueError:
            refusal = gettext("This day does not exist. Check day, month and year.")
    return Typed(mistake=Mistake(field=f"{prefix}_day", sentence=refusal))


def _refusal(day: str, month: str, year: str) -> str | None:
    if not all(part.isascii() and part.isdigit() for part in (day, month, year) if part):
        return gettext("Write the date in figures, such as 5 3 2013.")
    if not year:
        return gettext("Fill in the year. An estimate is good.")
    if len(year) != 4:
        return gettext("Write the year in four figures, such as 2013.")
    if day and not month:
        return gettext("Fill in the month, or leave the day empty.")
    return None


def read_time(text: str) -> time | None:
    """Read a time of day such as 01:52, 1.52 or 0152; raises ValueError where it is none."""
    if not text.strip():
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("not a time of day")
    return time(int(found[1]), int(found[2]))


def unreadable_time(field: str) -> Mistake:
    """Say how a time is written."""
    return Mistake(
        field=field, sentence=gettext("Write the time as hours and minutes, such as 01:52. An estimate is good.")
    )


def too_late(moment: Moment, *, at: datetime, prefix: str) -> Mistake | None:
    """Say that something cannot have happened yet, and which day may be meant."""
    today = at.date()
    if isinstance(moment, datetime):
        if moment <= at + CLOCK_DIFFERENCE:
            return None
        if moment.date() == today:
            sentence = gettext("This time is still to come. Was it yesterday?")
            return Mistake(field=f"{prefix}_time", sentence=sentence)
    elif moment.earliest <= today:
        return None
    words = gettext("This day is still to come. Do you mean %(day)s?") % {"day": in_full(today)}
    return Mistake(field=f"{prefix}_day", sentence=words)


def nearest(clock: time, met: Moment, zone: ZoneInfo) -> datetime | None:
    """Give the moment of a time of day that lies nearest to the encounter; None where its day is not known."""
    if isinstance(met, datetime):
        around = [met.astimezone(zone).date() + timedelta(days=days) for days in (-1, 0, 1)]
        return min((_at(one, clock, zone) for one in around), key=lambda one: abs(one - met))
    return _at(met.earliest, clock, zone) if met.is_full else None


def _at(one: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(one, clock, zone)
