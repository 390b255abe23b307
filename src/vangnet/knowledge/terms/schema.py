"""The published shape of an encounter, and what is wrong with one in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from vangnet.knowledge.terms.words import Reason, Words

MOST_REASONS = 20


@cache
def encounter_schema() -> Mapping[str, Any]:
    """Give the JSON Schema (draft 2020-12) that every door enforces."""
    text = files("vangnet.knowledge.terms").joinpath("encounter.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(encounter_schema())


def reasons_against(raw: object) -> tuple[Reason, ...]:
    """Say what keeps a value from being an encounter: at most twenty reasons, in the order of the text."""
    errors: Iterable[ValidationError] = _validator().iter_errors(raw)
    return tuple(_reason(error) for error in list(errors)[:MOST_REASONS])


def _reason(error: ValidationError) -> Reason:
    where = path_of(error.absolute_path)
    say = _SENTENCES.get(str(error.validator), _any_other)
    return Reason(code=str(error.validator), where=where, words=say(error, where or "encounter"))


def path_of(parts: Iterable[str | int]) -> str:
    """Write a place in an encounter the way people read it: `child.documents[0].number`."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")


def _required(error: ValidationError, where: str) -> Words:
    wanted = ", ".join(f"'{name}'" for name in error.validator_value if name not in error.instance)
    return Words(
        f"In {where} ontbreekt {wanted}; vul dat aan.",
        f"{where} lacks {wanted}; add it.",
    )


def _enum(error: ValidationError, where: str) -> Words:
    allowed = ", ".join(str(value) for value in error.validator_value)
    return Words(
        f"{where} heeft een waarde die niet bestaat; kies uit: {allowed}.",
        f"{where} has a value that does not exist; choose one of: {allowed}.",
    )


_TYPES = {
    "string": Words("een tekst tussen aanhalingstekens", "a text between quotes"),
    "object": Words("een object tussen accolades", "an object between braces"),
    "array": Words("een lijst tussen blokhaken", "a list between brackets"),
    "boolean": Words("true of false", "true or false"),
}


def _type(error: ValidationError, where: str) -> Words:
    wanted = _TYPES[str(error.validator_value)]
    return Words(f"{where} moet {wanted.nl} zijn; schrijf het zo.", f"{where} must be {wanted.en}; write it so.")


def _extra(error: ValidationError, where: str) -> Words:
    known = error.schema.get("properties", {})
    extra = ", ".join(f"'{name}'" for name in error.instance if name not in known)
    return Words(
        f"{where} heeft een veld dat Vangnet niet bewaart: {extra}; laat het weg.",
        f"{where} has a field that Vangnet does not keep: {extra}; leave it out.",
    )


_SHAPES = {
    "moment": Words(
        "een tijd met zone (2026-03-01T14:20:00+01:00) of een deel van een datum (2026-03)",
        "a time with its zone (2026-03-01T14:20:00+01:00) or part of a date (2026-03)",
    ),
    "time": Words(
        "een tijd met zone (2026-03-01T14:20:00+01:00)", "a time with its zone (2026-03-01T14:20:00+01:00)"
    ),
    "date": Words("een datum (2012, 2012-05 of 2012-05-17)", "a date (2012, 2012-05 or 2012-05-17)"),
    "organisation": Words("een code zoals NL-POL-AMS", "a code such as NL-POL-AMS"),
    "country": Words("een landcode van twee letters, zoals NL", "a country code of two letters, such as NL"),
    "issuing_country": Words(
        "een landcode van twee letters, zoals NL", "a country code of two letters, such as NL"
    ),
    "municipality": Words(
        "een gemeentecode van vier cijfers, zoals 0363", "a municipality code of four digits, such as 0363"
    ),
    "indicator": Words(
        "een nummer uit de catalogus, I-01 tot en met I-64", "a number of the catalogue, I-01 to I-64"
    ),
}
_SHAPE_OF = {
    "met_at": "moment",
    "birth_date": "date",
    "arrested_at": "time",
    "arrived_at": "time",
    "ordered_at": "time",
}


def shape_of(where: str) -> Words:
    """Say what a value at this place should look like."""
    field = where.rsplit(".", 1)[-1].split("[", maxsplit=1)[0]
    if field == "at":
        return _SHAPES["moment" if where.startswith("observations") else "time"]
    return _SHAPES[_SHAPE_OF.get(field, field)]


def misshapen(where: str) -> Words:
    """Say that the value at this place cannot be read, and what it should look like."""
    wanted = shape_of(where)
    return Words(f"{where} is niet te lezen; schrijf {wanted.nl}.", f"{where} cannot be read; write {wanted.en}.")


def _pattern(_error: ValidationError, where: str) -> Words:
    return misshapen(where)


def _too_long(error: ValidationError, where: str) -> Words:
    most = error.validator_value
    return Words(f"{where} is te lang; houd het onder {most}.", f"{where} is too long; keep it under {most}.")


def _empty(_error: ValidationError, where: str) -> Words:
    return Words(f"{where} is leeg; vul het in of laat het weg.", f"{where} is empty; fill it in or leave it out.")


def _any_other(error: ValidationError, where: str) -> Words:
    return Words(
        f"{where} past niet bij de regel '{error.validator}'.",
        f"{where} breaks the rule '{error.validator}'.",
    )


_SENTENCES: dict[str, Callable[[ValidationError, str], Words]] = {
    "required": _required,
    "enum": _enum,
    "type": _type,
    "additionalProperties": _extra,
    "pattern": _pattern,
    "maxLength": _too_long,
    "maxItems": _too_long,
    "minLength": _empty,
}
