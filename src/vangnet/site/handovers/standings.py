"""Where a hand-over stands, for the page: what waits for whom, what may be done now, and by whom not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import GateView
from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import Reason
from vangnet.site.handovers import pages
from vangnet.site.handovers.questions import QUESTIONS
from vangnet.site.pages.speaking import say
from vangnet.trust.access.policy import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A proposal or a decision in words; `changed` names the checks that overtook it."""

    end: str
    elsewhere: str
    reason: str
    first: str
    second: str
    at: str
    changed: str
    holds: bool
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer that was recorded before: what, in whose words, by whom and when."""

    mark: str
    state: str
    evidence: str
    source: str


def standing_of(view: GateView) -> dict[str, Any]:
    """Say where it stands, and which ways on are open to this reader."""
    held = bool(view.decision and view.decision.holds)
    return {
        "proposal": _proposal(view),
        "decision": _decision(view),
        "done": _done(view),
        "may_check": view.may["record_check"] and view.done is None,
        "may_propose": view.may["propose_decision"] and view.done is None and not held,
        "may_hand_over": view.may["record_handover"] and held,
        "may_incident": view.may["record_handover"] and view.done is None,
        "may_refer": view.may["send_referral"] and view.is_own,
    }


def _proposal(view: GateView) -> Waiting | None:
    one = view.proposal
    if one is None:
        return None
    return Waiting(
        end=pages.ahead(view, one.end),
        elsewhere=pages.not_with(view, one.end),
        reason=one.reason,
        first=one.by,
        second="",
        at=pages.local(view, one.at),
        changed=pages.changed_words(view, one.changed),
        holds=not one.changed,
        id=str(one.proposal_id),
    )


def _decision(view: GateView) -> Waiting | None:
    one = view.decision
    if one is None:
        return None
    return Waiting(
        end=pages.ahead(view, one.end),
        elsewhere=pages.not_with(view, one.end),
        reason=one.reason,
        first=one.first,
        second=one.second,
        at=pages.local(view, one.at),
        changed=pages.changed_words(view, one.changed),
        holds=one.holds,
        id=str(one.decision_id),
    )


def _done(view: GateView) -> Mapping[str, str] | None:
    one = view.done
    if one is None:
        return None
    return {
        "end": say(one.end.words),
        "receiver": one.receiver,
        "receipt": one.receipt,
        "by": one.by,
        "at": pages.local(view, one.at),
    }


def waits_for_people(view: GateView) -> bool:
    """Whether a proposal or a decision stands that no check overtook: then no question asks for attention."""
    held = view.decision is not None and view.decision.holds
    return held or (view.proposal is not None and not view.proposal.changed)


def next_question(view: GateView) -> str:
    """Give the first question that nobody answered: first those that law or policy ask, then advice."""
    open_ = [one for one in QUESTIONS if view.check(one).result.state == "unknown" and not view.check(one).found]
    asked = [one for one in open_ if view.check(one).result.required_by != "advice"]
    return next(iter(asked or open_), "")


_MARKS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("clear", "verified", "none_found", "wants_to_go"), "done")
    | dict.fromkeys(("unknown", "wish_unknown"), "unknown")
)


def given(view: GateView, check: str) -> tuple[Given, ...]:
    """Give the answers to a question that stand already, the newest first; contradictory ones stay side by side."""
    return tuple(
        Given(
            mark=_MARKS.get(one.state, "failed"),
            state=_state(check, one.state),
            evidence=one.evidence,
            source=pages.who_says(view, one),
        )
        for one in view.check(check).found
    )


def _state(check: str, state: str) -> str:
    heard = {
        "wants_to_go": gettext("Heard alone, wants to go along"),
        "does_not_want_to_go": gettext("Does not want to go along"),
        "wish_unknown": gettext("Heard alone, the wish is not known"),
        "not_alone": gettext("Not heard alone yet"),
        "unknown": gettext("Not known"),
    }
    if check == "G-02":
        return heard[state]
    return next(str(option[1]) for option in QUESTIONS[check].states if option[0] == state)


def second_person(view: GateView, actor: Actor) -> dict[str, Any]:
    """Say whether this reader can be the second of two, and if not why."""
    own = view.proposal is not None and view.proposal.by_id == actor.person_id
    may = view.may["confirm_decision"]
    changed = bool(view.proposal and view.proposal.changed)
    return {"own_proposal": own, "may_confirm": may and not own and not changed, "not_your_role": not (may or own)}


def agreeing() -> list[tuple[str, str, str]]:
    """Give the two answers of the second person, neither of them chosen."""
    return [
        ("yes", gettext("Yes, I decide this too"), ""),
        ("no", gettext("No, it stays not yet"), gettext("Write why. The proposal then no longer holds.")),
    ]


def who_asks() -> list[tuple[str, str]]:
    """Give the two ways in which a hand-over begins."""
    return [
        ("adult", gettext("Yes, an adult asks to take the child along")),
        ("nobody", gettext("No, nobody asks for the child")),
    ]


def yes_no() -> list[tuple[str, str]]:
    """Give yes, no and not known, none of them chosen."""
    return [("yes", gettext("Yes")), ("no", gettext("No")), ("unknown", gettext("Not known"))]


def closed_ends(view: GateView) -> list[str]:
    """Give the ends that cannot be proposed now, in words."""
    open_ = {end.code for end in view.outcomes}
    closed = (end for end in OUTCOMES.values() if end.kind == "handover" and end.code not in open_)
    return [pages.ahead(view, end) for end in closed]


def refusal(reason: Reason) -> dict[str, str]:
    """Say a refusal: a title of a few words, and what to do."""
    titles = {
        "same_person": gettext("Another person decides this with you"),
        "check_changed": gettext("Something changed meanwhile"),
        "changed_meanwhile": gettext("Something changed meanwhile"),
        "other_proposal": gettext("Something changed meanwhile"),
        "not_ready": gettext("Not yet"),
    }
    return {"title": titles.get(reason.code, gettext("This was not recorded")), "lead": say(reason.words)}
