"""The published shape of an encounter, and what is wrong with one in a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from vangnet.knowledge.terms.fitting import Fits, fitting
from vangnet.knowledge.terms.words import Reason, Words

MOST_REASONS = 20
MOST_NAMED = 40
"""Values that a sentence names; of a longer list it says what they look like."""


@cache
def encounter_schema() -> Mapping[str, Any]:
    """Give the JSON Schema (draft 2020-12) that every door enforces."""
    text = files("vangnet.knowledge.terms").joinpath("encounter.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def organisation_code() -> re.Pattern[str]:
    """Give what the code of an organisation looks like, such as NL-POL-AMS; the schema is where it is said."""
    return re.compile(encounter_schema()["properties"]["organisation"]["pattern"])


def observers() -> tuple[str, ...]:
    """Give the codes of who can have seen something: a role or an organisation's kind, never a person."""
    codes: list[str] = encounter_schema()["$defs"]["observation"]["properties"]["observer"]["enum"]
    return tuple(codes)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(encounter_schema())


@cache
def _fits() -> Fits:
    return fitting(encounter_schema())


UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]|\A[A-Z0-9-]+\n\Z")
"""Control signs, halves of signs, and a code with a line end that a pattern would let through."""


def reasons_against(raw: object) -> tuple[Reason, ...]:
    """Say what keeps a value from being an encounter: at most twenty reasons, in the order of the text."""
    errors: Iterable[ValidationError] = () if _fits()(raw) else _validator().iter_errors(raw)
    reasons = [*(_unstorable(where) for where in _odd_places(raw, ())), *(_reason(error) for error in errors)]
    return tuple(reasons[:MOST_REASONS])


def _odd_places(raw: object, at: tuple[str | int, ...]) -> Iterator[str]:
    match raw:
        case str() if UNSTORABLE.search(raw):
            yield path_of(at)
        case Mapping():
            for name, value in raw.items():
                yield from _odd_places(value, (*at, str(name)))
        case list():
            for number, value in enumerate(raw):
                yield from _odd_places(value, (*at, number))


def _unstorable(where: str) -> Reason:
    words = Words(
        f"{where} bevat een teken dat niet te bewaren is; typ die tekst opnieuw.",
        f"{where} holds a sign that cannot be kept; type that text again.",
    )
    return Reason(code="unstorable", where=where, words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One rule of the schema that a value breaks: the rule, what it wants, the value, and the schema there."""

    rule: str
    wanted: Any
    value: Any
    schema: Any


def _reason(error: ValidationError) -> Reason:
    where = path_of(error.absolute_path)
    broken = Broken(
        rule=str(error.validator), wanted=error.validator_value, value=error.instance, schema=error.schema
    )
    say = _SENTENCES.get(broken.rule, _any_other)
    return Reason(code=broken.rule, where=where, words=say(broken, where or "encounter"))


def path_of(parts: Iterable[str | int]) -> str:
    """Write a place in an encounter the way people read it: `child.documents[0].number`."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")


def _required(broken: Broken, where: str) -> Words:
    wanted = ", ".join(f"'{name}'" for name in broken.wanted if name not in broken.value)
    return Words(
        f"In {where} ontbreekt {wanted}; vul dat aan.",
        f"{where} lacks {wanted}; add it.",
    )


def _enum(broken: Broken, where: str) -> Words:
    if len(broken.wanted) > MOST_NAMED:
        return misshapen(where)
    allowed = ", ".join(str(value) for value in broken.wanted)
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


def _type(broken: Broken, where: str) -> Words:
    wanted = _TYPES[str(broken.wanted)]
    return Words(f"{where} moet {wanted.nl} zijn; schrijf het zo.", f"{where} must be {wanted.en}; write it so.")


def _extra(broken: Broken, where: str) -> Words:
    known = broken.schema.get("properties", {})
    extra = ", ".join(f"'{name}'" for name in broken.value if name not in known)
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
    "country": Words(
        "een bestaande landcode van twee letters, zoals NL", "an existing country code of two letters, such as NL"
    ),
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


def _pattern(_broken: Broken, where: str) -> Words:
    return misshapen(where)


def _too_long(broken: Broken, where: str) -> Words:
    most = broken.wanted
    return Words(f"{where} is te lang; houd het onder {most}.", f"{where} is too long; keep it under {most}.")


def _empty(_broken: Broken, where: str) -> Words:
    return Words(f"{where} is leeg; vul het in of laat het weg.", f"{where} is empty; fill it in or leave it out.")


def _any_other(broken: Broken, where: str) -> Words:
    return Words(
        f"{where} past niet bij de regel '{broken.rule}'.",
        f"{where} breaks the rule '{broken.rule}'.",
    )


_SENTENCES: dict[str, Callable[[Broken, str], Words]] = {
    "required": _required,
    "enum": _enum,
    "type": _type,
    "additionalProperties": _extra,
    "pattern": _pattern,
    "maxLength": _too_long,
    "maxItems": _too_long,
    "minLength": _empty,
}
