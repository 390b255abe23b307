"""Times, dates, spans and counts in words, in the language of the page.

A time is shown in the offset it carries: the clock on the wall of the place, never the reader's.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import get_language, gettext

from vangnet.knowledge.terms import Language, Moment, PartialDate, Words

MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
SHORT_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
COUNTS: Final[dict[Language, tuple[str, ...]]] = {
    "nl": (
        *("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
        *("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
        "negentien",
    ),
    "en": (
        *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
        "nineteen",
    ),
}
TWO_DAYS: Final = timedelta(hours=48)


def language() -> Language:
    """Give the language of the page; Dutch where it is not English."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def say(words: Words | None) -> str:
    """Give a sentence in the language of the page; nothing stays nothing."""
    return "" if words is None else words.in_(language())


def capital(text: str) -> str:
    """Begin a sentence with a capital and leave the rest as it was written; Dutch *één* begins with a plain E."""
    text = text.replace("één", "eén", 1) if text.startswith("één") else text
    return text[:1].upper() + text[1:]


def counted(number: int) -> str:
    """Write a count: under twenty in words, from there in figures."""
    words = COUNTS[language()]
    return words[number] if 0 <= number < len(words) else figure(number)


def figure(number: int) -> str:
    """Write a number in figures, with a space between the thousands that does not break."""
    return f"{number:,}".replace(",", "\u00a0")


def clock_time(moment: datetime) -> str:
    """Write a time of day, as on the wall of the place."""
    return f"{moment:%H:%M}"


def day(one: date) -> str:
    """Write a day in full, such as 14 maart 2026."""
    return f"{one.day} {MONTHS[language()][one.month - 1]} {one.year}"


def short_day(one: date) -> str:
    """Write a day as in a list, such as 14 mrt."""
    return f"{one.day} {SHORT_MONTHS[language()][one.month - 1]}"


def partial_date(one: PartialDate) -> str:
    """Write as much of a date as is known, such as maart 2013."""
    if one.month is None:
        return str(one.year)
    month = f"{MONTHS[language()][one.month - 1]} {one.year}"
    return month if one.day is None else f"{one.day} {month}"


def when(moment: Moment) -> str:
    """Write a moment in full; one that is not exact says so."""
    match moment:
        case datetime():
            return f"{day(moment)}, {clock_time(moment)}"
        case PartialDate(day=None, month=None):
            return gettext("%(date)s, month not known") % {"date": partial_date(moment)}
        case PartialDate(day=None):
            return gettext("%(date)s, day not known") % {"date": partial_date(moment)}
        case _:
            return partial_date(moment)


def by(moment: datetime, at: datetime) -> str:
    """Write a deadline: the time alone where it is today, else with its day."""
    local = at.astimezone(moment.tzinfo)
    time = clock_time(moment)
    return time if local.date() == moment.date() else f"{short_day(moment)} {time}"


def span(length: timedelta) -> str:
    """Write how long something takes: 12 min, 1 u 12, or from two days on in days."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if length >= TWO_DAYS:
        return gettext("%(days)s days") % {"days": minutes // 1440}
    if minutes < 60:
        return gettext("%(minutes)s min") % {"minutes": minutes}
    return gettext("%(hours)s h %(minutes)s") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02d}"}


_SCRIPTS: Final = {
    "CYRILLIC": "und-Cyrl",
    "GREEK": "und-Grek",
    "ARABIC": "und-Arab",
    "HEBREW": "und-Hebr",
    "CJK": "und-Hani",
}


def script_of(text: str) -> str:
    """Name the script of a text for a page (`und-Cyrl`), never a guessed language; empty for Latin."""
    names = (unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha())
    return next((_SCRIPTS[name] for name in names if name in _SCRIPTS), "")
