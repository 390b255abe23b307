"""Reads of the gate, as frozen values. What holds words about a child is in the ledger before it is given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.handovers.answers import CheckMade
from vangnet.chain.handovers.digests import digest_of, place_of
from vangnet.chain.handovers.models import (
    Check,
    Decision,
    Handover,
    Incident,
    Proposal,
    Request,
    Review,
    Supersession,
)
from vangnet.chain.handovers.recorded import (
    DecisionMade,
    Departure,
    Gate,
    HandoverMade,
    Happened,
    IncidentMade,
    ProposalMade,
    RequestMade,
    ReviewMade,
)
from vangnet.chain.handovers.refusals import refusal
from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys import services as keys
from vangnet.trust.ledger import services as ledger


def requests_of(encounter_ids: Iterable[UUID]) -> tuple[RequestMade, ...]:
    """Give the requests of these encounters, oldest first; ids and times only."""
    rows = Request.objects.filter(encounter_id__in=set(encounter_ids)).order_by("asked_at", "id")
    return tuple(_request(row) for row in rows)


def request_behind(*, proposal_id: UUID | None = None, decision_id: UUID | None = None) -> RequestMade | None:
    """Give the request that a proposal or a decision belongs to."""
    asked = models.Q(decisions=decision_id) if proposal_id is None else models.Q(proposals=proposal_id)
    row = Request.objects.filter(asked).first()
    return None if row is None else _request(row)


def checks_of(request_id: UUID) -> tuple[CheckMade, ...]:
    """Give what was recorded about the checks of a request, in the order in which it was."""
    return tuple(_check(row) for row in _checks(request_id))


def gate_of(*, actor: Actor, purpose: Purpose, relation: Relation, request_id: UUID, at: datetime) -> Gate | Reason:
    """Give everything recorded at the gate for one request, with its words; written in the ledger first."""
    request = Request.objects.select_related("encounter").filter(pk=request_id).first()
    if request is None:
        return refusal("unknown_request")
    refused = permit(actor, "read_encounter", purpose, relation).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        gate = _gate(request, keys.envelope(request.encounter.envelope_id))
        _read(actor, purpose, request.encounter, (request.pk,), at)
    return gate


def incidents_of(
    *, actor: Actor, purpose: Purpose, relation: Relation, encounter_id: UUID, at: datetime
) -> tuple[IncidentMade, ...] | Reason:
    """Give the incidents of one encounter with their words; written in the ledger first."""
    encounter = Encounter.objects.filter(pk=encounter_id).first()
    if encounter is None:
        return refusal("unknown_encounter")
    refused = permit(actor, "read_encounter", purpose, relation).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        found = encounter.incidents.select_related("recorded_by", "review__reviewed_by")
        rows = list(found.order_by("recorded_at", "id"))
        if rows:
            _read(actor, purpose, encounter, tuple(row.pk for row in rows), at)
        envelope = keys.envelope(encounter.envelope_id)
        return tuple(_incident(row, envelope) for row in rows)


def _read(actor: Actor, purpose: Purpose, encounter: Encounter, read: tuple[UUID, ...], at: datetime) -> None:
    ledger.record(
        actor=actor,
        act="read_encounter",
        purpose=purpose,
        subjects=(encounter.pk, *read),
        also_in=() if actor.organisation_id == encounter.organisation_id else (encounter.organisation_id,),
        at=at,
    )


def to_confirm(*, actor: Actor) -> tuple[tuple[UUID, UUID], ...]:
    """Give (request, proposal) of what waits for a second person at the actor's organisation."""
    waiting = Proposal.objects.filter(organisation_id=actor.organisation_id, decision=None)
    rows = waiting.exclude(proposed_by_id=actor.person_id).order_by("proposed_at", "id")
    return tuple((row.request_id, row.pk) for row in rows if row.checks_as_of == _last(row.request_id))


def happened(encounter_ids: Iterable[UUID]) -> tuple[Happened, ...]:
    """Give what happened at the gate of these encounters, in order of time."""
    ids = set(encounter_ids)
    found = [
        *(
            _event(row, row.encounter_id, "asked", "", row.asked_at, row.asked_by_id)
            for row in Request.objects.filter(encounter_id__in=ids)
        ),
        *(
            _event(row, row.request.encounter_id, "decided", row.outcome, row.decided_at, row.second_decider_id)
            for row in Decision.objects.filter(request__encounter_id__in=ids).select_related("request")
        ),
        *(
            _event(
                row, row.decision.request.encounter_id, "handed_over", row.outcome, row.handed_at, row.handed_by_id
            )
            for row in Handover.objects.filter(decision__request__encounter_id__in=ids).select_related(
                "decision__request"
            )
        ),
        *(
            _event(row, row.encounter_id, "incident", row.outcome, row.recorded_at, row.recorded_by_id)
            for row in Incident.objects.filter(encounter_id__in=ids)
        ),
    ]
    return tuple(sorted(found, key=lambda one: (one.at, str(one.id))))


def departures(encounter_ids: Iterable[UUID]) -> dict[UUID, Departure]:
    """Give, of each encounter whose child left, when and how: the hand-over or incident that came last.

    An encounter that is not in the answer has no end recorded: there the hold runs as the law has it.
    Ids and times only. Advice, work list and timeline end the hold by this.
    """
    ids = set(encounter_ids)
    handed = Handover.objects.filter(decision__request__encounter_id__in=ids).select_related("decision__request")
    incidents = Incident.objects.filter(encounter_id__in=ids)
    found = [*(_handed(row) for row in handed), *(_left(row) for row in incidents)]
    return {one.encounter_id: one for one in sorted(found, key=lambda one: (one.at, str(one.id)))}


