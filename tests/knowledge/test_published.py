"""The encounters invented after published accounts give what catalogue and law say they give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import Encounter, read_encounter

PUBLISHED = Path(__file__).parents[2] / "examples" / "published"
EXAMPLES = sorted(PUBLISHED.glob("*.json"))


def result(example: Path) -> dict[str, Any]:
    encounter = read_encounter(json.loads(example.read_text(encoding="utf-8")))
    assert isinstance(encounter, Encounter), encounter
    return assess(encounter).as_json("en")


def expected(example: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PUBLISHED / "expected" / example.name).read_text(encoding="utf-8"))
    return read


def test_there_are_at_least_ten_and_each_says_after_what_it_was_invented() -> None:
    assert len(EXAMPLES) >= 10
    readme = (PUBLISHED / "README.md").read_text(encoding="utf-8")
    for example in EXAMPLES:
        assert f"invented after: {expected(example)['invented_after']}" in readme
        assert expected(example)["reasoning"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_published_pattern_gives_the_reasoned_result(example: Path) -> None:
    found, wanted = result(example), expected(example)["expect"]
    checks = {check["check"]: check["state"] for check in found["handover"]["checks"]}
    assert found["any_indication"] == wanted["any_indication"]
    assert [one["indicator"] for one in found["indications"]] == wanted["indications"]
    assert found["ilo_profile"]["exploitation"]["positive"] == wanted["exploitation"]
    assert found["handover"]["outcome"] == wanted["outcome"]
    assert {check: checks[check] for check in wanted["checks"]} == wanted["checks"]
    assert [duty["duty"] for duty in found["duties"]] == wanted["duties"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_published_pattern_gives_no_hour_no_place_and_no_full_birth_date(example: Path) -> None:
    raw = json.loads(example.read_text(encoding="utf-8"))
    assert len(raw["met_at"]) <= 7
    assert len(raw["child"].get("birth_date", "")) <= 4
    assert "municipality" not in raw
    assert all(duty["due_at"] is None for duty in result(example)["duties"])
