"""The gate in the open: what was recorded there, with its words, as frozen values.

Whoever calls this does so in a transaction and writes the ledger entry, one for all that its page
reads, before anything of it is given.
"""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import models

from vangnet.chain.encounters.models import Account, Encounter
from vangnet.chain.handovers.answers import AskedFor, CheckMade
from vangnet.chain.handovers.digests import place_of
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
    AccountMade,
    DecisionMade,
    Gate,
    HandoverMade,
    IncidentMade,
    OtherRequest,
    ProposalMade,
    ReviewMade,
    StopMade,
)
from vangnet.chain.handovers.refusals import refusal
from vangnet.chain.handovers.selectors import every_departure, request_made
from vangnet.chain.handovers.standing import encounter_with, request_with
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys import services as keys


def opened_gate(*, actor: Actor, purpose: Purpose, relation: Relation, request_id: UUID) -> Gate | Reason:
    """Give everything recorded at the gate for one request, with what other requests about the child found. Writes no ledger entry: whoever calls this does."""
    request = request_with(request_id)
    if request is None:
        return refusal("unknown_request")
    refused = permit(actor, "read_encounter", purpose, relation).reason
    return refused or _gate(request, keys.envelope(request.encounter.envelope_id))


def opened_incidents(
    *, actor: Actor, purpose: Purpose, relation: Relation, encounter_id: UUID
) -> tuple[IncidentMade, ...] | Reason:
    """Give the incidents of one encounter. Writes no ledger entry: whoever calls this does."""
    encounter = encounter_with(encounter_id)
    if encounter is None:
        return refusal("unknown_encounter")
    refused = permit(actor, "read_encounter", purpose, relation).reason
    return refused or _incidents(encounter)


def _incidents(encounter: Encounter) -> tuple[IncidentMade, ...]:
    rows = encounter.incidents.select_related("recorded_by", "review__reviewed_by").order_by("recorded_at", "id")
    envelope = keys.envelope(encounter.envelope_id)
    return tuple(_incident(row, envelope) for row in rows)


def _check(row: Check, request: Request, left_at: datetime | None) -> CheckMade:
    return CheckMade(
        id=row.pk,
        check=row.check_id,
        number=row.number,
        state=row.state,
        source=row.source,
        made_by=row.made_by_id,
        made_by_name=row.made_by.name,
        made_at=row.made_at,
        asked_for=_asked_for(row.request, request),
        has_left_since=left_at is not None and row.made_at <= left_at,
    )


def _left_before(request: Request) -> datetime | None:
    """Say when the child last left before this request was made; None where the child was here since."""
    left = [one.at for one in every_departure([request.encounter_id]) if one.at < request.asked_at]
    return left[-1] if left else None


def _asked_for(other: Request, request: Request) -> AskedFor:
    if other.pk == request.pk:
        return "this_request"
    is_same = request.collector_id is not None and other.collector_id == request.collector_id
    return "same_adult" if is_same else "another"


def _gate(request: Request, envelope: keys.Envelope) -> Gate:
    of_child = Check.objects.filter(request__encounter_id=request.encounter_id)
    checks = list(of_child.select_related("made_by", "request").order_by("number", "made_at"))
    accounts = _accounts(request.encounter)
    left_at = _left_before(request)
    last = (max((row.number for row in checks), default=0), accounts[-1].number if accounts else 0)
    proposals = Proposal.objects.filter(request=request).select_related("proposed_by", "decision")
    decisions = Decision.objects.filter(request=request).select_related(
        "first_decider", "second_decider", "proposal", "supersession__superseded_by", "handover__handed_by"
    )
    decided = list(decisions.order_by(*_in_order("proposal__")))
    return Gate(
        request=request_made(request),
        checks=tuple(_check(row, request, left_at) for row in checks),
        evidence={row.pk: _words(envelope, row, row.evidence_sealed) for row in checks},
        left_at=left_at,
        accounts=accounts,
        others=_others(request),
        proposals=tuple(_proposal(row, envelope, last) for row in proposals.order_by(*_in_order())),
        decisions=tuple(_decision(row, envelope, last) for row in decided),
        handovers=tuple(_handover(row.handover, envelope) for row in decided if hasattr(row, "handover")),
    )


