"""The 37 clocks of the law as a table: what, who, from when, how long, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

from vangnet.knowledge.clocks.limits import Limit
from vangnet.knowledge.terms import Words

Kind = Literal["hard", "event", "term", "rule"]
Certainty = Literal["read", "read-press", "memory-high", "memory", "doubt"]
Trigger = Literal[
    "hold_under_12",
    "hold_from_12",
    "hold",
    "arrest",
    "arrest_from_12",
    "hold_notice_under_12",
    "custody_order",
    "protection_alert",
    "any_indication",
    "event",
    "legal_status",
    "rule",
    "elsewhere",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One row of the table.

    `kind`: *hard* gives a deadline; *event* is a duty without a period; *term* has a period that
    is not certain enough, or not a deadline for somebody here; *rule* says how others are counted.
    `held_by` are the regimes under which its holder works, and `of_a_hold` says what becomes of it
    once the child has left: the *end* of the hold, a *limit* in it, something to be *told* in it.
    `trigger` is the fact that starts it, `events` the recorded events where that is one, and
    `of_several` which of several equal events counts. `then` is the event after which another
    limit holds. `limit` is there for hard rows alone; `limit_words` says every period in words.
    """

    id: str
    kind: Kind
    words: Words
    holder_code: str
    holder: Words
    trigger: Trigger
    starts: Words
    limit_words: Words
    source: str
    certainty: Certainty
    legal_ground: str
    author: str
    date: date
    events: tuple[str, ...] = ()
    of_several: Literal["earliest", "latest"] = "earliest"
    limit: Limit | None = None
    then: tuple[str, Limit] | None = None
    note: Words | None = None
    held_by: frozenset[str] = frozenset()
    of_a_hold: Literal["end", "limit", "told", ""] = ""

    @property
    def is_limit_of_a_hold(self) -> bool:
        """Whether nobody can pass it any more once the child has left and no order stands."""
        return self.of_a_hold in {"end", "limit"}

    @property
    def hard_limit(self) -> Limit:
        """The limit of a row that has one; raises LookupError for another row."""
        if self.limit is None:
            raise LookupError(f"{self.id} has no limit")
        return self.limit

    @property
    def gives_deadline(self) -> bool:
        """Whether a duty of this row gets a moment at which it is due: hard, and never in doubt."""
        return self.kind == "hard" and self.certainty != "doubt"

    @property
    def needs_lawyer(self) -> bool:
        """Whether a deadline of this row still has to be checked by a lawyer."""
        return self.kind == "hard" and self.certainty != "read"


def _words(raw: Mapping[str, str]) -> Words:
    return Words(**raw)  # a word too many is a comma without quotes in the file: refused, never lost


def _limit(raw: Mapping[str, Any]) -> Limit:
    return Limit(amount=raw["amount"], unit=raw["unit"], night_rule=raw.get("night_rule", False))


def _clock(raw: Mapping[str, Any], table: Mapping[str, Any]) -> Clock:
    then = raw.get("then")
    return Clock(
        id=raw["id"],
        kind=raw["kind"],
        words=_words(raw["what"]),
        holder_code=raw["holder_code"],
        holder=_words(raw["holder"]),
        trigger=raw["trigger"],
        starts=_words(raw["starts"]),
        limit_words=_words(raw["limit_words"]),
        source=raw["source"],
        certainty=raw["certainty"],
        legal_ground=raw["legal_ground"],
        author=raw.get("author", table["author"]),
        date=raw.get("date", table["date"]),
        events=tuple(raw.get("events", ())),
        of_several=raw.get("of_several", "earliest"),
        limit=_limit(raw["limit"]) if "limit" in raw else None,
        then=(then["event"], _limit(then["limit"])) if then else None,
        note=_words(raw["note"]) if "note" in raw else None,
        held_by=frozenset(table["holders"].get(raw["holder_code"], ())),
        of_a_hold=table["of_a_hold"].get(raw["trigger"], ""),
    )


@cache
def _raw() -> Any:
    text = files("vangnet.knowledge.clocks").joinpath("table.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def table() -> Mapping[str, Clock]:
    """Give all 37 clocks by id, in the order of the table. Source: the domain notes, B.1."""
    raw = _raw()
    return MappingProxyType({row["id"]: _clock(row, raw) for row in raw["clocks"]})


def table_version() -> str:
    """Give the version of the table, as it stands in the file."""
    return str(_raw()["version"])


def has_table(country: str) -> bool:
    """Whether there is a table of clocks for a country (ISO 3166 alpha-2): the Netherlands alone."""
    return bool(country == _raw()["country"])


@cache
def event_kinds() -> frozenset[str]:
    """Give every kind of event that some clock knows."""
    started = {kind for clock in table().values() for kind in clock.events}
    return frozenset(started | {clock.then[0] for clock in table().values() if clock.then})
