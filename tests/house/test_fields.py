"""The field table of docs/reference/fields.md holds for every schema, model, index and export."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, make_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType, SimpleNamespace

import pytest
import yaml
from django.apps import apps
from django.db.models import Model

from vangnet import knowledge
from vangnet.knowledge import indicators, linkage
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import Encounter, encounter_schema, read_encounter

TABLE = Path(__file__).parents[2] / "docs" / "reference" / "fields.md"
NEVER = re.compile(
    r"ethnic|religio|skin|race(?!t|14)|nationalit|citizenship|residence_status|migra(?!tions)|family_type|household"
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


def of_models(models: Iterable[type[Model]]) -> set[str]:
    """Give every field of these tables, and every field and name of their indexes and constraints."""
    held = {field.name for model in models for field in model._meta.get_fields()}
    odd = [one for model in models for one in (*model._meta.indexes, *model._meta.constraints)]
    return held | {one.name for one in odd} | {name for one in odd for name in getattr(one, "fields", ())}


def of_values(package: ModuleType) -> set[str]:
    """Give every field of every value in a package of knowledge: what a rule could read at all."""
    rooms = [package, *(import_module(one.name) for one in walk_packages(package.__path__, f"{package.__name__}."))]
    kinds = {
        kind for room in rooms for kind in vars(room).values() if isinstance(kind, type) and is_dataclass(kind)
    }
    return {field.name for kind in kinds for field in fields(kind)}


def keys_in(value: object) -> set[str]:
    """Give every key in nested JSON or YAML."""
    if isinstance(value, dict):
        return set(value).union(*(keys_in(one) for one in value.values()))
    return set().union(*(keys_in(one) for one in value)) if isinstance(value, list) else set()


OURS = [model for model in apps.get_models() if model.__module__.startswith("vangnet.")]
KNOWLEDGE = Path(knowledge.__path__[0])
LEAST = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}


def answered() -> set[str]:
    read = read_encounter(LEAST | {"custody": {"basis": "suspect"}})
    assert isinstance(read, Encounter)
    return keys_in(assess(read).as_json("en"))


PLACES: dict[str, tuple[Callable[[], set[str]], set[str]]] = {
    "the schema of an encounter": (
        lambda: properties(json.loads(json.dumps(encounter_schema()))),
        {"given_names", "birth_place", "interpreter_language", "issuing_country"},
    ),
    "every interface": (
        lambda: properties(json.loads((TABLE.parent / "openapi.json").read_text("utf-8"))),
        {"given_names", "indicator"},
    ),
    "every table, index and constraint": (lambda: of_models(OURS), {"encounter_id", "organisation"}),
    "every value a rule can read": (lambda: of_values(knowledge), {"birth_date", "conflict_risks", "purpose"}),
    "the data of the rules": (
        lambda: set().union(
            *(keys_in(yaml.safe_load(one.read_text("utf-8"))) for one in KNOWLEDGE.rglob("*.yaml"))
        ),
        {"opens_duties", "limit", "trigger"},
    ),
    "the model of the comparison": (
        lambda: set().union(
            *(keys_in(json.loads(one.read_text("utf-8"))) for one in KNOWLEDGE.rglob("model*.json"))
        ),
        {"birth_date"},
    ),
    "the answer that is exported": (answered, {"duties", "checks", "ilo_profile"}),
}
"""Where a field could come in, what stands there, and names that show that the look went deep enough."""


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_is_never_kept_stands(place: str) -> None:
    look, there = PLACES[place]
    names = look()
    assert there <= names
    assert forbidden(names) == set()


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


@pytest.mark.parametrize(
    "planted",
    [
        "ethnicity",
        "nationality",
        "religion",
        "family_type",
        "household_size",
        "skin_colour",
        "address_type",
        "plate_country",
        "residence_status",
        "country_of_origin",
        "mother_tongue",
    ],
)
def test_a_planted_field_is_caught_in_every_kind_of_place(planted: str) -> None:
    assert forbidden(properties({"$defs": {"a": {"properties": {"child": {"properties": {planted: {}}}}}}})) == {
        planted
    }
    assert forbidden(keys_in({"rows": [{"id": 1}, {"when": {planted: "x"}}]})) == {planted}
    room = ModuleType("planted")
    room.__path__ = []
    room.Known = make_dataclass("Known", [planted])  # type: ignore[attr-defined]
    assert forbidden(of_values(room)) == {planted}
    index = SimpleNamespace(name="by_it", fields=[planted])
    meta = SimpleNamespace(get_fields=list, indexes=[index], constraints=[])
    assert forbidden(of_models([SimpleNamespace(_meta=meta)])) == {planted}  # type: ignore[list-item]
    meta = SimpleNamespace(get_fields=lambda: [SimpleNamespace(name=planted)], indexes=[], constraints=[])
    assert forbidden(of_models([SimpleNamespace(_meta=meta)])) == {planted}  # type: ignore[list-item]
