"""The doors that show an encounter: the advice, the timeline, and the international check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vangnet.chain import flow
from vangnet.chain.duties import services as duties
from vangnet.chain.flow.due import record_done
from vangnet.chain.referrals import selectors as referrals
from vangnet.knowledge import clocks
from vangnet.knowledge.assessment import Assessment
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.terms import CHANNELS, Channel, ChannelCheck, Encounter, Purpose, Reason
from vangnet.site.encounters import happenings, pages, timeline
from vangnet.site.encounters.asked import already
from vangnet.site.encounters.channels import channel_names
from vangnet.site.encounters.desk import observer_of
from vangnet.site.encounters.steps import Advised, Phone, link
from vangnet.site.pages import doors
from vangnet.site.pages.doors import purpose_of, purpose_words, show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.places import written_in
from vangnet.site.pages.speaking import by, capital, say
from vangnet.trust.access import selectors as access
from vangnet.trust.access.policy import Actor, permit
from vangnet.trust.access.selectors import OrganisationCard

CALLED = {
    "call_board": ("youth_care", "-RVDK-"),
    "call_authority": ("youth_care", ""),
    "report_specialist": ("police", "-EMM-"),
    "non_punishment": ("prosecution", ""),
}
"""For a step whom to call: the regime of an organisation and a part of its code."""


@require_http_methods(["GET", "HEAD"])
@signed_in
def advice(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Say what follows: the answer, what to do now, who may take the child, what was seen, what the law asks."""
    return _advice(request, actor, encounter_id, Filled())


def _advice(
    request: HttpRequest, actor: Actor, encounter_id: UUID, channel_form: Filled, duty_form: Filled | None = None
) -> HttpResponse:
    now, purpose = timezone.now(), purpose_of(request, actor)
    done = duty_form or Filled()
    found = flow.advice(actor=actor, purpose=purpose, encounter_id=encounter_id, at=now)
    if isinstance(found, Reason):
        return doors.not_shown(request, actor, found, purpose)
    if found.assessment is None:
        return redirect("encounters:timeline", encounter_id=encounter_id)
    at = now.astimezone(clocks.zone_of(found.facts.country))
    advised = _advised(actor, found, found.assessment, at)
    context = {
        "page": pages.advice_page(advised, at=at, contacts=_contacts(found.assessment)),
        "purpose": purpose_words(purpose),
        "timeline_link": reverse("encounters:timeline", args=[encounter_id]),
        "duty_form": done,
        "encounter_id": encounter_id,
        **_channel_context(encounter_id, channel_form),
    }
    status = 422 if channel_form.mistakes or done.mistakes else 200
    return show(request, actor, "encounters/advice.html", context, section="encounters", status=status)


def _advised(actor: Actor, found: flow.Advice, assessment: Assessment, at: datetime) -> Advised:
    return Advised(
        encounter_id=found.summary.id,
        assessment=assessment,
        observer=observer_of(actor),
        recorded_by=_name_of(found.summary.recorded_by),
        earlier=found.candidates,
        duties=found.duties,
        channels=found.international,
        left=found.left,
        asked=already(referrals.asked_about(found.summary.id, actor), reader=actor.organisation_id, at=at),
        may_judge=permit(actor, "judge", Purpose.IDENTIFY_CHILD, found.relation).allowed,
    )


def _name_of(person_id: UUID) -> str:
    return access.names_of([person_id]).get(person_id, "")


def _contacts(assessment: Assessment) -> Mapping[str, Phone]:
    facts = assessment.encounter
    cards = [card for card in access.organisations(country=facts.country) if card.contact_phone]
    cards.sort(key=lambda card: card.municipality != facts.municipality)
    found = {code: _first(cards, *wanted) for code, wanted in CALLED.items()}
    return {code: Phone(words=_call(code), number=card.contact_phone) for code, card in found.items() if card}


