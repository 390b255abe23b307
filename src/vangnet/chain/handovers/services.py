"""Writes of the gate: ask, check, propose, confirm, carry out. Nothing here decides: two people do.

Each gives the id of its row, or the reason why it was refused; the row and its binding in the ledger
are written together or not at all.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.handovers.answers import ANSWERS
from vangnet.chain.handovers.models import (
    Check,
    Decision,
    Handover,
    Incident,
    Proposal,
    Request,
    Supersession,
)
from vangnet.chain.handovers.refusals import refusal
from vangnet.chain.handovers.writing import refused_of, sealed, write
from vangnet.chain.persons import services as persons
from vangnet.chain.persons.selectors import collectors_in, people_of
from vangnet.knowledge import handover
from vangnet.knowledge.terms import Collector, Reason
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.keys import services as keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who received the child, in words, with the organisation where it takes part in Vangnet."""

    name: str
    organisation_id: UUID | None = None
    receipt: str = ""


def ask(
    *,
    actor: Actor,
    encounter_id: UUID,
    collector: Collector | None,
    at: datetime,
    relation: Relation = Relation.NONE,
) -> UUID | Reason:
    """Open the gate for a child of one encounter; None as collector is: nobody asks for the child."""
    encounter = Encounter.objects.filter(pk=encounter_id).first()
    if encounter is None:
        return refusal("unknown_encounter")
    refused = refused_of(actor, "ask_gate", encounter, relation)
    if refused is not None:
        return refused

    def row() -> Request:
        return Request(
            organisation_id=encounter.organisation_id,
            encounter=encounter,
            collector_id=_collector(actor, encounter, collector, at),
            asked_at=at,
            asked_by_id=actor.person_id,
        )

    return write(row, actor, "ask_gate", encounter, at)


def _collector(actor: Actor, encounter: Encounter, collector: Collector | None, at: datetime) -> UUID | None:
    """Give the reference of the adult who asks: the one the encounter has already, or a new one."""
    if collector is None:
        return None
    envelope = keys.envelope(encounter.envelope_id)
    for reference_id, person in collectors_in(people_of(envelope)):
        if person == collector:
            return reference_id
    (made,) = persons.add_people(
        organisation_id=encounter.organisation_id,
        envelope=envelope,
        people=(collector,),
        made_by=actor.person_id,
        at=at,
    )
    return made.pk


def record_check(  # noqa: PLR0913 - one fact each
    *,
    actor: Actor,
    request_id: UUID,
    check_id: str,
    state: str,
    evidence: str = "",
    source: str = "",
    at: datetime,
    relation: Relation = Relation.NONE,
) -> UUID | Reason:
    """Record what was found about one check; a later answer stands beside an earlier one, never in its place."""
    request = _request(request_id)
    if request is None:
        return refusal("unknown_request")
    refused = refused_of(actor, "record_check", request.encounter, relation) or _not_in_list(
        check_id, state, source
    )
    if refused is not None:
        return refused

    def row() -> Check:
        made = Check(
            id=uuid.uuid4(),
            organisation_id=request.organisation_id,
            request=request,
            number=_last_check(request.pk) + 1,
            check_id=check_id,
            state=state,
            source=source,
            made_by_id=actor.person_id,
            made_at=at,
        )
        made.evidence_sealed = sealed(request.encounter, made, evidence)
        return made

    return write(row, actor, "record_check", request.encounter, at)


def _not_in_list(check_id: str, state: str, source: str) -> Reason | None:
    listed = ANSWERS.get(check_id)
    if listed is None:
        return refusal("unknown_check", "check_id")
    if state not in listed.states:
        return refusal("state_not_in_list", "state")
    return None if source in listed.sources else refusal("source_not_in_list", "source")


