"""The catalogue as it stands in the package's own files, read once and refused where it is not whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, get_args

import yaml

from vangnet.knowledge.indicators.indicator import (
    ABOUT,
    CATEGORIES,
    CERTAINTIES,
    DIMENSIONS,
    MOMENTS,
    OBSERVERS,
    Catalogue,
    Element,
    GradedBy,
    Indicator,
    Source,
    Strength,
)
from vangnet.knowledge.terms import LANGUAGES, Words

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same safe reader, in C where there is one
_FIELDS = frozenset(field.name for field in fields(Indicator))
_WORDS = ("words", "opens_reason", "question", "action", "keywords")
_TEXTS = ("id", "legal_ground", "author", "date")
_FLAGS = (
    "opens_duties",
    "raises_handover_risk",
    "conflict_of_interest",
    "act_at_once",
    "human_check_only",
)
_ONE_OF: Mapping[str, tuple[object, ...]] = {
    "category": CATEGORIES,
    "about": ABOUT,
    "strength": (*get_args(Strength), None),
    "graded_by": get_args(GradedBy),
    "ilo_dimension": (*DIMENSIONS, None),
    "certainty": CERTAINTIES,
}
_SOME_OF: Mapping[str, tuple[str, ...]] = {
    "observers": OBSERVERS,
    "moments": MOMENTS,
    "elements": get_args(Element),
}


class CatalogueError(ValueError):
    """The catalogue's files do not hold what a catalogue must hold."""


@cache
def catalogue() -> Catalogue:
    """Give the catalogue that ships with the package."""
    room = files(__package__)
    items = sorted((room / "items").iterdir(), key=lambda item: item.name)
    return read((room / "catalogue.yaml").read_text("utf-8"), [item.read_text("utf-8") for item in items])


def read(index: str, items: Iterable[str]) -> Catalogue:
    """Read a catalogue from its index and its item files (YAML); raises CatalogueError, naming the item."""
    head = _load(index)
    sources = {code: Source(code=code, **source) for code, source in head["sources"].items()}
    found = [_indicator(raw, sources) for text in items for raw in _entries(_load(text))]
    by_id = {one.id: one for one in sorted(found, key=lambda one: one.id)}
    _must(len(by_id) == len(found), "catalogue", "an id stands in it twice")
    strangers = set(head["prompt_order"]) - set(by_id)
    _must(not strangers, "prompt_order", f"names {sorted(strangers)}, which are no indicators")
    return Catalogue(
        version=head["version"],
        date=head["date"],
        sources=MappingProxyType(sources),
        indicators=MappingProxyType(by_id),
        prompt_order=tuple(head["prompt_order"]),
    )


def _load(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader, see above)
    return loaded


def _entries(file: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return ({"category": file["category"], **raw} for raw in file["indicators"])


def _must(holds: bool, where: str, else_: str) -> None:
    if not holds:
        raise CatalogueError(f"{where}: {else_}")


def _indicator(raw: dict[str, Any], sources: Mapping[str, Source]) -> Indicator:
    where = str(raw.get("id"))
    odd = _FIELDS.symmetric_difference(raw)
    _must(not odd, where, f"missing or unknown: {', '.join(sorted(odd))}")
    for name in _TEXTS:
        _must(isinstance(raw[name], str) and raw[name] != "", where, f"{name} must be a text")
    for name in _FLAGS:
        _must(isinstance(raw[name], bool), where, f"{name} must be true or false")
    for name, allowed in _ONE_OF.items():
        _must(raw[name] in allowed, where, f"{name} {raw[name]!r} is not in the list")
    for name, words in {**_SOME_OF, "sources": tuple(sources)}.items():
        some = isinstance(raw[name], list) and (raw[name] != [] or name == "elements")
        _must(some and set(raw[name]) <= set(words), where, f"{name} {raw[name]!r} is not from the list")
    lists = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
    return Indicator(**{**raw, **lists, **{name: _words(raw[name], where, name) for name in _WORDS}})


def _words(raw: Any, where: str, name: str) -> Words:
    whole = isinstance(raw, dict) and set(raw) == set(LANGUAGES) and all(raw.values())
    _must(whole, where, f"{name} must be a text in each language")
    return Words(**raw)
