"""What a fault in the services, or somebody who holds the master key, could try with the pen in hand.

Each is refused by a rule of its own, named beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from chain.handovers.attempts import Attempt, done, insert, one_person, undecided
from chain.handovers.night import BOARD_PLACE, SHELTER, Night, receiving, row_of, told_anew
from vangnet.chain.handovers.models import Check, Proposal
from vangnet.chain.handovers.pen import pen
from vangnet.trust.access.services import set_receiving


def _changed(**changes: Callable[[Night], Any]) -> Attempt:
    def attempt(night: Night) -> object:
        decision = night.decide()
        given = {column: value(night) for column, value in changes.items()}
        with pen():
            return insert(row_of(decision, **given))

    return attempt


def _decided(**changes: Callable[[Night], Any]) -> Attempt:
    def attempt(night: Night) -> object:
        given = {column: value(night) for column, value in changes.items()}
        decision = one_person(night, **given)
        with pen():
            return insert(decision)

    return attempt


def _elsewhere() -> UUID:
    """Give another organisation that could receive a child."""
    return receiving("NL-GI-DELTA", "youth_care", "guardianship", "crisis_foster_care").pk


def _to_another(outcome: str) -> Attempt:
    def attempt(night: Night) -> object:
        decision = night.decide(outcome)
        with pen():
            return insert(row_of(decision, receiver_id=_elsewhere()))

    return attempt


def _abroad(_night: Night) -> UUID:
    return receiving("AT-JA-DONAUTOR", "youth_care", "crisis_foster_care", country="AT").pk


def a_decision_after_the_card_changed(night: Night) -> object:
    decision = one_person(night, BOARD_PLACE)
    set_receiving(code=night.board.code, kinds=[])
    with pen():
        return insert(decision)


def a_handover_after_the_card_changed(night: Night) -> object:
    decision = night.decide(BOARD_PLACE)
    set_receiving(code=night.board.code, kinds=["guardianship"])
    with pen():
        return insert(row_of(decision))


def _to_nobody(night: Night) -> object:
    decision = night.decide(BOARD_PLACE)
    with pen():
        return insert(row_of(decision, receiver_id=None))


def decided_for_another_receiver(night: Night) -> object:
    proposal = Proposal.objects.get(pk=night.propose(BOARD_PLACE))
    decision = one_person(night, proposal=proposal, outcome=BOARD_PLACE, receiver_id=_elsewhere())
    with pen():
        return insert(decision)


def _proposed(receiver: Callable[[Night], UUID | None]) -> Attempt:
    def attempt(night: Night) -> object:
        proposal = Proposal.objects.get(pk=night.propose(BOARD_PLACE))
        proposal.pk, proposal.number, proposal.receiver_id = uuid4(), 2, receiver(night)
        with pen():
            return insert(proposal)

    return attempt


def no_decision(night: Night) -> object:
    with pen():
        return insert(undecided(night))


def after_a_supersession(night: Night) -> object:
    decision = night.decide()
    night.supersede(decision)
    with pen():
        return insert(row_of(decision))


def after_a_newer_check(night: Night) -> object:
    decision = night.decide()
    night.check("indicated", minute=8)
    with pen():
        return insert(row_of(decision))


def after_a_newer_check_of_another_request(night: Night) -> object:
    decision = night.decide()
    night.check("indicated", minute=8, request=night.ask(None))
    with pen():
        return insert(row_of(decision))


def a_decision_after_a_check_of_another_request(night: Night) -> object:
    decision = one_person(night)
    night.check("does_not_want_to_go", check="G-02", minute=8, request=night.ask(None))
    with pen():
        return insert(decision)


def a_proposal_on_the_checks_of_its_request_alone(night: Night) -> object:
    night.check(request=night.ask(None))
    proposal = Proposal.objects.get(pk=night.propose())
    proposal.pk, proposal.number, proposal.checks_as_of = uuid4(), 2, 0
    with pen():
        return insert(proposal)


def a_check_numbered_within_its_request(night: Night) -> object:
    check = Check.objects.get(pk=night.check())
    check.pk, check.request_id, check.number = uuid4(), night.ask(None), 1
    with pen():
        return insert(check)


def after_a_correction(night: Night) -> object:
    decision = night.decide()
    told_anew(night.encounter, by=night.officer.person_id)
    with pen():
        return insert(row_of(decision))


def a_decision_after_a_correction(night: Night) -> object:
    decision = one_person(night)
    told_anew(night.encounter, by=night.officer.person_id)
    with pen():
        return insert(decision)


def a_proposal_that_rests_on_no_account(night: Night) -> object:
    proposal = Proposal.objects.get(pk=night.propose())
    proposal.pk, proposal.number, proposal.accounts_as_of = uuid4(), 2, None
    with pen():
        return insert(proposal)


def a_shelter_that_the_child_did_not_agree_to(night: Night) -> object:
    proposal = Proposal.objects.get(pk=night.propose(BOARD_PLACE))
    proposal.pk, proposal.number, proposal.outcome = uuid4(), 2, SHELTER
    proposal.receiver_id = night.shelter().pk
    with pen():
        return insert(proposal)


def a_shelter_that_the_child_agreed_to_before_they_went_missing(night: Night) -> object:
    """The place was proposed with a yes; the child left after it and came back."""
    night.check("child_agrees", check="G-15")
    proposal = Proposal.objects.get(pk=night.propose(SHELTER))
    night.went_missing()
    proposal.pk, proposal.number = uuid4(), 2
    with pen():
        return insert(proposal)


def a_shelter_that_the_child_agreed_to_before_they_were_handed_over(night: Night) -> object:
    night.check("child_agrees", check="G-15")
    proposal = Proposal.objects.get(pk=night.propose(SHELTER))
    night.hand_over(night.decide(SHELTER))
    proposal.pk, proposal.request_id, proposal.number = uuid4(), night.ask(None), 1
    with pen():
        return insert(proposal)


def a_decision_on_a_yes_from_before_the_child_left(night: Night) -> object:
    night.check("child_agrees", check="G-15")
    decision = one_person(night, SHELTER)
    night.went_missing()
    with pen():
        return insert(decision)


def a_handover_on_a_yes_from_before_the_child_left(night: Night) -> object:
    night.check("child_agrees", check="G-15")
    decision = night.decide(SHELTER)
    night.went_missing()
    with pen():
        return insert(row_of(decision))


def a_decision_used_twice(night: Night) -> object:
    decision = done(night).decision
    with pen():
        return insert(row_of(decision))


def a_decision_that_was_rolled_back(night: Night) -> object:
    with transaction.atomic():
        decision = night.decide()
        transaction.set_rollback(True)
    with pen():
        return insert(row_of(decision))


def a_decision_without_a_proposal(night: Night) -> object:
    decision = one_person(night)
    decision.proposal_id = uuid4()
    with pen():
        return insert(decision)


def a_decision_on_a_stale_proposal(night: Night) -> object:
    decision = one_person(night)
    night.check("indicated", minute=8)
    with pen():
        return insert(decision)


def a_second_decision_beside_an_open_one(night: Night) -> object:
    second = one_person(night)
    night.decide()
    with pen():
        return insert(second)


def a_proposal_that_counts_checks_to_come(night: Night) -> object:
    proposal = Proposal.objects.get(pk=night.propose())
    proposal.pk, proposal.number, proposal.checks_as_of = uuid4(), 2, 99
    with pen():
        return insert(proposal)


def a_proposal_put_before_the_last(night: Night) -> object:
    proposal = Proposal.objects.get(pk=night.propose())
    proposal.pk, proposal.number = uuid4(), 0
    with pen():
        return insert(proposal)


def a_check_put_before_the_last(night: Night) -> object:
    check = Check.objects.get(pk=night.check())
    check.pk, check.number = uuid4(), 0
    with pen():
        return insert(check)


def an_authority_holder_where_nobody_asked(night: Night) -> object:
    request = night.ask(None)
    proposal = Proposal.objects.get(pk=night.propose(BOARD_PLACE, request))
    proposal.pk, proposal.number, proposal.outcome = uuid4(), 2, "HANDED_TO_AUTHORITY_HOLDER"
    proposal.receiver_id = None
    decision = one_person(night, proposal=proposal, request_id=request, collector_id=None)
    decision.outcome = proposal.outcome
    with pen():
        insert(proposal)
        return insert(decision)


def replacing_a_decision(night: Night) -> object:
    decision = night.decide()
    decision.child_id = night.other.child_id
    with pen():
        return insert(decision)


BY_CARD = "its card does not say so"
YES_ENDED = "since they last left"
WITH_THE_PEN: tuple[tuple[str, Attempt, str], ...] = (
    ("no decision", no_decision, "there is no such decision|is not what was decided|changed since"),
    ("another child", _changed(child_id=lambda n: n.other.child_id), "child_id is not what was decided"),
    ("another collector", _changed(collector_id=lambda n: n.other.child_id), "collector_id is not what was"),
    ("no collector", _changed(collector_id=lambda _: None), "collector_id is not what was decided"),
    (
        "swapped deciders",
        _changed(first_decider_id=lambda n: n.second.person_id, second_decider_id=lambda n: n.first.person_id),
        "decider_id is not what was decided",
    ),
    ("another second decider", _changed(second_decider_id=lambda n: n.rvdk.person_id), "second_decider_id is not"),
    (
        "one decider twice",
        _changed(second_decider_id=lambda n: n.first.person_id),
        "second_decider_id is not what was decided",
    ),
    (
        "another outcome",
        _changed(outcome=lambda _: BOARD_PLACE),
        "outcome is not what was decided|who receives the child is not said",
    ),
    ("another receiver", _to_another("HANDED_TO_GI_OR_NIDOS"), "receiver_id is not what was decided"),
    ("another shelter", _to_another("HANDED_TO_RVDK_ARRANGED_PLACE"), "receiver_id is not what was decided"),
    ("no receiver", _to_nobody, "who receives the child is not said|receiver_id is not what was decided"),
    (
        "a receiver beside who has authority",
        _changed(receiver_id=lambda n: n.board.pk),
        "whoever asked receives the child|receiver_id is not what was decided",
    ),
    ("decided for another receiver", decided_for_another_receiver, "receiver_id is not what was proposed"),
    ("proposed without a receiver", _proposed(lambda _: None), "who receives the child is not said"),
    ("proposed to the police", _proposed(lambda n: n.police.pk), "this organisation cannot receive the child"),
    ("proposed to nothing that exists", _proposed(lambda _: uuid4()), "this organisation cannot receive the child"),
    (
        "proposed to youth care without a place",
        _proposed(lambda _: receiving("NL-GI-LEEG", "youth_care").pk),
        BY_CARD,
    ),
    ("proposed to a guardian", _proposed(lambda _: receiving("NL-GI-V", "youth_care", "guardianship").pk), BY_CARD),
    ("proposed to a voluntary place", _proposed(lambda night: night.shelter().pk), BY_CARD),
    ("proposed to another country", _proposed(_abroad), "it works in another country"),
    ("decided after the card changed", a_decision_after_the_card_changed, BY_CARD),
    ("handed over after the card changed", a_handover_after_the_card_changed, BY_CARD),
    ("an outcome outside the list", _changed(outcome=lambda _: "GIVEN_TO_RELATIVE"), "outcome is not what was"),
    ("an incident as hand-over", _changed(outcome=lambda _: "CHILD_WENT_MISSING"), "outcome is not what was"),
    ("another controller", _changed(organisation_id=lambda n: n.board.pk), "organisation_id is not what was"),
    ("superseded", after_a_supersession, "this decision was superseded"),
    ("newer check", after_a_newer_check, "a check changed since"),
    ("newer check of another request", after_a_newer_check_of_another_request, "a check changed since"),
    ("decision, other request", a_decision_after_a_check_of_another_request, "a check changed since"),
    ("proposal on its request alone", a_proposal_on_the_checks_of_its_request_alone, "rests on the last check"),
    ("check of its request alone", a_check_numbered_within_its_request, "a check follows the last one"),
    ("newer account", after_a_correction, "the account changed since"),
    ("decision on an older account", a_decision_after_a_correction, "the account changed since"),
    ("proposal on no account", a_proposal_that_rests_on_no_account, "rests on the last account"),
    (
        "decided on accounts to come",
        _decided(accounts_as_of=lambda _: 99),
        "accounts_as_of is not what was|changed since",
    ),
    ("shelter without a yes", a_shelter_that_the_child_did_not_agree_to, "did not agree to this place"),
    ("proposal, missing since the yes", a_shelter_that_the_child_agreed_to_before_they_went_missing, YES_ENDED),
    (
        "proposal, handed over since the yes",
        a_shelter_that_the_child_agreed_to_before_they_were_handed_over,
        YES_ENDED,
    ),
    ("decision, missing since the yes", a_decision_on_a_yes_from_before_the_child_left, YES_ENDED),
    ("hand-over, missing since the yes", a_handover_on_a_yes_from_before_the_child_left, YES_ENDED),
    ("used twice", a_decision_used_twice, "this decision was carried out"),
    ("rolled back", a_decision_that_was_rolled_back, "no such decision|is not what was decided|changed since"),
    ("decision without proposal", a_decision_without_a_proposal, "is not what was decided|no such proposal"),
    ("decision on a stale proposal", a_decision_on_a_stale_proposal, "a check changed since"),
    ("a second open decision", a_second_decision_beside_an_open_one, "another decision about this child is open"),
    ("decided by the proposer", _decided(second_decider_id=lambda n: n.first.person_id), "two different people"),
    (
        "proposed by another",
        _decided(first_decider_id=lambda n: n.rvdk.person_id),
        "first_decider_id is not what was decided",
    ),
    ("decided for another child", _decided(child_id=lambda n: n.other.child_id), "not the child of the encounter"),
    (
        "decided more than proposed",
        _decided(outcome=lambda _: BOARD_PLACE),
        "outcome is not what was decided|who receives",
    ),
    (
        "readiness of one's own",
        _decided(machine_outcome=lambda _: "refer"),
        "machine_outcome is not what was decided|the gate was not ready",
    ),
    ("decided without a second reason", _decided(reason_sealed=lambda _: None), "the second person says why"),
    ("decided with an empty reason", _decided(reason_sealed=lambda _: b""), "the second person says why"),
    (
        "decided on checks to come",
        _decided(checks_as_of=lambda _: 99),
        "checks_as_of is not what was|changed since",
    ),
    ("proposal on checks to come", a_proposal_that_counts_checks_to_come, "rests on the last check"),
    ("proposal before the last", a_proposal_put_before_the_last, "a proposal follows the last one"),
    ("check before the last", a_check_put_before_the_last, "a check follows the last one"),
    ("authority where nobody asked", an_authority_holder_where_nobody_asked, "the gate was not ready"),
    ("replacing a decision", replacing_a_decision, "is never replaced|this proposal was decided|is not the child"),
)
