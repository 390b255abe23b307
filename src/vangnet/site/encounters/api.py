"""The endpoints of an encounter: record one, and ask what follows from it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Router, Status

from vangnet.chain import flow
from vangnet.knowledge.assessment import Assessment as Assessed
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.api import sentences
from vangnet.site.api.bodies import encounter_in
from vangnet.site.api.document import ENCOUNTER_BODY
from vangnet.site.api.door import actor_in, problems, purpose_in
from vangnet.site.api.problems import NOTHING_HERE, OF_KIND, REFUSED, UNREADABLE, problem
from vangnet.site.api.shapes import EncounterAssessment, Recorded
from vangnet.site.pages.speaking import language
from vangnet.trust.access.policy import Relation, permit

router = Router(tags=["encounters"])


@router.post(
    "",
    operation_id="recordEncounter",
    summary="Record an encounter",
    response={200: Recorded, 201: Recorded, **problems(409, 413, 415)},
    openapi_extra=ENCOUNTER_BODY,
)
def record(
    request: HttpRequest,
    idempotency_key: Annotated[UUID, Header(alias="Idempotency-Key")],
    purpose: Annotated[Purpose | None, Header(alias="Vangnet-Purpose")] = None,
) -> Status[Any] | HttpResponse:
    """Record it, index it, start its duties; all or nothing. The same again changes nothing (200, created false)."""
    facts = encounter_in(request)
    if isinstance(facts, tuple):
        return problem(UNREADABLE, facts)
    taken = flow.take_in(
        actor=actor_in(request),
        purpose=purpose_in(request, purpose),
        facts=facts,
        request_key=idempotency_key,
        at=timezone.now(),
    )
    if isinstance(taken, tuple):
        return problem(OF_KIND[taken[0].kind], taken)
    body = {"id": taken.encounter_id, "created": taken.created, "assessment": _told(taken.assessment)}
    return Status(201 if taken.created else 200, body)


def _told(assessment: Assessed | None) -> dict[str, Any] | None:
    return None if assessment is None else assessment.as_json(language())


@router.get(
    "/{uuid:encounter}/assessment",
    operation_id="assessEncounter",
    summary="What follows from an encounter",
    response={200: EncounterAssessment, **problems(404)},
)
def assessment(
    request: HttpRequest,
    encounter: UUID,
    purpose: Annotated[Purpose | None, Header(alias="Vangnet-Purpose")] = None,
) -> Status[Any] | HttpResponse:
    """Give screening, gate, duties and next steps as they stand now. One you have no part in is not found."""
    actor, wanted = actor_in(request), purpose_in(request, purpose)
    anyway = permit(actor, "read_encounter", wanted, Relation.NONE).reason
    if anyway is not None and anyway.code != "relation":  # the same whether this one is there or not
        return problem(REFUSED, [anyway])
    if flow.relation_to(actor, encounter) is Relation.NONE:
        return problem(NOTHING_HERE, [sentences.NOTHING_HERE])
    found = flow.advice(
        actor=actor,
        purpose=wanted,
        encounter_id=encounter,
        at=timezone.now(),
    )
    if isinstance(found, Reason):
        return problem(OF_KIND[found.kind], [found])
    return Status(200, {"id": encounter, "assessment": _told(found.assessment)})
