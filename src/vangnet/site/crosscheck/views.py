"""Look for earlier encounters; judge two side by side; take a verdict back; open an older one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vangnet.chain.flow import judging, weighing
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.crosscheck import pages
from vangnet.site.pages.doors import knows, not_shown, purpose_of, purpose_words, show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.matters import number_of
from vangnet.site.pages.speaking import say
from vangnet.trust.access.policy import Actor, Role

FORM = ("value", "reason")


@require_safe
@signed_in
def candidates(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Show possible earlier encounters, each as far as this reader is told."""
    return _candidates(request, actor, encounter_id, Filled())


def _candidates(request: HttpRequest, actor: Actor, encounter_id: UUID, filled: Filled) -> HttpResponse:
    purpose = purpose_of(request, actor)
    looked = weighing.look(actor=actor, purpose=purpose, encounter_id=encounter_id, at=timezone.now())
    if isinstance(looked, Reason):
        return _refused(request, actor, looked)
    context = {
        "page": pages.candidates_page(looked, may_open=looked.may_judge and Role.SPECIALIST in actor.roles),
        "purpose": purpose_words(purpose),
        "filled": filled,
        "decides": gettext(
            "The specialist of your organisation judges whether it is the same child. You do not need to."
        )
        if not looked.may_judge
        else gettext("You judge for your own side, with a reason. It can be taken back."),
    }
    status = 422 if filled.mistakes else 200
    return show(request, actor, "crosscheck/candidates.html", context, section="work", status=status)


@require_POST
@signed_in
def choose(request: HttpRequest, actor: Actor, encounter_id: UUID) -> HttpResponse:
    """Lay another encounter of one's own organisation beside this one, by its number, however unlikely the two are."""
    number = request.POST.get("number", "")
    chosen = judging.chosen(actor=actor, encounter_id=encounter_id, number=number)
    if not isinstance(chosen, Reason):
        return redirect("crosscheck:compare", encounter_id, chosen)
    if chosen.where != "number":
        return _refused(request, actor, chosen)
    mistake = Mistake(field="number", sentence=say(chosen.words))
    return _candidates(request, actor, encounter_id, Filled(values={"number": number}, mistakes=(mistake,)))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def compare(request: HttpRequest, actor: Actor, encounter_id: UUID, other_id: UUID) -> HttpResponse:
    """Show two encounters side by side with their weights, only to who judges; record a verdict with its reason."""
    filled = Filled()
    if request.method == "POST":
        filled = _filled(request)
        if not filled.mistakes:
            judged = judging.judge(
                actor=actor, encounter_id=encounter_id, other_id=other_id, at=timezone.now(), **filled.values
            )
            if isinstance(judged, Reason):
                return _refused(request, actor, judged)
            return redirect("crosscheck:compare", encounter_id, other_id)
    found = weighing.beside(actor=actor, encounter_id=encounter_id, other_id=other_id, at=timezone.now())
    if isinstance(found, Reason):
        return _not_beside(request, actor, encounter_id, found)
    context = {
        "page": pages.compare_page(found, actor),
        "purpose": purpose_words(Purpose.IDENTIFY_CHILD),
        "filled": filled,
        "options": pages.verdict_options(),
        "decides": gettext("You judge for your own side. Across organisations each side judges for itself."),
    }
    status = 422 if filled.mistakes else 200
    return show(request, actor, "crosscheck/compare.html", context, section="work", status=status)


def _not_beside(request: HttpRequest, actor: Actor, encounter_id: UUID, reason: Reason) -> HttpResponse:
    """Say why not; who may see the child and may not judge still reads what may be told, without a weight."""
    if reason.code == "role" and knows(request, actor):
        return redirect("crosscheck:candidates", encounter_id)
    return _refused(request, actor, reason)


def _filled(request: HttpRequest) -> Filled:
    values = {name: request.POST.get(name, "") for name in FORM}
    mistakes = []
    if values["value"] not in pages.verdict_words():
        mistakes.append(Mistake(field="value", sentence=gettext("Choose one of the three verdicts.")))
    if not values["reason"].strip():
        mistakes.append(Mistake(field="reason", sentence=gettext("Write in one sentence why.")))
    return Filled(values=values, mistakes=tuple(mistakes))


@require_POST
@signed_in
def take_back(request: HttpRequest, actor: Actor, encounter_id: UUID, other_id: UUID) -> HttpResponse:
    """Take a verdict of one's own side back; the row stays and can be read."""
    try:
        verdict_id = UUID(request.POST.get("verdict", ""))
    except ValueError as unreadable:
        raise Http404 from unreadable
    taken = judging.revoke(actor=actor, encounter_id=encounter_id, verdict_id=verdict_id, at=timezone.now())
    if isinstance(taken, Reason):
        return _refused(request, actor, taken)
    return redirect("crosscheck:compare", encounter_id, other_id)


@require_POST
@signed_in
def open_older(request: HttpRequest, actor: Actor, encounter_id: UUID, other_id: UUID) -> HttpResponse:
    """Decide, as the specialist, that an older encounter of one's own organisation, a hit on this one, may be read again."""
    reason = request.POST.get("reason", "")
    opened = judging.open_older(
        actor=actor, encounter_id=encounter_id, other_id=other_id, reason=reason, at=timezone.now()
    )
    if not isinstance(opened, Reason):
        return redirect("crosscheck:compare", encounter_id, other_id)
    if opened.where != "reason":
        return _refused(request, actor, opened)
    filled = Filled(
        values={"opening": str(other_id)},
        mistakes=(Mistake(field=f"reason-{number_of(other_id)}", sentence=say(opened.words)),),
    )
    return _candidates(request, actor, encounter_id, filled)


def _refused(request: HttpRequest, actor: Actor, reason: Reason) -> HttpResponse:
    """Say why not; what is not there and what may not be known of are the same (404)."""
    return not_shown(request, actor, reason, Purpose.IDENTIFY_CHILD)