def propose(
    *,
    actor: Actor,
    request_id: UUID,
    outcome: str,
    reason: str,
    machine: handover.Decision,
    at: datetime,
    relation: Relation = Relation.NONE,
) -> UUID | Reason:
    """Propose how it ends, with a reason in one's own words; another person confirms it or does not."""
    request = _request(request_id)
    if request is None:
        return refusal("unknown_request")
    refused = refused_of(actor, "propose_decision", request.encounter, relation) or _not_proposable(
        outcome, reason, machine, request
    )
    if refused is not None:
        return refused

    def row() -> Proposal:
        made = Proposal(
            id=uuid.uuid4(),
            organisation_id=request.organisation_id,
            request=request,
            outcome=outcome,
            machine_outcome=machine.outcome,
            checks_as_of=_last_check(request.pk),
            proposed_by_id=actor.person_id,
            proposed_at=at,
        )
        made.reason_sealed = sealed(request.encounter, made, reason)
        return made

    return write(row, actor, "propose_decision", request.encounter, at)


def _not_proposable(outcome: str, reason: str, machine: handover.Decision, request: Request) -> Reason | None:
    end = handover.OUTCOMES.get(outcome)
    if end is None:
        return refusal("outcome_not_in_list", "outcome")
    if end.kind == "incident":
        return refusal("incident_is_no_decision", "outcome")
    if end.needs_ready and request.collector_id is None:
        return refusal("nobody_asked", "outcome")
    if end.needs_ready and machine.outcome != "ready_for_two_people":
        return refusal("not_ready")
    return None if reason.strip() else refusal("no_reason", "reason")


def confirm(
    *,
    actor: Actor,
    proposal_id: UUID,
    reason: str,
    at: datetime,
    machine: handover.Decision | None = None,
    relation: Relation = Relation.NONE,
) -> UUID | Reason:
    """Confirm what another person proposed, with a reason in one's own words; two people have decided then.

    `machine` is what the gate says now; where it is given and no longer ready, the confirmation is refused.
    """
    proposal = Proposal.objects.select_related("request__encounter").filter(pk=proposal_id).first()
    if proposal is None:
        return refusal("unknown_proposal")
    encounter = proposal.request.encounter
    refused = refused_of(actor, "confirm_decision", encounter, relation)
    if refused is not None or not reason.strip():
        return refused or refusal("no_reason", "reason")

    def row() -> Decision | Reason:
        return _not_confirmable(actor, proposal, machine) or _decided(actor, proposal, reason, at)

    return write(row, actor, "confirm_decision", encounter, at)


def _decided(actor: Actor, proposal: Proposal, reason: str, at: datetime) -> Decision:
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
        first_decider_id=proposal.proposed_by_id,
        second_decider_id=actor.person_id,
        decided_at=at,
    )
    made.reason_sealed = sealed(proposal.request.encounter, made, reason)
    return made


def _not_confirmable(actor: Actor, proposal: Proposal, machine: handover.Decision | None) -> Reason | None:
    if proposal.proposed_by_id == actor.person_id:
        return refusal("same_person")
    if Decision.objects.filter(proposal=proposal).exists():
        return refusal("already_decided")
    if _last_check(proposal.request_id) != proposal.checks_as_of:
        return refusal("check_changed")
    if _no_longer_ready(proposal.outcome, machine):
        return refusal("not_ready")
    open_ = Decision.objects.filter(
        child_id=proposal.request.encounter.child_id, supersession=None, handover=None
    ).exists()
    return refusal("decision_open") if open_ else None


def supersede(
    *, actor: Actor, decision_id: UUID, reason: str, at: datetime, relation: Relation = Relation.NONE
) -> UUID | Reason:
    """Withdraw a decision that was not carried out; one person is enough to stop, never to go on."""
    decision = _decision(decision_id)
    if decision is None:
        return refusal("unknown_decision")
    encounter = decision.request.encounter
    refused = refused_of(actor, "propose_decision", encounter, relation)
    if refused is not None or not reason.strip():
        return refused or refusal("no_reason", "reason")

    def row() -> Supersession | Reason:
        made = Supersession(
            id=uuid.uuid4(),
            organisation_id=decision.organisation_id,
            decision=decision,
            superseded_by_id=actor.person_id,
            superseded_at=at,
        )
        made.reason_sealed = sealed(encounter, made, reason)
        return _over(decision) or made

    return write(row, actor, "propose_decision", encounter, at)


