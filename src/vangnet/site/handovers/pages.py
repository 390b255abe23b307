"""What a page of the gate says: strings in the reader's language, made from the frozen view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from vangnet.chain.flow.gate_view import ACCOUNT, Asked, GateCheck, GateView
from vangnet.knowledge.handover import OUTCOMES, EndState, grounds_of, still_to_ask
from vangnet.site.encounters.duty_rows import DutyRow, clock_in_doubt
from vangnet.site.handovers import lines
from vangnet.site.handovers.answering import Answer, ahead, answer_of
from vangnet.site.handovers.calling import Tongue, child_of, collector_of, heading_of, local, tongue_of
from vangnet.site.handovers.lines import Line, Voice, line_of, question_line
from vangnet.site.handovers.questions import QUESTIONS
from vangnet.site.handovers.still_open import open_duties
from vangnet.site.pages.clockface import Face, face_of
from vangnet.site.pages.speaking import capital, counted, say
from vangnet.trust.access.selectors import OrganisationCard

LISTED = ("G-01", "G-11", "G-14", "G-17", "G-18")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who can help now, with a number to call."""

    name: str
    words: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is still open after a hand-over: on what ground it was allowed, what to ask, whom to call, what the law asks.

    `is_ours`: the reader's own organisation received the child, so it is called and does not call.
    """

    ground: str
    count: str
    to_ask: tuple[Line, ...]
    call: Contact | None
    receiver: str
    is_ours: bool
    duties: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePage:
    """The gate in words. `first` is the basis of presence; it stands above everything else."""

    encounter_id: UUID
    request_id: UUID | None
    heading: str
    asked: str
    first: str
    first_more: str
    doubt: str
    answer: Answer
    tongue: Tongue
    face: Face | None
    child: str
    collector: str
    voice: Voice
    ended: bool
    ready: bool
    reasons: tuple[Line, ...]
    looked: tuple[Line, ...]
    not_asked: str
    questions: tuple[Line, ...]
    listed: tuple[Line, ...]
    contacts: tuple[Contact, ...]
    ends: tuple[str, ...]
    earlier: tuple[str, ...]
    others: tuple[str, ...]
    left: Left | None
    look_again: bool


def gate_page(view: GateView, *, current: str = "", me: UUID | None = None, ours: UUID | None = None) -> GatePage:
    """Say the whole gate to one reader. `current` is the question that stands open; `ours` their organisation."""
    return GatePage(
        **_basis(view),
        encounter_id=view.encounter_id,
        request_id=view.request_id,
        heading=heading_of(view),
        asked=_asked(view),
        answer=answer_of(view, me=me),
        tongue=tongue_of(view),
        face=_face(view),
        child=child_of(view),
        collector=collector_of(view.collector),
        voice=lines.voice_of(view),
        ended=view.ended is not None,
        ready=view.outcome == "ready_for_two_people",
        reasons=tuple(line_of(view, one) for one in lines.weighing(view)),
        looked=tuple(line_of(view, one) for one in view.checks if _was_looked_at(one)),
        not_asked=lines.not_asked(view),
        questions=tuple(question_line(view, one, current) for one in QUESTIONS),
        **_lists(view),
        contacts=tuple(map(_contact, view.contacts)),
        ends=tuple(say(end.words) for end in OUTCOMES.values()),
        left=_left(view, ours),
        look_again=view.look_again,
    )


def _asked(view: GateView) -> str:
    return gettext("hand-over asked %(time)s") % {"time": local(view, view.asked_at)} if view.asked_at else ""


def _lists(view: GateView) -> dict[str, Any]:
    """Say what is listed and never a condition, and how it went at other encounters and requests of this child."""
    return {
        "listed": tuple(line_of(view, view.check(one)) for one in LISTED),
        "earlier": tuple(f"{say(one.end.words)} {local(view, one.at)}" for one in view.earlier),
        "others": tuple(_other(view, one) for one in view.others),
    }


def _other(view: GateView, one: Asked) -> str:
    """Say who asked for the child at another request, who wrote it down, and how that ended."""
    told = {"collector": collector_of(one.collector), "by": one.by, "time": local(view, one.at)}
    asked = gettext("%(collector)s, recorded by %(by)s, %(time)s.") if one.collector else _nobody()
    return f"{asked % told} {_how_it_ended(view, one)}"


def _nobody() -> str:
    return gettext("Nobody asked for the child, recorded by %(by)s, %(time)s.")


def _how_it_ended(view: GateView, one: Asked) -> str:
    if one.end is None:
        return gettext("Nothing was decided.")
    if one.is_open:
        return gettext("Decided and not carried out: %(end)s.") % {"end": ahead(view, one.end)}
    return say(one.end.words)


def _basis(view: GateView) -> dict[str, Any]:
    """Say on what ground the child is here, and what follows; whole where the child left."""
    presence = view.assessment.presence
    return {
        "first": say(view.basis_of_presence if view.ended else presence.first),
        "first_more": "" if view.ended else say(presence.then),
        "doubt": "" if view.ended else _doubt(view),
    }


def _doubt(view: GateView) -> str:
    """Say why the law can give another end than the one above, and that its hours are still to be checked."""
    hold, told = view.hold, []
    if hold is None or hold.due_at is None or hold.due_at <= view.at:
        return ""
    if hold.night_rule_until is not None and hold.night_rule_until > hold.due_at:
        words = gettext(
            "The law does not count 00:00 to 09:00, so by its letter it would be %(time)s. Vangnet counts every hour."
        )
        told.append(words % {"time": local(view, hold.night_rule_until)})
    if clock_in_doubt(view.assessment.duties, hold.clock):
        told.append(gettext("A lawyer has still to check how long this hold may last."))
    return " ".join(told)


def _was_looked_at(one: GateCheck) -> bool:
    return (bool(one.found) or one.result.state == "failed") and one.result.check != "G-16"


def _face(view: GateView) -> Face | None:
    """Draw the clock; what the night rule would give is said once, under the first line."""
    ended = view.ended
    if ended is None:
        return face_of(replace(view.hold, night_rule_until=None) if view.hold else None, at=view.at)
    return face_of(view.hold, at=view.at, stopped_at=ended.at, is_exact=not ended.is_incident)


def _left(view: GateView, ours: UUID | None) -> Left | None:
    """Say what stays open after a hand-over, however many questions nobody asked before it."""
    done = view.done
    if done is None or view.ended is None or view.ended.is_incident:
        return None
    about = [one.check for one in still_to_ask(one.result for one in view.checks)]
    rows = [view.check(one) for one in QUESTIONS]
    never = [one for one in rows if one.result.state == "unknown" and not one.found]
    number = {"number": capital(counted(len(never))), "all": counted(len(rows))}
    words = gettext("%(number)s of the %(all)s questions were not asked.") % number
    return Left(
        ground=say(grounds_of(done.end)),
        count=words if never else "",
        to_ask=tuple(question_line(view, one, "") for one in about if one in QUESTIONS),
        call=_contact(done.organisation) if done.organisation and done.organisation.contact_phone else None,
        receiver=done.receiver,
        is_ours=done.organisation is not None and done.organisation.id == ours,
        duties=tuple(open_duties(view)),
    )


def _contact(card: OrganisationCard) -> Contact:
    """Give a contact; words that only repeat the name are left out."""
    words = card.contact_words.removeprefix(card.name).lstrip(", ")
    return Contact(name=card.name, words=words, phone=card.contact_phone)


def stated(view: GateView) -> dict[str, str]:
    """Fill in the adult that the encounter named already, so that nobody types a name twice."""
    if not view.facts.collectors:
        return {}
    one = view.facts.collectors[0]
    return {
        "collector_given": one.name.given_names if one.name else "",
        "collector_family": one.name.family_name if one.name else "",
        "collector_relation": one.claimed_relation,
        "collector_phone": next(iter(one.phones), ""),
        "collector_vehicle": one.vehicle,
    }


def end_options(view: GateView, ends: Iterable[EndState]) -> list[tuple[str, str]]:
    """Give ends as a choice of which nothing is chosen."""
    return [(end.code, ahead(view, end)) for end in ends]


def changed_words(view: GateView, changed: Iterable[str]) -> str:
    """Name the checks that changed since, by their titles, and the account of the encounter with who changed it."""
    known = {row.result.check for row in view.checks}
    named = [say(view.check(one).title) for one in changed if one in known]
    return ", ".join([*named, account_words(view)] if ACCOUNT in changed else named)


def account_words(view: GateView) -> str:
    """Say that the account of the encounter was changed, when and by whom; from before that was counted, only that."""
    if view.account is None:
        return gettext("the account of the encounter")
    told = {"by": view.account.by, "time": local(view, view.account.at)}
    return gettext("the account of the encounter was changed at %(time)s by %(by)s") % told
