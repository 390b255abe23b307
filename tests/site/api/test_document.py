from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from vangnet.knowledge.terms import encounter_schema
from vangnet.site.api.urls import document
from vangnet.site.cli import main

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "docs" / "reference" / "openapi.json"


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_committed_document_is_what_the_code_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openapi", "--json"]) == 0
    assert COMMITTED.read_text(encoding="utf-8") == capsys.readouterr().out, "run make api"


def test_the_served_document_is_the_committed_one_for_anybody(db: None, calling: Callable[..., Any]) -> None:
    assert calling(None).asks("/openapi.json") == json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert Client().get("/api/v1/openapi.json")["Access-Control-Allow-Origin"] == "*"


def test_the_dutch_api_design_rules_hold() -> None:
    told = document()
    assert told["openapi"].startswith("3.1")
    assert set(told["info"]["contact"]) == {"name", "email", "url"}
    assert all(one["url"].startswith("https://") and one["url"].endswith("/v1") for one in told["servers"])
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))
    for path, method, operation in operations():
        assert path == path.lower().rstrip("/").replace("_", "-")
        assert method in {"get", "post"}
        assert all(one["in"] in {"header", "path"} for one in operation["parameters"])
        assert not operation["parameters"] or "400" in operation["responses"]


def test_every_answer_names_its_version_and_every_failure_is_a_problem() -> None:
    for _path, _method, operation in operations():
        for status, answer in operation["responses"].items():
            assert "API-Version" in answer["headers"]
            kind = "application/problem+json" if int(status) >= 400 else "application/json"
            assert list(answer["content"]) == [kind]


def test_the_envelope_is_camel_case_and_what_the_contract_names_keeps_its_names() -> None:
    schemas = document()["components"]["schemas"]
    for name in ("Recorded", "EncounterAssessment", "CrossCheck", "EarlierEncounter", "Problem", "ProblemReason"):
        assert not [one for one in schemas[name]["properties"] if "_" in one]
    assert "any_indication" in schemas["Assessment"]["properties"]


def test_only_the_document_itself_is_open() -> None:
    for path, method, operation in operations():
        wanted = [] if path == "/openapi.json" else [{"session", *(["csrfToken"] if method == "post" else [])}]
        assert [set(one) for one in operation.get("security", [])] == wanted


def test_the_encounter_in_the_document_is_the_published_one() -> None:
    whole = document()
    within = Draft202012Validator({"$ref": "#/components/schemas/Encounter", "components": whole["components"]})
    published = Draft202012Validator(encounter_schema())
    for file in sorted((ROOT / "examples" / "published").glob("*.json")):
        raw = json.loads(file.read_text(encoding="utf-8"))
        assert within.is_valid(raw)
        for broken in (raw | {"met_at": "soon"}, raw | {"observations": [{"indicator": "I-99"}]}):
            assert within.is_valid(broken) == published.is_valid(broken) is False
    assert set(whole["components"]["schemas"]["Encounter"]["properties"]) == set(encounter_schema()["properties"])


def test_no_reference_leads_nowhere() -> None:
    text = json.dumps(document())
    names = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert names <= set(document()["components"]["schemas"])
    assert "$defs" not in text
