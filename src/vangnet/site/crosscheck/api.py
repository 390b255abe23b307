"""The endpoint of the cross-check: an encounter in, what this person may be told out."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Router, Status

from vangnet.chain import flow
from vangnet.chain.crosscheck.selectors import Graded
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.api.bodies import encounter_in
from vangnet.site.api.document import ENCOUNTER_BODY
from vangnet.site.api.door import actor_in, problems, purpose_in
from vangnet.site.api.problems import REFUSED, UNREADABLE, problem
from vangnet.site.api.shapes import CrossCheck
from vangnet.site.encounters.earlier import earlier_of

router = Router(tags=["cross-checks"])


@router.post(
    "",
    operation_id="crossCheck",
    summary="Look for earlier encounters of the same child",
    response={200: CrossCheck, **problems(413, 415)},
    openapi_extra=ENCOUNTER_BODY,
)
def cross_check(
    request: HttpRequest,
    purpose: Annotated[Purpose | None, Header(alias="Vangnet-Purpose")] = None,
) -> Status[Any] | HttpResponse:
    """Compare an encounter, stored or not, with those in the index. Nothing is stored but the ledger's entry."""
    facts = encounter_in(request)
    if isinstance(facts, tuple):
        return problem(UNREADABLE, facts)
    told = flow.cross_check_record(
        actor=actor_in(request), purpose=purpose_in(request, purpose), record=record_of(facts), at=timezone.now()
    )
    if isinstance(told, Reason):
        return problem(REFUSED, [told])
    others = (
        one for one in told if one.summary is None or one.summary.encounter_id != (facts.encounter_id or None)
    )
    return Status(200, {"candidates": [_candidate(one) for one in others]})


def _candidate(one: Graded) -> dict[str, Any]:
    """Say of one what the advice page says of it."""
    shown = earlier_of(one, encounter_id=one.encounter_id or UUID(int=0), link=_no_link)
    return {
        "answer": one.answer.value,
        "id": one.encounter_id if one.answer is Answer.CONTENT else None,
        "title": shown.title,
        "reason": shown.reason,
        "telephone": shown.number,
    }


def _no_link(*_parts: object) -> str:
    return ""
