"""Who a child is changes nothing: not the screening, not the gate, not one duty, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import NAMES, RAW_ENCOUNTERS, WORDS
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import Encounter, read_encounter

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "published").glob("*.json"))
NEVER_MATTERS = st.fixed_dictionaries(
    {"given_names": NAMES, "family_name": NAMES, "text": WORDS, "language": WORDS, "vehicle": WORDS, "phone": WORDS}
)


def answer(raw: dict[str, Any]) -> str:
    encounter = read_encounter(raw)
    assert isinstance(encounter, Encounter), encounter
    found = assess(encounter)
    return json.dumps([found.as_json("nl"), found.as_json("en")], ensure_ascii=False)


def as_somebody_else(raw: dict[str, Any], other: dict[str, str]) -> dict[str, Any]:
    """Change names, place of birth, address, vehicle, phone and interpreter language wherever they stand."""
    changed: dict[str, Any] = json.loads(json.dumps(raw))
    changed["interpreter_language"] = other["language"]
    child = changed.get("child", {})
    if child.get("given_names") or child.get("family_name"):
        child |= {"given_names": other["given_names"], "family_name": other["family_name"]}
    child |= {"birth_place": other["text"], "address": other["text"]}
    changed["child"] = child
    for person in [*changed.get("collectors", []), *changed.get("companions", [])]:
        if person.get("given_names") or person.get("family_name"):
            person |= {"given_names": other["family_name"], "family_name": other["given_names"]}
        person["vehicle"] = other["vehicle"]
        if "phones" in person:
            person["phones"] = [other["phone"] for _ in person["phones"]]
    for collector in changed.get("collectors", []):
        collector["address"] = other["text"]
    return changed


@given(RAW_ENCOUNTERS, NEVER_MATTERS)
def test_another_name_place_address_vehicle_or_language_changes_nothing(
    raw: dict[str, Any], other: dict[str, str]
) -> None:
    assert answer(as_somebody_else(raw, other)) == answer(raw)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@given(other=NEVER_MATTERS)
def test_the_published_examples_are_as_blind(example: Path, other: dict[str, str]) -> None:
    raw = json.loads(example.read_text(encoding="utf-8"))
    assert answer(as_somebody_else(raw, other)) == answer(raw)


@given(RAW_ENCOUNTERS, st.text("abc ", max_size=20))
def test_the_offence_never_changes_screening_or_gate(raw: dict[str, Any], offence: str) -> None:
    changed = json.loads(json.dumps(raw)) | {"offence": offence}
    before, after = json.loads(answer(raw)), json.loads(answer(changed))
    assert [one["indications"] for one in before] == [one["indications"] for one in after]
    assert [one["handover"] for one in before] == [one["handover"] for one in after]


def test_the_probe_itself_can_fail() -> None:
    least = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}
    seen = least | {"observations": [{"indicator": "I-02", "state": "observed"}]}
    assert answer(least) != answer(seen)
