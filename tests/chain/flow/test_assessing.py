"""Advice, gate, referral, correction and the same sent again say one thing of one stored encounter."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from chain.town import BOARD, RAW, Town, after, slim, written
from vangnet.chain import flow
from vangnet.chain.crosscheck.services import Judged
from vangnet.chain.duties import services as duties
from vangnet.knowledge.assessment import Assessment
from vangnet.knowledge.terms import ChannelCheck, Encounter, Purpose
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.access.selectors import organisation

NORA: dict[str, Any] = {
    "given_names": "Nora",
    "family_name": "Visser",
    "birth_date": "2012-05-17",
    "biometric_references": [{"system": "afis", "reference": "B-77"}],
}
TONIGHT: dict[str, Any] = {"encounter_id": "NL-2", "child": NORA, "kind": "offence"}
POLICY = {"G-09", "G-12"}


def told(**changes: Any) -> Encounter:
    return slim(**TONIGHT | changes)


@pytest.fixture
def joined(town: Town) -> tuple[UUID, UUID]:
    """Give the earlier encounter and tonight's, of one child under two years of birth, as somebody judged."""
    earlier = town.met(told(encounter_id="NL-1", child=NORA | {"birth_date": "2010-01-01"}))
    tonight = town.met(told())
    verdict = flow.judge(
        actor=town.specialist, encounter_id=tonight, other_id=earlier, value="same", reason="scar", at=after(2)
    )
    assert isinstance(verdict, Judged)
    assert verdict.is_joined
    return earlier, tonight


def advised(actor: Actor, encounter_id: UUID, minutes: float = 3) -> Assessment:
    found = flow.advice(actor=actor, purpose=Purpose.PROTECT_CHILD, encounter_id=encounter_id, at=after(minutes))
    assert isinstance(found, flow.Advice), found
    assert found.assessment is not None
    return found.assessment


def at_gate(actor: Actor, encounter_id: UUID) -> Assessment:
    found = flow.gate(actor=actor, encounter_id=encounter_id, at=after(3))
    assert isinstance(found, flow.GateView), found
    return found.assessment


def shared(town: Town, encounter_id: UUID) -> dict[str, Any]:
    board = organisation(BOARD)
    assert board is not None
    sent = flow.refer(
        actor=town.officer,
        encounter_id=encounter_id,
        receiver_id=board.id,
        kind="board_urgent",
        words="Can you come?",
        request_key=uuid4(),
        at=after(3),
    )
    assert hasattr(sent, "referral_id"), sent
    opened = flow.referral(actor=town.board, referral_id=sent.referral_id, at=after(3))
    assert hasattr(opened, "shared"), opened
    return dict(opened.shared)


def seen(found: Assessment) -> list[str]:
    return [one.indicator for one in found.screening.indications]


def policy(found: Assessment) -> set[str]:
    return {one.check for one in found.handover.checks if one.required_by == "policy"}


def test_a_same_verdict_is_seen_by_advice_gate_and_referral_alike(town: Town, joined: tuple[UUID, UUID]) -> None:
    _, tonight = joined
    advice, gate, referral = advised(town.officer, tonight), at_gate(town.officer, tonight), shared(town, tonight)
    assert seen(advice) == seen(gate) == referral["indications"]
    assert "I-41" in seen(advice)
    assert advice.screening.any_indication is gate.screening.any_indication is referral["any_indication"] is True
    assert policy(advice) == policy(gate) >= POLICY


def test_without_a_verdict_none_of_them_says_so(town: Town) -> None:
    tonight = town.met(told())
    advice, gate, referral = advised(town.officer, tonight), at_gate(town.officer, tonight), shared(town, tonight)
    assert seen(advice) == seen(gate) == referral["indications"] == []
    assert advice.screening.any_indication is gate.screening.any_indication is referral["any_indication"] is False
    assert not policy(gate) & POLICY


def test_two_people_of_two_organisations_decide_on_one_answer(town: Town, joined: tuple[UUID, UUID]) -> None:
    _, tonight = joined
    shared(town, tonight)
    own, other = at_gate(town.officer, tonight), at_gate(town.board, tonight)
    assert other.handover == own.handover
    assert seen(advised(town.board, tonight)) == seen(advised(town.officer, tonight))


def test_of_another_organisations_encounter_nothing_supports_a_sign(town: Town) -> None:
    tonight = town.met(told())
    care = town.met(
        told(encounter_id="C-1", organisation=BOARD, child=NORA | {"birth_date": "2010-01-01"}), by=town.board
    )
    for actor, one, other in ((town.specialist, tonight, care), (town.board, care, tonight)):
        flow.judge(actor=actor, encounter_id=one, other_id=other, value="same", reason="scar", at=after(2))
    assert seen(advised(town.officer, tonight)) == seen(at_gate(town.officer, tonight)) == []


def test_a_correction_and_the_same_sent_again_say_it_too(town: Town, joined: tuple[UUID, UUID]) -> None:
    earlier, tonight = joined
    advice = advised(town.officer, tonight)
    done = flow.correct(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        encounter_id=tonight,
        facts=told(),
        reason="nothing new",
        at=after(3),
    )
    again = flow.take_in(
        actor=town.officer, purpose=Purpose.PROTECT_CHILD, facts=told(), request_key=None, at=after(3)
    )
    assert isinstance(done, flow.Corrected)
    assert isinstance(again, flow.TakenIn)
    assert done.assessment == again.assessment == advice
    assert [entry.subjects for entry in written()][-2:] == [[str(tonight), str(earlier)]] * 2


def test_what_was_asked_abroad_since_is_in_all_of_them(town: Town) -> None:
    tonight = town.met(told())
    for channel in ("sis", "pruem", "siena", "interpol"):
        duties.record_international_check(
            actor=town.officer,
            purpose=Purpose.PROTECT_CHILD,
            relation=Relation.OWN_ENCOUNTER,
            encounter_id=tonight,
            check=ChannelCheck(channel=channel, state="asked"),
            at=after(1),
        )
    for found in (advised(town.officer, tonight), at_gate(town.officer, tonight)):
        assert "international_check" not in {one.code for one in found.next_steps}


def test_what_is_said_when_an_encounter_is_recorded_is_what_its_advice_says(town: Town) -> None:
    taken = flow.take_in(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        facts=slim(**RAW),
        request_key=None,
        at=after(0),
    )
    assert isinstance(taken, flow.TakenIn)
    assert taken.assessment is not None
    assert taken.assessment.as_json("nl") == advised(town.officer, taken.encounter_id, 0).as_json("nl")


def test_the_others_that_were_read_stand_in_the_ledger(town: Town, joined: tuple[UUID, UUID]) -> None:
    earlier, tonight = joined
    at_gate(town.officer, tonight)
    gate = written()[-1]
    assert gate.act == "read_gate"
    assert gate.organisation_id == town.officer.organisation_id
    assert str(earlier) in gate.subjects
    shared(town, tonight)
    referral = next(one for one in written() if one.act == "send_referral")
    assert str(earlier) in referral.subjects
    at_gate(town.board, tonight)
    about = [one for one in written() if str(earlier) in one.subjects and one.actor_id == town.board.person_id]
    assert {one.organisation_id for one in about} == {town.board.organisation_id, town.officer.organisation_id}
