"""The field table of docs/reference/fields.md holds for every schema, model, index and export."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.apps import apps

from vangnet.knowledge import indicators, linkage
from vangnet.knowledge.terms import encounter_schema

TABLE = Path(__file__).parents[2] / "docs" / "reference" / "fields.md"
NEVER = re.compile(
    r"ethnic|religio|skin|race(?!t)|nationalit|citizenship|residence_status|migra(?!tions)|family_type|household"
    r"|address_type|plate_country|mother_tongue|native_language|origin(?!al)|tribe|caste",
    re.IGNORECASE,
)


def rows() -> dict[str, list[str]]:
    """Read the table: field -> kept, compared, shown, used by rules, exported."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return {row[0]: row[1:] for row in cells}


def properties(schema: object) -> set[str]:
    """Give every property name in a JSON Schema, however deep."""
    if isinstance(schema, list):
        return set().union(*(properties(one) for one in schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    here = set(schema.get("properties", {})) if isinstance(schema.get("properties"), dict) else set()
    return here.union(*(properties(value) for value in schema.values()))


def forbidden(names: set[str]) -> set[str]:
    """Give the names that the table never lets be kept."""
    return {name for name in names if NEVER.search(name)}


def test_the_table_is_carried_over_whole() -> None:
    table = rows()
    assert len(table) == 10
    assert table['ethnicity, religion, skin colour, "family type", household type, address type'] == ["no"] * 5


def test_no_schema_keeps_what_is_never_kept() -> None:
    names = properties(json.loads(json.dumps(encounter_schema())))
    assert {"given_names", "birth_place", "interpreter_language"} <= names
    assert forbidden(names) == set()


def test_no_table_of_the_database_keeps_what_is_never_kept() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("vangnet.")]
    assert len(ours) > 15
    assert forbidden({f"{field.name}" for model in ours for field in model._meta.get_fields()}) == set()


def test_only_what_the_table_compares_is_compared() -> None:
    compared = {field.name for field in fields(linkage.Record)}
    assert forbidden(compared) == set()
    assert not compared & {
        "birth_place",
        "interpreter_language",
        "country",
        "organisation",
        "offence",
        "municipality",
    }


def test_no_indicator_reads_a_field_of_the_record() -> None:
    assert {field.name for field in fields(indicators.Indicator)} & {"field", "value", "threshold"} == set()


@pytest.mark.parametrize("planted", ["ethnicity", "nationality", "family_type", "skin_colour", "plate_country"])
def test_a_planted_field_is_caught(planted: str) -> None:
    assert forbidden(properties({"properties": {"child": {"properties": {planted: {}}}}})) == {planted}
