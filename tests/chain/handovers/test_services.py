"""The gate's writes: what is recorded, and every reason why something is not."""

from __future__ import annotations

import inspect
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from chain.handovers.night import (
    ADULT,
    AT,
    AUTHORITY_HOLDER,
    BOARD_PLACE,
    NOT_YET,
    OWN,
    READY,
    RECEIVER,
    Night,
    after,
    row_of,
)
from vangnet.chain.handovers import deciding, services
from vangnet.chain.handovers.digests import rows_for_verification
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Proposal, Request, Supersession
from vangnet.chain.handovers.pen import pen
from vangnet.chain.handovers.writing import By, act
from vangnet.chain.persons.models import Reference
from vangnet.knowledge.terms import Collector, PersonName, Reason
from vangnet.trust.access.policy import Relation
from vangnet.trust.ledger import selectors as ledger
from vangnet.trust.ledger.models import Entry


def code(told: object) -> str:
    assert isinstance(told, Reason), told
    assert told.words.nl
    return told.code


def test_from_the_question_to_the_hand_over_on_the_decision_of_two_people(night: Night) -> None:
    night.check()
    decision = night.decide()
    done = night.hand_over(decision)
    handed = Handover.objects.get()
    assert handed.pk == done
    assert (handed.child_id, handed.collector_id) == (night.encounter.child_id, decision.collector_id)
    assert {handed.first_decider_id, handed.second_decider_id} == {night.first.person_id, night.second.person_id}
    assert (decision.checks_as_of, decision.machine_outcome) == (1, "ready_for_two_people")


def test_every_row_is_bound_in_the_ledger_as_it_stands(night: Night) -> None:
    night.check()
    decision = night.decide()
    night.supersede(decision)
    night.hand_over(night.decide())
    services.record_incident(
        actor=night.officer,
        encounter_id=night.other.pk,
        outcome="CHILD_WENT_MISSING",
        words="The door was open.",
        relation=OWN,
        at=after(20),
    )
    rows = dict(rows_for_verification())
    assert len(rows) == 1 + 1 + 2 + 2 + 1 + 1 + 1
    assert rows == ledger.bound()


def test_nothing_readable_stands_in_the_rows(night: Night) -> None:
    night.check()
    night.hand_over(night.decide())
    stored = repr([list(table.objects.values()) for table in (Check, Proposal, Handover)])
    for canary in ("looked up by hand", "All is in order.", "Anna"):
        assert canary not in stored


def test_the_same_adult_stays_the_same_reference_and_another_is_another(night: Night) -> None:
    again = Request.objects.get(pk=night.ask())
    other = Request.objects.get(pk=night.ask(Collector(name=PersonName("Eva", "Smit"))))
    first = Request.objects.get(pk=night.request)
    assert again.collector_id == first.collector_id
    assert other.collector_id != first.collector_id
    assert Reference.objects.filter(envelope_id=night.encounter.envelope_id, role="collector").count() == 2


def test_nobody_asking_is_a_request_without_a_collector(night: Night) -> None:
    assert Request.objects.get(pk=night.ask(None)).collector_id is None


def test_checks_are_numbered_and_a_later_answer_stands_beside_an_earlier_one(night: Night) -> None:
    night.check("unknown")
    night.check("clear")
    assert list(Check.objects.order_by("number").values_list("number", "state")) == [(1, "unknown"), (2, "clear")]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"check": "G-01"}, "unknown_check"),
        ({"state": "passed"}, "state_not_in_list"),
        ({"source": "a neighbour"}, "source_not_in_list"),
        ({"request_id": uuid4()}, "unknown_request"),
    ],
)
def test_a_check_outside_the_lists_is_refused(night: Night, changes: dict[str, Any], refused: str) -> None:
    given: dict[str, Any] = {"check": "G-07", "state": "clear", "source": "register"} | changes
    request = given.pop("request_id", night.request)
    told = services.record_check(
        actor=night.officer, request_id=request, answer=services.Answer(**given), relation=OWN, at=AT
    )
    assert code(told) == refused
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"outcome": "GIVEN_TO_RELATIVE"}, "outcome_not_in_list"),
        ({"outcome": "CHILD_WENT_MISSING"}, "incident_is_no_decision"),
        ({"machine": NOT_YET}, "not_ready"),
        ({"reason": "  "}, "no_reason"),
        ({"request_id": uuid4()}, "unknown_request"),
    ],
)
def test_what_cannot_be_proposed_is_told(night: Night, changes: dict[str, Any], refused: str) -> None:
    given: dict[str, Any] = {
        "request_id": night.request,
        "outcome": AUTHORITY_HOLDER,
        "reason": "In order.",
        "machine": READY,
    } | changes
    assert code(deciding.propose(actor=night.first, relation=OWN, at=AT, **given)) == refused
    assert not Proposal.objects.exists()


