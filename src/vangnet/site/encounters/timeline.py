"""A child's timeline as far as the purpose allows: facts with their source, gaps as open questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils.translation import gettext

from vangnet.knowledge import indicators
from vangnet.knowledge.terms import Encounter, Moment, PartialDate, PersonName
from vangnet.site.pages.places import on_the_wall, when_there, with_zone, written_in
from vangnet.site.pages.speaking import MONTHS, clock_time, language, partial_date, script_of, short_day

Dot = Literal["fact", "about", "new", "gap", "undone"]
LONG_SILENCE = timedelta(days=60)
A_MONTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, with who says so. `voice` are the child's words, `account` the recorder's."""

    at: Moment
    title: str
    words: str = ""
    source: str = ""
    voice: str = ""
    account: str = ""
    lang: str = ""
    link: str = ""
    link_words: str = ""
    is_new: bool = False
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the timeline; a gap has no entry. `void` is a dotted line down from here."""

    date: str
    small: str
    dot: Dot
    entry: Entry | None = None
    void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A name and a birth date that were given once, on what they rest, and when."""

    name: str
    script: str
    born: str
    basis: str
    where: str


def entry_of(facts: Encounter, *, organisation: str, by: str, link: str) -> Entry:
    """Write one encounter of the child as it stands on the timeline: that it was met, and what it said."""
    met = on_the_wall(facts.met_at, facts.country)
    source = ", ".join(part for part in (by, organisation) if part)
    name = facts.child.name.whole if facts.child.name else ""
    parts = [gettext("As %(name)s.") % {"name": name}] if name else []
    if facts.observations:
        parts.append(_indications(facts))
    return Entry(
        at=met,
        title=gettext("Met by %(organisation)s") % {"organisation": organisation},
        words=" ".join(parts),
        source=with_zone(source, facts.met_at, facts.country),
        voice=facts.child_view.words,
        account=facts.words,
        lang=written_in(facts.country),
        link=link,
        link_words=gettext("Look at it or undo it") if link else "",
    )


def _indications(facts: Encounter) -> str:
    if indicators.screen(facts.observations).any_indication:
        return gettext("There were indications of exploitation.")
    return gettext("No indication was recorded. That does not prove there was nothing.")


def rows_of(entries: Iterable[Entry]) -> tuple[Row, ...]:
    """Put entries in order, the newest first, with a row for every long silence between them."""
    return tuple(_with_gaps(sorted(entries, key=lambda one: _order(one.at), reverse=True)))


def _order(moment: Moment) -> tuple[date, float]:
    """Order by day, then by the time of it; a day without a time comes before the times of that day."""
    return _first_day(moment), moment.timestamp() if isinstance(moment, datetime) else 0.0


def _with_gaps(ordered: list[Entry]) -> Iterator[Row]:
    for number, entry in enumerate(ordered):
        older = ordered[number + 1] if number + 1 < len(ordered) else None
        silent = older is not None and _first_day(entry.at) - _last_day(older.at) > LONG_SILENCE
        yield _row(entry, void=silent)
        if older is not None and silent:
            yield _gap(_first_day(entry.at) - _last_day(older.at))


def _row(entry: Entry, *, void: bool) -> Row:
    exact = isinstance(entry.at, datetime) or entry.at.is_full
    dot: Dot = "fact" if exact else "about"
    dot = "undone" if entry.is_undone else "new" if entry.is_new else dot
    first, small = _date(entry.at)
    return Row(date=first, small=small, dot=dot, entry=entry, void=void)


def _gap(length: timedelta) -> Row:
    months = max(length.days // A_MONTH, 1)
    words = gettext("%(months)s months") % {"months": months}
    return Row(date=words, small=gettext("nothing known"), dot="gap", void=True)


def _first_day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment.earliest


def _last_day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment.latest


def _date(moment: Moment) -> tuple[str, str]:
    match moment:
        case datetime():
            return short_day(moment), f"{moment.year}, {clock_time(moment)}"
        case PartialDate(day=int()):
            return short_day(moment.earliest), str(moment.year)
        case PartialDate(month=int(month)):
            return MONTHS[language()][month - 1], gettext("%(year)s, day not known") % {"year": moment.year}
        case _:
            return str(moment.year), gettext("month not known")


def said_of(facts: Encounter, organisation: str) -> tuple[Said, ...]:
    """Give every name of one encounter as a claim; the birth date stands beside the name given with it."""
    child = facts.child
    born = partial_date(child.birth_date) if child.birth_date else gettext("not known")
    where = f"{when_there(facts.met_at, facts.country)}, {organisation}"
    now = [_said(child.name, born, _basis(child.birth_date_basis), where)] if child.name else []
    others = (
        _said(name, gettext("not known"), gettext("another name that was heard or read"), where)
        for name in child.other_names
    )
    return (*now, *others)


def _said(name: PersonName, born: str, basis: str, where: str) -> Said:
    return Said(name=name.whole, script=script_of(name.whole), born=born, basis=basis, where=where)


def _basis(code: str) -> str:
    words = {
        "stated": gettext("the child says so"),
        "document": gettext("stood on a document"),
        "assessed": gettext("assessed by a doctor"),
    }
    return words.get(code) or gettext("not known on what it rests")
