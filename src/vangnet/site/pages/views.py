"""The switches, the small pages and the door for machines that ask whether the site lives."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from vangnet.knowledge.terms import PURPOSES, Language, Purpose, Reason
from vangnet.site.pages.clockface import face
from vangnet.site.pages.doors import purpose_of, purposes_for, show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.speaking import capital, say
from vangnet.trust.access import selectors
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import Actor
from vangnet.trust.access.services import actor_for, choose_language

A_YEAR = 365 * 24 * 3600
SOON = 15 * 60
JUST_CHOSEN = "language_just_chosen"
"""A cookie that says that the language was chosen here on the way to logging in, and not by a colleague before."""
SHAPES = {"clock": "components/clock.html", "strip": "components/strip.html"}


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the site and its database answer; never anything else."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


@require_GET
def awake(request: HttpRequest) -> HttpResponse:
    """Keep the session of somebody who is typing; 401 where there is none any more."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else "/"


def keep(answer: HttpResponse, name: str, value: str) -> HttpResponse:
    """Keep a choice on this device for a year."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=secure)
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language, on this device and with the account, and go back to the page.

    Whoever is not logged in yet chooses it for the account that they log in with next.
    """
    chosen = request.POST.get("language", "")
    answer = redirect(_back(request))
    if chosen not in dict(settings.LANGUAGES):
        return answer
    if request.user.is_authenticated:
        choose_language(person=request.user, language=cast("Language", chosen))
    else:
        secure = bool(settings.SESSION_COOKIE_SECURE)
        answer.set_cookie(JUST_CHOSEN, "1", max_age=SOON, samesite="Lax", httponly=True, secure=secure)
    return keep(answer, settings.LANGUAGE_COOKIE_NAME, chosen)


def in_own_language(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Go on in the language of whoever has just logged in; one that they chose on the way becomes that of their account."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if not request.user.is_authenticated:
        return answer
    if JUST_CHOSEN in request.COOKIES and chosen in dict(settings.LANGUAGES):
        choose_language(person=request.user, language=cast("Language", chosen))
    answer.delete_cookie(JUST_CHOSEN, samesite="Lax")
    return keep(answer, settings.LANGUAGE_COOKIE_NAME, request.user.language)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep day or night in a cookie, or follow the device again."""
    chosen = request.POST.get("theme", "")
    answer = redirect(_back(request))
    if chosen in {"light", "dark"}:
        return keep(answer, "theme", chosen)
    answer.delete_cookie("theme")
    return answer


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return redirect(settings.LOGIN_URL)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Give the page that the browser keeps for when there is no connection."""
    return render(request, "pages/offline.html")


@require_GET
def clock(request: HttpRequest) -> HttpResponse:
    """Draw the hold clock again from its moments alone: no record of a child is read."""
    try:
        starts, due = (datetime.fromisoformat(request.GET[name]) for name in ("start", "due"))
        hours = int(request.GET["hours"])
        template = SHAPES[request.GET.get("shape", "clock")]
    except (KeyError, ValueError):
        return HttpResponseBadRequest()
    if not (starts.tzinfo and due.tzinfo and 1 <= hours <= 12 and timedelta() < due - starts < timedelta(days=2)):
        return HttpResponseBadRequest()
    try:
        drawn = face(
            starts_at=starts, due_at=due, hours=hours, at=timezone.now(), before=request.GET.get("stage", "")
        )
    except OverflowError:  # a moment at the ends of time that no zone can show
        return HttpResponseBadRequest()
    return render(request, template, {"face": drawn})


@signed_in
def purpose(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose, once for a task, what the records are opened for."""
    fitting = purposes_for(actor)
    wanted = request.POST.get("purpose", "")
    if request.method == "POST" and wanted in fitting:
        request.session["purpose"] = wanted
        return redirect(_back(request))
    wrong = (
        (Mistake(field="purpose", sentence=gettext("Choose one of these.")),) if request.method == "POST" else ()
    )
    context = {
        "filled": Filled(values={"purpose": purpose_of(request, actor)}, mistakes=wrong),
        "options": [_purpose_option(one) for one in fitting],
        "next": request.POST.get("next", "/"),
    }
    return show(request, actor, "pages/purpose.html", context, section="purpose", status=422 if wrong else 200)


def _purpose_option(one: Purpose) -> tuple[str, str, str]:
    terms = PURPOSES[one]
    return (one.value, capital(say(terms.words)), say(terms.legal_basis))


@login_required
def organisation(request: HttpRequest) -> HttpResponse:
    """Choose for which organisation somebody works now."""
    person = cast("Person", request.user)
    wanted = request.POST.get("organisation", "")
    if request.method == "POST" and not isinstance(actor_for(person, wanted), Reason):
        request.session["organisation"] = wanted
        return redirect("/")
    cards = (card for card in selectors.organisations() if not isinstance(actor_for(person, card.code), Reason))
    context = {"filled": Filled(), "options": [(card.code, card.name) for card in cards]}
    return render(request, "pages/organisation.html", context)