def test_where_nobody_asked_nobody_with_authority_can_be_the_receiver(night: Night) -> None:
    told = deciding.propose(
        actor=night.first,
        request_id=night.ask(None),
        outcome=AUTHORITY_HOLDER,
        reason="In order.",
        machine=READY,
        relation=OWN,
        at=AT,
    )
    assert code(told) == "nobody_asked"


def test_for_another_receiver_a_decision_of_two_people_is_enough(night: Night) -> None:
    request = night.ask(None)
    proposal = deciding.propose(
        actor=night.first,
        request_id=request,
        outcome=BOARD_PLACE,
        reason="No.",
        machine=NOT_YET,
        relation=OWN,
        at=after(5),
    )
    assert isinstance(proposal, UUID)
    decided = deciding.confirm(
        actor=night.second, proposal_id=proposal, reason="I agree.", machine=NOT_YET, relation=OWN, at=after(6)
    )
    decision = Decision.objects.get(pk=decided)
    assert decision.collector_id is None
    receiver = services.Receiver(name="Raad", organisation_id=night.board.pk)
    told = services.record_handover(
        actor=night.officer, decision_id=decision.pk, receiver=receiver, machine=NOT_YET, relation=OWN, at=after(9)
    )
    assert isinstance(told, UUID)


def test_an_officer_proposes_nothing(night: Night) -> None:
    told = deciding.propose(
        actor=night.officer,
        request_id=night.request,
        outcome=BOARD_PLACE,
        reason="x",
        machine=READY,
        relation=OWN,
        at=AT,
    )
    assert code(told) == "role"


def test_nobody_confirms_what_they_proposed(night: Night) -> None:
    assert (
        code(
            deciding.confirm(
                actor=night.first,
                proposal_id=night.propose(),
                reason="I agree.",
                machine=READY,
                relation=OWN,
                at=AT,
            )
        )
        == "same_person"
    )
    assert not Decision.objects.exists()


def test_somebody_of_the_board_can_be_the_second_where_it_is_theirs_to_decide(night: Night) -> None:
    proposal = night.propose()
    given: dict[str, Any] = {"actor": night.rvdk, "proposal_id": proposal, "reason": "I agree.", "machine": READY}
    told = deciding.confirm(**given, relation=Relation.NONE, at=AT)
    assert code(told) == "relation"
    made = deciding.confirm(**given, relation=Relation.DECISION_TO_MAKE, at=AT)
    assert isinstance(made, UUID)
    both = Entry.objects.filter(bindings__has_key=str(made)).values_list("organisation_id", flat=True)
    assert set(both) == {night.police.pk, night.board.pk}


def test_what_cannot_be_confirmed_is_told(night: Night) -> None:
    def confirm(**changes: Any) -> str:
        given = {"actor": night.second, "proposal_id": proposal, "reason": "I agree.", "machine": READY}
        return code(deciding.confirm(**given | changes, relation=OWN, at=AT))

    proposal = night.propose()
    assert confirm(proposal_id=uuid4()) == "unknown_proposal"
    assert confirm(actor=night.officer) == "role"
    assert confirm(machine=NOT_YET) == "not_ready"
    night.check()
    assert confirm() == "check_changed"
    decided = night.decide()
    assert confirm(proposal_id=decided.proposal_id) == "already_decided"


def test_a_decision_can_be_withdrawn_once_and_not_after_it_was_carried_out(night: Night) -> None:
    decision = night.decide()
    night.supersede(decision)
    stop: dict[str, Any] = {"actor": night.first, "reason": "x", "relation": OWN, "at": AT}
    assert code(deciding.supersede(decision_id=decision.pk, **stop)) == "superseded"
    assert code(night.hand_over(decision)) == "superseded"
    done = night.decide()
    night.hand_over(done)
    assert code(deciding.supersede(decision_id=done.pk, **stop)) == "carried_out"
    assert code(deciding.supersede(decision_id=uuid4(), **stop)) == "unknown_decision"
    assert Supersession.objects.count() == 1


