"""What of longer ago was never recorded as done: the oldest first, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from vangnet.chain.flow.due import Older, OlderWork
from vangnet.site.pages.matters import HERE, number_of
from vangnet.site.pages.speaking import capital, day, say
from vangnet.site.work.pages import count_left_out
from vangnet.trust.access.policy import Actor, is_only_officer


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderLine:
    """One encounter of longer ago: its number, when it was recorded, what was never recorded as done."""

    number: str
    day: str
    duties: tuple[str, ...]
    recorder: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderPage:
    """What of longer ago is still open, the oldest first, and whose it is."""

    lines: tuple[OlderLine, ...]
    owner: str
    left_out: str


def older_page(found: OlderWork, actor: Actor) -> OlderPage:
    """Say calmly what was never recorded as done, and who goes through it."""
    mine = is_only_officer(actor)
    return OlderPage(
        lines=tuple(_older_line(one) for one in found.rows),
        owner=gettext("You recorded these. Say what was done, or ask the assistant prosecutor on duty.")
        if mine
        else gettext("The assistant prosecutor on duty goes through them, the oldest first."),
        left_out=count_left_out(found.left_out),
    )


def _older_line(one: Older) -> OlderLine:
    return OlderLine(
        number=number_of(one.encounter_id),
        day=day(one.since.astimezone(HERE)),
        duties=tuple(capital(say(words)) for words in one.duties),
        recorder=gettext("Encounter recorded by you.")
        if one.is_own
        else gettext("Encounter recorded by a colleague."),
        link=f"{reverse('encounters:advice', args=[one.encounter_id])}#duties",
    )
