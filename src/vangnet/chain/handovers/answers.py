"""What somebody can record about a check, and how it lies over what the encounter already said.

A check row holds words of this closed list only; whatever somebody adds in their own words is sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.knowledge.terms import Authority, Collector, Encounter, Identity, KnownFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMade:
    """One recorded answer: what was found, where it came from, who looked and when."""

    id: UUID
    check: str
    number: int
    state: str
    source: str
    made_by: UUID
    made_by_name: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The states and the sources that a check can have."""

    states: frozenset[str]
    sources: frozenset[str]


_FOUND = frozenset({"clear", "indicated", "unknown"})
_WHERE = frozenset(
    {"", "register", "register_down", "document", "person", "phone", "expertise_centre", "other_organisation"}
)
_FACT = Answers(states=_FOUND, sources=_WHERE)
_INTERPRETERS = frozenset({"sworn", "none", "other", "unknown"})
_PROOFS = frozenset(
    {"authority_register", "brp", "court_decision", "foreign_certificate", "private_deed", "none", "unknown"}
)
_SHOWN = frozenset({"verified", "not_verified", "unknown"})

ANSWERS: Mapping[str, Answers] = {
    "G-02": Answers(
        states=frozenset({"wants_to_go", "does_not_want_to_go", "wish_unknown", "not_alone", "unknown"}),
        sources=_INTERPRETERS,
    ),
    "G-03": _FACT,
    "G-04": Answers(states=_SHOWN, sources=_WHERE),
    "G-05": Answers(states=_SHOWN, sources=_PROOFS),
    "G-06": _FACT,
    "G-07": _FACT,
    "G-08": _FACT,
    "G-09": _FACT,
    "G-10": Answers(states=frozenset({"none_found", "indicated", "unknown"}), sources=_WHERE),
    "G-12": _FACT,
    "G-13": _FACT,
    "G-15": _FACT,
    "G-16": Answers(states=frozenset({"not_agreed"}), sources=frozenset({""})),
}
"""The checks of which this desk can record what was found; G-01 is a claim about the child, the rest follow."""

_HEARD: Mapping[str, tuple[bool | None, str]] = {
    "wants_to_go": (True, "yes"),
    "does_not_want_to_go": (True, "no"),
    "wish_unknown": (True, "unknown"),
    "not_alone": (False, "unknown"),
    "unknown": (None, "unknown"),
}


def overlaid(facts: Encounter, collector: Collector | None, checks: Sequence[CheckMade]) -> Encounter:
    """Lay what was recorded at the gate over what the encounter said; the last answer to a check holds.

    The collector of this request comes first, the others that the encounter named stay behind it.
    """
    last = {made.check: made for made in sorted(checks, key=lambda made: made.number)}
    for check, made in last.items():
        if check not in _COLLECTORS and check != "G-16":
            facts = _OVER.get(check, _fact)(facts, made)
    if collector is None:
        return replace(facts, collectors=())
    asking = collector
    for check in last.keys() & _COLLECTORS.keys():
        asking = _COLLECTORS[check](asking, last[check])
    others = tuple(one for one in facts.collectors if one != collector)
    return replace(facts, collectors=(asking, *others))


def _heard(facts: Encounter, made: CheckMade) -> Encounter:
    """A refusal that the child gave earlier stands until the child itself says otherwise."""
    alone, said = _HEARD[made.state]
    wants = facts.child_view.wants_to_go if said == "unknown" else said
    changed: dict[str, Any] = {"heard_alone": alone, "interpreter": made.source, "wants_to_go": wants}
    return replace(facts, child_view=replace(facts.child_view, **changed))


def _fact(facts: Encounter, made: CheckMade) -> Encounter:
    state: Any = made.state
    found = KnownFact(state=state, source=made.source, at=made.made_at)
    return replace(facts, facts={**facts.facts, made.check: found})


def _identity(asking: Collector, made: CheckMade) -> Collector:
    state: Any = made.state
    return replace(asking, identity=Identity(state=state))


def _authority(asking: Collector, made: CheckMade) -> Collector:
    state: Any = made.state
    source: Any = made.source
    return replace(asking, authority=Authority(state=state, source=source))


def _conflict(asking: Collector, made: CheckMade) -> Collector:
    state: Any = made.state
    return replace(asking, conflict_of_interest=state)


_OVER: Mapping[str, Callable[[Encounter, CheckMade], Encounter]] = {"G-02": _heard}
_COLLECTORS: Mapping[str, Callable[[Collector, CheckMade], Collector]] = {
    "G-04": _identity,
    "G-05": _authority,
    "G-10": _conflict,
}
