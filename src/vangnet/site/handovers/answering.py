"""The question of the page, its answer, and who decides: the first three things that a reader sees.

"May Mirel go with T. van Haegen?" is answered about that adult. A hand-over to another place is a no.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import GateView, Happened
from vangnet.chain.handovers.recorded import Departure
from vangnet.knowledge.handover import EndState
from vangnet.site.handovers.calling import child_of, collector_of, local, receiver_of
from vangnet.site.handovers.lines import is_condition
from vangnet.site.pages.speaking import capital, counted, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`kick` is the question, `title` its answer, `lead` the sentence after it; `label` and `decides`: who decides."""

    kick: str
    title: str
    lead: str
    label: str
    decides: str


def answer_of(view: GateView, *, me: UUID | None = None) -> Answer:
    """Answer the question of the page as it stands now, for this reader."""
    if incident := incident_that_ended(view):
        return _gone(view, incident)
    if view.ended is not None and view.done is None:
        return _elsewhere(view, view.ended)
    end = view.done.end if view.done else None
    if end is None and view.decision and view.decision.holds:
        end = view.decision.end
    return Answer(
        kick=_question(view, end),
        title=_open_title(view) if end is None else _decided_title(view, end),
        lead=_lead(view, end),
        label=gettext("Who decides:") if end is None else gettext("Who decided:"),
        decides=_decides(view, me),
    )


def incident_that_ended(view: GateView) -> Happened | None:
    """Give the incident with which the child left, where that is how it ended."""
    ended = view.ended
    if ended is None or not ended.is_incident:
        return None
    return next((one for one in view.incidents if one.incident_id == ended.id), None)


def _names(view: GateView) -> dict[str, str]:
    return {
        "child": capital(child_of(view)),
        "collector": collector_of(view.collector),
        "receiver": receiver_of(view),
        "time": local(view, view.done.at) if view.done else "",
    }


def _question(view: GateView, end: EndState | None) -> str:
    if view.collector:
        return gettext("May %(child)s go with %(collector)s?") % {
            "child": child_of(view),
            "collector": collector_of(view.collector),
        }
    if end is not None:
        return gettext("With whom does %(child)s go?") % {"child": child_of(view)}
    return gettext("Nobody asks to take %(child)s along") % {"child": child_of(view)}


def _open_title(view: GateView) -> str:
    return {
        "not_yet": gettext("Not yet"),
        "refer": gettext("Not yet. Put this to the Board"),
        "ready_for_two_people": gettext("Two people can decide this now"),
    }[view.outcome]


def _decided_title(view: GateView, end: EndState) -> str:
    if view.collector:
        answer = gettext("Yes, with %(collector)s") if end.needs_ready else gettext("No, not with %(collector)s")
        return answer % _names(view)
    return gone_to(view, end) if view.done else ahead(view, end)


def _lead(view: GateView, end: EndState | None) -> str:
    if view.done:
        return " ".join(filter(None, [_received(view), _other_name(view)]))
    if end is not None:
        going = "" if not view.collector or end.needs_ready else f"{ahead(view, end)}. "
        return f"{going}{gettext('The hand-over itself is not recorded yet.')}"
    if view.outcome == "ready_for_two_people":
        return gettext("Everything that law and policy ask is in order. One proposes, another confirms.")
    if not view.collector:
        return gettext("Look for a safe place together with the Board.")
    said = [_count_of(view)]
    if view.child_view.wants_to_go == "no":
        said.append(gettext("%(child)s does not want to go along.") % _names(view))
    elif view.outcome == "refer":
        said.append(gettext("This cannot be settled at this desk."))
    return " ".join(said)


def _received(view: GateView) -> str:
    return gettext("%(receiver)s received %(child)s at %(time)s.") % (_names(view) | {"child": child_of(view)})


def _other_name(view: GateView) -> str:
    """Say it where an adult asked, was decided for, and somebody of another name received the child."""
    done, asked = view.done, collector_of(view.collector)
    if done is None or not done.end.needs_ready or done.receiver.casefold() == asked.casefold():
        return ""
    return gettext("The name of the receiver is another than %(collector)s.") % {"collector": asked}


