from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from chain.town import BOARD, RAW, Town, facts, written
from vangnet.chain import flow
from vangnet.chain.crosscheck.selectors import Graded
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Purpose
from vangnet.site.api.shapes import EarlierEncounter

Calling = Callable[..., Any]
TONIGHT = RAW | {"met_at": "2026-03-01T14:25:00+01:00", "organisation": "NL-POL-RIJNHAVEN"}
SAME = {"vangnet-purpose": "identify_child"}


def test_an_earlier_encounter_of_ones_own_is_told_with_what_agrees(town: Town, calling: Calling) -> None:
    found = town.met(facts(encounter_id="A-1"))
    said = calling(town.specialist).sends("/cross-checks", TONIGHT, 200, **SAME)
    (one,) = said["candidates"]
    assert one["answer"] == "content"
    assert one["id"] == str(found)
    assert "1 March 2026" in one["title"]
    assert one["reason"]


def test_of_another_organisation_only_what_the_page_says(town: Town, calling: Calling) -> None:
    town.met(facts(organisation=BOARD), by=town.board)
    said = calling(town.specialist).sends("/cross-checks", TONIGHT, 200, **SAME)
    expected = flow.cross_check_record(
        actor=town.specialist, purpose=Purpose.IDENTIFY_CHILD, record=record_of(facts()), at=written()[-1].at
    )
    assert isinstance(expected, tuple)
    assert [one["answer"] for one in said["candidates"]] == [one.answer.value for one in expected]
    for one in said["candidates"]:
        assert one["answer"] == "contact"
        assert one["id"] is None
        assert one["telephone"]
    shown = json.dumps(said)
    assert not any(secret in shown for secret in ("Zephyrineqq", "Korenbloemqq", "2012-05-17", "SPECIQQ77"))
    assert "probability" not in shown
    assert "weight" not in shown


def test_nothing_known_and_nothing_told_are_the_same_answer(town: Town, calling: Calling) -> None:
    assert calling(town.specialist).sends("/cross-checks", TONIGHT, 200, **SAME) == {"candidates": []}
    assert written()[-1].act == "cross_check"


def test_an_encounter_is_not_its_own_earlier_one(town: Town, calling: Calling) -> None:
    town.met(facts(encounter_id="A-1"))
    said = calling(town.specialist).sends("/cross-checks", TONIGHT | {"encounter_id": "A-1"}, 200, **SAME)
    assert said == {"candidates": []}


def test_who_has_no_task_may_not_look_a_child_up(town: Town, calling: Calling) -> None:
    town.met(facts())
    said = calling(town.officer).sends("/cross-checks", TONIGHT, 403)
    assert said["reasons"][0]["code"] == "relation"


def test_bad_input_gets_its_reasons_here_too(town: Town, calling: Calling) -> None:
    said = calling(town.specialist).sends("/cross-checks", {"organisation": "NL-POL-RIJNHAVEN"}, 400, **SAME)
    assert "lacks 'country', 'met_at'" in said["detail"]


def test_a_hit_says_only_that_there_is_one(town: Town, calling: Calling, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        flow, "cross_check_record", lambda **_asked: (Graded(answer=Answer.HIT, encounter_id=None),)
    )
    (one,) = calling(town.specialist).sends("/cross-checks", TONIGHT, 200, **SAME)["candidates"]
    assert set(one) == set(EarlierEncounter.model_fields)
    assert one["answer"] == "hit"
    assert one["id"] is None
    assert one["telephone"] == ""
