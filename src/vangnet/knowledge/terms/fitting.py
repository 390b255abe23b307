"""Does a value fit a schema: a quick yes or no, so that only what does not fit is read rule by rule.

`jsonschema` says what is wrong and where; most of what comes in has nothing wrong. Knows the rules
that our own schema uses and refuses any other; a test holds both to the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Fits = Callable[[Any], bool]
Schema = Mapping[str, Any]

_KNOWN = frozenset(
    [
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "enum",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "maxItems",
        "minLength",
        "maxLength",
        "pattern",
    ]
)


def fitting(schema: Schema) -> Fits:
    """Turn a schema into one function; raises ValueError for a rule that is not known here."""
    definitions: dict[str, Fits] = {}
    for name, one in schema.get("$defs", {}).items():
        definitions[f"#/$defs/{name}"] = _read(one, definitions)
    return _read(schema, definitions)


def _read(schema: Schema, definitions: Mapping[str, Fits]) -> Fits:
    if strange := schema.keys() - _KNOWN:
        raise ValueError(f"rules that are not known here: {', '.join(sorted(strange))}")
    if "$ref" in schema:
        return _defined(schema["$ref"], definitions)
    if "enum" in schema:
        allowed = frozenset(schema["enum"])
        return lambda value: isinstance(value, str) and value in allowed
    return _KINDS[schema["type"]](schema, definitions)


def _defined(place: str, definitions: Mapping[str, Fits]) -> Fits:
    """Look a definition up when it is asked, for one may stand behind another that names it."""

    def fits(value: Any) -> bool:
        return definitions[place](value)

    return fits


def _object(schema: Schema, definitions: Mapping[str, Fits]) -> Fits:
    if schema.get("additionalProperties") is not False:
        raise ValueError("an object that is not closed")
    known = {name: _read(one, definitions) for name, one in schema["properties"].items()}
    required = frozenset(schema.get("required", ()))

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        return all((rule := known.get(name)) is not None and rule(one) for name, one in value.items())

    return fits


def _array(schema: Schema, definitions: Mapping[str, Fits]) -> Fits:
    item, most = _read(schema["items"], definitions), schema["maxItems"]
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(item, value))


def _string(schema: Schema, _definitions: Mapping[str, Fits]) -> Fits:
    least, most = schema.get("minLength", 0), schema.get("maxLength", float("inf"))
    found = re.compile(schema.get("pattern", "")).search
    return lambda value: isinstance(value, str) and least <= len(value) <= most and found(value) is not None


def _boolean(_schema: Schema, _definitions: Mapping[str, Fits]) -> Fits:
    return lambda value: isinstance(value, bool)


_KINDS: Mapping[str, Callable[[Schema, Mapping[str, Fits]], Fits]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "boolean": _boolean,
}