def _handed(row: Handover) -> Departure:
    return Departure(
        id=row.pk,
        encounter_id=row.decision.request.encounter_id,
        end=OUTCOMES[row.outcome],
        at=row.handed_at,
        by=row.handed_by_id,
        receiver_id=row.receiver_id,
    )


def _left(row: Incident) -> Departure:
    return Departure(
        id=row.pk,
        encounter_id=row.encounter_id,
        end=OUTCOMES[row.outcome],
        at=row.recorded_at,
        by=row.recorded_by_id,
    )


def rows_for_verification() -> Iterator[tuple[UUID, str]]:
    """Give every row of the gate with the digest of what stands there now, for comparing with the ledger."""
    for rows in _ROWS:
        for row in rows.iterator(chunk_size=2000):
            yield UUID(str(row.pk)), digest_of(row)


_ROWS: tuple[models.QuerySet[Any], ...] = (
    Request.objects.all(),
    Check.objects.all(),
    Proposal.objects.all(),
    Decision.objects.all(),
    Supersession.objects.all(),
    Handover.objects.all(),
    Incident.objects.all(),
    Review.objects.all(),
)


def _event(row: models.Model, encounter_id: UUID, what: str, outcome: str, at: datetime, by: UUID) -> Happened:
    return Happened(id=UUID(str(row.pk)), encounter_id=encounter_id, what=what, outcome=outcome, at=at, by=by)


def _last(request_id: UUID) -> int:
    return Check.objects.filter(request_id=request_id).aggregate(last=models.Max("number"))["last"] or 0


def _request(row: Request) -> RequestMade:
    return RequestMade(
        id=row.pk,
        encounter_id=row.encounter_id,
        organisation_id=row.organisation_id,
        collector_id=row.collector_id,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
    )


def _checks(request_id: UUID) -> models.QuerySet[Check]:
    return Check.objects.filter(request_id=request_id).select_related("made_by").order_by("number")


def _check(row: Check) -> CheckMade:
    return CheckMade(
        id=row.pk,
        check=row.check_id,
        number=row.number,
        state=row.state,
        source=row.source,
        made_by=row.made_by_id,
        made_by_name=row.made_by.name,
        made_at=row.made_at,
    )


def _gate(request: Request, envelope: keys.Envelope) -> Gate:
    checks = list(_checks(request.pk))
    last = checks[-1].number if checks else 0
    proposals = Proposal.objects.filter(request=request).select_related("proposed_by", "decision")
    decisions = Decision.objects.filter(request=request).select_related(
        "first_decider", "second_decider", "proposal", "supersession", "handover__handed_by"
    )
    decided = list(decisions.order_by("decided_at", "id"))
    return Gate(
        request=_request(request),
        checks=tuple(_check(row) for row in checks),
        evidence={row.pk: _words(envelope, row, row.evidence_sealed) for row in checks},
        proposals=tuple(_proposal(row, envelope, last) for row in proposals.order_by("proposed_at", "id")),
        decisions=tuple(_decision(row, envelope, last) for row in decided),
        handovers=tuple(_handover(row.handover, envelope) for row in decided if hasattr(row, "handover")),
    )


def _words(envelope: keys.Envelope, row: models.Model, words: bytes | memoryview[int]) -> str:
    return envelope.open(bytes(words), context=place_of(row))


def _proposal(row: Proposal, envelope: keys.Envelope, last: int) -> ProposalMade:
    return ProposalMade(
        id=row.pk,
        outcome=row.outcome,
        machine_outcome=row.machine_outcome,
        reason=_words(envelope, row, row.reason_sealed),
        proposed_by=row.proposed_by_id,
        proposed_by_name=row.proposed_by.name,
        proposed_at=row.proposed_at,
        checks_as_of=row.checks_as_of,
        is_stale=row.checks_as_of != last,
        is_decided=hasattr(row, "decision"),
    )


def _decision(row: Decision, envelope: keys.Envelope, last: int) -> DecisionMade:
    return DecisionMade(
        id=row.pk,
        proposal_id=row.proposal_id,
        outcome=row.outcome,
        reason=_words(envelope, row.proposal, row.proposal.reason_sealed),
        second_reason="" if row.reason_sealed is None else _words(envelope, row, row.reason_sealed),
        first_decider=row.first_decider.name,
        second_decider=row.second_decider.name,
        decided_at=row.decided_at,
        checks_as_of=row.checks_as_of,
        is_stale=row.checks_as_of != last,
        is_superseded=hasattr(row, "supersession"),
        handed_at=row.handover.handed_at if hasattr(row, "handover") else None,
    )


def _handover(row: Handover, envelope: keys.Envelope) -> HandoverMade:
    said = json.loads(_words(envelope, row, row.receipt_sealed))
    return HandoverMade(
        id=row.pk,
        decision_id=row.decision_id,
        outcome=row.outcome,
        receiver=said["name"],
        receiver_id=row.receiver_id,
        receipt=said["receipt"],
        handed_by_name=row.handed_by.name,
        handed_at=row.handed_at,
    )


def _incident(row: Incident, envelope: keys.Envelope) -> IncidentMade:
    return IncidentMade(
        id=row.pk,
        outcome=row.outcome,
        words=_words(envelope, row, row.words_sealed),
        recorded_by=row.recorded_by_id,
        recorded_by_name=row.recorded_by.name,
        recorded_at=row.recorded_at,
        review=_review(row.review, envelope) if hasattr(row, "review") else None,
    )


def _review(row: Review, envelope: keys.Envelope) -> ReviewMade:
    return ReviewMade(
        words=_words(envelope, row, row.words_sealed),
        role=row.role,
        reviewed_by_name=row.reviewed_by.name,
        reviewed_at=row.reviewed_at,
    )
