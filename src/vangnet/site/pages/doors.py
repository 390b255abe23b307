"""Who comes in, for which purpose, and what they are told when they may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from vangnet.chain import flow
from vangnet.chain.flow.gate import place_of
from vangnet.chain.referrals import selectors as referrals
from vangnet.knowledge.terms import PURPOSES, Purpose, Reason, RefusalKind
from vangnet.site.pages.errors import kept, not_found, seal_broken
from vangnet.site.pages.speaking import say
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import GRANTS, Actor, Relation, permit
from vangnet.trust.access.services import actor_for
from vangnet.trust.keys.services import SealBrokenError
from vangnet.trust.ledger import reading
from vangnet.trust.ledger.services import LedgerUnavailableError

P = ParamSpec("P")
Door = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
STATUS: Mapping[RefusalKind, HTTPStatus] = MappingProxyType(
    {
        "may_not": HTTPStatus.FORBIDDEN,
        "not_there": HTTPStatus.NOT_FOUND,
        "mend": HTTPStatus.UNPROCESSABLE_ENTITY,
        "changed": HTTPStatus.CONFLICT,
    }
)
"""What a kind of refusal is answered with, on pages and at the API."""
CLOSES: frozenset[RefusalKind] = frozenset({"may_not", "not_there"})
"""Kinds after which there is no page to go on with: the others are mended on the page they came from."""


def signed_in(view: Door[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in only who is logged in and acts for an organisation; the view gets the actor second.

    Where the ledger cannot be written, or a seal does not fit, nothing is shown, and the page says so.
    """

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = cast("Person", request.user)
        actor = actor_for(person, request.session.get("organisation"))
        if isinstance(actor, Reason):
            return _without_actor(request, actor)
        try:
            return view(request, actor, *args, **kwargs)
        except LedgerUnavailableError:
            return ledger_unavailable(request, actor)
        except SealBrokenError as error:
            return seal_broken(request, error)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", inner)


def _without_actor(request: HttpRequest, reason: Reason) -> HttpResponse:
    if reason.code == "choose_organisation":
        return redirect("pages:organisation")
    return render(request, "pages/refused.html", _refusal(reason), status=STATUS["may_not"])


def show(
    request: HttpRequest,
    actor: Actor,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    section: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page inside the frame: who is here, for which organisation, which link is current."""
    frame = {
        "actor": actor,
        "organisation": actor.organisation_name,
        "section": section,
        "reads_ledger": reading.may_read(actor) is None,
        "records": any(may_record(actor, purpose) is None for purpose in Purpose),
    }
    answer = render(request, template, {**frame, **(context or {})}, status=status)
    answer["Cache-Control"] = "no-store"  # after logging out, the back button shows no child
    return answer


def may_record(actor: Actor, purpose: Purpose) -> Reason | None:
    """Say why somebody may not record an encounter; nothing where they may."""
    return permit(actor, "record_encounter", purpose, Relation.NONE).reason


def purpose_of(request: HttpRequest, actor: Actor) -> Purpose:
    """Give the purpose that the actor chose for this task; the first that fits their role where none was chosen."""
    fitting = purposes_for(actor)
    chosen = request.session.get("purpose", "")
    return next((one for one in fitting if one == chosen), fitting[0] if fitting else Purpose.PROTECT_CHILD)


def purposes_for(actor: Actor) -> tuple[Purpose, ...]:
    """Give the purposes for which the roles of an actor can do anything."""
    mine = {purpose for grant in GRANTS if grant.roles & actor.roles for purpose in grant.purposes}
    return tuple(one for one in Purpose if one in mine)


def purpose_words(purpose: Purpose) -> str:
    """Say a purpose in the language of the page."""
    return say(PURPOSES[purpose].words)


def _refusal(reason: Reason) -> dict[str, Any]:
    return {
        "title": say(reason.title) if reason.title else gettext("You cannot open this"),
        "lead": say(reason.words),
        "more": say(reason.rule) if reason.rule else "",
        "other_purpose": reason.code == "purpose",
    }


def refused(request: HttpRequest, actor: Actor, reason: Reason) -> HttpResponse:
    """Say what was refused, by which rule, and who can decide otherwise (status 403).

    Only that immigration removal asked is written down: any other refusal could tell who exists.
    """
    if reason.code == "firewall":
        reading.write_refusal(actor=actor, at=timezone.now())
    return show(request, actor, "pages/refused.html", _refusal(reason), status=STATUS["may_not"])


def not_recorded(request: HttpRequest, actor: Actor, reason: Reason, *, gate: UUID | None = None) -> HttpResponse:
    """Say that nothing was recorded, because something needs mending or stands otherwise by now."""
    title = say(reason.title) if reason.title else gettext("This was not recorded")
    context = {"title": title, "lead": say(reason.words), "request_id": gate}
    return show(request, actor, "pages/not_recorded.html", context, section="work", status=STATUS[reason.kind])


def not_shown(request: HttpRequest, actor: Actor, reason: Reason, purpose: Purpose) -> HttpResponse:
    """Say why not to who may see the child of this address already; to anybody else nothing is there.

    What is not there and what may not be known of are one answer, whatever the reason was: the same
    page (404), or where the reader's role or purpose opens no child at all, that (403).
    """
    if reason.kind != "not_there" and knows(request, actor):
        return refused(request, actor, reason)
    anyway = permit(actor, "read_encounter", purpose, Relation.NONE).reason
    if anyway is not None and anyway.code != "relation":
        return refused(request, actor, anyway)
    return not_found(request)


def knows(request: HttpRequest, actor: Actor) -> bool:
    """Whether this reader may see, for some purpose, the child whose id stands in the address."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    relations = [find(actor, named[name]) for name, find in _RELATIONS.items() if name in named]
    return any(
        permit(actor, "read_encounter", purpose, relation).allowed for relation in relations for purpose in Purpose
    )


def _by_request(actor: Actor, request_id: UUID) -> Relation:
    place = place_of(actor=actor, request_id=request_id)
    return Relation.NONE if isinstance(place, Reason) else place.relation


_RELATIONS: Mapping[str, Callable[[Actor, UUID], Relation]] = {
    "encounter_id": flow.relation_to,
    "request_id": _by_request,
    "referral_id": referrals.relation_to,
}


def ledger_unavailable(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say that nothing can be read or written because it could not be recorded (status 503)."""
    context = {
        "title": gettext("Nothing can be opened now"),
        "calls": True,
        "lead": gettext(
            "What people open must be recorded, and that is not possible now. So Vangnet shows no child."
        ),
        "ways": (
            " ".join(filter(None, (gettext("Try again in a few minutes."), kept(request)))),
            gettext("Can it not wait? Call the Child Care and Protection Board. Write down yourself what you did."),
            gettext("Tell the administrator of your organisation that the ledger cannot be written."),
        ),
    }
    return show(request, actor, "pages/state.html", context, status=503)
