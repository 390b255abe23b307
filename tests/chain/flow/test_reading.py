"""What is read of an encounter and of a child, by whom, and that it is written down."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from chain.town import BOARD, RAW, Town, after, code_of, slim, written
from vangnet.chain import flow
from vangnet.chain.crosscheck.selectors import matched
from vangnet.chain.crosscheck.services import Judged
from vangnet.chain.duties import services as duties
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.selectors import Opened
from vangnet.chain.flow import Advice, PairView, Timeline
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Record, record_of
from vangnet.knowledge.terms import ChannelCheck, Encounter, Purpose, Reason
from vangnet.site.demo.world import World, newest_of_thirty_five
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.keys.services import Envelope
from vangnet.trust.ledger import services as ledger

NORA: dict[str, Any] = {
    "given_names": "Nora",
    "family_name": "Visser",
    "birth_date": "2012-05-17",
    "phones": ["+31612340000"],
}
DAYS = 24 * 60


def nora(number: str, organisation: str = RAW["organisation"], **changes: Any) -> Encounter:
    return slim(encounter_id=number, organisation=organisation, **{"child": NORA} | changes)


def read(actor: Actor, encounter_id: UUID, minutes: float = 1, **options: Any) -> Advice | Reason:
    options = {"purpose": Purpose.PROTECT_CHILD} | options
    return flow.advice(actor=actor, encounter_id=encounter_id, at=after(minutes), **options)


def advice(*arguments: Any, **options: Any) -> Advice:
    found = read(*arguments, **options)
    assert isinstance(found, Advice), found
    return found


def test_advice_says_everything_and_stands_in_the_ledger_once(town: Town) -> None:
    earlier = town.met(nora("NL-1"))
    tonight = town.met(nora("NL-2", kind="offence"))
    found = advice(town.officer, tonight)
    assert [one.encounter_id for one in found.candidates] == [earlier]
    assert found.assessment == assess(found.facts, at=after(1))
    assert {one.clock for one in found.duties} == {one.clock for one in found.assessment.duties}
    assert [one.state for one in found.international] == ["not_asked"] * 4
    (entry,) = [one for one in written() if one.act == "read_advice"]
    assert entry.subjects == [str(tonight), str(earlier)]
    assert entry.counts == {"content": 1, "contact": 0, "hit": 0}


def test_what_was_asked_since_shows_in_the_steps(town: Town) -> None:
    tonight = town.met(slim())
    for channel in ("sis", "pruem", "siena", "interpol"):
        duties.record_international_check(
            actor=town.officer,
            purpose=Purpose.PROTECT_CHILD,
            relation=Relation.OWN_ENCOUNTER,
            encounter_id=tonight,
            check=ChannelCheck(channel=channel, state="asked"),
            at=after(1),
        )
    found = advice(town.officer, tonight, 2)
    assert "international_check" not in {step.code for step in found.assessment.next_steps}
    assert "international_check" in {step.code for step in assess(found.stated).next_steps}


def test_advice_on_history_screens_nothing(town: Town) -> None:
    old = flow.take_in(
        actor=town.service,
        purpose=Purpose.KEEP_REGISTER,
        facts=nora("H-1"),
        request_key=None,
        at=after(0),
        history=True,
    )
    assert isinstance(old, flow.TakenIn)
    found = advice(town.officer, old.encounter_id)
    assert (found.assessment, found.duties) == (None, ())


def test_who_may_read_but_not_cross_check_is_told_so(town: Town) -> None:
    town.met(nora("NL-1"))
    tonight = town.met(nora("NL-2"))
    found = advice(town.officer, tonight, purpose=Purpose.KEEP_REGISTER)
    assert (found.candidates, code_of(found.cross_check_refused)) == ((), "purpose")


def test_who_may_not_read_gets_a_reason(town: Town) -> None:
    tonight = town.met(nora("NL-1"))
    assert code_of(read(town.board, tonight)) == "relation"
    assert code_of(read(town.immigration, tonight)) == "firewall"
    assert code_of(read(town.officer, uuid4())) in {"relation", "not_found"}


def test_without_a_ledger_there_is_no_advice(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    tonight = town.met(nora("NL-1"))

    def full_disk(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(ledger, "_write", full_disk)
    with pytest.raises(ledger.LedgerUnavailableError):
        read(town.officer, tonight)
    with pytest.raises(ledger.LedgerUnavailableError):
        timeline(town.officer, tonight)


def test_a_cross_check_of_an_encounter_is_for_who_may_see_it(town: Town) -> None:
    earlier, tonight = town.met(nora("NL-1")), town.met(nora("NL-2"))

    def asked(actor: Actor, **query: Any) -> Any:
        return flow.cross_check(actor=actor, purpose=Purpose.IDENTIFY_CHILD, at=after(1), **query)

    assert [one.encounter_id for one in asked(town.officer, encounter_id=tonight)] == [earlier]
    assert code_of(asked(town.board, encounter_id=tonight)) == "not_found"


def test_a_cross_check_of_a_record_finds_what_is_stored_and_of_an_empty_one_nothing(town: Town) -> None:
    earlier, tonight = town.met(nora("NL-1")), town.met(nora("NL-2"))

    def asked(record: Record) -> set[UUID | None]:
        found = flow.cross_check_record(
            actor=town.specialist, purpose=Purpose.IDENTIFY_CHILD, record=record, at=after(1)
        )
        assert isinstance(found, tuple)
        return {one.encounter_id for one in found}

    assert asked(record_of(nora("NL-9"))) == {earlier, tonight}
    assert asked(Record(record_id="")) == set()


def judge(actor: Actor, one: UUID, other: UUID, value: str = "same") -> Judged | Reason:
    return flow.judge(actor=actor, encounter_id=one, other_id=other, value=value, reason="same scar", at=after(2))


def joined(town: Town, one: UUID, other: UUID) -> Judged:
    found = judge(town.specialist, one, other)
    assert isinstance(found, Judged), found
    return found


def timeline(actor: Actor, encounter_id: UUID, minutes: float = 3) -> Timeline | Reason:
    return flow.timeline(actor=actor, purpose=Purpose.PROTECT_CHILD, encounter_id=encounter_id, at=after(minutes))


def test_a_timeline_is_graded_and_in_the_order_of_time(town: Town) -> None:
    tonight = town.met(nora("NL-3"))
    before = town.met(nora("NL-1", met_at="2026-02-01T10:00:00+01:00"))
    care = town.met(nora("C-1", BOARD), by=town.board)
    old = town.met(nora("NL-0", met_at="2024-06"), at=after(-600 * DAYS))
    for other in (before, care):
        joined(town, tonight, other)
    judge(town.board, care, tonight)
    encounters.open_older(actor=town.specialist, encounter_id=old, reason="the same child", at=after(1))
    joined(town, tonight, old)
    encounters.Opening.objects.all().delete()
    found = timeline(town.officer, tonight)
    assert isinstance(found, Timeline)
    assert [(one.answer, one.encounter_id) for one in found.entries] == [
        (Answer.CONTENT, before),
        (Answer.CONTENT, tonight),
        (Answer.HIT, None),
        (Answer.CONTACT, care),
    ]
    assert found.entries[0].facts is not None
    assert (found.entries[3].facts, found.entries[3].summary) == (None, None)
    assert len(found.verdicts) == 3
    assert {row.organisation_id for row in written() if row.act == "read_timeline"} == {
        town.officer.organisation_id,
        town.board.organisation_id,
    }


def test_a_timeline_is_for_who_may_read_the_encounter(town: Town) -> None:
    assert code_of(timeline(town.board, town.met(nora("NL-1")))) == "relation"


def pair(actor: Actor, one: UUID, other: UUID, minutes: float = 1) -> PairView | Reason:
    return flow.pair(actor=actor, encounter_id=one, other_id=other, at=after(minutes))


def test_who_judges_sees_the_weights_and_of_another_controller_no_values(town: Town) -> None:
    one, two = town.met(nora("NL-1")), town.met(nora("NL-2"))
    care = town.met(nora("C-1", BOARD), by=town.board)
    own, others = pair(town.specialist, one, two), pair(town.specialist, one, care)
    assert isinstance(own, PairView)
    assert isinstance(others, PairView)
    assert own.candidate.match_weight == others.candidate.match_weight
    assert any(level.right for level in own.candidate.explanation)
    assert not any(level.right for level in others.candidate.explanation)
    assert (others.other, others.organisation.code) == (None, BOARD)
    assert not own.is_joined
    joined(town, one, two)
    again = pair(town.specialist, one, two)
    assert isinstance(again, PairView)
    assert again.is_joined
    assert [one.value for one in again.verdicts] == ["same"]


def test_what_may_not_be_known_is_not_judged(town: Town) -> None:
    one = town.met(nora("NL-1"))
    old = town.met(nora("NL-0", met_at="2024-06"), at=after(-600 * DAYS))
    assert code_of(pair(town.specialist, one, old)) == code_of(judge(town.specialist, one, old)) == "over_a_year"
    gone = uuid4()
    assert code_of(pair(town.specialist, one, gone)) == code_of(judge(town.specialist, one, gone)) == "not_found"
    assert code_of(pair(town.officer, one, old)) == "role"


def test_what_is_recorded_today_of_long_ago_is_read_judged_and_listed_by_one_age(town: Town) -> None:
    one = town.met(nora("NL-1"))
    long_ago = town.met(nora("NL-0", met_at="2024-06"))
    assert advice(town.officer, long_ago).summary.id == long_ago
    told = {told.encounter_id: told.answer for told in advice(town.officer, one).candidates}
    assert told == {long_ago: Answer.CONTENT}
    beside = pair(town.specialist, one, long_ago)
    assert isinstance(beside, PairView)
    assert beside.other is not None
    assert (
        code_of(read(town.officer, long_ago, 366 * DAYS))
        == code_of(pair(town.specialist, one, long_ago, 366 * DAYS))
        == "over_a_year"
    )


def test_the_advice_gives_no_key_and_what_the_account_says_itself(town: Town) -> None:
    told = nora("NL-1", known={"international_check": [{"channel": "sis", "state": "asked"}]})
    found = advice(town.officer, town.met(told))
    assert found.stated == told
    assert len(found.facts.international_check) == 4
    assert not any(isinstance(getattr(found, one.name), Opened | Envelope) for one in fields(found))


def test_a_verdict_is_taken_back(town: Town) -> None:
    one, two = town.met(nora("NL-1")), town.met(nora("NL-2"))
    verdict = joined(town, one, two).verdict_id
    done = flow.revoke(actor=town.specialist, encounter_id=one, verdict_id=verdict, at=after(4))
    assert isinstance(done, Judged)
    assert not done.is_joined


def child(**changes: Any) -> dict[str, Any]:
    return NORA | {"biometric_references": [{"system": "afis", "reference": "B-77"}]} | changes


def test_a_candidate_supports_nothing_and_a_same_verdict_does(town: Town) -> None:
    one = town.met(nora("NL-1", child=child()))
    two = town.met(nora("NL-2", child=child(given_names="Noor", birth_date="2010-01-01")))
    before = advice(town.officer, two)
    assert before.candidates
    assert "I-41" not in {seen.indicator for seen in before.assessment.screening.indications}
    joined(town, one, two)
    after_it = advice(town.officer, two)
    assert "I-41" in {seen.indicator for seen in after_it.assessment.screening.indications}
    entry = [row for row in written() if row.act == "read_advice"][-1]
    assert entry.subjects == [str(two), str(one)]


def test_a_receiver_of_a_referral_reads(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    tonight = town.met(nora("NL-1"))
    monkeypatch.setattr(flow.relations.referrals, "is_receiver", lambda **_: True)
    assert advice(town.board, tonight).relation is Relation.RECEIVER
    assert {row.organisation_id for row in written() if row.act == "read_advice"} == {
        town.officer.organisation_id,
        town.board.organisation_id,
    }


def test_the_child_with_thirty_five_names_is_found_and_told_by_grade(town: Town) -> None:
    world = World()
    rows = world.encounters()
    many = [raw for raw in rows if raw in world.thirty_four]
    then = after(250 * DAYS)
    ours = {town.met(slim(**raw | {"organisation": RAW["organisation"]}), at=then) for raw in many[:17]}
    theirs = {town.met(slim(**raw | {"organisation": BOARD}), by=town.board, at=then) for raw in many[17:]}
    for raw in [raw for raw in rows if raw not in world.thirty_four][:120]:
        town.met(slim(**raw | {"organisation": RAW["organisation"]}), at=then)
    tonight = slim(**newest_of_thirty_five() | {"organisation": RAW["organisation"]})
    found = {UUID(one.record_id) for one in matched(record=record_of(tonight), exclude=None, limit=20)}
    assert len(found & (ours | theirs)) >= 18
    encounter = town.met(replace(tonight, encounter_id="NL-tonight"), at=after(650 * DAYS))
    told = advice(town.officer, encounter, 650 * DAYS + 1).candidates
    assert {one.answer for one in told} <= {Answer.HIT, Answer.CONTACT}
    assert {one.organisation.code for one in told if one.organisation} == {BOARD}
