"""The hold clock as a page shows it: real hours, one bar an hour, marks at half and three quarters.

Everything is a per cent of the width, so that the server draws it and no style stands in the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from django.utils.translation import gettext

from vangnet.knowledge.clocks import HoldClock
from vangnet.site.pages.speaking import by, capital, clock_time, say, span

Stage = Literal["running", "half", "three_quarters", "limit", "unknown", "stopped"]
GAP = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One hour of the rail: where it begins, how wide it is, how much of it is over (per cent of the width)."""

    x: str
    width: str
    past: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on the rail with its time."""

    line: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What the clock says at one moment. `text` is all of it in words; `again` asks for it a minute later."""

    stage: Stage
    elapsed: str
    of: str
    start: str
    due: str
    until: str
    text: str
    proposals: str
    limit: str
    notes: tuple[str, ...]
    bars: tuple[Bar, ...] = ()
    ticks: tuple[Tick, ...] = ()
    again: str = ""
    changed: str = ""


def face_of(
    hold: HoldClock | None, *, at: datetime, stopped_at: datetime | None = None, is_exact: bool = True
) -> Face | None:
    """Draw the clock of a hold; None where nobody is held.

    `stopped_at` is when the child left: the clock stands still there and asks for nothing more.
    `is_exact` is False where only the moment is known at which somebody recorded that the child had gone.
    """
    if hold is None:
        return None
    if stopped_at is not None:
        return _stopped(hold, stopped_at, is_exact=is_exact)
    notes = (say(hold.assumed),) if hold.assumed else ()
    if hold.starts_at is None or hold.due_at is None:
        return _unknown(hold.hours, notes)
    if hold.night_rule_until is not None and hold.night_rule_until > hold.due_at:
        words = gettext("By the formal night rule it would be %(time)s. Vangnet counts real hours.")
        notes = (*notes, words % {"time": by(hold.night_rule_until, hold.starts_at)})
    return face(starts_at=hold.starts_at, due_at=hold.due_at, hours=hold.hours, at=at, notes=notes)


def face(
    *,
    starts_at: datetime,
    due_at: datetime,
    hours: int,
    at: datetime,
    notes: tuple[str, ...] = (),
    before: str = "",
) -> Face:
    """Draw a clock from its moments alone. `before` is the stage that the reader saw last."""
    whole, over = due_at - starts_at, at - starts_at
    half, three = starts_at + whole / 2, starts_at + whole * 3 / 4
    stage = _stage(at, half, three, due_at)
    now = at.astimezone(starts_at.tzinfo)
    moments = {"now": now, "due": due_at, "half": half, "three": three}
    times = {name: by(moment, starts_at) for name, moment in moments.items()} | {"start": clock_time(starts_at)}
    return Face(
        stage=stage,
        elapsed=span(over),
        of=gettext("of %(hours)s hours") % {"hours": hours},
        start=times["start"],
        due=times["due"],
        until=_until(stage, times),
        text=_text(times),
        proposals=_proposals(times),
        limit=gettext("At %(due)s the hold ends, even if something is missing. Real hours, at night too.") % times,
        notes=notes,
        bars=_bars(hours, over),
        ticks=tuple(_tick(per_cent, times[name]) for per_cent, name in ((50, "half"), (75, "three"))),
        again=_again(starts_at, due_at, hours, stage) if stage != "limit" else "",
        changed=_until(stage, times) if before not in {"", stage} else "",
    )


def _proposals(times: Mapping[str, str]) -> str:
    words = gettext("Half at %(half)s: call the Board again. Three quarters at %(three)s: ask for the duty judge.")
    return words % times


def _stage(at: datetime, half: datetime, three: datetime, due: datetime) -> Stage:
    reached: tuple[tuple[datetime, Stage], ...] = ((due, "limit"), (three, "three_quarters"), (half, "half"))
    return next((stage for moment, stage in reached if at >= moment), "running")


def _until(stage: Stage, times: dict[str, str]) -> str:
    words = {
        "running": gettext("law: by %(due)s"),
        "half": gettext("past half, by %(due)s"),
        "three_quarters": gettext("past three quarters, by %(due)s"),
        "limit": gettext("the hold ended at %(due)s"),
    }
    return words[stage] % times


def _text(times: dict[str, str]) -> str:
    words = gettext(
        "Held since %(start)s, now %(now)s, by %(due)s at the latest. Half at %(half)s, three quarters at %(three)s."
    )
    return words % times


def _bars(hours: int, over: timedelta) -> tuple[Bar, ...]:
    step = 100 / hours
    width = step - GAP
    gone = over / timedelta(hours=1)
    return tuple(
        Bar(
            x=f"{number * step:.2f}%",
            width=f"{width:.2f}%",
            past=f"{min(max(gone - number, 0), 1) * width:.2f}%",
        )
        for number in range(hours)
    )


def _tick(per_cent: int, text: str) -> Tick:
    return Tick(line=f"{per_cent - GAP / 2:.2f}%", label=f"{per_cent}%", text=text)


def _again(starts_at: datetime, due_at: datetime, hours: int, stage: Stage) -> str:
    return urlencode({"start": starts_at.isoformat(), "due": due_at.isoformat(), "hours": hours, "stage": stage})


def _stopped(hold: HoldClock, stopped_at: datetime, *, is_exact: bool) -> Face:
    """Draw the clock as it stood when the child left: no next moment, no proposal, no limit to come."""
    start = hold.starts_at
    when = by(stopped_at.astimezone(start.tzinfo), start) if start else clock_time(stopped_at)
    until = gettext("held until %(time)s") if is_exact else gettext("gone, recorded at %(time)s")
    words = capital(until % {"time": when})
    return Face(
        stage="stopped",
        elapsed=span(stopped_at - start) if start else gettext("Start not known"),
        of=gettext("of %(hours)s hours") % {"hours": hold.hours},
        start=clock_time(start) if start else "",
        due="",
        until=until % {"time": when},
        text=f"{words}.",
        proposals="",
        limit="",
        notes=(),
        bars=_bars(hold.hours, stopped_at - start) if start else (),
    )


def _unknown(hours: int, notes: tuple[str, ...]) -> Face:
    words = gettext("Start not known")
    return Face(
        stage="unknown",
        elapsed=words,
        of=gettext("of %(hours)s hours") % {"hours": hours},
        start="",
        due="",
        until=gettext("law: %(hours)s hours") % {"hours": hours},
        text=words,
        proposals=gettext("Record since when the child is here. Until then count from the first moment you know."),
        limit="",
        notes=notes,
    )
