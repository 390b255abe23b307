"""What somebody can record about a check, and how it lies over what the encounter already said.

A check row holds words of this closed list only; whatever somebody adds in their own words is sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from vangnet.knowledge.handover import ABOUT_THE_ADULT, Wish
from vangnet.knowledge.terms import Authority, ChildView, Collector, Encounter, Identity, KnownFact

AskedFor = Literal["this_request", "same_adult", "another"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMade:
    """One recorded answer: what was found, where it came from, who looked and when.

    `asked_for`: whether it was recorded for the request that is read, for another of the same adult,
    or for another of somebody else or nobody. `has_left_since`: the child left after it, before the
    request that is read was made.
    """

    id: UUID
    check: str
    number: int
    state: str
    source: str
    made_by: UUID
    made_by_name: str
    made_at: datetime
    asked_for: AskedFor = "this_request"
    has_left_since: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The states and the sources that a check can have."""

    states: frozenset[str]
    sources: frozenset[str]


HEARD, PLACE = "G-02", "G-15"
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
    HEARD: Answers(
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
    PLACE: Answers(states=_FOUND | {"child_agrees", "child_does_not_agree"}, sources=_WHERE),
    "G-16": Answers(states=frozenset({"not_agreed"}), sources=frozenset({""})),
}
"""The checks of which this desk can record what was found; G-01 is a claim about the child, the rest follow."""

_HEARD: Mapping[str, tuple[bool | None, Wish]] = {
    "wants_to_go": (True, "yes"),
    "does_not_want_to_go": (True, "no"),
    "wish_unknown": (True, "unknown"),
    "not_alone": (False, "unknown"),
    "unknown": (None, "unknown"),
}


_PLACE: Mapping[str, Literal["clear", "indicated"]] = {"child_agrees": "clear", "child_does_not_agree": "indicated"}
"""What a word of the child about the place says of the place itself."""


_IN_THE_WAY = frozenset({"indicated", "does_not_want_to_go", "child_does_not_agree"})
"""Answers that still count when the child left and came back."""


def counting(checks: Sequence[CheckMade]) -> tuple[CheckMade, ...]:
    """Give what counts for a request, of all that was recorded about its child, in order.

    What was found about the child and the place counts whoever asked. What was found about an adult
    counts for that adult; of another adult only what stands in the way is kept, and never who that is,
    what authority they have or what their interest is. Of what was found before the child left and
    came back, only what stands in the way counts: where the child was meanwhile, nobody here knows. A
    *no* of a second person counts for its own proposal alone.
    """
    return tuple(one for one in sorted(checks, key=_in_order) if _counts(one))


def _in_order(made: CheckMade) -> tuple[int, datetime]:
    return made.number, made.made_at


def _counts(made: CheckMade) -> bool:
    if made.asked_for == "this_request":
        return True
    if made.check == "G-16" or (made.has_left_since and made.state not in _IN_THE_WAY):
        return False
    if made.asked_for == "same_adult" or made.check not in ABOUT_THE_ADULT:
        return True
    return made.check not in _COLLECTORS and made.state == "indicated"


def overlaid(
    facts: Encounter, collector: Collector | None, checks: Sequence[CheckMade], *, told_at: datetime | None = None
) -> Encounter:
    """Lay what was recorded at the gate over what the encounter said; the last answer to a check holds.

    The collector of this request comes first, the others that the encounter named stay behind it.
    `told_at` is when the account of the encounter was last changed, where it was.
    """
    counted = counting(checks)
    facts = replace(facts, child_view=_heard(facts.child_view, counted, told_at))
    last = {made.check: made for made in counted}
    for check, made in last.items():
        if check not in _COLLECTORS and check not in {HEARD, "G-16"}:
            facts = _fact(facts, made)
    if collector is None:
        return replace(facts, collectors=())
    asking = collector
    for check in last.keys() & _COLLECTORS.keys():
        asking = _COLLECTORS[check](asking, last[check])
    others = tuple(one for one in facts.collectors if one != collector)
    return replace(facts, collectors=(asking, *others))


def anew(facts: Encounter) -> Encounter:
    """Keep of what an encounter told only what stands in the way: the child left since and came back."""
    view = facts.child_view
    wish: Wish = "no" if view.wants_to_go == "no" else "unknown"
    found = {check: one for check, one in facts.facts.items() if one.state == "indicated"}
    return replace(
        facts,
        child_view=replace(view, heard_alone=None, wants_to_go=wish),
        facts=found,
        collectors=tuple(asked_anew(one) for one in facts.collectors),
    )


def asked_anew(collector: Collector) -> Collector:
    """Give an adult whose papers and authority are looked at anew; an interest that was indicated stands."""
    interest = collector.conflict_of_interest
    return replace(
        collector,
        identity=replace(collector.identity, state="unknown"),
        authority=Authority(),
        conflict_of_interest="indicated" if interest == "indicated" else "unknown",
    )


def _heard(view: ChildView, checks: Sequence[CheckMade], told_at: datetime | None) -> ChildView:
    """A refusal that the child gave stands until the child itself says otherwise; a yes ends when it is not known."""
    wants = view.wants_to_go
    for made in checks:
        if made.check != HEARD:
            continue
        alone, said = _HEARD[made.state]
        if (said == "yes" and (made.asked_for == "another" or _said_no_since(view.wants_to_go, made, told_at))) or (
            said == "unknown" and (wants == "no" or made.asked_for == "another")
        ):
            said = wants
        wants = said
        through: Any = made.source
        view = replace(view, heard_alone=alone, interpreter=through)
    return replace(view, wants_to_go=wants)


def _said_no_since(told: Wish, made: CheckMade, told_at: datetime | None) -> bool:
    """Whether an account that is not older than an answer tells of a no."""
    return told == "no" and told_at is not None and told_at >= made.made_at


def wish_about_the_place(told: ChildView, checks: Sequence[CheckMade], *, told_at: datetime | None = None) -> Wish:
    """Say what the child last said about the place to go to; `told` is the child's view as the encounter has it.

    A no of the child since, at the gate or in a correction, takes a yes away.
    """
    said = [made for made in counting(checks) if made.check == PLACE or made.state == "does_not_want_to_go"]
    if not said:
        return "unknown"
    last = said[-1]
    if last.state == "child_agrees":
        return "no" if _said_no_since(told.wants_to_go, last, told_at) else "yes"
    return "no" if last.state in {"child_does_not_agree", "does_not_want_to_go"} else "unknown"


def _fact(facts: Encounter, made: CheckMade) -> Encounter:
    state: Any = _PLACE.get(made.state, made.state)
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


_COLLECTORS: Mapping[str, Callable[[Collector, CheckMade], Collector]] = {
    "G-04": _identity,
    "G-05": _authority,
    "G-10": _conflict,
}
