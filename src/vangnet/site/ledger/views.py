"""Who saw what, why and when; what stands out; whether the ledger is whole; and entries to take along."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vangnet.knowledge.clocks import zone_of
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.ledger import asked as asking
from vangnet.site.ledger import checking, pages
from vangnet.site.ledger.lines import seen_by
from vangnet.site.ledger.taking import table_of
from vangnet.site.pages.doors import purpose_words, refused, show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.speaking import figure, say
from vangnet.trust.access.policy import Actor
from vangnet.trust.ledger import reading
from vangnet.trust.ledger.chain import Head


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def entries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the ledger of the own organisation, the newest first; a form narrows it and is kept in the session."""
    reason = reading.may_read(actor)
    if reason is not None:
        return refused(request, actor, reason)
    zone = zone_of(actor.country)
    if request.method != "POST":
        return _page(request, actor, asking.kept(request, zone), zone)
    if request.POST.get("go") == "all":
        request.session.pop(asking.KEY, None)
        return redirect("ledger:entries")
    asked = asking.sent(request, zone)
    return _page(request, actor, asked, zone) if asked.filled.mistakes else redirect("ledger:entries")


@require_POST
@signed_in
def take_along(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the entries that are looked for as a file for an inquiry."""
    zone = zone_of(actor.country)
    asked = asking.kept(request, zone)
    found = reading.export(actor=actor, wanted=asked.wanted, at=timezone.now())
    if isinstance(found, Reason):
        if found.where != "period":
            return refused(request, actor, found)
        mistake = Mistake(field="since_day", sentence=say(found.words))
        again = asking.Asked(filled=Filled(values=asked.filled.values, mistakes=(mistake,)), wanted=asked.wanted)
        return _page(request, actor, again, zone)
    answer = HttpResponse(table_of(seen_by(actor, found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say what a check is; check the next part of the own organisation's chain."""
    reason = reading.may_read(actor)
    if reason is not None:
        return refused(request, actor, reason)
    context: dict[str, Any] = {
        "many": figure(reading.MOST_WALKED),
        "purpose": purpose_words(Purpose.ACCOUNT),
    }
    if request.method == "POST":
        since = checking.begun(request.session) if request.POST.get("go") == "on" else Head()
        part = reading.walk(actor=actor, since=since, at=timezone.now())
        if isinstance(part, Reason):
            return refused(request, actor, part)
        checking.keep(request.session, part)
        context["checked"] = checking.checked(part, zone_of(actor.country))
    return show(request, actor, "ledger/check.html", context, section="ledger")


def _page(request: HttpRequest, actor: Actor, asked: asking.Asked, zone: ZoneInfo) -> HttpResponse:
    shown = reading.read(
        actor=actor,
        wanted=asked.wanted,
        zone=zone,
        at=timezone.now(),
        before=_number(request, "before"),
        after=_number(request, "after"),
    )
    if isinstance(shown, Reason):
        return refused(request, actor, shown)
    context = {
        "page": pages.ledger_page(shown, asked, actor, zone),
        "filled": asked.filled,
        "purpose": purpose_words(Purpose.ACCOUNT),
        "heading": gettext("Ledger"),
    }
    status = 422 if asked.filled.mistakes else 200
    return show(request, actor, "ledger/entries.html", context, section="ledger", status=status)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
