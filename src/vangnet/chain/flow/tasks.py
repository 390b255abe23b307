"""One thing that waits, and the whole list: ids, numbers and moments; nothing about a child stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from vangnet.knowledge.terms import Channel, Moment, Words

Untimed = Literal["event", "term", "hard"]
"""Why there is no deadline: the law gives no hours, it is not certain enough, or it is and the start is not known."""
Kind = Literal[
    "refused",
    "answer",
    "still_to_answer",
    "asked_back",
    "decide",
    "hand_over",
    "duty",
    "after_hold",
    "ask_abroad",
    "look_again",
    "judge",
    "judge_indications",
    "taken_over",
    "sent",
    "others_duty",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that somebody can do now, or that waits for another.

    `target_id` is what its page is about: a referral, a request, an encounter or, for *judge*, the
    encounter on the other side. `due_at` is empty where the law gives no hours; then `since` says
    how long it runs. `met` is when the child was met, on the clock of the place, so that a reader knows
    which matter it is; no name and no place. `further` is what else is asked at the same encounter, and
    `hold_ends` until when another holds the child of a matter that was taken over. `untimed` says why
    `due_at` is empty.
    """

    kind: Kind
    encounter_id: UUID
    target_id: UUID
    since: datetime
    met: Moment | None = None
    due_at: datetime | None = None
    words: Words | None = None
    holder: Words | None = None
    source: str = ""
    who: str = ""
    is_shared: bool = False
    is_end_of_hold: bool = False
    further: tuple[Words, ...] = ()
    hold_ends: datetime | None = None
    untimed: Untimed = "event"
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is mine to do and what waits for another, each by time alone.

    `left_out` did not fit in the list; `older` encounters of longer ago still have something open.
    """

    at: datetime
    mine: tuple[Task, ...]
    waiting: tuple[Task, ...]
    left_out: int
    older: int