def _count_of(view: GateView) -> str:
    open_ = sum(is_condition(one) and one.result.state != "passed" for one in view.checks)
    if open_ == 1:
        return gettext("One thing is not in order or not known.")
    return gettext("%(number)s things are not in order or not known.") % {"number": capital(counted(open_))}


def _decides(view: GateView, me: UUID | None) -> str:
    decision, proposal = view.decision, view.proposal
    if view.done or (decision and decision.holds):
        names = {"first": decision.first, "second": decision.second} if decision else {}
        return gettext("%(first)s and %(second)s, together.") % names if decision else ""
    if proposal is not None and not proposal.changed:
        if proposal.by_id == me:
            return gettext("you proposed this; a second person decides it with you.")
        if view.may["confirm_decision"]:
            return gettext("%(first)s proposed; you can be the second person.") % {"first": proposal.by}
        return gettext("%(first)s proposed; a second person is awaited.") % {"first": proposal.by}
    if view.outcome == "refer":
        return gettext("the Board looks first. After that two people, never one.")
    return gettext("two people together: assistant prosecutor, Board or prosecutor. Nobody has decided yet.")


def _gone(view: GateView, incident: Happened) -> Answer:
    """Say that nobody received the child, or what happened after somebody did."""
    received = _received(view) if view.done else ""
    titles = {
        "CHILD_LEFT_AT_LEGAL_LIMIT": gettext("%(child)s left when the time ended"),
        "CHILD_WENT_MISSING": gettext("%(child)s is missing"),
    }
    told = {"by": incident.by, "time": local(view, incident.at)}
    return Answer(
        kick=received or gettext("Nobody received %(child)s") % {"child": child_of(view)},
        title=titles[incident.end.code] % _names(view),
        lead=gettext("%(by)s recorded this at %(time)s.") % told,
        label=gettext("Who reviews this:"),
        decides=_reviews(incident),
    )


def _reviews(incident: Happened) -> str:
    if incident.review is not None:
        return gettext("%(by)s did. Nobody decided that the child goes.") % {"by": incident.review.by}
    return gettext("another person than %(by)s. Nobody decided that the child goes.") % {"by": incident.by}


def _elsewhere(view: GateView, ended: Departure) -> Answer:
    """Say that it ended on another request than this one."""
    return Answer(
        kick=_question(view, None),
        title=gettext("No longer asked here"),
        lead=f"{say(ended.end.words)} {local(view, ended.at)}.",
        label=gettext("Who decides:"),
        decides=gettext("nobody any more: it ended on another request."),
    )


def ahead(view: GateView, end: EndState) -> str:
    """Say an end that has not come yet, with the name of the child; an incident has come."""
    words = {
        "HANDED_TO_AUTHORITY_HOLDER": gettext("%(child)s goes to whoever has authority"),
        "HANDED_TO_GI_OR_NIDOS": gettext("%(child)s goes to a certified body or Nidos"),
        "HANDED_TO_SHELTER_VOLUNTARY": gettext("%(child)s agrees to go to a safe place"),
        "HANDED_TO_RVDK_ARRANGED_PLACE": gettext("%(child)s goes to a place the Board arranges"),
    }
    return words[end.code] % {"child": capital(child_of(view))} if end.code in words else say(end.words)


def gone_to(view: GateView, end: EndState) -> str:
    """Say an end that has come, with the name of the child."""
    words = {
        "HANDED_TO_AUTHORITY_HOLDER": gettext("%(child)s went to whoever has authority"),
        "HANDED_TO_GI_OR_NIDOS": gettext("%(child)s went to a certified body or Nidos"),
        "HANDED_TO_SHELTER_VOLUNTARY": gettext("%(child)s agreed to go to a safe place"),
        "HANDED_TO_RVDK_ARRANGED_PLACE": gettext("%(child)s went to a place the Board arranged"),
    }
    return words[end.code] % {"child": capital(child_of(view))}


def not_with(view: GateView, end: EndState) -> str:
    """Say with whom the child does not go, where somebody asked and it goes elsewhere."""
    if not view.collector or end.needs_ready:
        return ""
    return gettext("Not with %(collector)s.") % {"collector": collector_of(view.collector)}
