"""The pages of the gate. Each shows what is known, takes one step, and says why where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vangnet.chain import flow
from vangnet.chain.flow.gate import may_not
from vangnet.chain.flow.gate_view import GateView
from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.handovers import forms, pages, receiving, standings
from vangnet.site.handovers.questions import INTERPRETERS, QUESTIONS
from vangnet.site.pages import doors
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.speaking import say
from vangnet.trust.access.policy import Actor

INCIDENTS = tuple(end for end in OUTCOMES.values() if end.kind == "incident")
Mistakes = tuple[Mistake, ...]
Take = Callable[[forms.Typed], UUID | Reason | Mistakes]


@require_safe
@doors.signed_in
def encounter(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Show the newest gate of an encounter; where nobody asked yet, the page on which it begins."""
    view = flow.gate(actor=actor, encounter_id=encounter_id, at=timezone.now())
    if isinstance(view, Reason):
        return _refused(request, actor, view)
    if view.request_id is None and view.ended is None:
        return _start_page(request, actor, view, Filled(values=pages.stated(view)))
    return _gate_page(request, actor, view)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def start(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Begin: someone is here for the child, as stated; or nobody is."""

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        asked = forms.read_asked(typed)
        if isinstance(asked, tuple):
            return asked
        return flow.ask_gate(actor=actor, encounter_id=encounter_id, collector=asked.collector, at=timezone.now())

    view = flow.gate(actor=actor, encounter_id=encounter_id, at=timezone.now())
    if isinstance(view, Reason):
        return _refused(request, actor, view)
    if request.method != "POST":
        return _start_page(request, actor, view, Filled(values=pages.stated(view)))
    made = _taken(request, take)
    if isinstance(made, Filled):
        return _start_page(request, actor, view, made)
    return _refused(request, actor, made) if isinstance(made, Reason) else redirect("handovers:gate", made)


@require_safe
@doors.signed_in
def gate(request: HttpRequest, actor: Actor, request_id: UUID) -> HttpResponse:
    """Show the gate of one request with the question that comes next."""
    view = flow.gate(actor=actor, request_id=request_id, at=timezone.now())
    return _refused(request, actor, view) if isinstance(view, Reason) else _gate_page(request, actor, view)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def check(request: HttpRequest, actor: Actor, request_id: UUID, check: str) -> HttpResponse:
    """Show one question of the gate, or record what was found about it."""
    if check not in QUESTIONS:
        raise Http404

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        read = forms.read_answer(check, typed)
        if isinstance(read, tuple):
            return read
        return flow.record_check(
            actor=actor,
            request_id=request_id,
            check=check,
            state=read.state,
            source=read.source,
            evidence=read.evidence,
            at=timezone.now(),
        )

    def draw(view: GateView, filled: Filled) -> HttpResponse:
        return _gate_page(request, actor, view, check=check, filled=filled)

    return _step(request, actor, request_id, take, draw)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def proposal(request: HttpRequest, actor: Actor, request_id: UUID) -> HttpResponse:
    """Propose, as the first of two, how this ends."""

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        values = frozenset(code for code, end in OUTCOMES.items() if end.kind == "handover")
        read = forms.read_chosen(typed, values=values, needs_words=values)
        if isinstance(read, tuple):
            return read
        return flow.propose(
            actor=actor,
            request_id=request_id,
            outcome=read.value,
            receiver_id=forms.receiver_in(typed),
            reason=read.words,
            at=timezone.now(),
        )

    def draw(view: GateView, filled: Filled) -> HttpResponse:
        if not view.may["propose_decision"]:
            return _refused(request, actor, may_not(actor, "propose_decision"))
        ends = {"options": pages.end_options(view, view.outcomes), **standings.closed_ends(view)}
        more = ends | {"receivers": receiving.options(view), "missing": receiving.missing(view)}
        return _show(request, actor, view, "handovers/proposal.html", filled, more)

    return _step(request, actor, request_id, take, draw)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def decision(request: HttpRequest, actor: Actor, request_id: UUID) -> HttpResponse:
    """Decide as the second person, or say that it stays as it is. Nothing is chosen beforehand."""

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        read = forms.read_chosen(typed, values=frozenset({"yes", "no"}), needs_words=frozenset({"yes", "no"}))
        if isinstance(read, tuple):
            return read
        proposal_id = forms.id_in(typed, "proposal")
        step = flow.confirm if read.value == "yes" else flow.decline
        return step(
            actor=actor, request_id=request_id, proposal_id=proposal_id, reason=read.words, at=timezone.now()
        )

    def draw(view: GateView, filled: Filled) -> HttpResponse:
        if view.proposal is None:
            return redirect("handovers:gate", request_id)
        more = standings.second_person(view, actor) | {"options": standings.agreeing()} | standings.changes(view)
        return _show(request, actor, view, "handovers/decision.html", filled, more)

    return _step(request, actor, request_id, take, draw)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def stop(request: HttpRequest, actor: Actor, request_id: UUID) -> HttpResponse:
    """Stop a decision that was not carried out. One person is enough to stop."""

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        decision_id, words = forms.id_in(typed, "decision"), typed.get("words", "")
        return flow.supersede(
            actor=actor, request_id=request_id, decision_id=decision_id, reason=words, at=timezone.now()
        )

    def draw(view: GateView, filled: Filled) -> HttpResponse:
        if not view.may["propose_decision"]:
            return _refused(request, actor, may_not(actor, "propose_decision"))
        if view.ended or view.decision is None or not view.decision.holds:
            return redirect("handovers:gate", request_id)
        return _show(request, actor, view, "handovers/stop.html", filled, {})

    return _step(request, actor, request_id, take, draw)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def record(request: HttpRequest, actor: Actor, request_id: UUID) -> HttpResponse:
    """Record that the child went with the receiver that two people decided: who took them along, and the receipt."""

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        read = forms.read_received(typed)
        if isinstance(read, tuple):
            return read
        receiver = flow.Receiver(name=read.name, receipt=read.receipt)
        return flow.hand_over(actor=actor, request_id=request_id, receiver=receiver, at=timezone.now())

    def draw(view: GateView, filled: Filled) -> HttpResponse:
        if view.ended or view.decision is None or not view.decision.holds:
            return redirect("handovers:gate", request_id)
        return _show(request, actor, view, "handovers/record.html", filled, {})

    return _step(request, actor, request_id, take, draw)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def incident(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Record that the child left at the legal limit or is missing. One person is enough; it is always reviewed."""

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        values = frozenset(end.code for end in INCIDENTS)
        read = forms.read_chosen(typed, values=values, needs_words=values)
        if isinstance(read, tuple):
            return read
        return flow.record_incident(
            actor=actor, encounter_id=encounter_id, outcome=read.value, words=read.words, at=timezone.now()
        )

    made = _taken(request, take) if request.method == "POST" else Filled()
    if isinstance(made, Reason):
        return _refused(request, actor, made)
    if isinstance(made, UUID):
        return redirect("handovers:encounter", encounter_id)
    view = flow.gate(actor=actor, encounter_id=encounter_id, at=timezone.now())
    if isinstance(view, Reason):
        return _refused(request, actor, view)
    more = {"options": standings.incident_options()}
    return _show(request, actor, view, "handovers/incident.html", made, more)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def review(request: HttpRequest, actor: Actor, encounter_id: UUID, incident_id: UUID) -> HttpResponse:
    """Write, as another person than who recorded it, what was found about an incident."""

    def take(typed: forms.Typed) -> UUID | Reason | Mistakes:
        return flow.review_incident(
            actor=actor,
            encounter_id=encounter_id,
            incident_id=incident_id,
            words=typed.get("words", ""),
            at=timezone.now(),
        )

    made = _taken(request, take) if request.method == "POST" else Filled()
    if isinstance(made, Reason):
        return _refused(request, actor, made)
    if isinstance(made, UUID):
        return redirect("handovers:encounter", encounter_id)
    view = flow.gate(actor=actor, encounter_id=encounter_id, at=timezone.now())
    if isinstance(view, Reason):
        return _refused(request, actor, view)
    told = {one.id: one for one in standings.standing_of(view, actor)["incidents"]}.get(str(incident_id))
    if told is None:
        raise Http404
    if not view.may["review_incident"]:
        return _refused(request, actor, may_not(actor, "review_incident"))
    if told.review is not None:
        return redirect("handovers:encounter", encounter_id)
    return _show(request, actor, view, "handovers/review.html", made, {"incident": told})


@require_POST
@doors.signed_in
def looked_again(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Record that this reader looked again at what he or she did here, after a join fell apart."""
    made = flow.look_again_done(actor=actor, encounter_id=encounter_id, at=timezone.now())
    return _refused(request, actor, made) if isinstance(made, Reason) else redirect("handovers:encounter", made)


def _step(
    request: HttpRequest,
    actor: Actor,
    request_id: UUID,
    take: Take,
    draw: Callable[[GateView, Filled], HttpResponse],
) -> HttpResponse:
    """Take what was sent and go back to the gate; or draw the form, with what was typed and what is wrong."""
    made = _taken(request, take) if request.method == "POST" else Filled()
    if isinstance(made, Reason):
        return _refused(request, actor, made, request_id=request_id)
    if isinstance(made, UUID):
        return redirect("handovers:gate", request_id)
    view = flow.gate(actor=actor, request_id=request_id, at=timezone.now())
    return _refused(request, actor, view) if isinstance(view, Reason) else draw(view, made)


def _taken(request: HttpRequest, take: Take) -> UUID | Reason | Filled:
    """Give what came of a form: the id of what was made, a refusal, or the form with its mistakes."""
    typed = forms.typed_of(request.POST)
    made = take(typed)
    if isinstance(made, Reason) and made.where in {"reason", "words", "outcome", "receiver"}:
        field = {"reason": "words", "outcome": "value"}.get(made.where, made.where)
        made = (Mistake(field=field, sentence=say(made.words)),)
    return Filled(values=typed, mistakes=made) if isinstance(made, tuple) else made


def _show(
    request: HttpRequest,
    actor: Actor,
    view: GateView,
    template: str,
    filled: Filled,
    more: Mapping[str, Any],
    current: str = "",
) -> HttpResponse:
    context = {
        "page": pages.gate_page(view, current=current, me=actor.person_id, ours=actor.organisation_id),
        "purpose": doors.purpose_words(Purpose.DECIDE_HANDOVER),
        "filled": filled,
        **standings.standing_of(view, actor),
        **more,
    }
    return doors.show(request, actor, template, context, section="work", status=422 if filled.mistakes else 200)


def _start_page(request: HttpRequest, actor: Actor, view: GateView, filled: Filled) -> HttpResponse:
    if not view.may["ask_gate"]:
        return _refused(request, actor, may_not(actor, "ask_gate"))
    return _show(request, actor, view, "handovers/start.html", filled, {"who_options": standings.who_asks()})


def _gate_page(
    request: HttpRequest, actor: Actor, view: GateView, *, check: str = "", filled: Filled | None = None
) -> HttpResponse:
    order = tuple(QUESTIONS)
    current = (check or standings.next_question(view)) if standings.may_check(view) else ""
    if not check and standings.waits_for_people(view):
        current = ""
    after = order[order.index(current) + 1 :] if current else ()
    more = {
        "question": QUESTIONS.get(current),
        "number": order.index(current) + 1 if current else 0,
        "numbers": len(order),
        "next": after[0] if after else "",
        "given": standings.given(view, current) if current else (),
        "yes_no": standings.yes_no(),
        "interpreters": INTERPRETERS,
    }
    return _show(request, actor, view, "handovers/gate.html", filled or Filled(), more, current=current)


def _refused(request: HttpRequest, actor: Actor, reason: Reason, *, request_id: UUID | None = None) -> HttpResponse:
    """Say why not: who may not (403), what is not there (404), or what changed in the meantime (409)."""
    if reason.kind in doors.CLOSES or request.method != "POST":
        return doors.not_shown(request, actor, reason, Purpose.DECIDE_HANDOVER)
    return doors.not_recorded(request, actor, reason, gate=request_id)