def test_withdrawing_needs_a_reason_and_a_role(night: Night) -> None:
    decision = night.decide()
    given: dict[str, Any] = {"decision_id": decision.pk, "relation": OWN, "at": AT}
    assert code(deciding.supersede(actor=night.first, reason=" ", **given)) == "no_reason"
    assert code(deciding.supersede(actor=night.officer, reason="x", **given)) == "role"


def test_what_cannot_be_carried_out_is_told(night: Night) -> None:
    hand = services.record_handover
    given: dict[str, Any] = {
        "actor": night.officer,
        "receiver": RECEIVER,
        "machine": READY,
        "relation": Relation.NONE,
        "at": AT,
    }
    assert code(hand(decision_id=uuid4(), **given)) == "unknown_decision"
    decision = night.decide()
    assert code(hand(decision_id=decision.pk, **given | {"machine": NOT_YET})) == "not_ready"
    nobody = services.Receiver(name=" ")
    assert code(hand(decision_id=decision.pk, **given | {"receiver": nobody})) == "no_receiver"
    assert code(hand(decision_id=decision.pk, **given | {"actor": night.rvdk})) == "relation"
    night.check()
    assert code(hand(decision_id=decision.pk, **given)) == "check_changed"
    assert not Handover.objects.exists()


def test_a_decision_is_used_once(night: Night) -> None:
    decision = night.decide()
    assert isinstance(night.hand_over(decision), UUID)
    assert code(night.hand_over(decision)) == "carried_out"
    assert Handover.objects.count() == 1


def test_two_requests_for_one_child_have_one_open_decision_at_most(night: Night) -> None:
    night.decide()
    other = night.ask(Collector(name=PersonName("Eva", "Smit")))
    proposal = night.propose(request=other)
    assert (
        code(
            deciding.confirm(
                actor=night.second, proposal_id=proposal, reason="I agree.", machine=READY, relation=OWN, at=AT
            )
        )
        == "decision_open"
    )


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"outcome": "CHILD_LOST"}, "outcome_not_in_list"),
        ({"outcome": BOARD_PLACE}, "handover_is_no_incident"),
        ({"words": ""}, "no_reason"),
        ({"encounter_id": uuid4()}, "unknown_encounter"),
    ],
)
def test_an_incident_outside_the_list_is_refused(night: Night, changes: dict[str, Any], refused: str) -> None:
    given = {
        "encounter_id": night.encounter.pk,
        "outcome": "CHILD_LEFT_AT_LEGAL_LIMIT",
        "words": "The hold ended.",
    } | changes
    assert code(services.record_incident(actor=night.officer, relation=OWN, at=AT, **given)) == refused
    assert not Incident.objects.exists()


def test_an_incident_is_recorded_by_one_person_and_needs_no_decision(night: Night) -> None:
    told = services.record_incident(
        actor=night.officer,
        encounter_id=night.encounter.pk,
        outcome="CHILD_LEFT_AT_LEGAL_LIMIT",
        words="The hold ended.",
        relation=OWN,
        at=AT,
    )
    assert Incident.objects.get().pk == told


def test_another_organisation_asks_nothing_without_a_relation(night: Night) -> None:
    none: dict[str, Any] = {"actor": night.rvdk, "relation": Relation.NONE, "at": AT}
    asked = {"encounter_id": night.encounter.pk, "collector": ADULT}
    assert code(services.ask(**asked, **none)) == "relation"
    assert isinstance(services.ask(**asked, **none | {"relation": Relation.OPEN_TASK}), UUID)
    assert code(services.ask(**none | asked | {"encounter_id": uuid4()})) == "unknown_encounter"
    incident = {"encounter_id": night.encounter.pk, "outcome": "CHILD_WENT_MISSING", "words": "x"}
    assert code(services.record_incident(**incident, **none)) == "relation"
    answer = services.Answer(check="G-07", state="clear")
    assert code(services.record_check(request_id=night.request, answer=answer, **none)) == "relation"


def test_what_only_the_database_sees_is_told_and_nothing_stays(night: Night) -> None:
    decision = night.decide()
    entries = Entry.objects.count()
    told = act(
        "record_handover",
        By(actor=night.officer, relation=OWN, at=AT),
        on=night.encounter,
        unknown="unknown_encounter",
        rows=lambda _: row_of(decision, child_id=night.other.child_id),
    )
    assert code(told) == "changed_meanwhile"
    assert not Handover.objects.exists()
    assert Entry.objects.count() == entries


