"""How a matter is called on the telephone, and how long there is for it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from vangnet.chain.flow.tasks import Untimed
from vangnet.site.pages import speaking

HERE: Final = ZoneInfo("Europe/Amsterdam")
"""Where the clock of the lists hangs."""


def number_of(one: UUID) -> str:
    """Give the short number by which people name a matter: it tells nothing, and can be said aloud."""
    text = one.hex[-8:].upper()
    return f"{text[:4]}-{text[4:]}"


def left_until(due: datetime, at: datetime) -> str:
    """Say how long there is, or how long ago it was."""
    if due >= at:
        return gettext("in %(span)s") % {"span": speaking.span(due - at)}
    return gettext("%(span)s ago") % {"span": speaking.span(at - due)}


def untimed(why: Untimed, running: str) -> tuple[str, str]:
    """Say of what has no deadline why, and since when it runs: advice and list of work say the same of the same duty."""
    if why == "hard":
        return gettext("term"), gettext("start not known")
    return gettext("as soon as possible") if why == "event" else gettext("stands open"), running


def due_in_words(due: datetime, at: datetime) -> str:
    """Write a deadline with its day where it is not today; one that passed says that it was."""
    time = speaking.by(due.astimezone(HERE), at)
    return time if due >= at else gettext("was %(time)s") % {"time": time}
