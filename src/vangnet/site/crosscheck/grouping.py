"""Possible earlier encounters by what the reader can do: read, call, or leave to whoever may open. Never a number beside a child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext

from vangnet.chain.crosscheck.selectors import Graded
from vangnet.chain.encounters.selectors import Summary
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import COMPARISON_WORDS, Candidate, Explained
from vangnet.knowledge.terms import PartialDate
from vangnet.site.pages.matters import number_of
from vangnet.site.pages.places import when_there
from vangnet.site.pages.speaking import capital, counted, say, when
from vangnet.site.pages.templatetags.vangnet import tel

NAMED: Final = 3
"""How many agreements a line names; the page where a person judges shows them all."""
MOST: Final = 20
"""From here on there may be more than were looked at."""
_PHONES = frozenset({"phone", "collector_phone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """One earlier encounter of which the reader sees what was recorded."""

    title: str
    agrees: tuple[str, ...]
    compare_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What agrees, at how many encounters of one organisation, and the way to each for who judges."""

    times: str
    agrees: tuple[str, ...]
    compare_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One organisation that holds something, how to reach it, and what agrees there."""

    name: str
    times: str
    phone: str
    number: str
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Openable:
    """An older encounter of the own organisation, by its number, for its specialist to open."""

    id: UUID
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a reader is told, the readable first; `times` counts it in words."""

    many: int
    times: str
    readable: tuple[Readable, ...]
    contacts: tuple[Contact, ...]
    hidden: tuple[str, ...]
    openable: tuple[Openable, ...]
    warning: str


def told_of(found: Sequence[Graded], *, may_judge: bool, may_open: bool) -> Told:
    """Group what was found by what this reader can do with it; within a group by time or name alone."""
    content = sorted((one for one in found if one.answer is Answer.CONTENT), key=_newest)
    contacts = [one for one in found if one.answer is Answer.CONTACT]
    hits = [one for one in found if one.answer is Answer.HIT]
    own = [one.encounter_id for one in hits if one.encounter_id is not None]
    return Told(
        many=len(found),
        times=_in_all(len(found)),
        readable=tuple(_readable(one, may_judge=may_judge) for one in content),
        contacts=tuple(_contacts(contacts, may_judge=may_judge)),
        hidden=tuple(_hidden(len(own), len(hits) - len(own))),
        openable=tuple(Openable(id=one, number=number_of(one)) for one in own) if may_open else (),
        warning=_warning(found),
    )


def times(many: int) -> str:
    """Count how often something happened."""
    if many == 1:
        return gettext("once")
    return gettext("%(many)s times") % {"many": counted(many)}


def _in_all(many: int) -> str:
    if many < MOST:
        return times(many)
    return gettext("%(many)s times or more") % {"many": counted(many)}


def _newest(one: Graded) -> tuple[int, str]:
    met_on = one.summary.met_on if one.summary else ""
    on = PartialDate.parse(met_on).earliest if met_on else date.min
    return -on.toordinal(), str(one.encounter_id)


def _readable(one: Graded, *, may_judge: bool) -> Readable:
    name = one.organisation.name if one.organisation else ""
    return Readable(
        title=f"{name}, {when_met(one.summary)}" if one.summary else name,
        agrees=agreements(one.candidate),
        compare_id=one.encounter_id if may_judge else None,
    )


def when_met(summary: Summary) -> str:
    """Write when an encounter was, on the clock of its place; a day that is not known stays unsaid."""
    if summary.met_at is not None:
        return when_there(summary.met_at, summary.country)
    return when(PartialDate.parse(summary.met_on))


def _contacts(found: Iterable[Graded], *, may_judge: bool) -> Iterable[Contact]:
    by_name: dict[str, list[Graded]] = {}
    for one in found:
        name = one.organisation.name if one.organisation else gettext("Another organisation")
        by_name.setdefault(name, []).append(one)
    for name, some in sorted(by_name.items()):
        card = some[0].organisation
        yield Contact(
            name=name,
            times=capital(times(len(some))),
            phone=card.contact_phone if card else "",
            number=tel(card.contact_phone) if card else "",
            alike=tuple(_alike(some, may_judge=may_judge)),
        )


def _alike(some: Sequence[Graded], *, may_judge: bool) -> Iterable[Alike]:
    counts = Counter(agreements(one.candidate) for one in some)
    for agrees, many in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        ids = [one.encounter_id for one in some if agreements(one.candidate) == agrees]
        yield Alike(
            times=capital(times(many)),
            agrees=agrees,
            compare_ids=tuple(one for one in ids if one is not None) if may_judge else (),
        )


def _hidden(own: int, others: int) -> Iterable[str]:
    if own:
        words = gettext(
            "%(times)s perhaps met before by your own organisation. Your own specialist can open the content."
        )
        yield words % {"times": capital(times(own))}
    if others:
        words = gettext(
            "%(times)s perhaps met before elsewhere. The specialist of that organisation can open the content."
        )
        yield words % {"times": capital(times(others))}


def _warning(found: Iterable[Graded]) -> str:
    return phone_warning(part for one in found if one.candidate for part in one.candidate.explanation)


def phone_warning(parts: Iterable[Explained]) -> str:
    """Warn, wherever a shared telephone speaks for the same child, of whom that telephone can be."""
    if not any(part.comparison in _PHONES and part.match_weight > 0 for part in parts):
        return ""
    return gettext(
        "The same phone number does not make it the same child. It can be of an adult who sends several children."
    )


def agreements(candidate: Candidate | None) -> tuple[str, ...]:
    """Say what agrees, the weightiest first; never by how much."""
    parts = () if candidate is None else candidate.explanation
    agreeing = [one for one in parts if one.match_weight > 0 and one.comparison != "sex"]
    agreeing.sort(key=lambda one: -one.match_weight)
    return tuple(f"{comparison_named(one.comparison)}: {_lower(say(one.words))}" for one in agreeing[:NAMED])


def comparison_named(comparison: str) -> str:
    """Name what was compared."""
    return say(COMPARISON_WORDS[comparison])


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
