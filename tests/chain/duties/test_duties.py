"""Duties start once, lapse with their ground, are done with proof; *not asked* is always said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from chain.town import AT, Town, after, code_of, facts, slim, written
from vangnet.chain.duties import selectors, services
from vangnet.chain.duties.models import Duty, InternationalCheck
from vangnet.chain.duties.selectors import ChannelState, DutyLine
from vangnet.chain.encounters.models import Encounter
from vangnet.knowledge import clocks
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import ChannelCheck, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.keys.services import Place, envelope


def computed(**changes: Any) -> tuple[clocks.Duty, ...]:
    return assess(facts(**changes), at=AT).duties


def start(town: Town, encounter_id: UUID, duties: tuple[clocks.Duty, ...], minutes: float = 1) -> services.Started:
    with transaction.atomic():
        return services.start(
            encounter_id=encounter_id,
            organisation_id=town.officer.organisation_id,
            computed=duties,
            at=after(minutes),
        )


def test_an_encounter_starts_its_duties_once(town: Town) -> None:
    encounter = town.met(facts())
    running = Duty.objects.count()
    assert running == len(computed()) > 0
    assert start(town, encounter, computed()) == services.Started(started=0, kept=running, lapsed=0, bindings={})
    assert Duty.objects.count() == running


def test_a_duty_whose_ground_fell_away_lapses_and_one_that_changed_starts_anew(town: Town) -> None:
    encounter = town.met(facts())
    later = computed(custody={"basis": "suspect", "arrested_at": "2026-03-01T15:20:00+01:00"})
    done = start(town, encounter, later)
    assert done.lapsed == done.started > 0
    assert start(town, encounter, ()).started == 0
    assert not Duty.objects.filter(lapsed_at__isnull=True).exists()


def test_what_was_done_stays_done(town: Town) -> None:
    encounter = town.met(facts())
    duty = Duty.objects.order_by("due_at")[0]
    complete(town.officer, duty.id)
    start(town, encounter, ())
    (left,) = selectors.duties_of(encounter, at=after(5))
    assert (left.id, left.done_by, left.is_late) == (duty.id, town.officer.name, False)
    assert start(town, encounter, computed()).started == len(computed()) - 1


def complete(
    actor: Actor,
    duty_id: UUID,
    proof: str = "called 21:04",
    relation: Relation = Relation.OWN_ENCOUNTER,
    encounter_id: UUID | None = None,
) -> UUID | Reason:
    of_it = Duty.objects.filter(id=duty_id).values_list("encounter_id", flat=True).first() or uuid4()
    return services.complete(
        actor=actor,
        purpose=Purpose.PROTECT_CHILD,
        relation=relation,
        encounter_id=encounter_id or of_it,
        duty_id=duty_id,
        proof=proof,
        at=after(10),
    )


def test_a_duty_is_done_once_with_proof(town: Town) -> None:
    town.met(facts())
    duty = Duty.objects.order_by("due_at")[0]
    assert complete(town.officer, duty.id) == complete(town.specialist, duty.id) == duty.id
    duty.refresh_from_db()
    assert (duty.done_by_id, duty.done_at) == (town.officer.person_id, after(10))
    assert envelope(duty.encounter.envelope_id).open(
        bytes(duty.proof_sealed), context=Place(selectors.PROOF, duty.id)
    )
    assert [entry.act for entry in written()] == ["record_encounter", "complete_duty"]


def test_who_may_not_complete_a_duty(town: Town) -> None:
    town.met(facts())
    duty = Duty.objects.order_by("due_at")[0]
    assert code_of(complete(town.auditor, duty.id)) == "role"
    assert code_of(complete(town.officer, duty.id, " ")) == "say_how"
    assert code_of(complete(town.officer, uuid4())) == "not_found"
    assert code_of(complete(town.board, duty.id)) == "not_found"
    assert complete(town.board, duty.id, relation=Relation.RECEIVER) == duty.id
    assert len({entry.organisation_id for entry in written() if entry.act == "complete_duty"}) == 2


def test_a_duty_of_another_encounter_is_not_found_whatever_the_relation(town: Town) -> None:
    referred, other = town.met(facts(encounter_id="A-1")), town.met(facts(encounter_id="A-2"))
    theirs = Duty.objects.filter(encounter_id=other).order_by("due_at")[0]
    for actor, relation in ((town.board, Relation.RECEIVER), (town.officer, Relation.OWN_ENCOUNTER)):
        refused = complete(actor, theirs.id, relation=relation, encounter_id=referred)
        assert code_of(refused) == "not_found"
    assert not Duty.objects.filter(done_at__isnull=False).exists()


def test_a_lapsed_duty_is_not_done(town: Town) -> None:
    encounter = town.met(facts())
    duty = Duty.objects.order_by("due_at")[0]
    start(town, encounter, ())
    assert code_of(complete(town.officer, duty.id)) == "lapsed"


def due(actor: Actor, minutes: float = 10) -> tuple[DutyLine, ...]:
    return selectors.due_for(actor=actor, at=after(minutes))


def test_what_is_due_is_ordered_by_time_alone(town: Town) -> None:
    late = town.met(
        facts(
            met_at="2026-03-02T14:20:00+01:00",
            custody={"basis": "suspect", "arrested_at": "2026-03-02T14:20:00+01:00"},
        ),
        at=after(24 * 60),
    )
    early = town.met(facts())
    lines = due(town.officer, 24 * 60)
    hard = [line for line in lines if line.due_at is not None]
    assert [line.due_at for line in hard] == sorted(line.due_at for line in hard if line.due_at)
    assert lines[: len(hard)] == tuple(hard)
    assert {line.encounter_id for line in lines} == {early, late}
    assert due(town.board) == ()
    complete(town.officer, lines[0].id)
    assert lines[0].id not in {line.id for line in due(town.officer)}


def test_a_line_says_what_the_law_asks_of_whom_and_where_it_is_late(town: Town) -> None:
    town.met(facts())
    (first, *_) = due(town.officer)
    clock = clocks.table()[first.clock]
    assert (first.words, first.holder, first.source) == (clock.words, clock.holder, clock.source)
    assert first.due_at is not None
    assert first.due_at.utcoffset() == timedelta(hours=1)
    assert (first.is_late, due(town.officer, 60 * 24 * 6)[0].is_late) == (False, True)
    assert first.law is clock
    assert first.recorded_by == town.officer.person_id


def test_what_passed_a_week_ago_is_older_and_stands_apart(town: Town) -> None:
    encounter = town.met(facts())
    soon, late = after(10), after(60 * 24 * 40)
    assert (selectors.older_for(actor=town.officer, at=soon), due(town.officer, 60 * 24 * 40)) == ({}, ())
    older = selectors.older_for(actor=town.officer, at=late)
    assert {one: {line.id for line in lines} for one, lines in older.items()} == {
        encounter: {line.id for line in due(town.officer)}
    }
    assert (
        selectors.count_older(actor=town.officer, at=soon),
        selectors.count_older(actor=town.officer, at=late),
    ) == (
        0,
        1,
    )
    assert selectors.older_for(actor=town.specialist, at=late) == older
    assert selectors.older_for(actor=town.board, at=late) == {}


def channels(encounter: UUID) -> tuple[ChannelState, ...]:
    return selectors.international_state(encounter, envelope(Encounter.objects.get(id=encounter).envelope_id))


def test_every_channel_is_said_not_asked_until_somebody_asked(town: Town) -> None:
    encounter = town.met(slim())
    assert [(one.channel, one.state) for one in channels(encounter)] == [
        ("sis", "not_asked"),
        ("pruem", "not_asked"),
        ("siena", "not_asked"),
        ("interpol", "not_asked"),
    ]


def asked(
    actor: Actor,
    encounter: UUID,
    check: ChannelCheck,
    relation: Relation = Relation.OWN_ENCOUNTER,
    minutes: float = 5,
) -> UUID | Reason:
    return services.record_international_check(
        actor=actor,
        purpose=Purpose.PROTECT_CHILD,
        relation=relation,
        encounter_id=encounter,
        check=check,
        at=after(minutes),
    )


def test_asking_and_answering_are_rows_and_the_newest_counts(town: Town) -> None:
    encounter = town.met(slim())
    siena = ChannelCheck(channel="siena", state="asked")
    asked(town.officer, encounter, siena)
    answered = replace(siena, state="answered", answer="known under another name", at=after(7))
    asked(town.specialist, encounter, answered, minutes=9)
    found = channels(encounter)[2]
    assert found == ChannelState(
        channel="siena",
        state="answered",
        asked_by=town.specialist.name,
        at=after(7),
        answer="known under another name",
    )
    assert found.as_check == answered
    assert InternationalCheck.objects.count() == 2


def test_what_an_encounter_itself_says_of_its_check_is_kept(town: Town) -> None:
    encounter = town.met(facts())
    sis, *others = channels(encounter)
    assert (sis.state, sis.answer, sis.asked_by) == ("answered", "geen trefferqq", town.officer.name)
    assert {one.state for one in others} == {"not_asked"}


def test_who_may_not_record_a_check_and_what_is_none(town: Town) -> None:
    encounter = town.met(slim())
    asked_siena = ChannelCheck(channel="siena", state="asked")
    assert code_of(asked(town.board, encounter, asked_siena)) == "role"
    assert code_of(asked(town.other_specialist, encounter, asked_siena)) == "not_found"
    assert code_of(asked(town.officer, uuid4(), asked_siena)) == "not_found"
    assert code_of(asked(town.officer, encounter, ChannelCheck(channel="siena"))) == "no_channel"
    assert asked(town.other_specialist, encounter, asked_siena, Relation.OPEN_TASK) == encounter


def test_rows_print_no_more_than_codes_and_ids(town: Town) -> None:
    town.met(facts())
    assert str(InternationalCheck.objects.get()) == "sis answered"
    assert str(Duty.objects.first()).startswith("CLK-")
