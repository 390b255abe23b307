"""The quick answer about a shape is always the one that the slow reader of the schema gives."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from invented import RAW_ENCOUNTERS
from vangnet.knowledge.terms.fitting import fitting
from vangnet.knowledge.terms.schema import encounter_schema

VALIDATOR = Draft202012Validator(encounter_schema())
FITS = fitting(encounter_schema())
ODD = st.sampled_from(
    [None, True, 3, "", "x", "x" * 5000, "2026-03-01", "NL", [], {}, [{}], {"x": 1}, ["a"] * 201, "I-02\n"]
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Give every place in a value at which something else can be put."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, one in pairs for found in ((value, name), *places(one))]


@given(RAW_ENCOUNTERS, st.data())
def test_one_odd_value_anywhere_is_seen_as_the_slow_reader_sees_it(
    raw: dict[str, Any], data: st.DataObject
) -> None:
    assert FITS(raw) is VALIDATOR.is_valid(raw)
    changed = copy.deepcopy(raw)
    holder, name = data.draw(st.sampled_from(places(changed)))
    match data.draw(st.sampled_from(["put", "drop", "add"])):
        case "put":
            holder[name] = data.draw(ODD)
        case "drop":
            del holder[name]
        case _ if isinstance(holder, dict):
            holder["strange"] = data.draw(ODD)
        case _:
            holder.append(data.draw(ODD))
    assert FITS(changed) is VALIDATOR.is_valid(changed)


@pytest.mark.parametrize("value", [None, "x", 3, [], {}, True])
def test_what_is_no_encounter_at_all_does_not_fit(value: Any) -> None:
    assert not FITS(value)


@pytest.mark.parametrize(
    ("schema", "fit", "unfit"),
    [
        ({"type": "string", "minLength": 2, "maxLength": 3}, ["ab", "abc"], ["a", "abcd", 12, None]),
        ({"type": "string", "pattern": "^a"}, ["a", "ab"], ["ba", ""]),
        ({"enum": ["a", "b"]}, ["a"], ["c", 1, None, [], True]),
        ({"type": "boolean"}, [True, False], [0, 1, "true", None]),
        (
            {"type": "array", "items": {"type": "boolean"}, "maxItems": 1},
            [[], [True]],
            [[1], [True, True], "a", None],
        ),
        (
            {
                "type": "object",
                "properties": {"a": {"type": "string"}},
                "required": ["a"],
                "additionalProperties": False,
            },
            [{"a": ""}],
            [{}, {"a": 1}, {"a": "", "b": ""}, [], None],
        ),
        (
            {"$ref": "#/$defs/later", "$defs": {"first": {"$ref": "#/$defs/later"}, "later": {"enum": ["a"]}}},
            ["a"],
            ["b"],
        ),
    ],
)
def test_each_rule_that_the_schema_uses(schema: dict[str, Any], fit: list[Any], unfit: list[Any]) -> None:
    fits = fitting(schema)
    assert [fits(value) for value in fit] == [True] * len(fit)
    assert [fits(value) for value in unfit] == [False] * len(unfit)
    assert [Draft202012Validator(schema).is_valid(value) for value in (*fit, *unfit)] == [True] * len(fit) + [
        False
    ] * len(unfit)


def test_a_rule_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="not known here: minItems"):
        fitting({"type": "array", "minItems": 1})
    with pytest.raises(ValueError, match="not closed"):
        fitting({"type": "object", "properties": {}})
