"""Whether the ledger is whole, in words: how far it was checked, until when it is anchored, what is wrong first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext

from vangnet.site.pages.speaking import figure, say, when
from vangnet.trust.ledger.chain import Head
from vangnet.trust.ledger.selectors import Part

KEY: Final = "ledger_walk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The answer of the page: a title, what was checked, and whether there is a part to go on with."""

    title: str
    lead: str
    anchored: str
    goes_on: bool
    is_broken: bool


def begun(session: SessionBase) -> Head:
    """Give how far this session came; the beginning where it did not begin or the end was reached."""
    found: Any = session.get(KEY)
    match found:
        case [int(number), str(mac)]:
            return Head(number, mac)
        case _:
            return Head()


def keep(session: SessionBase, part: Part) -> None:
    """Keep how far the walk came, until it is done."""
    if part.is_done:
        session.pop(KEY, None)
    else:
        session[KEY] = [part.reached.number, part.reached.mac]


def checked(part: Part, zone: ZoneInfo) -> Checked:
    """Say what a part of the walk found."""
    numbers = {"upto": figure(part.reached.number), "last": figure(part.last)}
    if part.first_bad is not None:
        title, lead = gettext("The ledger is not whole"), say(part.first_bad.words)
    elif not part.is_done:
        title = gettext("Whole so far")
        lead = gettext("Entries 1 to %(upto)s of %(last)s were checked. Go on for the rest.") % numbers
    else:
        title = gettext("The ledger is whole")
        lead = gettext("Every entry is the one that was written: 1 to %(upto)s.") % numbers
    return Checked(
        title=title,
        lead=lead,
        anchored=_anchored(part, zone),
        goes_on=not part.is_done,
        is_broken=part.first_bad is not None,
    )


def _anchored(part: Part, zone: ZoneInfo) -> str:
    if part.anchored_at is None:
        return gettext("Nothing of it is anchored outside the database yet.")
    at = when(part.anchored_at.astimezone(zone))
    words = gettext("Anchored outside the database up to entry %(number)s, of %(at)s.")
    left = max(0, part.last - part.anchored)
    after = gettext("After it came %(many)s entries; those could still be cut off unseen.") if left != 1 else ""
    after = after or gettext("After it came one entry; that one could still be cut off unseen.")
    said = words % {"number": figure(part.anchored), "at": at}
    return f"{said} {after % {'many': figure(left)}}" if left else said