def _accounts(encounter: Encounter) -> tuple[AccountMade, ...]:
    rows = Account.objects.filter(encounter=encounter).select_related("recorded_by").order_by("number")
    return tuple(AccountMade(number=row.number, at=row.recorded_at, by_name=row.recorded_by.name) for row in rows)


def _others(request: Request) -> tuple[OtherRequest, ...]:
    """Give the other requests about the child, the oldest first, with how each ended."""
    others = Request.objects.filter(encounter_id=request.encounter_id).exclude(pk=request.pk)
    standing = Decision.objects.filter(request__in=others, supersession=None).select_related("handover")
    ends = {row.request_id: row for row in standing.order_by(models.F("handover").asc(nulls_first=True))}
    rows = others.select_related("asked_by").order_by("asked_at", "id")
    return tuple(_other(row, ends.get(row.pk)) for row in rows)


def _other(row: Request, decided: Decision | None) -> OtherRequest:
    handed = hasattr(decided, "handover")
    return OtherRequest(
        id=row.pk,
        collector_id=row.collector_id,
        by_name=row.asked_by.name,
        at=row.asked_at,
        outcome=decided.outcome if decided else "",
        is_handed=handed,
        is_open=decided is not None and not handed,
    )


def _in_order(of: str = "") -> tuple[models.expressions.OrderBy | str, ...]:
    """Order by the number that the database gave within the request; a row from before it was there comes first."""
    return (models.F(f"{of}number").asc(nulls_first=True), f"{of}proposed_at", f"{of}id")


def _words(envelope: keys.Envelope, row: models.Model, words: bytes | memoryview[int]) -> str:
    return envelope.open(bytes(words), context=place_of(row))


def _proposal(row: Proposal, envelope: keys.Envelope, last: tuple[int, int]) -> ProposalMade:
    return ProposalMade(
        id=row.pk,
        outcome=row.outcome,
        receiver_id=row.receiver_id,
        machine_outcome=row.machine_outcome,
        reason=_words(envelope, row, row.reason_sealed),
        proposed_by=row.proposed_by_id,
        proposed_by_name=row.proposed_by.name,
        proposed_at=row.proposed_at,
        checks_as_of=row.checks_as_of,
        accounts_as_of=row.accounts_as_of or 0,
        is_stale=(row.checks_as_of, row.accounts_as_of) != last,
        is_decided=hasattr(row, "decision"),
    )


def _decision(row: Decision, envelope: keys.Envelope, last: tuple[int, int]) -> DecisionMade:
    return DecisionMade(
        id=row.pk,
        proposal_id=row.proposal_id,
        outcome=row.outcome,
        receiver_id=row.receiver_id,
        reason=_words(envelope, row.proposal, row.proposal.reason_sealed),
        second_reason="" if row.reason_sealed is None else _words(envelope, row, row.reason_sealed),
        first_decider=row.first_decider.name,
        second_decider=row.second_decider.name,
        deciders=(row.first_decider_id, row.second_decider_id),
        decided_at=row.decided_at,
        checks_as_of=row.checks_as_of,
        accounts_as_of=row.accounts_as_of or 0,
        is_stale=(row.checks_as_of, row.accounts_as_of) != last,
        stopped=_stop(row.supersession, envelope) if hasattr(row, "supersession") else None,
        handed_at=row.handover.handed_at if hasattr(row, "handover") else None,
    )


def _stop(row: Supersession, envelope: keys.Envelope) -> StopMade:
    return StopMade(
        by_name=row.superseded_by.name,
        at=row.superseded_at,
        reason=_words(envelope, row, row.reason_sealed),
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
