"""How the four channels to other countries stand; not asked is a state of its own, with a mark of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from django.utils.translation import gettext

from vangnet.chain.duties.selectors import ChannelState
from vangnet.knowledge.terms import Channel
from vangnet.site.pages.speaking import capital, when


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One channel to other countries: a mark, its name, and how it stands."""

    code: str
    mark: str
    mark_words: str
    name: str
    words: str
    answer: str


def channel_names() -> Mapping[Channel, str]:
    """Name the four channels to other countries, with what each can tell."""
    return {
        "sis": gettext("SIS (alerts in Europe)"),
        "pruem": gettext("Prüm (fingerprints and DNA)"),
        "siena": gettext("SIENA (through the expertise centre)"),
        "interpol": gettext("Interpol"),
    }


def channel_row(one: ChannelState, *, zone: tzinfo | None) -> ChannelRow:
    """Write how one channel stands; not asked is as loud as a check that failed."""
    marks = {
        "not_asked": ("unasked", gettext("not asked")),
        "asked": ("waiting", gettext("asked, no answer yet")),
        "answered": ("done", gettext("answered")),
    }
    mark, words = marks[one.state]
    who = [part for part in (one.asked_by, when(one.at.astimezone(zone)) if one.at else "") if part]
    return ChannelRow(
        code=one.channel,
        mark=mark,
        mark_words=words,
        name=channel_names()[one.channel],
        words=f"{capital(words)}. {', '.join(who)}".strip() if who else f"{capital(words)}.",
        answer=one.answer,
    )
