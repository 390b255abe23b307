"""What the law asks, as rows: by when, how long still or already; what ended with the hold says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from vangnet.chain.duties.selectors import DutyLine
from vangnet.chain.flow.story import Left
from vangnet.chain.flow.tasks import Untimed
from vangnet.knowledge import clocks
from vangnet.site.pages.matters import untimed
from vangnet.site.pages.speaking import by, capital, clock_time, say, short_day, span


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """One duty: by when, how long still or already, what, who, by which law.

    `id` is there while it can be recorded as done; `clock` names its place on the page.
    """

    due: str
    left: str
    what: str
    who: str
    law: str
    note: str
    done: bool = False
    clock: str = ""
    id: UUID | None = None


def duty_rows(
    duties: Iterable[clocks.Duty], lines: Iterable[DutyLine], *, at: datetime, left: Left | None = None
) -> Iterator[DutyRow]:
    """Write every duty in the order of time; after the child left, what hung on the hold runs no longer."""
    known = {one.clock: one for one in lines}
    ordered = sorted(duties, key=lambda one: (one.due_at is None, one.due_at or one.starts_at or at, one.clock))
    for duty in ordered:
        line = known.get(duty.clock)
        if line is not None and line.done_at is not None:
            yield _done(duty, line, line.done_at, at)
        elif left is not None and left.ends_the_hold and _clock(duty).of_a_hold:
            yield _ended(duty, line, left, at)
        else:
            yield duty_row(duty, at=at, line=line)


def _clock(duty: clocks.Duty) -> clocks.Clock:
    return clocks.table()[duty.clock]


def _done(duty: clocks.Duty, line: DutyLine, done_at: datetime, at: datetime) -> DutyRow:
    moment = done_at.astimezone(at.tzinfo)
    return DutyRow(
        due=gettext("done"),
        left=f"{short_day(moment)} {clock_time(moment)}",
        what=say(duty.words),
        who=gettext("By %(name)s.") % {"name": line.done_by},
        law=duty.source,
        note="",
        done=True,
        clock=duty.clock,
    )


def _ended(duty: clocks.Duty, line: DutyLine | None, left: Left, at: datetime) -> DutyRow:
    """Say that a limit ended, and of what had to be told that nobody recorded it as done."""
    moment = left.at.astimezone(at.tzinfo)
    is_limit = _clock(duty).is_limit_of_a_hold
    since = gettext("the hold ended at %(time)s") % {"time": by(moment, at)}
    return DutyRow(
        due=gettext("ended") if is_limit else gettext("not recorded"),
        left=by(moment, at) if is_limit else since,
        what=say(duty.words),
        who=f"{capital(say(duty.holder))}.",
        law=f"{duty.source}.",
        note="",
        done=is_limit,
        clock=duty.clock,
        id=None if is_limit or line is None else line.id,
    )


def duty_row(duty: clocks.Duty, *, at: datetime, line: DutyLine | None = None) -> DutyRow:
    """Write one duty that is still open; only a hard term has a time, and one in doubt says so."""
    due, left = _due(duty, at)
    return DutyRow(
        due=due,
        left=left,
        what=say(duty.words),
        who=f"{capital(say(duty.holder))}.",
        law=_law(duty),
        note=say(duty.note),
        clock=duty.clock,
        id=None if line is None or _clock(duty).is_limit_of_a_hold else line.id,
    )


def _due(duty: clocks.Duty, at: datetime) -> tuple[str, str]:
    if duty.due_at is not None and duty.due_at > at:
        words = gettext("by %(time)s") % {"time": by(duty.due_at, at)}
        return words, gettext("%(span)s left") % {"span": span(duty.due_at - at)}
    if duty.due_at is not None:
        words = gettext("was %(time)s") % {"time": by(duty.due_at, at)}
        return words, gettext("%(span)s ago") % {"span": span(at - duty.due_at)}
    why: Untimed = "hard" if duty.hard else "event" if duty.event else "term"
    running = gettext("running %(span)s") % {"span": span(at - duty.starts_at)} if duty.starts_at else ""
    return untimed(why, running)


def _law(duty: clocks.Duty) -> str:
    parts = [f"{duty.source}."]
    if duty.event:
        parts.append(gettext("The law gives no hours."))
    if in_doubt(duty):
        parts.append(gettext("To be checked by a lawyer."))
    return " ".join(parts)


def in_doubt(duty: clocks.Duty) -> bool:
    """Whether a deadline rests on something that nobody read in its source."""
    return duty.hard and duty.certainty != "read"


def clock_in_doubt(duties: Iterable[clocks.Duty], clock: str) -> bool:
    """Whether the limit of the hold that a page shows is one that a lawyer has still to check."""
    return any(in_doubt(one) for one in duties if one.clock == clock)


def anchors(rows: Iterable[DutyRow]) -> Mapping[str, str]:
    """Say where on the page a duty can be recorded as done, by its clock."""
    return {row.clock: f"#duty-{row.clock}" for row in rows if row.id is not None}