def record_handover(
    *,
    actor: Actor,
    decision_id: UUID,
    receiver: Receiver,
    at: datetime,
    machine: handover.Decision | None = None,
    relation: Relation = Relation.NONE,
) -> UUID | Reason:
    """Record that the child went with its receiver, on a valid decision of two people.

    `machine` is what the gate says now; where it is given and no longer ready, nothing is recorded.
    """
    decision = _decision(decision_id)
    if decision is None:
        return refusal("unknown_decision")
    encounter = decision.request.encounter
    refused = refused_of(actor, "record_handover", encounter, relation)
    if refused is not None or not receiver.name.strip():
        return refused or refusal("no_receiver", "receiver")

    def row() -> Handover | Reason:
        return _not_to_carry_out(decision, machine) or _handed(actor, decision, receiver, at)

    return write(row, actor, "record_handover", encounter, at)


def _not_to_carry_out(decision: Decision, machine: handover.Decision | None) -> Reason | None:
    if _last_check(decision.request_id) != decision.checks_as_of:
        return refusal("check_changed")
    return _over(decision) or (refusal("not_ready") if _no_longer_ready(decision.outcome, machine) else None)


def _handed(actor: Actor, decision: Decision, receiver: Receiver, at: datetime) -> Handover:
    made = Handover(
        id=uuid.uuid4(),
        organisation_id=decision.organisation_id,
        decision=decision,
        child_id=decision.child_id,
        collector_id=decision.collector_id,
        outcome=decision.outcome,
        first_decider_id=decision.first_decider_id,
        second_decider_id=decision.second_decider_id,
        receiver_id=receiver.organisation_id,
        handed_by_id=actor.person_id,
        handed_at=at,
    )
    words = json.dumps({"name": receiver.name, "receipt": receiver.receipt}, ensure_ascii=False)
    made.receipt_sealed = sealed(decision.request.encounter, made, words)
    return made


def record_incident(
    *,
    actor: Actor,
    encounter_id: UUID,
    outcome: str,
    words: str,
    at: datetime,
    relation: Relation = Relation.NONE,
) -> UUID | Reason:
    """Record that the child left at the legal limit or went missing; one person, and always reviewed."""
    encounter = Encounter.objects.filter(pk=encounter_id).first()
    if encounter is None:
        return refusal("unknown_encounter")
    refused = refused_of(actor, "record_handover", encounter, relation) or _no_incident(outcome, words)
    if refused is not None:
        return refused

    def row() -> Incident:
        made = Incident(
            id=uuid.uuid4(),
            organisation_id=encounter.organisation_id,
            encounter=encounter,
            outcome=outcome,
            recorded_by_id=actor.person_id,
            recorded_at=at,
        )
        made.words_sealed = sealed(encounter, made, words)
        return made

    return write(row, actor, "record_handover", encounter, at)


def _no_incident(outcome: str, words: str) -> Reason | None:
    end = handover.OUTCOMES.get(outcome)
    if end is None:
        return refusal("outcome_not_in_list", "outcome")
    if end.kind == "handover":
        return refusal("handover_is_no_incident", "outcome")
    return None if words.strip() else refusal("no_reason", "words")


def _no_longer_ready(outcome: str, machine: handover.Decision | None) -> bool:
    needed = handover.OUTCOMES[outcome].needs_ready
    return needed and machine is not None and machine.outcome != "ready_for_two_people"


def _over(decision: Decision) -> Reason | None:
    if Supersession.objects.filter(decision=decision).exists():
        return refusal("superseded")
    return refusal("carried_out") if Handover.objects.filter(decision=decision).exists() else None


def _request(request_id: UUID) -> Request | None:
    return Request.objects.select_related("encounter").filter(pk=request_id).first()


def _decision(decision_id: UUID) -> Decision | None:
    return Decision.objects.select_related("request__encounter").filter(pk=decision_id).first()


def _last_check(request_id: UUID) -> int:
    last = Check.objects.filter(request_id=request_id).aggregate(last=models.Max("number"))["last"]
    return last or 0