def _first(cards: list[OrganisationCard], regime: str, part: str) -> OrganisationCard | None:
    return next((card for card in cards if card.regime == regime and part in card.code), None)


def _call(code: str) -> str:
    words = {
        "call_board": gettext("Call the Board"),
        "call_authority": gettext("Call them"),
        "report_specialist": gettext("Call the specialist"),
        "non_punishment": gettext("Call the prosecutor"),
    }
    return words[code]


def _channel_context(encounter_id: UUID, filled: Filled) -> dict[str, Any]:
    names = channel_names()
    return {
        "channel_form": filled,
        "channel_action": reverse("encounters:international-check", args=[encounter_id]) + "#international",
        "channel_options": [(code, names[code]) for code in CHANNELS],
        "channel_states": [("asked", gettext("Asked")), ("answered", gettext("Answered"))],
    }


@require_POST
@signed_in
def international_check(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Record that another country was asked, or what it answered."""
    filled = Filled(values=request.POST.dict())
    mistakes = tuple(_mistakes(filled))
    if mistakes:
        again = Filled(values=filled.values, mistakes=mistakes)
        return _advice(request, actor, encounter_id, again)
    now, purpose = timezone.now(), purpose_of(request, actor)
    recorded = duties.record_international_check(
        actor=actor,
        purpose=purpose,
        relation=flow.relation_to(actor, encounter_id),
        encounter_id=encounter_id,
        check=ChannelCheck(
            channel=cast("Channel", filled.value("channel")),
            state="answered" if filled.value("state") == "answered" else "asked",
            at=now,
            answer=filled.value("answer").strip(),
        ),
        at=now,
    )
    if isinstance(recorded, Reason):
        return doors.not_shown(request, actor, recorded, purpose)
    return redirect(reverse("encounters:advice", args=[encounter_id]) + "#international")


def _mistakes(filled: Filled) -> list[Mistake]:
    found = []
    if filled.value("channel") not in CHANNELS:
        found.append(Mistake(field="channel", sentence=gettext("Choose which channel was asked.")))
    if filled.value("state") not in {"asked", "answered"}:
        found.append(Mistake(field="state", sentence=gettext("Say whether it was asked or answered.")))
    elif filled.value("state") == "answered" and not filled.value("answer").strip():
        sentence = gettext("Write down what was answered, or choose Asked.")
        found.append(Mistake(field="answer", sentence=sentence))
    return found


@require_POST
@signed_in
def duty_done(request: HttpRequest, actor: Actor, encounter_id: UUID, duty_id: UUID) -> HttpResponse:
    """Record that something the law asks was done, and what shows it."""
    now, purpose = timezone.now(), purpose_of(request, actor)
    done = record_done(
        actor=actor,
        purpose=purpose,
        encounter_id=encounter_id,
        duty_id=duty_id,
        proof=request.POST.get("proof", ""),
        at=now,
    )
    if not isinstance(done, Reason):
        return redirect(reverse("encounters:advice", args=[encounter_id]) + "#duties")
    if done.where != "proof":
        return doors.not_shown(request, actor, done, purpose)
    mistake = Mistake(field=f"proof-{duty_id}", sentence=say(done.words))
    again = Filled(values={"duty": str(duty_id)}, mistakes=(mistake,))
    return _advice(request, actor, encounter_id, Filled(), again)


@require_http_methods(["GET", "HEAD"])
@signed_in
def timeline_page(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Show what is known of a child as far as the purpose allows; there may be more, and it says so to everyone."""
    now, purpose = timezone.now(), purpose_of(request, actor)
    found = flow.timeline(actor=actor, purpose=purpose, encounter_id=encounter_id, at=now)
    if isinstance(found, Reason):
        return doors.not_shown(request, actor, found, purpose)
    known = [(one, one.facts) for one in found.entries if one.facts is not None]
    own = next(facts for one, facts in known if one.encounter_id == encounter_id)
    entries = [_entry(one, facts, encounter_id) for one, facts in known]
    return show(
        request,
        actor,
        "encounters/timeline.html",
        {
            "purpose": purpose_words(purpose),
            "rows": timeline.rows_of([*_happened(actor, found, dict(_countries(known))), *entries]),
            "contacts": [one.organisation for one in found.entries if one.answer is Answer.CONTACT],
            "hidden_own": any(one.answer is Answer.HIT and one.encounter_id for one in found.entries),
            "hidden_elsewhere": any(one.answer is Answer.HIT and not one.encounter_id for one in found.entries),
            "said": [said for one, facts in known for said in timeline.said_of(facts, _organisation(one))],
            "turn": _turn(actor, encounter_id, now.astimezone(clocks.zone_of(own.country))),
            "left": found.left,
            "advice_link": reverse("encounters:advice", args=[encounter_id]),
            **_about(own),
        },
        section="work",
    )


def _about(own: Encounter) -> dict[str, str]:
    child = pages.child_words(own)
    return {
        "title": gettext("What we know of %(child)s") % {"child": child},
        "heading": capital(child),
        "place": "",
        "lang": written_in(own.country),
        "trusted": own.child_view.trusted_person,
        "decides": gettext("A specialist judges who is the same child. Two people together decide on a hand-over."),
    }


def _countries(known: list[tuple[flow.TimelineEntry, Encounter]]) -> Iterator[tuple[UUID, str]]:
    for one, facts in known:
        if one.encounter_id is not None:
            yield one.encounter_id, facts.country


def _happened(actor: Actor, found: flow.Timeline, countries: Mapping[UUID, str]) -> list[timeline.Entry]:
    """Give what happened around the encounters that this reader is told, the newest first, and what was judged."""
    own = [one.given_by for one in found.verdicts if one.organisation_id == actor.organisation_id]
    people = access.names_of(own)
    cards = access.organisations_by_id(one.organisation_id for one in found.verdicts)
    events = [happenings.entry_of(one, country=countries[one.encounter_id]) for one in reversed(found.events)]
    verdicts = [
        entry
        for one in found.verdicts
        for entry in happenings.verdict_entries(
            one, by=people.get(one.given_by, ""), organisation=cards[one.organisation_id].name
        )
    ]
    return [*events, *verdicts]


def _turn(actor: Actor, encounter_id: UUID, at: datetime) -> dict[str, str] | None:
    """Say who was asked for an answer about this child: this reader's own organisation first."""
    mine = [one for one in referrals.waiting_for(actor) if one.encounter_id == encounter_id]
    sent = [one for one in referrals.referrals_of(encounter_id, actor) if one.state == "waiting"]
    first = next(iter((*mine, *sent)), None)
    if first is None:
        return None
    until = by(first.answer_by.astimezone(at.tzinfo), at)
    return {
        "who": f"{first.receiver}.",
        "what": gettext("An answer is asked by %(time)s: %(what)s.")
        % {"time": until, "what": say(first.kind.words)},
        "link": link("referrals:referral", first.referral_id),
        "link_words": gettext("Answer it") if mine else gettext("Look at the question"),
    }


def _entry(one: flow.TimelineEntry, facts: Encounter, encounter_id: UUID) -> timeline.Entry:
    joined = one.encounter_id is not None and one.encounter_id != encounter_id
    person = one.summary.recorded_by if one.summary and not one.summary.is_history else None
    return timeline.entry_of(
        facts,
        organisation=_organisation(one),
        by=_name_of(person) if person else "",
        link=link("crosscheck:compare", encounter_id, one.encounter_id) if joined and one.encounter_id else "",
    )


def _organisation(one: flow.TimelineEntry) -> str:
    if one.organisation is not None or one.summary is None:
        return one.organisation.name if one.organisation else ""
    found = access.organisations_by_id([one.summary.organisation_id])
    return found[one.summary.organisation_id].name
