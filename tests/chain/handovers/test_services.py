"""The gate's writes: what is recorded, and every reason why something is not."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from chain.handovers.night import (
    ADULT,
    AT,
    AUTHORITY_HOLDER,
    BOARD_PLACE,
    NOT_YET,
    READY,
    RECEIVER,
    Night,
    after,
    row_of,
)
from vangnet.chain.handovers import services
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Proposal, Request, Supersession
from vangnet.chain.handovers.selectors import rows_for_verification
from vangnet.chain.handovers.writing import write
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
        ({"check_id": "G-01"}, "unknown_check"),
        ({"state": "passed"}, "state_not_in_list"),
        ({"source": "a neighbour"}, "source_not_in_list"),
        ({"request_id": uuid4()}, "unknown_request"),
    ],
)
def test_a_check_outside_the_lists_is_refused(night: Night, changes: dict[str, Any], refused: str) -> None:
    given = {"request_id": night.request, "check_id": "G-07", "state": "clear", "source": "register"} | changes
    told = services.record_check(actor=night.officer, at=AT, **given)
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
    assert code(services.propose(actor=night.first, at=AT, **given)) == refused
    assert not Proposal.objects.exists()


def test_where_nobody_asked_nobody_with_authority_can_be_the_receiver(night: Night) -> None:
    told = services.propose(
        actor=night.first,
        request_id=night.ask(None),
        outcome=AUTHORITY_HOLDER,
        reason="In order.",
        machine=READY,
        at=AT,
    )
    assert code(told) == "nobody_asked"


def test_for_another_receiver_a_decision_of_two_people_is_enough(night: Night) -> None:
    request = night.ask(None)
    proposal = services.propose(
        actor=night.first, request_id=request, outcome=BOARD_PLACE, reason="No.", machine=NOT_YET, at=after(5)
    )
    assert isinstance(proposal, UUID)
    decided = services.confirm(
        actor=night.second, proposal_id=proposal, reason="I agree.", at=after(6), machine=NOT_YET
    )
    decision = Decision.objects.get(pk=decided)
    assert decision.collector_id is None
    receiver = services.Receiver(name="Raad", organisation_id=night.board.pk)
    told = services.record_handover(actor=night.officer, decision_id=decision.pk, receiver=receiver, at=after(9))
    assert isinstance(told, UUID)


def test_an_officer_proposes_nothing(night: Night) -> None:
    told = services.propose(
        actor=night.officer, request_id=night.request, outcome=BOARD_PLACE, reason="x", machine=READY, at=AT
    )
    assert code(told) == "role"


def test_nobody_confirms_what_they_proposed(night: Night) -> None:
    assert (
        code(services.confirm(actor=night.first, proposal_id=night.propose(), reason="I agree.", at=AT))
        == "same_person"
    )
    assert not Decision.objects.exists()


def test_somebody_of_the_board_can_be_the_second_where_it_is_theirs_to_decide(night: Night) -> None:
    proposal = night.propose()
    told = services.confirm(actor=night.rvdk, proposal_id=proposal, reason="I agree.", at=AT)
    assert code(told) == "relation"
    made = services.confirm(
        actor=night.rvdk, proposal_id=proposal, reason="I agree.", at=AT, relation=Relation.DECISION_TO_MAKE
    )
    assert isinstance(made, UUID)
    both = Entry.objects.filter(bindings__has_key=str(made)).values_list("organisation_id", flat=True)
    assert set(both) == {night.police.pk, night.board.pk}


def test_what_cannot_be_confirmed_is_told(night: Night) -> None:
    confirm = services.confirm
    assert code(confirm(actor=night.second, proposal_id=uuid4(), reason="I agree.", at=AT)) == "unknown_proposal"
    proposal = night.propose()
    assert code(confirm(actor=night.officer, proposal_id=proposal, reason="I agree.", at=AT)) == "role"
    assert (
        code(confirm(actor=night.second, proposal_id=proposal, reason="I agree.", at=AT, machine=NOT_YET))
        == "not_ready"
    )
    night.check()
    assert code(confirm(actor=night.second, proposal_id=proposal, reason="I agree.", at=AT)) == "check_changed"
    decided = night.decide()
    assert (
        code(confirm(actor=night.second, proposal_id=decided.proposal_id, reason="I agree.", at=AT))
        == "already_decided"
    )
    waiting = services.propose(
        actor=night.first, request_id=night.request, outcome=BOARD_PLACE, reason="x", machine=READY, at=AT
    )
    assert isinstance(waiting, UUID)
    assert code(confirm(actor=night.second, proposal_id=waiting, reason="I agree.", at=AT)) == "decision_open"


def test_a_decision_can_be_withdrawn_once_and_not_after_it_was_carried_out(night: Night) -> None:
    decision = night.decide()
    night.supersede(decision)
    stop = {"actor": night.first, "reason": "x", "at": AT}
    assert code(services.supersede(decision_id=decision.pk, **stop)) == "superseded"
    assert code(night.hand_over(decision)) == "superseded"
    done = night.decide()
    night.hand_over(done)
    assert code(services.supersede(decision_id=done.pk, **stop)) == "carried_out"
    assert code(services.supersede(decision_id=uuid4(), **stop)) == "unknown_decision"
    assert Supersession.objects.count() == 1


def test_withdrawing_needs_a_reason_and_a_role(night: Night) -> None:
    decision = night.decide()
    assert code(services.supersede(actor=night.first, decision_id=decision.pk, reason=" ", at=AT)) == "no_reason"
    assert code(services.supersede(actor=night.officer, decision_id=decision.pk, reason="x", at=AT)) == "role"


def test_what_cannot_be_carried_out_is_told(night: Night) -> None:
    hand = services.record_handover
    given: dict[str, Any] = {"actor": night.officer, "receiver": RECEIVER, "at": AT}
    assert code(hand(decision_id=uuid4(), **given)) == "unknown_decision"
    decision = night.decide()
    assert code(hand(decision_id=decision.pk, machine=NOT_YET, **given)) == "not_ready"
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
        code(services.confirm(actor=night.second, proposal_id=proposal, reason="I agree.", at=AT))
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
    assert code(services.record_incident(actor=night.officer, at=AT, **given)) == refused
    assert not Incident.objects.exists()


def test_an_incident_is_recorded_by_one_person_and_needs_no_decision(night: Night) -> None:
    told = services.record_incident(
        actor=night.officer,
        encounter_id=night.encounter.pk,
        outcome="CHILD_LEFT_AT_LEGAL_LIMIT",
        words="The hold ended.",
        at=AT,
    )
    assert Incident.objects.get().pk == told


def test_another_organisation_asks_nothing_without_a_relation(night: Night) -> None:
    asked = {"actor": night.rvdk, "encounter_id": night.encounter.pk, "collector": ADULT, "at": AT}
    assert code(services.ask(**asked)) == "relation"
    assert isinstance(services.ask(**asked, relation=Relation.OPEN_TASK), UUID)
    assert code(services.ask(**asked | {"encounter_id": uuid4()})) == "unknown_encounter"
    incident = {"actor": night.rvdk, "outcome": "CHILD_WENT_MISSING", "words": "x", "at": AT}
    assert code(services.record_incident(encounter_id=night.encounter.pk, **incident)) == "relation"
    check = {"actor": night.rvdk, "check_id": "G-07", "state": "clear", "at": AT}
    assert code(services.record_check(request_id=night.request, **check)) == "relation"


def test_what_only_the_database_sees_is_told_and_nothing_stays(night: Night) -> None:
    decision = night.decide()
    entries = Entry.objects.count()
    told = write(
        lambda: row_of(decision, child_id=night.other.child_id),
        night.officer,
        "record_handover",
        night.encounter,
        AT,
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
