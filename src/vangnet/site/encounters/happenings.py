"""What happened around an encounter, as entries of the timeline: each with its source and its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext

from vangnet.chain.crosscheck.selectors import VerdictView
from vangnet.chain.flow.story import Event
from vangnet.site.encounters.timeline import Entry
from vangnet.site.pages.matters import HERE
from vangnet.site.pages.places import on_the_wall, with_zone, written_in
from vangnet.site.pages.speaking import say

Says = tuple[str, str]
"""A title and a sentence below it."""


def entry_of(event: Event, *, country: str) -> Entry:
    """Write one event; its time is that of the place of the encounter."""
    title, words = _SAYS[event.what](event)
    return Entry(
        at=on_the_wall(event.at, country),
        title=title,
        words=words,
        source=with_zone(_source(event), event.at, country),
        voice=event.voice,
        lang=written_in(country),
    )


def _source(event: Event) -> str:
    return ", ".join(event.by) or gettext("As recorded with the encounter")


def _held(event: Event) -> Says:
    words = gettext("For inquiry into an offence.") if event.code == "suspect" else gettext("Under twelve.")
    return gettext("The hold began"), words


def _ordered(_event: Event) -> Says:
    return gettext("Police custody was ordered"), ""


def _heard(event: Event) -> Says:
    wishes = {
        "wants_to_go": gettext("The child wants to go along."),
        "does_not_want_to_go": gettext("The child does not want to go along."),
        "not_alone": gettext("Not alone: this has still to be done."),
    }
    return gettext("The child was heard"), wishes.get(event.code, gettext("What the child wants is not known."))


def _asked(event: Event) -> Says:
    asked = gettext("An adult asked for the child.") if event.code else gettext("Nobody asked for the child.")
    return gettext("The hand-over was begun"), asked


def _decided(event: Event) -> Says:
    return gettext("Two people decided"), gettext("The decision: %(what)s") % {"what": say(event.words)}


def _handed_over(event: Event) -> Says:
    if event.organisation:
        title = gettext("Received by %(receiver)s") % {"receiver": event.organisation}
        return title, say(event.words)
    return gettext("Handed over"), say(event.words)


def _incident(event: Event) -> Says:
    missing = event.code == "CHILD_WENT_MISSING"
    return gettext("The child is missing") if missing else gettext("The child left"), say(event.words)


def _sent(event: Event) -> Says:
    return gettext("Asked %(who)s") % {"who": event.organisation}, say(event.words)


def _answered(event: Event) -> Says:
    answers = {
        "accepted": gettext("%(who)s takes over"),
        "declined": gettext("%(who)s cannot take over"),
        "asked_back": gettext("%(who)s wants to know more"),
    }
    return answers[event.code] % {"who": event.organisation}, say(event.words)


_SAYS: Final[MappingProxyType[str, Callable[[Event], Says]]] = MappingProxyType(
    {
        "held": _held,
        "ordered": _ordered,
        "heard": _heard,
        "asked": _asked,
        "decided": _decided,
        "handed_over": _handed_over,
        "incident": _incident,
        "sent": _sent,
        "answered": _answered,
    }
)


def verdict_entries(verdict: VerdictView, *, by: str, organisation: str) -> Iterator[Entry]:
    """Write a verdict as it was given, and once more as undone where it was taken back."""
    titles = {
        "same": gettext("Judged: the same child"),
        "different": gettext("Judged: not the same child"),
        "unsure": gettext("Judged: cannot be said yet"),
    }
    source = ", ".join(part for part in (by, organisation) if part)
    taken_back = verdict.revoked_at is not None
    yield Entry(
        at=verdict.given_at.astimezone(HERE),
        title=titles[verdict.value],
        words=gettext("Taken back later.") if taken_back else "",
        source=source,
        is_undone=taken_back,
    )
