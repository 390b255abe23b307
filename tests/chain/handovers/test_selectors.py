"""The gate's reads: frozen, complete, and in the ledger before they are given."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from chain.handovers.night import AT, BOARD_PLACE, OWN, READY, RECEIVER, Night, after
from vangnet.chain.handovers import opened, selectors, services
from vangnet.chain.handovers.answers import ANSWERS, CheckMade, overlaid
from vangnet.chain.handovers.grants import statements
from vangnet.chain.handovers.recorded import Gate, IncidentMade
from vangnet.knowledge.handover import CHECKS, HandoverRequest, Known, decide
from vangnet.knowledge.terms import ChildView, Collector, Encounter, PersonName, Purpose, Reason
from vangnet.trust.access.policy import Relation
from vangnet.trust.ledger.models import Entry

READING: dict[str, Any] = {"purpose": Purpose.DECIDE_HANDOVER, "relation": OWN}
ASKING = Collector(name=PersonName("Anna", "Bakker"))


def test_the_whole_gate_with_its_words(night: Night) -> None:
    night.check()
    night.supersede(night.decide())
    night.hand_over(night.decide(minute=8))
    night.check("indicated", minute=12)
    entries = Entry.objects.count()
    gate = opened.opened_gate(actor=night.officer, request_id=night.request, **READING)
    assert isinstance(gate, Gate)
    assert Entry.objects.count() == entries
    assert [one.number for one in gate.checks] == [1, 2]
    assert set(gate.evidence.values()) == {"looked up by hand"}
    assert [(one.is_stale, one.is_decided, one.reason) for one in gate.proposals] == [
        (True, True, "All is in order.")
    ] * 2
    assert [(one.stopped is not None, one.is_stale) for one in gate.decisions] == [(True, True), (False, True)]
    assert [(one.receiver, one.receipt) for one in gate.handovers] == [(RECEIVER.name, "signed")]
    assert gate.decisions[1].first_decider == "Robin First"


def test_a_decision_that_stands_is_neither_stale_nor_superseded_nor_used(night: Night) -> None:
    night.decide()
    gate = opened.opened_gate(actor=night.officer, request_id=night.request, **READING)
    assert isinstance(gate, Gate)
    assert [(one.is_stale, one.stopped, one.handed_at) for one in gate.decisions] == [(False, None, None)]


@pytest.mark.parametrize("read", ["opened_gate", "opened_incidents"])
def test_who_may_not_read_gets_a_reason(night: Night, read: str) -> None:
    known = {
        "opened_gate": {"request_id": night.request},
        "opened_incidents": {"encounter_id": night.encounter.pk},
    }[read]
    missing: dict[str, Any] = dict.fromkeys(known, uuid4())
    select = getattr(opened, read)
    entries = Entry.objects.count()
    told = select(actor=night.rvdk, **known, **READING | {"relation": Relation.NONE})
    assert isinstance(told, Reason)
    assert isinstance(select(actor=night.officer, **missing, **READING), Reason)
    assert Entry.objects.count() == entries


def test_incidents_are_read_with_their_words(night: Night) -> None:
    given: dict[str, Any] = {"actor": night.officer, "encounter_id": night.encounter.pk}
    assert opened.opened_incidents(**given, **READING) == ()
    services.record_incident(outcome="CHILD_WENT_MISSING", words="The door was open.", relation=OWN, at=AT, **given)
    (incident,) = opened.opened_incidents(**given, **READING)
    assert isinstance(incident, IncidentMade)
    assert (incident.outcome, incident.words) == ("CHILD_WENT_MISSING", "The door was open.")


def test_a_hand_over_and_an_incident_end_the_hold_at_their_encounter_alone(night: Night) -> None:
    assert selectors.departures([night.encounter.pk]) == {}
    handover = night.hand_over(night.decide(BOARD_PLACE))
    (one,) = selectors.departures([night.encounter.pk, night.other.pk]).values()
    assert (one.id, one.end.code, one.at, one.by) == (handover, BOARD_PLACE, after(9), night.officer.person_id)
    assert (one.receiver_id, one.is_incident) == (night.board.pk, False)
    incident = services.record_incident(
        actor=night.officer,
        encounter_id=night.encounter.pk,
        outcome="CHILD_WENT_MISSING",
        words="x",
        relation=OWN,
        at=after(40),
    )
    last = selectors.departures([night.encounter.pk])[night.encounter.pk]
    assert (last.id, last.end.code, last.at) == (incident, "CHILD_WENT_MISSING", after(40))
    assert (last.receiver_id, last.is_incident) == (None, True)


def test_the_receiver_of_a_departure_is_the_organisation_that_has_the_child(night: Night) -> None:
    decision = night.decide(BOARD_PLACE)
    receiver = services.Receiver(name="K. Dijk", receipt="signed")
    services.record_handover(
        actor=night.officer, decision_id=decision.pk, receiver=receiver, machine=READY, relation=OWN, at=after(9)
    )
    assert selectors.departures([night.encounter.pk])[night.encounter.pk].receiver_id == night.board.pk


def test_of_the_same_instant_the_incident_is_the_end_that_is_told(night: Night) -> None:
    """It is always reviewed, so it is the one that must not be overlooked; ids do not decide it."""
    night.hand_over(night.decide(BOARD_PLACE))
    incident = {"outcome": "CHILD_WENT_MISSING", "words": "x", "relation": OWN, "at": after(9)}
    made = services.record_incident(actor=night.officer, encounter_id=night.encounter.pk, **incident)
    assert [one.is_incident for one in selectors.every_departure([night.encounter.pk])] == [False, True]
    assert selectors.departures([night.encounter.pk])[night.encounter.pk].id == made


def test_requests_are_found_by_encounter_and_the_other_way_round(night: Night) -> None:
    (request,) = selectors.requests_of([night.encounter.pk])
    assert request.id == night.request
    assert selectors.encounter_of(night.request) == night.encounter.pk
    assert selectors.encounter_of(uuid4()) is None


def made(check: str, state: str, source: str = "", number: int = 1) -> CheckMade:
    return CheckMade(
        id=uuid4(),
        check=check,
        number=number,
        state=state,
        source=source,
        made_by=uuid4(),
        made_by_name="Robin",
        made_at=AT,
    )


def facts(**known: Any) -> Encounter:
    return Encounter(organisation="NL-POL-RIJNHAVEN", country="NL", met_at=AT, **known)


def outcome_with(*checks: CheckMade) -> str:
    over = overlaid(facts(), ASKING, checks)
    known = Known(view=over.child_view, facts=over.facts)
    return {one.check: one.state for one in decide(HandoverRequest(collector=over.collectors[0]), known).checks}[
        checks[-1].check
    ]


@pytest.mark.parametrize(
    ("check", "state", "source", "result"),
    [
        ("G-02", "wants_to_go", "sworn", "passed"),
        ("G-02", "does_not_want_to_go", "none", "failed"),
        ("G-02", "not_alone", "none", "failed"),
        ("G-02", "wish_unknown", "none", "unknown"),
        ("G-02", "unknown", "unknown", "unknown"),
        ("G-04", "verified", "document", "passed"),
        ("G-05", "verified", "authority_register", "passed"),
        ("G-05", "verified", "private_deed", "failed"),
        ("G-05", "unknown", "unknown", "unknown"),
        ("G-07", "clear", "register", "passed"),
        ("G-07", "unknown", "register_down", "unknown"),
        ("G-10", "none_found", "person", "passed"),
        ("G-10", "indicated", "person", "failed"),
        ("G-16", "not_agreed", "", "unknown"),
    ],
)
def test_what_was_recorded_lies_over_what_the_encounter_said(
    check: str, state: str, source: str, result: str
) -> None:
    assert state in ANSWERS[check].states
    assert source in ANSWERS[check].sources
    assert outcome_with(made(check, state, source)) == result


def test_the_last_answer_holds() -> None:
    assert outcome_with(made("G-07", "clear", number=1), made("G-07", "indicated", number=2)) == "failed"
    assert outcome_with(made("G-07", "indicated", number=2), made("G-07", "clear", number=1)) == "failed"


def test_a_refusal_of_the_child_stands_until_the_child_says_otherwise() -> None:
    before = facts(child_view=ChildView(heard_alone=True, wants_to_go="no", interpreter="none"))
    assert overlaid(before, ASKING, [made("G-02", "wish_unknown", "none")]).child_view.wants_to_go == "no"
    assert overlaid(before, ASKING, [made("G-02", "wants_to_go", "none")]).child_view.wants_to_go == "yes"


def test_who_asks_comes_first_and_who_asked_as_well_stays_behind() -> None:
    other = Collector(name=PersonName("Eva", "Smit"))
    before = facts(collectors=(other, ASKING))
    assert overlaid(before, ASKING, ()).collectors == (ASKING, other)
    assert overlaid(before, None, [made("G-05", "verified", "brp")]).collectors == ()


def test_every_check_that_can_be_recorded_is_one_of_the_table() -> None:
    assert ANSWERS.keys() <= {check.id for check in CHECKS}


def test_the_role_of_the_application_changes_no_row_of_the_gate() -> None:
    *_, last = statements("vangnet_app")
    assert last.startswith("REVOKE UPDATE, DELETE, TRUNCATE ON handovers_request")
    for role in ("Robert'); DROP", "", "a-b"):
        with pytest.raises(ValueError, match="plain name"):
            statements(role)
