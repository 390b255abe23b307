"""Ask another organisation to take over; answer as the one that was asked."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vangnet.chain import flow
from vangnet.chain.referrals.kinds import KINDS
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.pages.doors import CLOSES, STATUS, not_shown, purpose_words, show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.matters import number_of
from vangnet.site.pages.speaking import say
from vangnet.site.referrals import pages
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.access.selectors import organisations

FIELDS = ("kind", "receiver", "words", "request_key")


def _closed(request: HttpRequest, actor: Actor, reason: Reason) -> HttpResponse:
    """Say why not; what is not there and what may not be known of are the same (404)."""
    return not_shown(request, actor, reason, Purpose.PROTECT_CHILD)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Refer the child of one's own encounter; the same press twice sends one referral."""
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in FIELDS}
        key, receiver = _uuid(values["request_key"]), _uuid(values["receiver"])
        sent = flow.refer(
            actor=actor,
            encounter_id=encounter_id,
            receiver_id=receiver or encounter_id,
            kind=values["kind"],
            words=values["words"],
            request_key=key or uuid4(),
            at=timezone.now(),
        )
        if not isinstance(sent, Reason):
            return redirect("referrals:referral", referral_id=sent.referral_id)
        if sent.kind in CLOSES:
            return _closed(request, actor, sent)
        if sent.kind == "changed":  # pressed again, the same key would be refused for ever
            values |= {"request_key": str(uuid4())}
        filled = Filled(values=values, mistakes=(Mistake(field=sent.where or "kind", sentence=say(sent.words)),))
        return _form(request, actor, encounter_id, filled, status=STATUS[sent.kind])
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else "board_urgent"
    return _form(request, actor, encounter_id, Filled(values={"request_key": str(uuid4()), "kind": kind}))


def _form(
    request: HttpRequest, actor: Actor, encounter_id: UUID, filled: Filled, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    about = flow.asking(actor=actor, encounter_id=encounter_id, at=now)
    if isinstance(about, Reason):
        return _closed(request, actor, about)
    kind = filled.value("kind")
    found = pages.receivers(
        organisations(country="NL"),
        actor.organisation_id,
        kind,
        about.municipality,
        refused=frozenset(one for asked, one in about.refused if asked == kind),
    )
    if not filled.value("receiver"):
        filled = replace(filled, values={**filled.values, "receiver": found.chosen})
    context = {
        "encounter_id": encounter_id,
        "filled": filled,
        "kinds": pages.kinds(),
        "found": found,
        "presence": pages.presence(about, now),
        "purpose": purpose_words(Purpose.PROTECT_CHILD),
        "number": number_of(encounter_id),
    }
    return show(request, actor, "referrals/new.html", context, section="encounters", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def referral(request: HttpRequest, actor: Actor, referral_id: UUID) -> HttpResponse:
    """Read one referral, and answer it as its receiver."""
    filled = Filled()
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in ("value", "reason")}
        given = flow.answer(actor=actor, referral_id=referral_id, at=timezone.now(), **values)
        if not isinstance(given, Reason):
            return redirect("referrals:referral", referral_id=referral_id)
        if given.kind in CLOSES:
            return _closed(request, actor, given)
        filled = Filled(values=values, mistakes=(Mistake(field=given.where or "value", sentence=say(given.words)),))
    now = timezone.now()
    opened = flow.referral(actor=actor, referral_id=referral_id, at=now)
    if isinstance(opened, Reason):
        return _closed(request, actor, opened)
    gate = permit(actor, "read_encounter", Purpose.DECIDE_HANDOVER, Relation.RECEIVER)
    context = {
        "page": pages.page_of(opened, now, may_read_gate=gate.allowed),
        "filled": filled,
        "answers": pages.answers(opened.line.kind),
        "purpose": purpose_words(Purpose.PROTECT_CHILD),
    }
    return show(
        request, actor, "referrals/referral.html", context, section="work", status=422 if filled.mistakes else 200
    )
