"""What stands at the gate at this moment, as the rows on which an act rests."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.handovers.models import Check, Decision, Handover, Proposal, Request, Supersession
from vangnet.chain.handovers.refusals import refusal
from vangnet.knowledge import handover
from vangnet.knowledge.terms import Reason


def encounter_with(encounter_id: UUID) -> Encounter | None:
    """Give an encounter, where there is one."""
    return Encounter.objects.filter(pk=encounter_id).first()


def request_with(request_id: UUID) -> Request | None:
    """Give a request with its encounter, where there is one."""
    return Request.objects.select_related("encounter").filter(pk=request_id).first()


def proposal_with(proposal_id: UUID) -> Proposal | None:
    """Give a proposal with its request and encounter, where there is one."""
    return Proposal.objects.select_related("request__encounter").filter(pk=proposal_id).first()


def decision_with(decision_id: UUID) -> Decision | None:
    """Give a decision with its request and encounter, where there is one."""
    return Decision.objects.select_related("request__encounter").filter(pk=decision_id).first()


def last_check(request_id: UUID) -> int:
    """Give the number of the last check of a request; 0 where there is none."""
    return Check.objects.filter(request_id=request_id).aggregate(last=models.Max("number"))["last"] or 0


def over(decision: Decision) -> Reason | None:
    """Say why a decision cannot be used any more: withdrawn, or carried out already."""
    if Supersession.objects.filter(decision=decision).exists():
        return refusal("superseded")
    return refusal("carried_out") if Handover.objects.filter(decision=decision).exists() else None


def receiver_not_decided(outcome: str, receiver_id: UUID | None) -> Reason | None:
    """Say that it was not said who receives the child, in a row from before that was asked."""
    asked = bool(handover.OUTCOMES[outcome].receivers)
    return refusal("receiver_not_decided") if asked and receiver_id is None else None


def not_ready(outcome: str, machine: handover.Decision) -> Reason | None:
    """Say that the gate is not ready, where this outcome needs that it is."""
    ready = machine.outcome == "ready_for_two_people"
    return refusal("not_ready") if handover.OUTCOMES[outcome].needs_ready and not ready else None