def test_a_rolled_back_decision_leaves_nothing(night: Night) -> None:
    entries = Entry.objects.count()
    with transaction.atomic():
        night.decide()
        transaction.set_rollback(True)
    assert not Proposal.objects.exists()
    assert Entry.objects.count() == entries


def test_somebody_who_comes_later_stands_behind_who_came_first(night: Night) -> None:
    """Two adults of one encounter never share a number."""
    night.ask(Collector(name=PersonName("Bo", "Later")))
    numbers = Reference.objects.filter(envelope_id=night.encounter.envelope_id, role="collector")
    assert sorted(numbers.values_list("position", flat=True)) == [0, 1]


def test_proposing_anew_withdraws_what_was_decided_and_one_entry_says_both(night: Night) -> None:
    """Otherwise an earlier decision would stand open beside a later proposal, and neither could go on."""
    decision = night.decide()
    entries = Entry.objects.count()
    proposal = night.propose(BOARD_PLACE, minute=8)
    assert Entry.objects.count() == entries + 1
    last = Entry.objects.get(number=entries + 1)
    gone = Supersession.objects.get(decision=decision)
    assert (last.act, last.counts, set(last.bindings)) == (
        "propose_decision",
        {"superseded": 1},
        {str(proposal), str(gone.pk)},
    )
    assert code(night.hand_over(decision)) == "superseded"
    given: dict[str, Any] = {"proposal_id": proposal, "reason": "Yes.", "machine": READY, "relation": OWN}
    assert isinstance(deciding.confirm(actor=night.second, **given, at=after(9)), UUID)


def acts_of(night: Night) -> list[str]:
    return list(Entry.objects.filter(organisation=night.police).order_by("number").values_list("act", flat=True))


def test_the_ledger_says_what_happened(night: Night) -> None:
    night.check()
    deciding.decline(actor=night.second, proposal_id=night.propose(), reason="No.", relation=OWN, at=after(6))
    night.supersede(night.decide())
    night.hand_over(night.decide())
    incident = {"outcome": "CHILD_WENT_MISSING", "words": "The door was open.", "relation": OWN, "at": after(20)}
    services.record_incident(actor=night.officer, encounter_id=night.other.pk, **incident)
    assert acts_of(night) == [
        "ask_gate",
        "record_check",
        "propose_decision",
        "decline_decision",
        "propose_decision",
        "confirm_decision",
        "supersede_decision",
        "propose_decision",
        "confirm_decision",
        "record_handover",
        "record_incident",
    ]


def test_declining_needs_a_reason_and_overtakes_the_proposal(night: Night) -> None:
    given: dict[str, Any] = {"actor": night.second, "proposal_id": night.propose(), "relation": OWN, "at": AT}
    assert code(deciding.decline(**given, reason=" ")) == "no_reason"
    assert not Check.objects.exists()
    assert isinstance(deciding.decline(**given, reason="I doubt it."), UUID)
    assert Check.objects.values_list("check_id", "state").get() == ("G-16", "not_agreed")
    assert code(deciding.confirm(**given, reason="Yes.", machine=READY)) == "check_changed"
    assert code(deciding.decline(**given | {"proposal_id": uuid4()}, reason="x")) == "unknown_proposal"


@pytest.mark.parametrize("service", [deciding.confirm, services.record_handover, deciding.propose])
def test_no_step_can_leave_out_what_the_gate_says_or_how_the_actor_stands(service: Any) -> None:
    for name in ("machine", "relation"):
        assert inspect.signature(service).parameters[name].default is inspect.Parameter.empty


def test_proposals_are_numbered_within_their_request_whatever_the_clock_says(night: Night) -> None:
    first, second = night.propose(), night.propose()
    other = night.propose(request=night.ask(None), outcome=BOARD_PLACE)
    numbers = dict(Proposal.objects.values_list("pk", "number"))
    assert numbers == {first: 1, second: 2, other: 1}


def test_the_numbering_is_held_by_the_database(night: Night) -> None:
    made = Proposal.objects.get(pk=night.propose())
    made.pk, made.number = uuid4(), 3
    with pytest.raises(DatabaseError, match="follows the last one"), transaction.atomic(), pen():
        made.save(force_insert=True)
