"""The page of the ledger: what is looked for, what stands out, the entries by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from vangnet.site.ledger.asked import Asked
from vangnet.site.ledger.lines import Day, act_words, days_of, name_of, seen_by
from vangnet.site.ledger.noticed import Count, counts_of, rules
from vangnet.site.pages.speaking import capital, counted, day, say
from vangnet.trust.access.policy import Actor
from vangnet.trust.access.selectors import people_by_id
from vangnet.trust.ledger.acts import ACTS_IN_WORDS
from vangnet.trust.ledger.reading import MOST_COUNTED, MOST_EXPORTED, Shown
from vangnet.trust.ledger.selectors import Wanted

Option = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The whole page. `fits` says how many entries there are; `looked_for` what narrows them."""

    fits: str
    looked_for: tuple[str, ...]
    days: tuple[Day, ...]
    newer: int | None
    older: int | None
    counts: tuple[Count, ...]
    counted: str
    rules: tuple[str, ...]
    people: tuple[Option, ...]
    acts: tuple[Option, ...]
    most_exported: int


def ledger_page(shown: Shown, asked: Asked, actor: Actor, zone: ZoneInfo) -> LedgerPage:
    """Say what the ledger holds, the newest first."""
    return LedgerPage(
        fits=_fits(shown.many, is_narrow=asked.is_narrow),
        looked_for=tuple(_looked_for(asked, zone)),
        days=days_of(seen_by(actor, shown.entries), zone),
        newer=shown.newer,
        older=shown.older,
        counts=counts_of(shown.noticed, actor.organisation_id, zone),
        counted=_counted(shown, asked.wanted, zone),
        rules=rules(),
        people=_people(shown.people),
        acts=_acts(),
        most_exported=MOST_EXPORTED,
    )


def _fits(many: int, *, is_narrow: bool) -> str:
    if is_narrow and many == 1:
        return gettext("One entry fits what you look for.")
    words = (
        gettext("%(many)s entries fit what you look for.") if is_narrow else gettext("It holds %(many)s entries.")
    )
    return capital(words % {"many": counted(many)})


def _looked_for(asked: Asked, zone: ZoneInfo) -> Iterable[str]:
    """Say in words what narrows the list."""
    wanted = asked.wanted
    if wanted.since:
        yield gettext("from %(day)s") % {"day": _day(wanted.since, zone)}
    if wanted.until:
        yield gettext("up to and including %(day)s") % {"day": _last_day(wanted.until, zone)}
    if wanted.actor_id:
        yield name_of(people_by_id([wanted.actor_id]).get(wanted.actor_id))
    for act in sorted(wanted.acts):
        yield act_words(act).rstrip(".")
    if wanted.ending:
        number = wanted.ending.upper()
        yield gettext("record %(number)s") % {"number": f"{number[:4]}-{number[4:]}"}


def _counted(shown: Shown, wanted: Wanted, zone: ZoneInfo) -> str:
    """Say over which days was counted, and where it had to stop."""
    since = _day(shown.counted_since, zone)
    if wanted.until:
        last = {"since": since, "until": _last_day(wanted.until, zone)}
        words = gettext("Counted from %(since)s up to and including %(until)s.") % last
    else:
        words = gettext("Counted from %(since)s until now.") % {"since": since}
    if not shown.is_cut:
        return words
    cut = gettext("Only the newest %(many)s searches and encounters were counted. Choose a shorter period.")
    return f"{words} {cut % {'many': MOST_COUNTED}}"


def _day(at: datetime, zone: ZoneInfo) -> str:
    return day(at.astimezone(zone).date())


def _last_day(until: datetime, zone: ZoneInfo) -> str:
    return _day(until - timedelta(seconds=1), zone)


def _people(ids: Iterable[UUID]) -> tuple[Option, ...]:
    cards = people_by_id(ids)
    return tuple(sorted(((str(one), card.name) for one, card in cards.items()), key=lambda option: option[1]))


def _acts() -> tuple[Option, ...]:
    return tuple((act, say(words).rstrip(".")) for act, words in ACTS_IN_WORDS.items())
