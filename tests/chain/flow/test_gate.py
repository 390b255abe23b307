from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from chain.flow.desk import ADULT, Desk, after, code, done, facts, indicated
from vangnet.chain.crosscheck.models import Membership
from vangnet.chain.encounters.services import correct_encounter
from vangnet.chain.flow import deciding
from vangnet.chain.flow.gate import gate, may_not
from vangnet.chain.handovers import opened
from vangnet.chain.handovers.refusals import refusal
from vangnet.chain.persons.models import Reference
from vangnet.knowledge.terms import Collector, Custody, PersonName, Reason
from vangnet.trust.access.services import create_organisation
from vangnet.trust.ledger.models import Entry

BOARD_PLACE = "HANDED_TO_RVDK_ARRANGED_PLACE"
HOLDER = "HANDED_TO_AUTHORITY_HOLDER"


def test_before_anybody_asks_the_gate_says_on_what_basis_the_child_is_here(desk: Desk) -> None:
    view = desk.view()
    assert (view.request_id, view.outcome, view.collector, view.proposal) == (None, "not_yet", None, None)
    assert "08:10" not in view.basis_of_presence.nl or view.hold is not None
    assert view.basis_of_presence.nl.startswith("Het kind is opgehouden")
    assert view.hold is not None
    assert view.hold.due_at is not None


def test_every_check_of_the_table_is_there_and_unknown_until_somebody_looks(desk: Desk) -> None:
    view = desk.view(desk.ask())
    assert [one.result.check for one in view.checks] == [f"G-{n:02d}" for n in range(1, 19)]
    assert view.check("G-05").last is None
    assert view.check("G-05").result.state == "unknown"
    assert view.collector == ADULT
    assert view.asked_at == after(0)


