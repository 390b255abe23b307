"""What stands at the gate at this moment, as the rows on which an act rests."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from vangnet.chain.encounters.models import Account, Encounter
from vangnet.chain.handovers.answers import HEARD, PLACE
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Proposal, Request, Supersession
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


def hold(encounter_id: UUID) -> None:
    """Hold an encounter until the transaction ends: one step at a time at the gate of one child.

    A correction holds it too, so what a step reads first is what still stands when it writes.
    """
    Encounter.objects.select_for_update().filter(pk=encounter_id).first()


def last_check(child_id: UUID) -> int:
    """Give the number of the last check of a child, of whatever request; 0 where there is none."""
    rows = Check.objects.filter(request__encounter__child_id=child_id)
    return rows.aggregate(last=models.Max("number"))["last"] or 0


def last_account(child_id: UUID) -> int:
    """Give the number of the last account of the encounter of a child."""
    rows = Account.objects.filter(encounter__child_id=child_id)
    return rows.aggregate(last=models.Max("number"))["last"] or 0


def overtaken(row: Proposal | Decision) -> Reason | None:
    """Say what changed since somebody proposed: a check of the child, or the account of the encounter."""
    child_id = row.request.encounter.child_id
    if last_check(child_id) != row.checks_as_of:
        return refusal("check_changed")
    return None if last_account(child_id) == row.accounts_as_of else refusal("account_changed")


def not_agreed(outcome: str, child_id: UUID) -> Reason | None:
    """Say that the child did not agree to the place, where this outcome needs that: not known is not a yes.

    A yes counts only until the child leaves: where they were meanwhile, nobody here knows.
    """
    if not handover.OUTCOMES[outcome].needs_wish:
        return None
    rows = Check.objects.filter(request__encounter__child_id=child_id)
    said = rows.filter(models.Q(check_id=PLACE) | models.Q(check_id=HEARD, state="does_not_want_to_go"))
    last = said.order_by("-number", "-made_at").first()
    agreed = last is not None and last.state == "child_agrees" and not _has_left_since(child_id, last)
    return None if agreed else refusal("child_not_agreed")


def _has_left_since(child_id: UUID, check: Check) -> bool:
    """Whether the child left after a check: by the number of what was decided, or by when an incident was recorded."""
    handed = Handover.objects.filter(child_id=child_id, decision__checks_as_of__gte=check.number)
    gone = Incident.objects.filter(encounter__child_id=child_id, recorded_at__gte=check.made_at)
    return handed.exists() or gone.exists()


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
