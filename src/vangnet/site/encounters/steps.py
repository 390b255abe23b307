"""What to do now, in its order: each step with whom to call, where to go, and what another does already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from vangnet.chain.crosscheck.selectors import Graded
from vangnet.chain.duties.selectors import ChannelState, DutyLine
from vangnet.chain.flow.story import Left
from vangnet.knowledge.assessment import Assessment, NextStep
from vangnet.site.pages.speaking import say

GATE = "gate"
ELSEWHERE = frozenset({GATE, "international_check"})
"""Steps that have a place of their own on the page."""
CLOCKS = MappingProxyType({"lawyer": "CLK-09", "tell_parent": "CLK-08", "tell_certified_body": "CLK-07"})
"""Steps that the law asks while a child is held, and the duty that each fulfils."""
ARRANGED = frozenset({"HANDED_TO_RVDK_ARRANGED_PLACE"})
"""Ends that the Board arranged itself: it need not be called any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """Whom to call, and under which number."""

    words: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do now: what, why, whom to call or where to go."""

    what: str
    why: str
    phone: Phone | None = None
    link: str = ""
    link_words: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Already:
    """What another was asked for a step already. `what` stands in the place of the step's own words, `why` behind its reason.

    `is_taken`: they said yes, so nothing of it is left for the reader.
    """

    why: str
    link: str
    link_words: str
    what: str = ""
    phone: Phone | None = None
    is_taken: bool = False


def link(name: str, *ids: UUID) -> str:
    """Give an address of another step; nothing where that step has no door here."""
    try:
        return reverse(name, args=ids)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """All that the page is made of: what flow gathered about one encounter for one reader.

    `observer` says as what the reader observes: what is not known yet is asked in their words. `asked` is what
    another was asked already, by the code of the step.
    """

    encounter_id: UUID
    assessment: Assessment
    observer: str
    recorded_by: str = ""
    earlier: Sequence[Graded] = ()
    may_judge: bool = False
    duties: Sequence[DutyLine] = ()
    channels: Sequence[ChannelState] = ()
    left: Left | None = None
    asked: Mapping[str, Already] = field(default_factory=dict)


def steps_of(advised: Advised, recordable: Mapping[str, str], contacts: Mapping[str, Phone]) -> Iterator[Step]:
    """Give what to do now, in its order; what another took over says who is at turn for it."""
    assessment, left = advised.assessment, advised.left
    found = assessment.screening.any_indication
    yield from _still_to_record(advised, recordable)
    done = {one.clock for one in advised.duties if one.done_at is not None}
    over = _over(left) | {code for code, clock in CLOCKS.items() if clock in done}
    shown = [
        one
        for one in assessment.next_steps
        if one.code not in over and (one.code not in ELSEWHERE or (one.code == GATE and not found))
    ]
    taken = {code for code, one in advised.asked.items() if one.is_taken}
    mine = (one.code for one in shown if one.code not in taken)
    primary = next((code for code in mine if code in contacts or code == GATE), "")
    for one in shown:
        record = recordable.get(CLOCKS.get(one.code, ""), "")
        step = _step(one, advised.encounter_id, contacts.get(one.code), record, first=one.code == primary)
        yield _with(step, advised.asked.get(one.code))
    if not found:
        yield Step(
            what=gettext("Add what you hear or see later"),
            why=gettext("One new answer and Vangnet looks again."),
            link=link("encounters:add", advised.encounter_id),
            link_words=gettext("Add to it"),
        )


def _with(step: Step, told: Already | None) -> Step:
    """Lay over a step what another was asked already; after a yes their task stands in its place."""
    if told is None:
        return step
    return replace(
        step,
        what=told.what or step.what,
        why=told.why if told.is_taken else f"{step.why} {told.why}",
        phone=told.phone if told.is_taken else told.phone or step.phone,
        link=told.link,
        link_words=told.link_words,
    )


def _still_to_record(advised: Advised, recordable: Mapping[str, str]) -> Iterator[Step]:
    """Name first what had to be told while the child was held and nobody recorded: parent and lawyer are not forgotten."""
    if advised.left is None or not advised.left.ends_the_hold:
        return
    for duty in advised.assessment.duties:
        if duty.clock in CLOCKS.values() and duty.clock in recordable:
            yield Step(
                what=say(duty.words).rstrip("."),
                why=gettext("Not recorded. Do it now, or record that it was done and by whom."),
                link=recordable[duty.clock],
                link_words=gettext("Record that it was done"),
            )


def _over(left: Left | None) -> frozenset[str]:
    """Name the steps that make no sense once the child is not here any more."""
    if left is None:
        return frozenset()
    held = frozenset(CLOCKS) if left.ends_the_hold else frozenset()
    arranged = frozenset({"call_board"}) if left.end.code in ARRANGED else frozenset()
    return frozenset({GATE, "hear_alone"}) | held | arranged


def _step(one: NextStep, encounter_id: UUID, phone: Phone | None, record: str, *, first: bool) -> Step:
    targets = {
        GATE: (link("handovers:encounter", encounter_id), gettext("Check who may take the child along")),
        "call_board": (link("referrals:new", encounter_id), gettext("Ask it through Vangnet too")),
        "non_punishment": (
            f"{link('referrals:new', encounter_id)}?kind=non_punishment",
            gettext("Ask it through Vangnet too"),
        ),
    }
    address, words = targets.get(one.code, (record, gettext("Record that it was done")))
    return Step(
        what=say(one.what).rstrip("."),
        why=say(one.why),
        phone=phone,
        link=address,
        link_words=words if address else "",
        first=first,
    )
