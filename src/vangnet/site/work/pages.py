"""What the list of work says: when, what and who is at turn. No name and no place stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext

from vangnet.chain.flow.tasks import Kind, Task, Work
from vangnet.knowledge.terms import Reason
from vangnet.site.pages.matters import HERE, due_in_words, left_until, number_of, untimed
from vangnet.site.pages.speaking import TWO_DAYS, by, capital, counted, say, span, when
from vangnet.site.work.says import says

SOON: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing in the list."""

    when: str
    left: str
    title: str
    about: str
    turn: str
    further: tuple[str, ...]
    link: str
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What belongs to one stretch of time."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """The whole list. `nothing` says what stands there while nothing waits for the reader."""

    groups: tuple[Group, ...]
    nothing: str
    has_waiting: bool
    has_work: bool
    reads_ledger: bool
    left_out: str
    older: str
    asks_abroad: bool = False


def work_page(work: Work) -> WorkPage:
    """Say what waits now, today, later, without hours in the law, and for another; in the order of time."""
    mine = [(group, _line(one, work.at)) for one in work.mine for group in [_group_of(one, work.at)]]
    groups = [
        Group(id=name, title=title, lines=tuple(line for group, line in mine if group == name))
        for name, title in _groups()
    ]
    others = Group(
        id="waiting", title=gettext("Waits for another"), lines=tuple(_line(one, work.at) for one in work.waiting)
    )
    return WorkPage(
        groups=tuple(group for group in (*groups, others) if group.lines),
        nothing="" if work.mine else _nothing(len(work.waiting)),
        has_waiting=bool(work.waiting),
        has_work=True,
        reads_ledger=False,
        left_out=count_left_out(work.left_out),
        older=_count_older(work.older),
        asks_abroad=any(one.kind == "ask_abroad" for one in work.mine),
    )


def without_work(reason: Reason, *, reads_ledger: bool) -> WorkPage:
    """Say to whoever has no work with children that nothing comes here for them, why, and what they can do."""
    nothing = say(reason.words)
    if reads_ledger:
        nothing = (
            f"{nothing} {gettext('You can see who saw what, why and when, and check that the ledger is whole.')}"
        )
    return WorkPage(
        groups=(),
        nothing=nothing,
        has_waiting=False,
        has_work=False,
        reads_ledger=reads_ledger,
        left_out="",
        older="",
    )


def _nothing(waiting: int) -> str:
    comes = gettext("If something comes, it stands here, with a number and a time.")
    if not waiting:
        return comes
    if waiting == 1:
        return f"{comes} {gettext('One matter waits for another.')}"
    words = gettext("%(many)s matters wait for another.") % {"many": counted(waiting)}
    return f"{comes} {capital(words)}"


def count_left_out(many: int) -> str:
    """Say how many more there are than the page shows; nothing where all stand on it."""
    if not many:
        return ""
    words = gettext("%(many)s more did not fit here. They come up when these are done.")
    return capital(words % {"many": counted(many)})


def _count_older(many: int) -> str:
    if not many:
        return ""
    if many == 1:
        return gettext("At one encounter from longer ago something was not recorded as done.")
    words = gettext("At %(many)s encounters from longer ago something was not recorded as done.")
    return capital(words % {"many": counted(many)})


def _groups() -> tuple[tuple[str, str], ...]:
    return (
        ("refused", gettext("Refused: ask another")),
        ("now", gettext("Now")),
        ("today", gettext("Today")),
        ("long", gettext("Open for two days or longer. The law gives no hours")),
        ("asap", gettext("As soon as possible. The law gives no hours")),
        ("later", gettext("Later")),
        ("taken", gettext("Taken over by you")),
    )


_APART: Final[Mapping[Kind, str]] = MappingProxyType({"refused": "refused", "taken_over": "taken"})
"""What stands in a group of its own, whatever the hour."""


def _group_of(one: Task, at: datetime) -> str:
    if one.kind in _APART:
        return _APART[one.kind]
    if one.due_at is None and one.untimed == "hard":  # it may pass at any moment
        return "now"
    if one.due_at is None:
        return "long" if at - one.since >= TWO_DAYS else "asap"
    if one.due_at <= at + SOON:
        return "now"
    return "today" if one.due_at.astimezone(HERE).date() == at.astimezone(HERE).date() else "later"


def _line(one: Task, at: datetime) -> Line:
    told = says(one, by(one.since.astimezone(HERE), at))
    return Line(
        when=_when(one, at),
        left=_how_long(one, at),
        title=_end_of_hold(one, at) if one.is_end_of_hold else told.title,
        about=" ".join(part for part in (f"{_which(one, at)}.", _hold_there(one, at), told.about) if part),
        turn=told.turn,
        further=tuple(capital(say(words)) for words in one.further),
        link=told.link,
        done=told.done,
    )


def _hold_there(one: Task, at: datetime) -> str:
    """Say to who took a matter over until when another still holds the child."""
    if one.hold_ends is None:
        return ""
    time = by(one.hold_ends.astimezone(HERE), at)
    if one.hold_ends <= at:
        return gettext("The hold ended at %(time)s. Nobody there may hold the child now.") % {"time": time}
    words = gettext("At %(who)s the hold ends at %(time)s, even if something is missing.")
    return words % {"who": one.who, "time": time}


def _which(one: Task, at: datetime) -> str:
    """Say by number and moment which child it is about; no name and no place."""
    if one.met is None:
        return number_of(one.encounter_id)
    met = by(one.met, at) if isinstance(one.met, datetime) else when(one.met)
    return gettext("%(number)s, child met %(when)s") % {"number": number_of(one.encounter_id), "when": met}


def _when(one: Task, at: datetime) -> str:
    if one.due_at is not None:
        return due_in_words(one.due_at, at)
    words = {
        "after_hold": gettext("not recorded"),
        "taken_over": gettext("taken over"),
        "refused": gettext("refused"),
    }
    return words.get(one.kind) or untimed(one.untimed, "")[0]


def _how_long(one: Task, at: datetime) -> str:
    if one.due_at is not None:
        return left_until(one.due_at, at)
    ago = gettext("%(span)s ago")
    words = {"after_hold": gettext("the hold ended %(span)s ago"), "taken_over": ago, "refused": ago}
    lasted = {"span": span(at - one.since)}
    return words.get(one.kind, "") % lasted or untimed(one.untimed, gettext("running %(span)s") % lasted)[1]


def _end_of_hold(one: Task, at: datetime) -> str:
    """Say that a hold ends, whatever is missing; never that it can be made longer."""
    if one.due_at is not None and one.due_at < at:
        return gettext("The hold ended. Record how")
    return gettext("The hold ends, even if something is missing")
