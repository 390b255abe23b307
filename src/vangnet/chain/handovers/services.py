"""Writes of the gate that one person makes: ask, check, carry out, an incident. Nothing here decides: two people do.

Each gives the id of its row, or the reason why it was refused. `also_read` are the ids that the same
request read: they stand in the one entry. What two people do is in `deciding`; what comes after an
incident in `reviewing`.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.handovers.answers import ANSWERS
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Request
from vangnet.chain.handovers.receiving import not_receiving
from vangnet.chain.handovers.refusals import refusal
from vangnet.chain.handovers.standing import (
    decision_with,
    encounter_with,
    last_check,
    not_agreed,
    not_ready,
    over,
    overtaken,
    receiver_not_decided,
    request_with,
)
from vangnet.chain.handovers.writing import By, act, sealed
from vangnet.chain.persons import services as persons
from vangnet.chain.persons.selectors import collectors_in, people_of
from vangnet.knowledge import handover
from vangnet.knowledge.terms import Collector, Reason
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.keys import services as keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who of the receiver that was decided took the child along, and the receipt.

    `name` is not asked of who has authority: that person is who asked, by the name as claimed.
    """

    name: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody found about one check, from where, and in which words."""

    check: str
    state: str
    source: str = ""
    evidence: str = ""


def ask(
    *, actor: Actor, encounter_id: UUID, collector: Collector | None, relation: Relation, at: datetime
) -> UUID | Reason:
    """Open the gate for a child of one encounter; None as collector is: nobody asks for the child."""

    def rows(encounter: Encounter) -> Request:
        return Request(
            organisation_id=encounter.organisation_id,
            encounter=encounter,
            collector_id=_collector(actor, encounter, collector, at),
            asked_at=at,
            asked_by_id=actor.person_id,
        )

    by = By(actor=actor, relation=relation, at=at)
    return act("ask_gate", by, on=encounter_with(encounter_id), unknown="unknown_encounter", rows=rows)


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


def record_check(
    *, actor: Actor, request_id: UUID, answer: Answer, relation: Relation, at: datetime
) -> UUID | Reason:
    """Record what was found about one check; a later answer stands beside an earlier one, never in its place."""
    by = By(actor=actor, relation=relation, at=at)

    def rows(request: Request) -> Check | Reason:
        return _not_in_list(answer) or checked(request, answer, by)

    return act("record_check", by, on=request_with(request_id), unknown="unknown_request", rows=rows)


def _not_in_list(answer: Answer) -> Reason | None:
    listed = ANSWERS.get(answer.check)
    if listed is None:
        return refusal("unknown_check", "check_id")
    if answer.state not in listed.states:
        return refusal("state_not_in_list", "state")
    return None if answer.source in listed.sources else refusal("source_not_in_list", "source")


def checked(request: Request, answer: Answer, by: By) -> Check:
    """Give the row of an answer, numbered after the last one of its child."""
    made = Check(
        id=uuid.uuid4(),
        organisation_id=request.organisation_id,
        request=request,
        number=last_check(request.encounter.child_id) + 1,
        check_id=answer.check,
        state=answer.state,
        source=answer.source,
        made_by_id=by.actor.person_id,
        made_at=by.at,
    )
    made.evidence_sealed = sealed(request.encounter, made, answer.evidence)
    return made


def record_handover(
    *,
    actor: Actor,
    decision_id: UUID,
    receiver: Receiver,
    machine: handover.Decision,
    relation: Relation,
    at: datetime,
    also_read: Sequence[UUID] = (),
) -> UUID | Reason:
    """Record that the child went with the receiver that two people decided, on their valid decision.

    `machine` is what the gate says now; where the outcome needs it ready and it no longer is, nothing
    is recorded.
    """
    by = By(actor=actor, relation=relation, at=at, also_read=also_read)

    def rows(decision: Decision) -> Handover | Reason:
        return _not_to_carry_out(decision, machine) or _taken_along(decision, receiver, by)

    return act("record_handover", by, on=decision_with(decision_id), unknown="unknown_decision", rows=rows)


def _not_to_carry_out(decision: Decision, machine: handover.Decision) -> Reason | None:
    missing = receiver_not_decided(decision.outcome, decision.receiver_id)
    if unfit := missing or not_receiving(decision.request.encounter, decision.outcome, decision.receiver_id):
        return unfit
    stands = overtaken(decision) or over(decision) or not_ready(decision.outcome, machine)
    return stands or not_agreed(decision.outcome, decision.child_id)


def _taken_along(decision: Decision, receiver: Receiver, by: By) -> Handover | Reason:
    """Give the row with the name of who took the child along: the person of the organisation, or who asked."""
    name = receiver.name.strip() if decision.receiver_id else _name_of_who_asked(decision)
    if name:
        return _handed(decision, replace(receiver, name=name), by)
    return refusal("no_receiver", "receiver") if decision.receiver_id else refusal("receiver_without_name")


def _name_of_who_asked(decision: Decision) -> str:
    """Give the name of the adult who asked, as claimed now; empty where none stands any more."""
    envelope = keys.envelope(decision.request.encounter.envelope_id)
    person = next((one for id_, one in collectors_in(people_of(envelope)) if id_ == decision.collector_id), None)
    return person.name.whole if person and person.name else ""


def _handed(decision: Decision, receiver: Receiver, by: By) -> Handover:
    made = Handover(
        id=uuid.uuid4(),
        organisation_id=decision.organisation_id,
        decision=decision,
        child_id=decision.child_id,
        collector_id=decision.collector_id,
        outcome=decision.outcome,
        first_decider_id=decision.first_decider_id,
        second_decider_id=decision.second_decider_id,
        receiver_id=decision.receiver_id,
        handed_by_id=by.actor.person_id,
        handed_at=by.at,
    )
    words = json.dumps({"name": receiver.name, "receipt": receiver.receipt}, ensure_ascii=False)
    made.receipt_sealed = sealed(decision.request.encounter, made, words)
    return made


def record_incident(
    *, actor: Actor, encounter_id: UUID, outcome: str, words: str, relation: Relation, at: datetime
) -> UUID | Reason:
    """Record that the child left at the legal limit or went missing; one person, and always reviewed."""
    by = By(actor=actor, relation=relation, at=at)

    def rows(encounter: Encounter) -> Incident | Reason:
        return _no_incident(outcome, words) or _happened(encounter, outcome, words, by)

    return act(
        "record_incident",
        by,
        permit_for="record_handover",
        on=encounter_with(encounter_id),
        unknown="unknown_encounter",
        rows=rows,
    )


def _no_incident(outcome: str, words: str) -> Reason | None:
    end = handover.OUTCOMES.get(outcome)
    if end is None:
        return refusal("outcome_not_in_list", "outcome")
    if end.kind == "handover":
        return refusal("handover_is_no_incident", "outcome")
    return None if words.strip() else refusal("no_reason", "words")


def _happened(encounter: Encounter, outcome: str, words: str, by: By) -> Incident:
    made = Incident(
        id=uuid.uuid4(),
        organisation_id=encounter.organisation_id,
        encounter=encounter,
        outcome=outcome,
        recorded_by_id=by.actor.person_id,
        recorded_at=by.at,
    )
    made.words_sealed = sealed(encounter, made, words)
    return made
