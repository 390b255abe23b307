"""The gate's writes: what is recorded, and every reason why something is not."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from chain.handovers.attempts import run
from chain.handovers.night import (
    ADULT,
    AT,
    BOARD_PLACE,
    NOT_YET,
    OWN,
    READY,
    RECEIVER,
    Night,
    after,
    row_of,
)
from triggers import triggers_away
from vangnet.chain.handovers import deciding, services
from vangnet.chain.handovers.digests import rows_for_verification
from vangnet.chain.handovers.happenings import went_with
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Proposal, Request
from vangnet.chain.handovers.pen import ensure_pen
from vangnet.chain.handovers.writing import By, act
from vangnet.chain.persons.models import Claim, Reference
from vangnet.knowledge.terms import Collector, PersonName, Reason
from vangnet.trust.access.policy import Relation
from vangnet.trust.keys import services as keys
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
    assert rows == ledger.vouched().rows


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
    holder = night.decide()
    assert code(hand(decision_id=holder.pk, **given | {"machine": NOT_YET})) == "not_ready"
    night.supersede(holder)
    decision = night.decide(BOARD_PLACE)
    nobody = services.Receiver(name=" ")
    assert code(hand(decision_id=decision.pk, **given | {"receiver": nobody})) == "no_receiver"
    assert code(hand(decision_id=decision.pk, **given | {"actor": night.rvdk})) == "relation"
    night.check()
    assert code(hand(decision_id=decision.pk, **given)) == "check_changed"
    assert not Handover.objects.exists()


def test_who_has_authority_is_who_asked_whatever_name_is_given(night: Night) -> None:
    decision = night.decide()
    given = services.Receiver(name="T. Verhagen", receipt="signed")
    made = services.record_handover(
        actor=night.officer, decision_id=decision.pk, receiver=given, machine=READY, relation=OWN, at=after(9)
    )
    assert isinstance(made, UUID), made
    row = Handover.objects.get()
    envelope = keys.envelope(night.encounter.envelope_id)
    assert (row.receiver_id, went_with(row.pk, envelope)[0]) == (None, "Anna Bakker")


def test_who_asked_and_has_no_name_any_more_is_named_first(night: Night) -> None:
    decision = night.decide()
    Claim.objects.filter(reference_id=decision.collector_id).delete()
    assert code(night.hand_over(decision)) == "receiver_without_name"
    assert not Handover.objects.exists()


@pytest.mark.parametrize("table", [Proposal, Decision])
def test_what_was_proposed_or_decided_before_a_receiver_was_asked_is_told(
    night: Night, table: type[Proposal]
) -> None:
    if table is Proposal:
        proposal = night.propose(BOARD_PLACE)
    else:
        decision = night.decide(BOARD_PLACE)
    with triggers_away():
        table.objects.update(receiver_id=None)
    if table is Decision:
        assert code(night.hand_over(decision)) == "receiver_not_decided"
        return
    told = deciding.confirm(
        actor=night.second, proposal_id=proposal, reason="Yes.", machine=READY, relation=OWN, at=after(6)
    )
    assert code(told) == "receiver_not_decided"


def test_without_the_pen_in_the_database_one_sentence_says_which_command_mends_it(night: Night) -> None:
    with triggers_away():
        run("DELETE FROM handovers_pen")
    told = services.ask(
        actor=night.officer, encounter_id=night.encounter.pk, collector=None, relation=OWN, at=after(1)
    )
    assert code(told) == "no_pen"
    assert isinstance(told, Reason)
    assert "vangnet init" in told.words.nl
    ensure_pen()
    assert isinstance(night.ask(), UUID)


def test_a_decision_is_used_once(night: Night) -> None:
    decision = night.decide()
    assert isinstance(night.hand_over(decision), UUID)
    assert code(night.hand_over(decision)) == "carried_out"
    assert Handover.objects.count() == 1


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


def test_somebody_who_comes_later_stands_behind_who_came_first(night: Night) -> None:
    """Two adults of one encounter never share a number."""
    night.ask(Collector(name=PersonName("Bo", "Later")))
    numbers = Reference.objects.filter(envelope_id=night.encounter.envelope_id, role="collector")
    assert sorted(numbers.values_list("position", flat=True)) == [0, 1]
