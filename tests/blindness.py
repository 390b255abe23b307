"""Which fields of an encounter may never change an answer, and how to make somebody else of it.

Every leaf of the published schema stands in one of the lists below; a new field has to be put in one before the tests
pass. The lists are the column *used by rules* of `docs/reference/fields.md`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from vangnet.knowledge.terms import encounter_schema

NEVER = (
    "organisation",
    "municipality",
    "place",
    "offence",
    "words",
    "interpreter_language",
    "child.given_names",
    "child.family_name",
    "child.other_names[].given_names",
    "child.other_names[].family_name",
    "child.sex",
    "child.birth_place",
    "child.phones[]",
    "child.address",
    "child.documents[].kind",
    "child.documents[].number",
    "child.documents[].issuing_country",
    "child.biometric_references[].system",
    "child.biometric_references[].reference",
    "child_view.words",
    "companions[].role",
    "companions[].given_names",
    "companions[].family_name",
    "companions[].phones[]",
    "companions[].vehicle",
    "collectors[].given_names",
    "collectors[].family_name",
    "collectors[].birth_date",
    "collectors[].phones[]",
    "collectors[].vehicle",
    "collectors[].address",
    "collectors[].claimed_relation",
    "collectors[].identity.document",
    "collectors[].identity.number",
    "observations[].observer",
    "observations[].at",
    "observations[].words",
    "known.international_check[].at",
    "known.international_check[].answer",
    "known.facts.*.at",
    "known.facts.*.words",
)
"""Whatever stands there, and whether anything does: the answer is the same, byte for byte."""

ONLY_THAT_IT_IS_THERE = ("child_view.trusted_person",)
"""Rules ask whether the child named somebody, never whom."""

RULES = (
    "country",
    "met_at",
    "kind",
    "custody.basis",
    "custody.arrested_at",
    "custody.arrived_at",
    "custody.ordered_at",
    "custody.pretrial_detention_offence",
    "child.birth_date",
    "child.birth_date_basis",
    "child.documents[].inspected",
    "child_view.heard_alone",
    "child_view.interpreter",
    "child_view.wants_to_go",
    "collectors[].identity.state",
    "collectors[].authority.state",
    "collectors[].authority.source",
    "collectors[].conflict_of_interest",
    "observations[].indicator",
    "observations[].state",
    "known.international_check[].channel",
    "known.international_check[].state",
    "known.facts.*.state",
    "known.facts.*.source",
)
"""Facts of the event, of the check and of the law, on which an answer may rest. Of the birth date only the age."""

ECHOED = ("encounter_id",)
"""Comes back in the answer as it was given."""

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
BY_PATTERN: Mapping[str, st.SearchStrategy[str]] = {
    "organisation": st.sampled_from(["NL-POL-RIJNHAVEN", "NL-KMAR-ZUID", "AT-POL-WIEN", "NL-RVDK-NOORD"]),
    "municipality": st.sampled_from(["0363", "0599", "1711", "0014"]),
    "issuing_country": st.sampled_from(["", "NL", "AT", "ZZ", "XXA", "BEL"]),
    "birth_date": st.sampled_from(["1950", "1988-03", "2001-12-31", "2009-01-01"]),
    "at": st.sampled_from(["2020-01-01T00:00:00Z", "2026-03-01T23:59:59+01:00", "2027-07-07T07:07:07-05:00"]),
    "number": st.text("ABCX0129- ", min_size=1, max_size=12),
    "reference": st.text("ABCX0129- ", min_size=1, max_size=12),
}


def leaves(schema: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give every leaf of a schema by its path; the checks under `known.facts` are one path."""
    if "$ref" in schema:
        yield from leaves(encounter_schema()["$defs"][schema["$ref"].rsplit("/", 1)[-1]], at)
    elif schema.get("type") == "array":
        yield from leaves(schema["items"], f"{at}[]")
    elif "properties" in schema:
        for name, value in schema["properties"].items():
            path = f"{at}.{'*' if at == 'known.facts' else name}"
            yield from leaves(value, path.removeprefix("."))
    else:
        yield at, schema


def holders(raw: Any, steps: list[str]) -> Iterator[dict[str, Any]]:
    """Give every object that can hold the last step of a path; `child` is made where it lacks."""
    if not steps:
        yield raw
        return
    step, rest = steps[0], steps[1:]
    if step == "child":
        raw.setdefault("child", {})
    name = step.removesuffix("[]")
    for key in list(raw) if name == "*" else [name]:
        inner = raw.get(key)
        for one in inner if isinstance(inner, list) else [inner] * (inner is not None):
            yield from holders(one, rest)


REQUIRED = {"organisation", "number", "reference", "role"}
LEFT_OUT = object()
LEAVES = dict(leaves(encounter_schema()))


def values(path: str) -> st.SearchStrategy[Any]:
    """Give values that the schema allows at a path, and where it may lack that it does."""
    key = path.rsplit(".", 1)[-1]
    if key.endswith("[]"):
        there: st.SearchStrategy[Any] = st.lists(TEXT, max_size=2)
    elif "enum" in LEAVES[path]:
        there = st.sampled_from(LEAVES[path]["enum"])
    else:
        there = BY_PATTERN.get(key, TEXT)
    return there if key in REQUIRED else there | st.just(LEFT_OUT)


OTHERS = st.fixed_dictionaries({path: values(path) for path in NEVER} | {"trusted": TEXT.filter(str.strip)})
"""What may stand in all those fields."""


def somebody_else(raw: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Make the same event with somebody else in it: each field that may not matter changed, added or left out."""
    changed = copy.deepcopy(raw)
    for path in NEVER:
        *steps, name = path.split(".")
        for holder in holders(changed, steps):
            if other[path] is LEFT_OUT:
                holder.pop(name.removesuffix("[]"), None)
            else:
                holder[name.removesuffix("[]")] = other[path]
    view = changed.get("child_view", {})
    if view.get("trusted_person", "").strip():
        view["trusted_person"] = other["trusted"]
    return changed
