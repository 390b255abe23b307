"""Where a hand-over stands, for the page: what waits for whom, what may be done now, and by whom not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import ACCOUNT, GateView, Happened
from vangnet.chain.handovers.reviewing import REVIEWERS
from vangnet.knowledge.handover import OUTCOMES
from vangnet.site.handovers import answering, calling, pages, receiving
from vangnet.site.handovers.lines import Line, line_of, who_says
from vangnet.site.handovers.questions import QUESTIONS
from vangnet.site.handovers.receiving import Receives
from vangnet.site.pages.speaking import capital, say
from vangnet.trust.access.policy import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's own words, and whose they are."""

    by: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A proposal or a decision in words; `changed` names the checks that overtook it, `stopped` who withdrew it."""

    end: str
    receives: Receives
    elsewhere: str
    first: str
    second: str
    at: str
    changed: str
    holds: bool
    id: str
    quotes: tuple[Quote, ...]
    declined: Quote | None = None
    stopped: Quote | None = None
    stopped_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One incident: what happened, in whose words, and what another person found; `can_review`: this reader may."""

    id: str
    title: str
    quote: Quote
    source: str
    review: Quote | None
    review_source: str
    waits_for: str
    can_review: bool
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer that was recorded before: what, in whose words, by whom and when."""

    mark: str
    state: str
    evidence: str
    source: str


def standing_of(view: GateView, actor: Actor) -> dict[str, Any]:
    """Say where it stands, and which ways on are open to this reader."""
    held = bool(view.decision and view.decision.holds)
    here = view.ended is None
    gone = answering.incident_that_ended(view)
    return {
        "gone": gone.end.code if gone else "",
        "to_board": here and view.outcome == "refer" and view.collector is not None and not waits_for_people(view),
        "proposal": _proposal(view) if here else None,
        "decision": _decision(view) if here or view.done else None,
        "done": _done(view),
        "incidents": tuple(_told(view, one, actor) for one in view.incidents),
        "may_check": may_check(view),
        "may_propose": view.may["propose_decision"] and here and not held,
        "may_stop": view.may["propose_decision"] and here and held,
        "may_hand_over": view.may["record_handover"] and here and held,
        "may_incident": view.may["record_handover"] and here,
        "may_record_duty": view.is_own and view.may["record_check"],
        "may_refer": view.may["send_referral"] and view.is_own,
    }


def may_check(view: GateView) -> bool:
    """Whether this reader can record an answer: while the child is here, and after a hand-over what is still to ask."""
    handed = view.ended is not None and not view.ended.is_incident and view.done is not None
    return view.may["record_check"] and (view.ended is None or handed)


def _told(view: GateView, one: Happened, actor: Actor) -> Told:
    review = one.review
    own = one.by_id == actor.person_id
    source = [review.by, calling.role_words(review.role), calling.local(view, review.at)] if review else []
    return Told(
        id=str(one.incident_id),
        title=say(one.end.title),
        quote=Quote(by=one.by, words=one.words),
        source=f"{one.by}, {calling.local(view, one.at)}",
        review=Quote(by=review.by, words=review.words) if review else None,
        review_source=", ".join(filter(None, source)),
        waits_for=", ".join(calling.role_words(role) for role in REVIEWERS),
        can_review=review is None and not own and view.may["review_incident"],
        is_own=own,
    )


def _proposal(view: GateView) -> Waiting | None:
    one = view.proposal
    if one is None:
        return None
    return Waiting(
        end=answering.ahead(view, one.end),
        receives=receiving.receives(view, one.receiver),
        elsewhere=answering.not_with(view, one.end),
        first=one.by,
        second="",
        at=calling.local(view, one.at),
        changed=pages.changed_words(view, one.changed),
        holds=not one.changed,
        id=str(one.proposal_id),
        quotes=(Quote(by=one.by, words=one.reason),),
        declined=Quote(by=view.declined.by, words=view.declined.evidence) if view.declined else None,
    )


def _decision(view: GateView) -> Waiting | None:
    one = view.decision
    if one is None:
        return None
    return Waiting(
        end=answering.ahead(view, one.end),
        receives=receiving.receives(view, one.receiver),
        elsewhere=answering.not_with(view, one.end),
        first=one.first,
        second=one.second,
        at=calling.local(view, one.at),
        changed=pages.changed_words(view, one.changed),
        holds=one.holds,
        id=str(one.decision_id),
        quotes=tuple(
            Quote(by=by, words=words)
            for by, words in ((one.first, one.reason), (one.second, one.second_reason))
            if words
        ),
        stopped=Quote(by=one.stopped.by, words=one.stopped.reason) if one.stopped else None,
        stopped_at=calling.local(view, one.stopped.at) if one.stopped else "",
    )


def _done(view: GateView) -> Mapping[str, str] | None:
    one = view.done
    if one is None:
        return None
    return {
        "end": answering.gone_to(view, one.end),
        "receiver": one.receiver,
        "receipt": one.receipt,
        "source": f"{one.by}, {calling.local(view, one.at)}",
    }


def changes(view: GateView) -> dict[str, Any]:
    """Say what was found after the proposal: the second person sees that first."""
    known = {row.result.check for row in view.checks}
    changed = view.proposal.changed if view.proposal else ()
    found = [line_of(view, view.check(one)) for one in changed if one in known]
    return {"changes": [*found, _account_line(view)] if ACCOUNT in changed else found}


def _account_line(view: GateView) -> Line:
    title = f"{capital(pages.account_words(view))}."
    return Line(check="", mark="unknown", mark_words=gettext("changed"), title=title)


def waits_for_people(view: GateView) -> bool:
    """Whether people are at turn and no question asks for attention.

    So it is when the child left, when all that law and policy ask is in order, and while a proposal or
    a decision stands that no check overtook.
    """
    held = view.decision is not None and view.decision.holds
    if view.ended or view.outcome == "ready_for_two_people":
        return True
    return held or (view.proposal is not None and not view.proposal.changed)


def next_question(view: GateView) -> str:
    """Give the first question that nobody answered: first those that law or policy ask, then advice."""
    open_ = [one for one in QUESTIONS if view.check(one).result.state == "unknown" and not view.check(one).found]
    asked = [one for one in open_ if view.check(one).result.required_by != "advice"]
    return next(iter(asked or open_), "")


_MARKS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("clear", "verified", "none_found", "wants_to_go", "child_agrees"), "done")
    | dict.fromkeys(("unknown", "wish_unknown"), "unknown")
)


def given(view: GateView, check: str) -> tuple[Given, ...]:
    """Give the answers to a question that stand already, the newest first; contradictory ones stay side by side."""
    return tuple(
        Given(
            mark=_MARKS.get(one.state, "failed"),
            state=_state(check, one.state),
            evidence=one.evidence,
            source=who_says(view, one),
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
        ("no", gettext("No, it stays not yet"), gettext("The proposal then no longer holds.")),
    ]


def incident_options() -> list[tuple[str, str]]:
    """Give the two incidents as a choice; that each is always reviewed is said once, above them."""
    return [(end.code, say(end.title)) for end in OUTCOMES.values() if end.kind == "incident"]


def who_asks() -> list[tuple[str, str]]:
    """Give the two ways in which a hand-over begins."""
    return [
        ("adult", gettext("Yes, an adult asks to take the child along")),
        ("nobody", gettext("No, nobody asks for the child")),
    ]


def yes_no() -> list[tuple[str, str]]:
    """Give yes, no and not known, none of them chosen."""
    return [("yes", gettext("Yes")), ("no", gettext("No")), ("unknown", gettext("Not known"))]


def closed_ends(view: GateView) -> dict[str, Any]:
    """Give the ends that cannot be proposed now, in words, and what each kind of them waits for."""
    open_ = {end.code for end in view.outcomes}
    closed = [end for end in OUTCOMES.values() if end.kind == "handover" and end.code not in open_]
    first = gettext("First everything that law and policy ask must be in order.")
    asked = gettext("First ask the child, and record the answer at: Where does the child go?")
    waits = [first] if any(end.needs_ready for end in closed) else []
    waits += [asked] if any(end.needs_wish for end in closed) else []
    return {"closed": [answering.ahead(view, end) for end in closed], "closed_why": " ".join(waits)}
