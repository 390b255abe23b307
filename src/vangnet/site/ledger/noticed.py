"""What stands out, in calm words: what was counted, of whom, on which day. It says nothing of why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from vangnet.site.ledger.lines import name_of
from vangnet.site.pages.matters import number_of
from vangnet.site.pages.speaking import capital, clock_time, counted, day
from vangnet.trust.access.selectors import PersonCard, people_by_id
from vangnet.trust.ledger.noticing import LEAST, Noticed, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One count: the day, the time from which, and the sentence."""

    day: str
    time: str
    words: str
    where: str


def counts_of(noticed: Iterable[Noticed], own: UUID, zone: ZoneInfo) -> tuple[Count, ...]:
    """Say each count in one sentence."""
    listed = tuple(noticed)
    cards = people_by_id(one.actor_id for one in listed)
    return tuple(_count(one, cards.get(one.actor_id), own, zone) for one in listed)


def _count(one: Noticed, card: PersonCard | None, own: UUID, zone: ZoneInfo) -> Count:
    named = {"name": name_of(card), "many": counted(one.many), "number": number_of(one.record or UUID(int=0))}
    elsewhere = card is not None and own not in card.organisations
    return Count(
        day=day(one.day),
        time=clock_time(one.since.astimezone(zone)),
        words=_SAYS[one.rule](one.many) % named,
        where=", ".join(card.organisations.values()) if card is not None and elsewhere else "",
    )


def _many_at_once(_many: int) -> str:
    return gettext("%(name)s searched %(many)s times within ten minutes.")


def _without_encounter(_many: int) -> str:
    return gettext("%(name)s searched %(many)s times without recording an encounter around it.")


def _same_corrected(_many: int) -> str:
    return gettext("%(name)s corrected record %(number)s %(many)s times on this day.")


def _refused(many: int) -> str:
    if many == 1:
        return gettext("%(name)s of immigration and removal asked once, and was given nothing.")
    return gettext("%(name)s of immigration and removal asked %(many)s times, and was given nothing.")


def _one_hand(many: int) -> str:
    if many == 1:
        return gettext(
            "%(name)s confirmed one decision of a colleague. One account made both accounts, on one day."
        )
    return gettext(
        "%(name)s confirmed %(many)s decisions of a colleague. One account made both accounts, on one day."
    )


_SAYS: Mapping[Rule, Callable[[int], str]] = MappingProxyType(
    {
        Rule.MANY_AT_ONCE: _many_at_once,
        Rule.WITHOUT_ENCOUNTER: _without_encounter,
        Rule.SAME_CORRECTED: _same_corrected,
        Rule.REFUSED: _refused,
        Rule.ONE_HAND: _one_hand,
    }
)


def rules() -> tuple[str, ...]:
    """Say what is counted, so that everybody can know it."""
    said = (
        (Rule.MANY_AT_ONCE, gettext("%(many)s or more searches by one colleague within ten minutes.")),
        (
            Rule.WITHOUT_ENCOUNTER,
            gettext("%(many)s or more searches on one day without recording an encounter within an hour."),
        ),
        (Rule.SAME_CORRECTED, gettext("%(many)s or more corrections of one record on one day by one colleague.")),
        (Rule.REFUSED, gettext("Every time that the role immigration and removal asks for something.")),
        (Rule.ONE_HAND, gettext("Every decision of two people whose accounts one account made on one day.")),
    )
    return tuple(capital(words % {"many": counted(LEAST[rule])}) for rule, words in said)
