"""My work now, and the encounters of one's own organisation: numbers and times, no names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vangnet.chain.encounters.selectors import encounters_visible_to
from vangnet.chain.flow.due import older as older_work
from vangnet.chain.flow.working import work
from vangnet.knowledge.terms import Reason
from vangnet.site.pages.doors import purpose_of, refused, show, signed_in
from vangnet.site.work import met, pages
from vangnet.site.work.older import older_page
from vangnet.trust.access.policy import Actor
from vangnet.trust.ledger.reading import may_read


@require_safe
@signed_in
def now(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what waits, by time alone. Whoever has no work with children is told so, on the same page."""
    found = work(actor=actor, at=timezone.now())
    if isinstance(found, Reason) and found.code == "firewall":
        return refused(request, actor, found)
    if isinstance(found, Reason):
        page = pages.without_work(found, reads_ledger=may_read(actor) is None)
    else:
        page = pages.work_page(found)
    return show(request, actor, "work/now.html", {"page": page}, section="work")


@require_safe
@signed_in
def encounters(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the recent encounters of one's own organisation, the newest first."""
    moment = timezone.now()
    found = encounters_visible_to(actor=actor, purpose=purpose_of(request, actor), at=moment, limit=met.MOST)
    if isinstance(found, Reason):
        return refused(request, actor, found)
    return show(request, actor, "work/encounters.html", {"days": met.days_of(found, actor)}, section="work")


@require_safe
@signed_in
def older(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what of longer ago was never recorded as done, the oldest first."""
    found = older_work(actor=actor, at=timezone.now())
    if isinstance(found, Reason):
        return refused(request, actor, found)
    return show(request, actor, "work/older.html", {"page": older_page(found, actor)}, section="work")
