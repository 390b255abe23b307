"""The documents say what the code does: what is written from the data is up to date, and nothing is left out."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
import reference
from django.apps import apps

from vangnet.knowledge import clocks, handover, indicators
from vangnet.knowledge.estimation import METHODS
from vangnet.knowledge.terms import encounter_schema

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SETTINGS = ROOT / "src" / "vangnet" / "site" / "settings.py"
AGAIN = "run .venv/bin/python tests/docs/reference.py"


NAME = r"[A-Z]\w+"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def read_from_environment(source: str) -> set[str]:
    """Give the names that a module asks the environment for."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr="environ"), attr="get" | "setdefault"),
                    args=[ast.Constant(value=str(name)), *_],
                )
                | ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name)))
            ):
                found.add(name)
    return found


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_written_from_the_data_is_up_to_date(name: str) -> None:
    assert page(f"reference/{name}") == reference.PAGES[name](), AGAIN


def test_every_setting_is_documented_and_no_other() -> None:
    wanted = read_from_environment(SETTINGS.read_text(encoding="utf-8"))
    assert "DATABASE_URL" in wanted
    assert len(wanted) >= 8
    told = re.findall(r"^\| `([A-Z_]+)` \|", page("reference/settings.md"), re.MULTILINE)
    assert sorted(told) == sorted(wanted)


def test_a_planted_setting_is_noticed() -> None:
    planted = 'import os\nA = os.environ.get("VANGNET_A", "")\nB = os.environ["VANGNET_B"]\n'
    assert read_from_environment(planted) == {"VANGNET_A", "VANGNET_B"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("indicators.md", [f"| {one} |" for one in indicators.catalogue().indicators]),
        ("clocks.md", [f"| {one} |" for one in clocks.table()]),
        ("gate.md", [f"| {check.id} |" for check in handover.CHECKS] + [f"| {end} |" for end in handover.OUTCOMES]),
        ("commands.md", [f"## {one.prog}\n" for one in reference.commands()]),
        ("estimation.md", [f"| `{method}` |" for method in ("report", *METHODS)]),
        ("api.md", [f"`{method.upper()} /api/v1{path}`" for path, method, _ in reference.operations()]),
    ],
)
def test_nothing_is_left_out(name: str, wanted: list[str]) -> None:
    text = page(f"reference/{name}")
    assert wanted
    assert [one for one in wanted if one not in text] == []


def test_every_command_and_every_argument_says_what_it_does() -> None:
    assert {"vangnet assess", "vangnet ledger verify"} <= {one.prog for one in reference.commands()}
    for one in reference.commands():
        assert str(one.epilog).startswith("example: vangnet "), one.prog
    assert "| needed |" not in page("reference/commands.md")


def test_the_coverage_that_is_told_is_the_one_that_was_measured() -> None:
    measured = json.loads((ROOT / "bench" / "results" / "coverage.json").read_text(encoding="utf-8"))
    text = page("explanation/estimation.md")
    for interval in ("wald", "percentile", "bca", "recommended"):
        shares = [f"{measured[where][interval]:.1%}" for where in ("inside", "outside")]
        assert re.search(r"\| \**" + shares[0] + r"\** \| \**" + shares[1] + r"\** \|", text), interval
    assert measured["inside"]["recommended"] >= measured["promised"]
    assert f"{sum(one['replications'] for one in measured['settings'].values()):,} replications" in text


def test_the_published_schema_is_the_one_that_every_door_enforces() -> None:
    packaged = ROOT / "src" / "vangnet" / "knowledge" / "terms" / "encounter.schema.json"
    assert page("reference/encounter.schema.json") == packaged.read_text(encoding="utf-8")
    assert encounter_schema()["title"] == "Encounter"


def test_the_glossary_holds_the_name_of_every_model_and_no_other() -> None:
    tables = page("glossary.md").partition("## Of the tables")[2].partition("\n## ")[0]
    told = {
        name for line in re.findall(r"^\| ([A-Z][^|]+) \|", tables, re.MULTILINE) for name in re.findall(NAME, line)
    }
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("vangnet.")}
    assert len(models) >= 20
    assert told == models