def test_what_is_found_at_the_gate_is_what_the_rule_reads(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    view = desk.view(request)
    assert view.outcome == "ready_for_two_people"
    assert view.child_view.wants_to_go == "yes"
    assert HOLDER in {end.code for end in view.outcomes}


def test_a_private_deed_is_no_authority_and_a_silent_register_no_answer(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    desk.check(request, "G-05", "not_verified", "private_deed", 2, "akte van een notaris")
    assert desk.view(request).outcome == "refer"
    desk.check(request, "G-05", "verified", "brp", 3)
    desk.check(request, "G-07", "unknown", "register_down", 4)
    view = desk.view(request)
    assert view.outcome == "not_yet"
    assert HOLDER not in {end.code for end in view.outcomes}
    assert [one.source for one in view.check("G-05").found] == ["brp", "private_deed", "authority_register"]


def test_the_words_of_a_finding_come_with_who_and_when(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-02", "does_not_want_to_go", "sworn", 14, "Mag Hanna komen?")
    found = desk.view(request).check("G-02").last
    assert found is not None
    assert (found.evidence, found.by, found.at) == ("Mag Hanna komen?", "J. de Wit", after(14))


def test_nobody_asking_is_not_yet_whatever_was_found(desk: Desk) -> None:
    request = desk.ask(None)
    desk.passed(request)
    assert desk.view(request).outcome == "not_yet"


def test_the_adult_of_the_intake_and_the_one_who_asks_are_looked_at_apart(db: None) -> None:
    desk = Desk.open(facts(collectors=(Collector(name=PersonName("Anna", "Bakker")),)))
    view = desk.view(desk.ask())
    assert len(view.facts.collectors) == 2
    assert view.facts.collectors[0].name == ADULT.name


def test_two_people_decide_and_the_child_goes_with_a_receiver(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    waiting = desk.view(request).proposal
    assert waiting is not None
    assert (waiting.proposal_id, waiting.by, waiting.changed) == (proposal, "S. Brouwer", ())
    done(desk.confirm(request, proposal))
    decided = desk.view(request).decision
    assert decided is not None
    assert decided.holds
    assert (decided.first, decided.second) == ("S. Brouwer", "L. Smit")
    done(desk.hand_over(request))
    ended = desk.view(request).done
    assert ended is not None
    assert (ended.receiver, ended.receipt) == ("K. Dijk", "getekend 04:00")
    assert code(desk.propose(request, BOARD_PLACE, minute=20)) == "carried_out"


def test_nobody_approves_their_own_proposal(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    assert code(desk.confirm(request, proposal, by="desk")) == "same_person"
    assert desk.view(request).decision is None


def test_who_holds_authority_only_where_the_gate_is_ready_now(desk: Desk) -> None:
    request = desk.ask()
    assert code(desk.propose(request, HOLDER)) == "not_ready"
    desk.passed(request)
    done(desk.propose(request, HOLDER))


def test_a_check_that_changes_overtakes_the_proposal(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    desk.check(request, "G-08", "indicated", "register", 6)
    waiting = desk.view(request).proposal
    assert waiting is not None
    assert waiting.changed == ("G-08",)
    assert code(desk.confirm(request, proposal, minute=7)) == "check_changed"


def test_a_check_that_changes_after_the_decision_stops_the_hand_over_until_two_decide_anew(desk: Desk) -> None:
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    desk.check(request, "G-08", "indicated", "register", 7)
    stale = desk.view(request).decision
    assert stale is not None
    assert not stale.holds
    assert code(desk.hand_over(request)) == "check_changed"
    again = done(desk.propose(request, BOARD_PLACE, minute=10))
    assert desk.view(request).decision is None
    done(desk.confirm(request, again, minute=11))
    done(desk.hand_over(request, minute=12))


def test_what_is_corrected_after_the_proposal_counts_at_the_confirmation(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    proposal = done(desk.propose(request, HOLDER))
    with transaction.atomic():
        corrected = correct_encounter(
            actor=desk.actor("officer"),
            encounter_id=desk.encounter_id,
            facts=replace(indicated(), collectors=(ADULT,)),
            reason="Later gezien.",
            at=after(5),
        )
    assert not isinstance(corrected, Reason)
    assert code(desk.confirm(request, proposal)) == "account_changed"
    assert code(desk.propose(request, HOLDER, minute=7)) == "not_ready"


def test_the_second_person_can_say_no_with_a_reason(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    said = deciding.decline(
        actor=desk.actor("other"), request_id=request, proposal_id=proposal, reason="Hoor Hanna eerst.", at=after(6)
    )
    done(said)
    view = desk.view(request)
    assert view.proposal is not None
    assert view.proposal.changed == ("G-16",)
    found = view.check("G-16").last
    assert found is not None
    assert found.evidence == "Hoor Hanna eerst."
    assert code(desk.confirm(request, proposal, minute=8)) == "check_changed"


def test_only_who_may_decide_can_say_no(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    made = deciding.decline(
        actor=desk.actor("officer"), request_id=request, proposal_id=proposal, reason="Nee.", at=after(6)
    )
    assert code(made) == "role"


def test_a_proposal_that_was_not_the_one_shown_is_not_decided(desk: Desk) -> None:
    request = desk.ask()
    done(desk.propose(request, BOARD_PLACE))
    assert code(desk.confirm(request, uuid4())) == "other_proposal"
    made = deciding.decline(
        actor=desk.actor("other"), request_id=request, proposal_id=uuid4(), reason="Nee.", at=after(6)
    )
    assert code(made) == "other_proposal"


def test_without_a_decision_no_hand_over(desk: Desk) -> None:
    assert code(desk.hand_over(desk.ask())) == "no_decision"


def test_an_officer_does_not_propose(desk: Desk) -> None:
    request = desk.ask()
    assert code(desk.propose(request, BOARD_PLACE, by="officer")) == "role"
    assert not desk.view(request, by="officer").may["propose_decision"]
    assert may_not(desk.actor("officer"), "propose_decision").code == "role"


def test_what_may_be_done_has_no_refusal(desk: Desk) -> None:
    assert may_not(desk.actor("desk"), "propose_decision").code == "not_found"


def test_an_incident_is_recorded_by_one_person(desk: Desk) -> None:
    made = deciding.record_incident(
        actor=desk.actor("officer"),
        encounter_id=desk.encounter_id,
        outcome="CHILD_WENT_MISSING",
        words="Weg om 04:10.",
        at=after(80),
    )
    done(made)
    (one,) = desk.view(minute=90).incidents
    assert (one.words, one.by, one.end.kind) == ("Weg om 04:10.", "J. de Wit", "incident")


def test_the_board_comes_in_only_by_a_referral_and_then_decides_too(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    board = desk.actor("board")
    assert code(gate(actor=board, request_id=request, at=after(6))) == "relation"
    desk.refer()
    view = desk.view(request, by="board")
    assert not view.is_own
    assert view.may["confirm_decision"]
    assert view.earlier == ()
    done(desk.confirm(request, proposal, by="board"))
    assert {row.organisation_id for row in Entry.objects.filter(actor_id=board.person_id)} == {
        desk.police.pk,
        desk.board.pk,
    }


def test_the_board_also_reads_the_encounter_where_nobody_asked_yet(desk: Desk) -> None:
    desk.refer()
    assert desk.view(by="board").request_id is None


def test_who_reads_no_child_reads_no_gate(desk: Desk) -> None:
    request = desk.ask()
    assert code(gate(actor=desk.actor("auditor"), request_id=request, at=after(6))) == "role"


@pytest.mark.parametrize("where", ["encounter_id", "request_id"])
def test_what_is_not_there_is_not_found(desk: Desk, where: str) -> None:
    assert code(gate(actor=desk.actor("desk"), at=after(6), **{where: uuid4()})) == "not_found"  # type: ignore[arg-type]


def test_steps_on_what_is_not_there_are_not_found(desk: Desk) -> None:
    actor, nowhere = desk.actor("desk"), uuid4()
    tries = (
        deciding.ask_gate(actor=actor, encounter_id=nowhere, collector=None, at=after(1)),
        deciding.record_check(
            actor=actor, request_id=nowhere, check="G-07", state="clear", source="", evidence="", at=after(1)
        ),
        deciding.propose(
            actor=actor, request_id=nowhere, outcome=BOARD_PLACE, receiver_id=None, reason="x", at=after(1)
        ),
    )
    assert [code(one) for one in tries] == ["not_found"] * 3


def test_whom_to_call_is_youth_protection_near_the_child_with_a_number(desk: Desk) -> None:
    create_organisation(
        code="NL-AAA", name="Verder weg", country="NL", regime="youth_care", municipality="0999", contact_phone="1"
    )
    create_organisation(code="NL-AAB", name="Zonder nummer", country="NL", regime="youth_care")
    assert [card.name for card in desk.view().contacts] == ["Raad, spoed", "Verder weg"]


def test_earlier_hand_overs_of_the_same_child_are_seen_and_of_no_other(desk: Desk) -> None:
    first = desk.encounter_id
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    done(desk.hand_over(request))
    desk.encounter_id = desk.met(facts("26-0499"))
    assert desk.view().earlier == ()
    child = uuid4()
    for one in (first, desk.encounter_id):
        Membership.objects.create(encounter_id=one, organisation=desk.police, child_id=child)
    (earlier,) = desk.view().earlier
    assert (earlier.end.code, earlier.at) == (BOARD_PLACE, after(9))


def test_an_indication_makes_the_expertise_centre_a_question_that_counts(db: None) -> None:
    desk = Desk.open(indicated())
    request = desk.ask()
    desk.passed(request)
    assert desk.view(request).outcome == "not_yet"
    assert desk.view(request).check("G-09").result.required_by == "policy"


def test_a_child_without_custody_has_no_clock_and_nobody_may_hold_it(db: None) -> None:
    view = Desk.open(facts(custody=Custody(basis="none"))).view()
    assert view.hold is None
    assert "Niemand hier mag dit kind vasthouden." in view.basis_of_presence.nl


def test_who_may_not_propose_withdraws_no_decision_either(desk: Desk) -> None:
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    desk.check(request, "G-08", "indicated", "register", 7)
    assert code(desk.propose(request, BOARD_PLACE, by="officer", minute=8)) == "role"
    stands = desk.view(request).decision
    assert stands is not None
    assert stands.stopped is None


def test_a_collector_of_whom_every_claim_was_taken_back_is_an_adult_without_a_name(desk: Desk) -> None:
    request = desk.ask()
    Reference.objects.filter(role="collector").update(withdrawn_at=after(2))
    assert desk.view(request).collector == Collector()


def test_a_refusal_of_what_stands_in_the_way_ends_there(desk: Desk) -> None:
    request = desk.ask()
    made = deciding.hand_over(
        actor=desk.actor("auditor"), request_id=request, receiver=deciding.Receiver(name="x"), at=after(3)
    )
    assert code(made) == "role"


def test_an_encounter_too_old_to_read_freely_is_not_opened_by_its_gate(desk: Desk) -> None:
    request = desk.ask()
    assert code(gate(actor=desk.actor("desk"), request_id=request, at=after(60 * 24 * 400))) == "over_a_year"


def test_what_the_gate_of_a_request_is_refused_for_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    request = desk.ask()
    monkeypatch.setattr(opened, "opened_gate", lambda **_: refusal("unknown_request"))
    assert code(gate(actor=desk.actor("desk"), request_id=request, at=after(1))) == "unknown_request"
