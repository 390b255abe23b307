"""Each entry as one sentence: who, what, for which purpose, when. No name of a child, and no link to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from vangnet.chain.encounters.selectors import ids_kept_by
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.terms import PURPOSES, Purpose
from vangnet.site.pages.matters import number_of
from vangnet.site.pages.speaking import capital, clock_time, counted, day, say
from vangnet.trust.access.policy import ROLES, Actor, Role
from vangnet.trust.access.selectors import PersonCard, people_by_id
from vangnet.trust.ledger.acts import ACTS_IN_WORDS
from vangnet.trust.ledger.selectors import EntryView

FEW: Final = 4
"""So many numbers stand in the sentence; the rest is one press away."""
OF_THE_LEDGER: Final = frozenset({"read_ledger", "export_ledger", "verify_ledger", "give_receipt"})
"""Acts whose ids are entries, so that they are counted and not listed."""
OF_PEOPLE: Final = frozenset({"add_person", "give_role", "take_role", "end_access", "reset_access"})
"""Acts whose id is a colleague, who is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry: its number, the time on the clock of the organisation, and what it says."""

    number: int
    time: str
    act: str
    purpose: str
    basis: str
    who: str
    where: str
    about: str
    few: tuple[str, ...]
    more: tuple[str, ...]
    more_words: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The entries of one day."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What of an entry this reader is shown: of somebody elsewhere only what concerns the own organisation."""

    entry: EntryView
    card: PersonCard | None
    is_own: bool
    records: tuple[UUID, ...]
    whom: str = ""


def seen_by(actor: Actor, entries: Sequence[EntryView]) -> tuple[Seen, ...]:
    """Say of each entry who did it, and which ids may be shown.

    What somebody elsewhere was told of other organisations is theirs: it is not listed and not counted.
    """
    own = actor.organisation_id
    about = {one.subjects[0] for one in entries if one.act in OF_PEOPLE and one.subjects}
    cards = people_by_id({*about, *(one.actor_id for one in entries)})
    mine = {one: own in card.organisations for one, card in cards.items()}
    others = {record for one in entries if not mine.get(one.actor_id) for record in one.subjects}
    kept = ids_kept_by(own, others)
    return tuple(
        Seen(
            entry=one,
            card=cards.get(one.actor_id),
            is_own=mine.get(one.actor_id, False),
            records=tuple(
                record for record in dict.fromkeys(one.subjects) if mine.get(one.actor_id) or record in kept
            ),
            whom=name_of(cards.get(one.subjects[0])) if one.act in OF_PEOPLE and one.subjects else "",
        )
        for one in entries
    )


def days_of(seen: Iterable[Seen], zone: ZoneInfo) -> tuple[Day, ...]:
    """Give the entries by day, in the order in which they come."""
    groups = groupby(seen, key=lambda one: _day(one.entry.at, zone))
    return tuple(Day(title=day(one), lines=tuple(_line(each, zone) for each in each_of)) for one, each_of in groups)


def name_of(card: PersonCard | None) -> str:
    """Give the name of who did it; who is no longer known is said to be so."""
    return card.name if card is not None else gettext("Somebody who is not known here any more")


def act_words(act: str) -> str:
    """Say what happened; an act of an older version is given as it was written."""
    return say(ACTS_IN_WORDS[act]) if act in ACTS_IN_WORDS else act


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _line(seen: Seen, zone: ZoneInfo) -> Line:
    entry = seen.entry
    terms = PURPOSES[Purpose(entry.purpose)] if entry.purpose in set(Purpose) else None
    numbers = () if entry.act in OF_THE_LEDGER | OF_PEOPLE else tuple(number_of(one) for one in seen.records)
    few = numbers if len(numbers) <= FEW + 1 else numbers[:FEW]
    more = numbers[len(few) :]
    return Line(
        number=entry.number,
        time=clock_time(entry.at.astimezone(zone)),
        act=act_words(entry.act),
        purpose=say(terms.words) if terms else entry.purpose,
        basis=say(terms.legal_basis) if terms else "",
        who=name_of(seen.card),
        where=_where(seen),
        about=_about(entry, numbers),
        few=few,
        more=more,
        more_words=gettext("and %(many)s more") % {"many": counted(len(more))} if more else "",
        told=(_whom(seen) or _told(entry.counts)) if seen.is_own else "",
    )


def _whom(seen: Seen) -> str:
    """Say which colleague an act on an account was about, and in which role."""
    roles = [say(ROLES[role]) for role in Role if role in seen.entry.counts]
    if seen.whom and roles:
        return gettext("That was %(name)s: %(role)s.") % {"name": seen.whom, "role": ", ".join(roles)}
    return gettext("That was %(name)s.") % {"name": seen.whom} if seen.whom else ""


def _where(seen: Seen) -> str:
    if seen.card is None or seen.is_own:
        return ""
    if not seen.card.organisations:
        return gettext("Has no role here any more")
    return ", ".join(seen.card.organisations.values())


def _about(entry: EntryView, numbers: Sequence[str]) -> str:
    """Say how many entries or numbers it was about: an encounter has one, and so has a referral or a decision."""
    many = entry.counts.get("entries", 0) if entry.act in OF_THE_LEDGER else len(numbers)
    if not many:
        return ""
    if entry.act in OF_THE_LEDGER:
        words = gettext("one entry") if many == 1 else gettext("%(many)s entries") % {"many": counted(many)}
    else:
        words = gettext("one number") if many == 1 else gettext("%(many)s numbers") % {"many": counted(many)}
    return capital(words)


def _told(counts: Mapping[str, int]) -> str:
    """Say what was told of earlier encounters; nothing where nothing was looked for."""
    if not any(kind.value in counts for kind in Answer):
        return ""
    parts = [words(counts[kind]) for kind, words in _TOLD if counts.get(kind)]
    if not parts:
        return gettext("Told: no earlier encounter.")
    return gettext("Told: %(what)s.") % {"what": ", ".join(parts)}


def _content(many: int) -> str:
    return _one_or_more(many, gettext("content of one"), gettext("content of %(many)s"))


def _contact(many: int) -> str:
    return _one_or_more(many, gettext("whom to call for one"), gettext("whom to call for %(many)s"))


def _hit(many: int) -> str:
    there_is = gettext("of one only that there is something")
    return _one_or_more(many, there_is, gettext("of %(many)s only that there is something"))


def _one_or_more(many: int, one: str, more: str) -> str:
    return one if many == 1 else more % {"many": counted(many)}


_TOLD: tuple[tuple[str, Callable[[int], str]], ...] = (
    (Answer.CONTENT.value, _content),
    (Answer.CONTACT.value, _contact),
    (Answer.HIT.value, _hit),
)
