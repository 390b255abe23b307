"""What the list of work says: when, what and who is at turn. No name and no place stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from vangnet.chain.encounters.selectors import Summary
from vangnet.chain.flow.due import Older, OlderWork
from vangnet.chain.flow.tasks import Kind, Task, Work
from vangnet.knowledge.terms import Reason
from vangnet.site.crosscheck.grouping import when_met
from vangnet.site.crosscheck.pages import CHANNEL_NAMES
from vangnet.site.pages.matters import HERE, due_in_words, left_until, number_of
from vangnet.site.pages.speaking import TWO_DAYS, by, capital, clock_time, counted, day, say, span, when
from vangnet.trust.access.policy import Actor, is_only_officer

SOON: Final = timedelta(hours=4)
MOST: Final = 100


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
        left_out=_count_left_out(work.left_out),
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


def _count_left_out(many: int) -> str:
    if not many:
        return ""
    words = gettext("%(many)s more did not fit here. They come up when these are done.")
    return capital(words % {"many": counted(many)})


def _count_older(many: int) -> str:
    if not many:
        return ""
    if many == 1:
        return gettext("At one encounter of longer ago something was not recorded as done.")
    words = gettext("At %(many)s encounters of longer ago something was not recorded as done.")
    return capital(words % {"many": counted(many)})


def _groups() -> tuple[tuple[str, str], ...]:
    return (
        ("now", gettext("Now")),
        ("today", gettext("Today")),
        ("long", gettext("Open for two days or longer. The law gives no hours")),
        ("asap", gettext("As soon as possible. The law gives no hours")),
        ("later", gettext("Later")),
        ("taken", gettext("Taken over by you")),
    )


def _group_of(one: Task, at: datetime) -> str:
    if one.kind == "taken_over":
        return "taken"
    if one.due_at is None:
        return "long" if at - one.since >= TWO_DAYS else "asap"
    if one.due_at <= at + SOON:
        return "now"
    return "today" if one.due_at.astimezone(HERE).date() == at.astimezone(HERE).date() else "later"


def _line(one: Task, at: datetime) -> Line:
    title, about, turn, link = _SAYS[one.kind](one)
    since = by(one.since.astimezone(HERE), at)
    return Line(
        when=_when(one, at),
        left=_how_long(one, at),
        title=_end_of_hold(one, at) if one.is_end_of_hold else title,
        about=f"{_which(one, at)}. {about}".strip(),
        turn=turn % {"who": one.who, "since": since},
        further=tuple(capital(say(words)) for words in one.further),
        link=link,
    )


def _which(one: Task, at: datetime) -> str:
    """Say by number and moment which child it is about; no name and no place."""
    if one.met is None:
        return number_of(one.encounter_id)
    met = by(one.met, at) if isinstance(one.met, datetime) else when(one.met)
    return gettext("%(number)s, child met %(when)s") % {"number": number_of(one.encounter_id), "when": met}


def _when(one: Task, at: datetime) -> str:
    if one.due_at is not None:
        return due_in_words(one.due_at, at)
    words = {"after_hold": gettext("not recorded"), "taken_over": gettext("taken over")}
    return words.get(one.kind) or gettext("as soon as possible")


def _how_long(one: Task, at: datetime) -> str:
    if one.due_at is not None:
        return left_until(one.due_at, at)
    words = {"after_hold": gettext("the hold ended %(span)s ago"), "taken_over": gettext("%(span)s ago")}
    return (words.get(one.kind) or gettext("running %(span)s")) % {"span": span(at - one.since)}


Says = tuple[str, str, str, str]


def _to(name: str, *ids: UUID) -> str:
    return reverse(name, args=ids)


def _answer(one: Task) -> Says:
    title = gettext("Answer: %(what)s") % {"what": _lower(say(one.words))}
    turn = gettext("It is your turn. Asked at %(since)s by %(who)s")
    return title, "", turn, _to("referrals:referral", one.target_id)


def _asked_back(one: Task) -> Says:
    title = gettext("Read what they want to know")
    turn = gettext("It is your turn. %(who)s asked back")
    return title, _sentence(say(one.words)), turn, _to("referrals:referral", one.target_id)


def _decide(one: Task) -> Says:
    about = gettext("A child waits. Two people decide with whom the child goes.")
    turn = gettext("You are the second person. Proposed at %(since)s by %(who)s")
    return gettext("Decide on the hand-over"), about, turn, _to("handovers:decision", one.target_id)


def _still_to_answer(one: Task) -> Says:
    title, about, _, link = _answer(one)
    return title, about, gettext("You asked back. It is still your turn."), link


def _end_of_hold(one: Task, at: datetime) -> str:
    """Say that a hold ends, whatever is missing; never that it can be made longer."""
    if one.due_at is not None and one.due_at < at:
        return gettext("The hold ended. Record how")
    return gettext("The hold ends, even if something is missing")


def _duty(one: Task) -> Says:
    shared = "" if not one.is_shared else gettext("Encounter recorded by a colleague.")
    turn = f"{_sentence(capital(say(one.holder)))} {shared}".strip().replace("%", "%%")
    return capital(say(one.words)), _sentence(one.source), turn, _to("encounters:advice", one.encounter_id)


def _after_hold(one: Task) -> Says:
    """Say that something of an ended hold was never recorded as done; it runs no longer, and is not forgotten."""
    about = gettext("The child is no longer here. Record what was done, or who does it now.")
    title, _, turn, link = _duty(one)
    return title, about, turn, f"{link}#duties"


def _ask_abroad(one: Task) -> Says:
    channels = ", ".join(CHANNEL_NAMES[channel] for channel in one.channels)
    about = gettext("Not asked: %(channels)s.") % {"channels": channels}
    turn = gettext("Encounter recorded by a colleague.") if one.is_shared else gettext("It is your turn.")
    return (
        gettext("Ask other countries"),
        about,
        turn,
        f"{_to('encounters:advice', one.encounter_id)}#international",
    )


def _look_again(one: Task) -> Says:
    about = gettext("You did something for two encounters as one child. That no longer stands.")
    return (
        gettext("Look again at what you did"),
        about,
        gettext("It is your turn."),
        _to("crosscheck:candidates", one.encounter_id),
    )


def _judge(one: Task) -> Says:
    about = gettext("They judged that an encounter of theirs is the same child.")
    turn = gettext("It is your turn. %(who)s judged at %(since)s")
    return (
        gettext("Judge for your own side"),
        about,
        turn,
        _to("crosscheck:compare", one.encounter_id, one.target_id),
    )


def _judge_indications(one: Task) -> Says:
    about = gettext("A colleague saw something that can point to exploitation. Add what you judge, and why.")
    turn = gettext("You judge, not who met the child.")
    return gettext("Judge the indications"), about, turn, f"{_to('encounters:advice', one.encounter_id)}#seen"


def _taken_over(one: Task) -> Says:
    about = gettext("What is asked of you next:")
    turn = gettext("It is your turn, since your organisation said yes. Asked by %(who)s")
    return say(one.words), about, turn, _to("referrals:referral", one.target_id)


def _sent(one: Task) -> Says:
    turn = gettext("%(who)s answers. Asked at %(since)s")
    return say(one.words), "", turn, _to("referrals:referral", one.target_id)


_SAYS: Final[MappingProxyType[Kind, Callable[[Task], Says]]] = MappingProxyType(
    {
        "answer": _answer,
        "still_to_answer": _still_to_answer,
        "asked_back": _asked_back,
        "decide": _decide,
        "duty": _duty,
        "after_hold": _after_hold,
        "ask_abroad": _ask_abroad,
        "look_again": _look_again,
        "judge": _judge,
        "judge_indications": _judge_indications,
        "taken_over": _taken_over,
        "sent": _sent,
        "others_duty": _duty,
    }
)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One encounter in the list: its number, when it was, who recorded it: you or a colleague."""

    number: str
    source_number: str
    time: str
    about: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The encounters that were recorded on one day."""

    title: str
    met: tuple[Met, ...]


def days_of(found: Sequence[Summary], actor: Actor) -> tuple[Day, ...]:
    """Put encounters together by the day on which they were recorded, the newest first."""
    dated: Iterable[tuple[datetime, Summary]] = ((one.recorded_at.astimezone(HERE), one) for one in found)
    return tuple(
        Day(title=day(on), met=tuple(_met(one, at, actor) for at, one in some))
        for on, some in groupby(dated, key=lambda pair: pair[0].date())
    )


def _met(one: Summary, recorded: datetime, actor: Actor) -> Met:
    recorder = (
        gettext("Encounter recorded by you.")
        if one.recorded_by == actor.person_id
        else gettext("Encounter recorded by a colleague.")
    )
    return Met(
        number=number_of(one.id),
        source_number=one.encounter_id,
        time=clock_time(recorded),
        about=gettext("Met %(when)s. %(recorder)s") % {"when": when_met(one), "recorder": recorder},
        link=_to("encounters:advice", one.id),
    )


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
        left_out=_count_left_out(found.left_out),
    )


def _older_line(one: Older) -> OlderLine:
    return OlderLine(
        number=number_of(one.encounter_id),
        day=day(one.since.astimezone(HERE)),
        duties=tuple(capital(say(words)) for words in one.duties),
        recorder=gettext("Encounter recorded by you.")
        if one.is_own
        else gettext("Encounter recorded by a colleague."),
        link=f"{_to('encounters:advice', one.encounter_id)}#duties",
    )
