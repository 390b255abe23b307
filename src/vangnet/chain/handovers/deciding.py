"""What two people do at the gate: one proposes, another confirms or does not, one may withdraw.

One person is enough to stop, never to go on. Each gives the id of its row, or the reason why it was
refused. `machine` is what the gate says at this moment. `also_read` are the ids that the same request
read: they stand in the one entry.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models

from vangnet.chain.handovers.models import Check, Decision, Proposal, Request, Supersession
from vangnet.chain.handovers.receiving import not_receiving
from vangnet.chain.handovers.refusals import refusal
from vangnet.chain.handovers.services import Answer, checked
from vangnet.chain.handovers.standing import (
    decision_with,
    last_account,
    last_check,
    not_agreed,
    not_ready,
    over,
    overtaken,
    proposal_with,
    receiver_not_decided,
    request_with,
)
from vangnet.chain.handovers.writing import By, act, sealed
from vangnet.knowledge import handover
from vangnet.knowledge.terms import Reason
from vangnet.trust.access.policy import Actor, Relation

_OPEN = models.Q(supersession=None, handover=None)


def propose(  # noqa: PLR0913 - one fact each
    *,
    actor: Actor,
    request_id: UUID,
    outcome: str,
    receiver_id: UUID | None,
    reason: str,
    machine: handover.Decision,
    relation: Relation,
    at: datetime,
    also_read: Sequence[UUID] = (),
) -> UUID | Reason:
    """Propose how it ends and who receives, with a reason in one's own words; another person confirms it or does not.

    `receiver_id` is the organisation that receives the child; None where whoever asked does.
    Whoever proposes anew withdraws, with the same reason, what was decided about this child and not
    carried out, on whatever request: so an earlier decision never stands beside a later proposal.
    """
    by = By(actor=actor, relation=relation, at=at, also_read=also_read)

    def rows(request: Request) -> list[models.Model] | Reason:
        refused = _not_proposable(request, outcome, reason, machine) or not_receiving(
            request.encounter, outcome, receiver_id
        )
        if refused is not None:
            return refused
        earlier = Decision.objects.select_related("request__encounter").filter(
            _OPEN, child_id=request.encounter.child_id
        )
        withdrawn = [_withdrawn(one, reason, by) for one in earlier]
        proposed = _proposed(request, outcome, machine, by)
        proposed.receiver_id = receiver_id
        proposed.reason_sealed = sealed(request.encounter, proposed, reason)
        return [*withdrawn, proposed]

    return act("propose_decision", by, on=request_with(request_id), unknown="unknown_request", rows=rows)


def _not_proposable(request: Request, outcome: str, reason: str, machine: handover.Decision) -> Reason | None:
    end = handover.OUTCOMES.get(outcome)
    if end is None:
        return refusal("outcome_not_in_list", "outcome")
    if end.kind == "incident":
        return refusal("incident_is_no_decision", "outcome")
    if end.needs_ready and request.collector_id is None:
        return refusal("nobody_asked", "outcome")
    stands = not_ready(outcome, machine) or not_agreed(outcome, request.encounter.child_id)
    return stands or (None if reason.strip() else refusal("no_reason", "reason"))


def _proposed(request: Request, outcome: str, machine: handover.Decision, by: By) -> Proposal:
    return Proposal(
        id=uuid.uuid4(),
        organisation_id=request.organisation_id,
        request=request,
        number=Proposal.objects.filter(request=request).count() + 1,
        outcome=outcome,
        machine_outcome=machine.outcome,
        checks_as_of=last_check(request.encounter.child_id),
        accounts_as_of=last_account(request.encounter.child_id),
        proposed_by_id=by.actor.person_id,
        proposed_at=by.at,
    )


def confirm(
    *,
    actor: Actor,
    proposal_id: UUID,
    reason: str,
    machine: handover.Decision,
    relation: Relation,
    at: datetime,
    also_read: Sequence[UUID] = (),
) -> UUID | Reason:
    """Confirm what another person proposed, with a reason in one's own words; two people have decided then.

    Where the outcome needs the gate ready and it no longer is, the confirmation is refused.
    """
    by = By(actor=actor, relation=relation, at=at, also_read=also_read)

    def rows(proposal: Proposal) -> Decision | Reason:
        return _not_confirmable(proposal, reason, machine, by) or _decided(proposal, reason, by)

    return act("confirm_decision", by, on=proposal_with(proposal_id), unknown="unknown_proposal", rows=rows)


def _not_confirmable(proposal: Proposal, reason: str, machine: handover.Decision, by: By) -> Reason | None:
    if not reason.strip():
        return refusal("no_reason", "reason")
    if proposal.proposed_by_id == by.actor.person_id:
        return refusal("same_person")
    encounter, receiver_id = proposal.request.encounter, proposal.receiver_id
    missing = receiver_not_decided(proposal.outcome, receiver_id)
    if unfit := missing or not_receiving(encounter, proposal.outcome, receiver_id):
        return unfit
    if Decision.objects.filter(proposal=proposal).exists():
        return refusal("already_decided")
    child_id = encounter.child_id
    open_ = refusal("decision_open") if Decision.objects.filter(_OPEN, child_id=child_id).exists() else None
    stands = overtaken(proposal) or not_ready(proposal.outcome, machine)
    return stands or not_agreed(proposal.outcome, child_id) or open_


def _decided(proposal: Proposal, reason: str, by: By) -> Decision:
    made = Decision(
        id=uuid.uuid4(),
        organisation_id=proposal.organisation_id,
        proposal=proposal,
        request=proposal.request,
        child_id=proposal.request.encounter.child_id,
        collector_id=proposal.request.collector_id,
        outcome=proposal.outcome,
        machine_outcome=proposal.machine_outcome,
        checks_as_of=proposal.checks_as_of,
        accounts_as_of=proposal.accounts_as_of,
        receiver_id=proposal.receiver_id,
        first_decider_id=proposal.proposed_by_id,
        second_decider_id=by.actor.person_id,
        decided_at=by.at,
    )
    made.reason_sealed = sealed(proposal.request.encounter, made, reason)
    return made


def decline(
    *,
    actor: Actor,
    proposal_id: UUID,
    reason: str,
    relation: Relation,
    at: datetime,
    also_read: Sequence[UUID] = (),
) -> UUID | Reason:
    """Say as the second person that it stays *not yet*: a check that overtakes the proposal, with the reason."""
    by = By(actor=actor, relation=relation, at=at, also_read=also_read)
    answer = Answer(check="G-16", state="not_agreed", evidence=reason)

    def rows(proposal: Proposal) -> Check | Reason:
        said = reason.strip()
        return checked(proposal.request, answer, by) if said else refusal("no_reason", "reason")

    return act(
        "decline_decision",
        by,
        permit_for="confirm_decision",
        on=proposal_with(proposal_id),
        unknown="unknown_proposal",
        rows=rows,
    )


def supersede(
    *,
    actor: Actor,
    decision_id: UUID,
    reason: str,
    relation: Relation,
    at: datetime,
    also_read: Sequence[UUID] = (),
) -> UUID | Reason:
    """Withdraw a decision that was not carried out."""
    by = By(actor=actor, relation=relation, at=at, also_read=also_read)

    def rows(decision: Decision) -> Supersession | Reason:
        if not reason.strip():
            return refusal("no_reason", "reason")
        return over(decision) or _withdrawn(decision, reason, by)

    return act(
        "supersede_decision",
        by,
        permit_for="propose_decision",
        on=decision_with(decision_id),
        unknown="unknown_decision",
        rows=rows,
    )


def _withdrawn(decision: Decision, reason: str, by: By) -> Supersession:
    made = Supersession(
        id=uuid.uuid4(),
        organisation_id=decision.organisation_id,
        decision=decision,
        superseded_by_id=by.actor.person_id,
        superseded_at=by.at,
    )
    made.reason_sealed = sealed(decision.request.encounter, made, reason)
    return made
