"""One clock: an encounter is shown at the time on the wall of its place, and says which where that differs from here."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from vangnet.knowledge.clocks import in_place, zone_of
from vangnet.knowledge.terms import Moment
from vangnet.site.pages.matters import HERE
from vangnet.site.pages.speaking import clock_time, language, when


def on_the_wall(moment: Moment, country: str) -> Moment:
    """Give a moment as the clock at its place shows it, whatever offset it came with."""
    return in_place(moment, zone_of(country)) if isinstance(moment, datetime) else moment


def zone_note(moment: Moment, country: str) -> str:
    """Name the place whose clock it is, where that clock shows another time than the one here."""
    if not isinstance(moment, datetime):
        return ""
    zone = zone_of(country)
    if moment.astimezone(zone).utcoffset() == moment.astimezone(HERE).utcoffset():
        return ""
    return gettext("clock of %(place)s") % {"place": zone.key.rpartition("/")[2].replace("_", " ")}


def with_zone(text: str, moment: Moment, country: str) -> str:
    """Add whose clock a time is to the time, where the reader could take it for their own."""
    note = zone_note(moment, country)
    return f"{text} ({note})" if note else text


def when_there(moment: Moment, country: str) -> str:
    """Write a moment in full on the clock of its place."""
    return with_zone(when(on_the_wall(moment, country)), moment, country)


def time_there(moment: datetime, country: str) -> str:
    """Write a time of day on the clock of its place."""
    there = on_the_wall(moment, country)
    return with_zone(clock_time(there), moment, country) if isinstance(there, datetime) else ""


def written_in(country: str) -> str:
    """Name the language in which records of a place are kept, where the page is in another; empty where not known.

    Only for what people wrote down as a sentence, never for a name.
    """
    return "nl" if country == "NL" and language() != "nl" else ""
