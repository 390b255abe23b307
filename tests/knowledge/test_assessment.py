"""One answer out of all shelves, in the contract's shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from invented import RAW_ENCOUNTERS
from vangnet.knowledge import handover
from vangnet.knowledge.assessment import Assessment, assess, moment_of
from vangnet.knowledge.terms import Encounter, read_encounter

LEAST = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}


def assessed(**more: Any) -> Assessment:
    encounter = read_encounter(LEAST | more)
    assert isinstance(encounter, Encounter), encounter
    return assess(encounter)


def steps(found: Assessment) -> list[str]:
    return [step.code for step in found.next_steps]


@given(RAW_ENCOUNTERS)
def test_every_answer_has_the_contract_s_shape(raw: dict[str, Any]) -> None:
    encounter = read_encounter(raw)
    assert isinstance(encounter, Encounter)
    answer = json.loads(json.dumps(assess(encounter).as_json("en")))
    assert set(answer) == {
        "encounter_id",
        "catalogue_version",
        "any_indication",
        "indications",
        "ilo_profile",
        "handover_risks",
        "handover",
        "duties",
        "next_steps",
    }
    assert [check["check"] for check in answer["handover"]["checks"]] == [f"G-{n:02d}" for n in range(1, 19)]
    assert answer["handover"]["outcome"] in {"not_yet", "refer", "ready_for_two_people"}
    assert all(duty["due_at"] is None or duty["hard"] for duty in answer["duties"])
    in_doubt = [duty for duty in answer["duties"] if duty["due_at"] and duty["certainty"] != "read"]
    assert all("to be checked by a lawyer" in duty["note"] for duty in in_doubt)
    assert "release" not in json.dumps(answer).lower()
    assert "low risk" not in json.dumps(answer).lower()


@given(RAW_ENCOUNTERS)
def test_another_country_is_told_that_there_is_no_table(raw: dict[str, Any]) -> None:
    encounter = read_encounter(raw | {"country": "BE"})
    assert isinstance(encounter, Encounter)
    found = assess(encounter)
    assert (found.duties, found.hold, found.has_legal_table) == ((), None, False)
    assert "Vangnet has no table for this country." in found.as_json("en")["handover"]["basis_of_presence"]
    assert "Voor dit land heeft Vangnet geen tabel." in found.as_json("nl")["handover"]["basis_of_presence"]


def test_an_indication_calls_the_board_the_specialist_and_the_prosecutor() -> None:
    found = assessed(observations=[{"indicator": "I-02", "state": "observed"}])
    assert steps(found)[:4] == ["call_board", "hear_alone", "report_specialist", "non_punishment"]


def test_what_the_law_asks_while_a_child_is_held_comes_first() -> None:
    held = {"basis": "suspect", "arrested_at": LEAST["met_at"], "arrived_at": LEAST["met_at"]}
    older = assessed(custody=held, child={"birth_date": "2010-01-01"})
    assert steps(older)[0] == "lawyer"
    assert "tell_certified_body" not in steps(older)
    younger = assessed(custody=held | {"basis": "under_12"}, child={"birth_date": "2018-01-01"})
    assert steps(younger)[0] == "tell_certified_body"
    assert "lawyer" not in steps(younger)


def test_a_parent_is_told_after_the_child_was_heard_and_the_board_was_asked_whether_that_harms() -> None:
    held = {"basis": "suspect", "arrested_at": LEAST["met_at"], "arrived_at": LEAST["met_at"]}
    for seen in ([], [{"indicator": "I-02", "state": "observed"}]):
        told = steps(assessed(custody=held, observations=seen))
        before = told[: told.index("tell_parent")]
        assert set(before) >= {"hear_alone", *(("call_board", "report_specialist") if seen else ())}
    step = next(one for one in assessed(custody=held).next_steps if one.code == "tell_parent")
    assert "The assistant prosecutor judges whether it harms. Not known yet?" in step.why.en
    assert "ask the Board first" in step.why.en


def test_where_nobody_may_hold_the_child_the_on_call_service_is_a_step_also_without_an_indication() -> None:
    for basis in ("none", "unknown", "voluntary", "witness"):
        assert steps(assessed(custody={"basis": basis}))[0] == "call_board"
    held = {"basis": "suspect", "arrived_at": LEAST["met_at"]}
    assert "call_board" not in steps(assessed(custody=held))
    both = assessed(custody={"basis": "none"}, observations=[{"indicator": "I-02", "state": "observed"}])
    assert steps(both).count("call_board") == 1
    assert "call_board" not in steps(assessed(country="BE"))


def test_nobody_is_held_so_no_lawyer_and_no_parent_is_asked_for_by_the_hold() -> None:
    found = assessed(custody={"basis": "voluntary"}, observations=[{"indicator": "I-02", "state": "observed"}])
    assert not {"lawyer", "tell_parent", "tell_certified_body"} & {*steps(found)}


@pytest.mark.parametrize("code", ["lawyer", "tell_parent", "tell_certified_body"])
def test_a_step_of_the_law_names_its_holder_and_its_article(code: str) -> None:
    held = {"basis": "suspect", "arrested_at": LEAST["met_at"], "arrived_at": LEAST["met_at"]}
    found = assessed(custody=held)
    step = next(one for one in found.next_steps if one.code == code)
    assert step.who.en == "the assistant public prosecutor on duty"
    assert "Sv 48" in step.why.nl
    assert "Sv 48" in step.why.en


def test_without_an_indication_the_gate_is_no_lighter() -> None:
    found = assessed()
    assert not found.screening.any_indication
    assert steps(found) == ["call_board", "hear_alone", "gate", "international_check"]
    assert found.handover.outcome == "not_yet"


def test_a_child_that_was_heard_and_asked_about_everywhere_leaves_the_gate_alone() -> None:
    asked = [{"channel": channel, "state": "asked"} for channel in ("sis", "pruem", "siena", "interpol")]
    found = assessed(child_view={"heard_alone": True}, known={"international_check": asked})
    assert steps(found) == ["call_board", "gate"]


def test_elsewhere_there_is_no_table() -> None:
    found = assessed(country="BE", observations=[{"indicator": "I-02", "state": "observed"}])
    assert not found.has_legal_table
    assert found.duties == ()
    assert steps(found)[0] == "call_authority"


def test_a_partial_moment_counts_from_the_first_instant_it_can_be() -> None:
    encounter = read_encounter(LEAST | {"met_at": "2026-06"})
    assert isinstance(encounter, Encounter)
    assert moment_of(encounter).isoformat() == "2026-06-01T00:00:00+02:00"


def test_another_moment_may_be_given() -> None:
    encounter = read_encounter(LEAST)
    assert isinstance(encounter, Encounter)
    later = datetime(2026, 3, 2, tzinfo=UTC)
    assert assess(encounter, at=later).at == later


def test_the_second_collector_is_counted() -> None:
    found = assessed(collectors=[{"given_names": "T."}, {"given_names": "B."}])
    assert isinstance(found.handover, handover.Decision)
    assert found.handover.outcome == "not_yet"


@pytest.mark.parametrize(("hours", "state"), [(1, "passed"), (7, "failed")])
def test_the_clock_of_the_gate_is_the_hold_in_real_hours(hours: int, state: str) -> None:
    custody = {"basis": "suspect", "arrived_at": LEAST["met_at"]}
    encounter = read_encounter(LEAST | {"custody": custody})
    assert isinstance(encounter, Encounter)
    at = moment_of(encounter) + timedelta(hours=hours)
    clock = next(check for check in assess(encounter, at=at).handover.checks if check.check == "G-17")
    assert clock.state == state
