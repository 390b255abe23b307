"""What two people do at the gate: propose, confirm, decline, withdraw; and every reason why it is refused."""

from __future__ import annotations

import inspect
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from chain.handovers.night import (
    AT,
    AUTHORITY_HOLDER,
    BOARD_PLACE,
    NOT_YET,
    OWN,
    READY,
    SHELTER,
    Night,
    after,
    told_anew,
)
from vangnet.chain.handovers import deciding, services
from vangnet.chain.handovers.models import Check, Decision, Proposal, Supersession
from vangnet.chain.handovers.pen import pen
from vangnet.knowledge.terms import Collector, PersonName, Reason
from vangnet.trust.access.policy import Relation
from vangnet.trust.ledger.models import Entry


def code(told: object) -> str:
    assert isinstance(told, Reason), told
    assert told.words.nl
    return told.code


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
        "receiver_id": None,
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
        receiver_id=None,
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
        receiver_id=night.board.pk,
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
    receiver = services.Receiver(name="K. Dijk")
    told = services.record_handover(
        actor=night.officer, decision_id=decision.pk, receiver=receiver, machine=NOT_YET, relation=OWN, at=after(9)
    )
    assert isinstance(told, UUID)


def test_an_officer_proposes_nothing(night: Night) -> None:
    told = deciding.propose(
        actor=night.officer,
        request_id=night.request,
        outcome=BOARD_PLACE,
        receiver_id=night.board.pk,
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


def test_two_requests_for_one_child_have_one_open_decision_at_most(night: Night) -> None:
    proposal = night.propose(request=night.ask(Collector(name=PersonName("Eva", "Smit"))))
    night.decide()
    assert (
        code(
            deciding.confirm(
                actor=night.second, proposal_id=proposal, reason="I agree.", machine=READY, relation=OWN, at=AT
            )
        )
        == "decision_open"
    )


def test_who_proposes_at_one_request_withdraws_what_was_decided_at_another(night: Night) -> None:
    decision = night.decide()
    night.propose(request=night.ask(None), outcome=BOARD_PLACE)
    assert code(night.hand_over(decision)) == "superseded"


@pytest.mark.parametrize(
    ("check", "state"), [("G-02", "does_not_want_to_go"), ("G-07", "indicated"), ("G-10", "indicated")]
)
def test_what_another_request_found_overtakes_proposal_and_decision(night: Night, check: str, state: str) -> None:
    proposal = night.propose()
    night.check(state, check=check, request=night.ask(None))
    given: dict[str, Any] = {"reason": "Yes.", "machine": READY, "relation": OWN, "at": after(9)}
    assert code(deciding.confirm(actor=night.second, proposal_id=proposal, **given)) == "check_changed"
    decision = night.decide()
    night.check(state, check=check, request=night.ask(None))
    assert code(night.hand_over(decision)) == "check_changed"


def test_a_correction_of_the_encounter_overtakes_proposal_and_decision(night: Night) -> None:
    proposal = night.propose()
    told_anew(night.encounter, by=night.officer.person_id)
    given: dict[str, Any] = {"reason": "Yes.", "machine": READY, "relation": OWN, "at": after(9)}
    assert code(deciding.confirm(actor=night.second, proposal_id=proposal, **given)) == "account_changed"
    decision = night.decide()
    told_anew(night.encounter, by=night.officer.person_id)
    assert code(night.hand_over(decision)) == "account_changed"
    assert isinstance(night.hand_over(night.decide()), UUID)


def test_to_a_place_of_their_own_choice_the_child_goes_only_after_a_yes(night: Night) -> None:
    given: dict[str, Any] = {
        "actor": night.first,
        "request_id": night.request,
        "outcome": SHELTER,
        "receiver_id": night.shelter().pk,
        "reason": "Safe.",
    }
    given |= {"machine": NOT_YET, "relation": OWN, "at": after(5)}
    assert code(deciding.propose(**given)) == "child_not_agreed"
    for state in ("child_does_not_agree", "clear", "unknown"):
        night.check(state, check="G-15")
        assert code(deciding.propose(**given)) == "child_not_agreed"
    night.check("child_agrees", check="G-15")
    assert isinstance(night.hand_over(night.decide(SHELTER)), UUID)


def test_a_no_at_another_request_takes_the_yes_away(night: Night) -> None:
    night.check("child_agrees", check="G-15")
    night.check("does_not_want_to_go", check="G-02", request=night.ask(None))
    given: dict[str, Any] = {"outcome": SHELTER, "reason": "x", "machine": READY, "relation": OWN, "at": AT}
    given["receiver_id"] = night.shelter().pk
    told = deciding.propose(actor=night.first, request_id=night.request, **given)
    assert code(told) == "child_not_agreed"


def test_a_yes_counts_only_until_the_child_leaves(night: Night) -> None:
    """Where the child was meanwhile, nobody here knows: they are asked anew, by the services and the database alike."""
    night.check("child_agrees", check="G-15")
    proposal = night.propose(SHELTER)
    decision = night.decide(SHELTER)
    night.went_missing()
    given: dict[str, Any] = {"reason": "x", "machine": READY, "relation": OWN, "at": after(10)}
    assert code(night.hand_over(decision)) == "child_not_agreed"
    assert code(deciding.confirm(actor=night.second, proposal_id=proposal, **given)) == "child_not_agreed"
    again = night.ask(None)
    given |= {"request_id": again, "outcome": SHELTER, "receiver_id": night.shelter().pk}
    assert code(deciding.propose(actor=night.first, **given)) == "child_not_agreed"
    night.check("child_agrees", minute=9, check="G-15", request=again)
    assert isinstance(deciding.propose(actor=night.first, **given), UUID)


def test_a_yes_of_before_a_handover_is_asked_anew(night: Night) -> None:
    night.check("child_agrees", check="G-15")
    night.hand_over(night.decide(SHELTER))
    again = night.ask(None)
    given: dict[str, Any] = {"outcome": SHELTER, "reason": "x", "machine": READY, "relation": OWN, "at": after(20)}
    given |= {"request_id": again, "receiver_id": night.shelter().pk}
    assert code(deciding.propose(actor=night.first, **given)) == "child_not_agreed"
    night.check("child_agrees", check="G-15", request=again)
    assert isinstance(deciding.propose(actor=night.first, **given), UUID)


def test_checks_are_numbered_over_all_requests_of_the_child_and_of_no_other(night: Night) -> None:
    made = [night.check(), night.check(request=night.ask(None)), night.check()]
    elsewhere = night.check(request=night.ask(None, night.other))
    numbers = dict(Check.objects.values_list("pk", "number"))
    assert [numbers[one] for one in made] == [1, 2, 3]
    assert numbers[elsewhere] == 1


def test_a_rolled_back_decision_leaves_nothing(night: Night) -> None:
    entries = Entry.objects.count()
    with transaction.atomic():
        night.decide()
        transaction.set_rollback(True)
    assert not Proposal.objects.exists()
    assert Entry.objects.count() == entries


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
        {str(proposal), str(gone.pk), str(night.first.person_id)},
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
