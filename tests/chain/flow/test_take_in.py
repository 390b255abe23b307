"""From what an officer knows to an encounter that stands: all of it or nothing, and nothing in the open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings

from chain.town import AT, CANARIES, OTHER_POLICE, POLICE, Town, after, code_of, facts, slim, written
from invented import RAW_ENCOUNTERS
from vangnet.chain import flow
from vangnet.chain.crosscheck.models import Features, IndexKey
from vangnet.chain.duties import services as duties
from vangnet.chain.duties.models import Duty, InternationalCheck
from vangnet.chain.encounters.models import Encounter, Observation
from vangnet.chain.flow import Corrected, TakenIn
from vangnet.chain.persons.models import Claim
from vangnet.knowledge import terms
from vangnet.knowledge.assessment import Assessment, assess
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import PersonName, Purpose, read_encounter
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.ledger import services as ledger

NEXT_YEAR = after(365 * 24 * 60)
"""After everything that an invented encounter can tell."""
KEPT = (Encounter, Observation, Claim, Duty, IndexKey, Features)


def take_in(actor: Actor, told: terms.Encounter, **options: Any) -> TakenIn | tuple[terms.Reason, ...]:
    options = {"purpose": Purpose.PROTECT_CHILD, "request_key": None, "at": AT} | options
    return flow.take_in(actor=actor, facts=told, **options)


def taken(actor: Actor, told: terms.Encounter, **options: Any) -> TakenIn:
    found = take_in(actor, told, **options)
    assert isinstance(found, TakenIn), found
    return found


def rows() -> int:
    return sum(model.objects.count() for model in KEPT)


def test_an_encounter_is_recorded_indexed_due_and_written_down(town: Town) -> None:
    found = taken(town.officer, facts(), request_key=uuid4())
    assert found.created
    assert found.assessment == assess(facts(encounter_id=found.number), at=AT)
    assert Duty.objects.count() == len(found.assessment.duties)
    assert IndexKey.objects.filter(encounter_id=found.encounter_id).exists()
    (entry,) = written()
    assert (entry.act, entry.subjects) == ("record_encounter", [str(found.encounter_id)])
    assert entry.counts == {"duties": len(found.assessment.duties)}


def test_the_same_again_changes_nothing_and_says_the_same(town: Town) -> None:
    key = uuid4()
    first = taken(town.officer, facts(), request_key=key)
    before = rows()
    again = taken(town.officer, facts(), request_key=key, at=AT)
    assert replace(again, assessment=first.assessment) == replace(first, created=False)
    assert said(again) == said(first)
    assert rows() == before
    assert [entry.act for entry in written()] == ["record_encounter", "read_encounter"]


def said(taken: TakenIn | Corrected) -> dict[str, Any]:
    assert taken.assessment is not None
    return taken.assessment.as_json("en")


def test_an_earlier_account_sent_again_changes_nothing_and_says_what_stands_now(town: Town) -> None:
    seen = [{"indicator": "I-47", "state": "observed"}]
    first, second = slim(encounter_id="NL-1"), slim(encounter_id="NL-1", observations=seen)
    found = taken(town.officer, first)
    corrected(town, found, second)
    before = rows()
    again = taken(town.officer, first, at=after(6))
    assert (again.created, again.encounter_id, rows()) == (False, found.encounter_id, before)
    assert said(again)["any_indication"]
    assert written()[-1].subjects == [str(found.encounter_id)]
    assert code_of(take_in(town.officer, slim(encounter_id="NL-1", place="elsewhere"))) == "correct_it_instead"


def test_who_may_record_and_not_read_hears_only_that_it_stands(town: Town) -> None:
    taken(town.officer, slim(encounter_id="NL-1"))
    again = taken(town.service, slim(encounter_id="NL-1"))
    assert (again.created, again.assessment) == (False, None)
    old = taken(town.officer, slim(encounter_id="NL-1"), at=after(400 * 24 * 60))
    assert old.assessment is None
    assert [entry.act for entry in written()] == ["record_encounter"]


def test_history_is_only_indexed(town: Town) -> None:
    found = taken(
        town.service,
        slim(encounter_id="H-1", child={"given_names": "Nora"}),
        history=True,
        purpose=Purpose.KEEP_REGISTER,
    )
    assert (found.assessment, Duty.objects.count()) == (None, 0)
    assert Encounter.objects.get().is_history
    assert IndexKey.objects.exists()
    assert [entry.act for entry in written()] == ["import_history"]


@pytest.mark.parametrize(
    ("who", "options", "code"),
    [
        ("immigration", {}, "firewall"),
        ("auditor", {}, "role"),
        ("officer", {"purpose": Purpose.RESEARCH}, "purpose"),
        ("officer", {"history": True, "purpose": Purpose.KEEP_REGISTER}, "role"),
    ],
)
def test_who_may_not_record_is_told_why(town: Town, who: str, options: dict[str, Any], code: str) -> None:
    assert code_of(take_in(getattr(town, who), facts(), **options)) == code
    assert rows() == 0


def test_what_cannot_be_an_encounter_is_told_in_a_sentence(town: Town) -> None:
    future = replace(slim(), child=terms.Child(birth_date=terms.PartialDate(2027)))
    assert code_of(take_in(town.officer, future)) == "born_later"
    assert code_of(take_in(town.officer, replace(slim(), organisation="?"))) == "pattern"
    assert code_of(take_in(town.officer, slim(organisation=OTHER_POLICE))) == "other_organisation"
    assert rows() == 0


@pytest.mark.parametrize("field", ["arrested_at", "arrived_at", "ordered_at"])
def test_what_is_still_to_come_is_recorded_nowhere(town: Town, field: str) -> None:
    ahead = after(6).isoformat()
    late = slim(custody={field: ahead})
    for told in (slim(met_at=ahead), late):
        assert code_of(take_in(town.officer, told)) == "still_to_come"
        assert code_of(take_in(town.service, told, history=True, purpose=Purpose.KEEP_REGISTER)) == "still_to_come"
    assert rows() == 0
    found = taken(town.officer, slim(custody={field: AT.isoformat()}))
    done = flow.correct(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        encounter_id=found.encounter_id,
        facts=late,
        reason="later",
        at=AT,
    )
    assert code_of(done) == "still_to_come"
    assert isinstance(taken(town.officer, late, at=after(6)), TakenIn)


@pytest.mark.parametrize("sign", ["\ud800", "a\u0000b"])
def test_signs_that_are_no_text_are_refused_with_a_sentence(town: Town, sign: str) -> None:
    assert code_of(take_in(town.officer, replace(slim(), place=sign))) == "unstorable"
    assert rows() == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RAW_ENCOUNTERS)
def test_whatever_is_taken_in_comes_back_the_same(town: Town, raw: dict[str, Any]) -> None:
    told = read_encounter(raw | {"organisation": POLICE, "encounter_id": str(uuid4())})
    assert isinstance(told, terms.Encounter)
    found = taken(town.officer, told, at=NEXT_YEAR)
    advice = flow.advice(
        actor=town.officer, purpose=Purpose.PROTECT_CHILD, encounter_id=found.encounter_id, at=NEXT_YEAR
    )
    assert isinstance(advice, flow.Advice)
    assert advice.stated == told


def dump() -> str:
    """Give everything that every table holds, bytes as latin-1 and as hexadecimal."""
    texts = []
    for model in apps.get_models():
        for row in model.objects.values_list():
            for value in row:
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                texts += [raw.decode("latin-1"), raw.hex()]
    return "\n".join(texts)


def test_a_dump_without_the_key_holds_no_word_about_a_child(town: Town) -> None:
    found = taken(town.officer, facts())
    told = facts(encounter_id=found.number, place="Elders")
    corrected(town, found, replace(told, child=replace(told.child, name=PersonName("Nieuweqq"))))
    corrected(town, found, replace(told, observations=()), reason="redenqq")
    assert Observation.objects.filter(withdrawn_at__isnull=False).count() == 2
    held = dump().lower()
    assert "police" in held
    for canary in (*CANARIES, "nieuweqq", "redenqq", "verkeerd gehoordqq"):
        assert canary.lower() not in held, canary
        assert canary.encode().hex() not in held, canary
    assert connection.vendor in {"sqlite", "postgresql"}


def test_without_a_ledger_nothing_is_written(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_write", _full_disk)
    with pytest.raises(ledger.LedgerUnavailableError):
        take_in(town.officer, facts())
    assert rows() == 0


def _full_disk(*_: object) -> None:
    raise OSError


def corrected(
    town: Town, found: TakenIn, told: terms.Encounter, reason: str = "verkeerd gehoordqq", minutes: float = 5
) -> Corrected:
    done = flow.correct(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        encounter_id=found.encounter_id,
        facts=told,
        reason=reason,
        at=after(minutes),
    )
    assert isinstance(done, Corrected), done
    return done


def test_a_correction_reaches_index_and_duties_and_the_earlier_name_still_finds(town: Town) -> None:
    found = taken(town.officer, facts(encounter_id="NL-1"))
    told = facts(encounter_id="NL-1", custody={"basis": "none"})
    told = replace(told, child=replace(told.child, name=PersonName("Anneliese", "Dupont")))
    done = corrected(town, found, told)
    assert done.changed
    assert said(done) == assess(told, at=after(5)).as_json("en")
    running = Duty.objects.filter(lapsed_at__isnull=True)
    assert {row.clock for row in running} == {one.clock for one in done.assessment.duties}
    for name in (PersonName("Anneliese", "Dupont"), facts().child.name):
        query = slim(encounter_id="NL-9")
        query = replace(query, child=terms.Child(name=name, birth_date=facts().child.birth_date))
        assert found_by(town, query) == [found.encounter_id]
    assert [entry.act for entry in written()] == [
        "record_encounter",
        "correct_encounter",
        "cross_check",
        "cross_check",
    ]


def found_by(town: Town, query: terms.Encounter) -> list[Any]:
    told = flow.cross_check_record(
        actor=town.specialist, purpose=Purpose.IDENTIFY_CHILD, record=record_of(query), at=after(7)
    )
    assert isinstance(told, tuple)
    return [one.encounter_id for one in told]


def test_people_taken_out_by_a_correction_still_find(town: Town) -> None:
    found = taken(town.officer, facts(encounter_id="NL-1"))
    corrected(town, found, replace(facts(encounter_id="NL-1"), collectors=(), companions=()))
    kept = flow.reading.crosscheck.record_in_index(found.encounter_id)
    assert kept is not None
    whole = record_of(facts(encounter_id="NL-1"))
    assert set(kept.collector_phones) == set(whole.collector_phones)
    assert set(kept.vehicles) == set(whole.vehicles)


def test_the_same_correction_again_changes_nothing(town: Town) -> None:
    found = taken(town.officer, facts(encounter_id="NL-1"))
    assert not corrected(town, found, facts(encounter_id="NL-1")).changed
    _, read = written()
    assert (read.act, read.actor_id, read.subjects) == (
        "read_encounter",
        town.officer.person_id,
        [str(found.encounter_id)],
    )


def test_a_correction_notes_of_other_countries_only_what_it_says_anew(town: Town) -> None:
    told = facts(encounter_id="NL-1", known={"international_check": [{"channel": "sis", "state": "asked"}]})
    found = taken(town.officer, told)
    duties.record_international_check(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        relation=Relation.OWN_ENCOUNTER,
        encounter_id=found.encounter_id,
        check=terms.ChannelCheck(channel="sis", state="answered", answer="no hit"),
        at=after(2),
    )
    corrected(town, found, replace(told, place="Markt"))
    assert channels(town, found)["sis"] == ("answered", "no hit")
    siena = terms.ChannelCheck(channel="siena", state="asked")
    more = replace(told, place="Plein", international_check=(*told.international_check, siena))
    corrected(town, found, more, minutes=7)
    assert channels(town, found)["sis"] == ("answered", "no hit")
    assert channels(town, found)["siena"] == ("asked", "")
    assert InternationalCheck.objects.count() == 3


def channels(town: Town, found: TakenIn) -> dict[str, tuple[str, str]]:
    advice = flow.advice(
        actor=town.officer, purpose=Purpose.PROTECT_CHILD, encounter_id=found.encounter_id, at=after(8)
    )
    assert isinstance(advice, flow.Advice)
    return {one.channel: (one.state, one.answer) for one in advice.international}


def test_a_correction_that_cannot_be_is_told_why(town: Town) -> None:
    found = taken(town.officer, facts(encounter_id="NL-1"))

    def refused(actor: Actor, told: terms.Encounter, reason: str = "why") -> str:
        return code_of(
            flow.correct(
                actor=actor,
                purpose=Purpose.PROTECT_CHILD,
                encounter_id=found.encounter_id,
                facts=told,
                reason=reason,
                at=after(5),
            )
        )

    assert refused(town.board, facts()) == "relation"
    assert refused(town.officer, replace(facts(), municipality="x")) == "pattern"
    assert refused(town.officer, facts(), " ") == "say_why"


def taken_back(town: Town, found: TakenIn, told: terms.Encounter) -> Corrected:
    return corrected(town, found, replace(told, encounter_id=found.number, observations=()))


def test_taking_back_computes_everything_that_rested_on_it_anew(town: Town) -> None:
    found = taken(town.officer, facts(encounter_id="NL-1"))
    assert isinstance(found.assessment, Assessment)
    assert found.assessment.screening.any_indication
    done = taken_back(town, found, facts())
    assert done.assessment is not None
    assert not done.assessment.screening.any_indication
    assert "call_board" not in {step.code for step in done.assessment.next_steps}
    assert not taken_back(town, found, facts()).changed
    assert [entry.act for entry in written()] == ["record_encounter", "correct_encounter", "read_encounter"]


def test_a_protection_alert_taken_back_lapses_its_duties(town: Town) -> None:
    told = slim(observations=[{"indicator": "I-47", "state": "observed"}], custody={"basis": "none"})
    found = taken(town.officer, told)
    assert Duty.objects.exists()
    taken_back(town, found, told)
    assert not Duty.objects.filter(lapsed_at__isnull=True).exists()


def test_correcting_history_screens_nothing(town: Town) -> None:
    told = slim(encounter_id="H-1")
    found = taken(town.service, told, history=True, purpose=Purpose.KEEP_REGISTER)
    done = corrected(town, found, replace(told, place="Markt"))
    assert (done.changed, done.assessment, Duty.objects.count()) == (True, None, 0)
