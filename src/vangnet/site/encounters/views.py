"""The doors of an encounter."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vangnet.chain import flow
from vangnet.knowledge.terms import Reason, read_encounter
from vangnet.site.encounters import intake
from vangnet.site.encounters.desk import desk_of
from vangnet.site.encounters.forms import Desk, Read, blank, read_form
from vangnet.site.pages.doors import CLOSES, may_record, purpose_of, purpose_words, refused, show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.trust.access.policy import Actor


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Record an encounter: seven short steps on one page, for whoever may record one for their purpose."""
    reason = may_record(actor, purpose_of(request, actor))
    if reason is not None:
        return refused(request, actor, reason)
    desk, now = desk_of(actor), timezone.now()
    if request.method == "GET":
        return _intake(request, actor, desk, blank(desk, at=now), uuid4())
    key = _key(request)
    read = read_form(request.POST.dict(), desk=desk, at=now)
    if request.POST.get("go") == "check":
        return _again(request, actor, desk, read.mistakes, key)
    return _record(request, actor, desk, read, key)


def _record(request: HttpRequest, actor: Actor, desk: Desk, read: Read, key: UUID) -> HttpResponse:
    if read.mistakes:
        return _again(request, actor, desk, read.mistakes, key)
    facts = read_encounter(read.raw)
    if isinstance(facts, tuple):
        return _again(request, actor, desk, read.mistakes_of(facts), key)
    taken = flow.take_in(
        actor=actor, purpose=purpose_of(request, actor), facts=facts, request_key=key, at=timezone.now()
    )
    if isinstance(taken, tuple):
        return _not_taken(request, actor, desk, read, taken, key)
    return redirect("encounters:advice", encounter_id=taken.encounter_id)


def _not_taken(
    request: HttpRequest, actor: Actor, desk: Desk, read: Read, reasons: tuple[Reason, ...], key: UUID
) -> HttpResponse:
    if reasons[0].kind in CLOSES:
        return refused(request, actor, reasons[0])
    return _again(request, actor, desk, read.mistakes_of(reasons), key)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("request_key", ""))
    except ValueError:
        return uuid4()


def _again(
    request: HttpRequest, actor: Actor, desk: Desk, mistakes: tuple[Mistake, ...], key: UUID
) -> HttpResponse:
    filled = Filled(values=request.POST.dict(), mistakes=mistakes)
    return _intake(request, actor, desk, filled, key)


def _intake(request: HttpRequest, actor: Actor, desk: Desk, filled: Filled, key: UUID) -> HttpResponse:
    context = {
        **intake.page(filled, observer=desk.observer),
        "request_key": key,
        "zone": desk.zone.key,
        "purpose": purpose_words(purpose_of(request, actor)),
    }
    status = 422 if filled.mistakes else 200
    return show(request, actor, "encounters/intake.html", context, section="encounters", status=status)
