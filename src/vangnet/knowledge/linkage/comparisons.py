"""What is compared between two encounters: a table, not a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from operator import attrgetter
from typing import Literal, NamedTuple

from vangnet.knowledge.linkage.alignment import Names, Part, compare_forms, weight_of
from vangnet.knowledge.linkage.dates import birth_date_level
from vangnet.knowledge.linkage.identifiers import is_one_sign_apart
from vangnet.knowledge.linkage.model import MISSING
from vangnet.knowledge.linkage.names import Token
from vangnet.knowledge.linkage.records import Record
from vangnet.knowledge.terms import PersonName

Weights = Mapping[str, Mapping[str, float]]
Numbers = Literal["phones", "addresses", "documents", "biometrics", "collector_phones", "vehicles"]


class Finding(NamedTuple):
    """What one comparison found: the level, what stood on both sides, and the keys its frequency hangs on.

    Each inner tuple of `terms` holds the blocking keys of one thing that agreed.
    """

    comparison: str
    level: str
    left: str
    right: str
    terms: tuple[tuple[str, ...], ...] = ()


Judge = Callable[[Record, Record, Weights], tuple[Finding, ...]]

_SAME_FAMILY = frozenset({"exact", "spelling", "part"})


def _terms(part: Part) -> tuple[tuple[str, ...], ...]:
    def keys(pair: tuple[Token, Token]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f"n:{word.sounds[0]}" for word in pair if not word.consonantal))

    return tuple(filter(None, map(keys, part.words)))


def _levels(names: Names) -> tuple[str, str]:
    """Give the levels of given and family name, each seen in the light of the other.

    Another first name in the same family may be a brother or a sister. Where the whole name is
    another one, the family name says little more: a child may stand under many names.
    """
    given, family = names.given.level, names.family.level
    if given != "different":
        return given, family
    if family == "different":
        return given, "different_too"
    return ("different_in_family" if family in _SAME_FAMILY else given), family


def judge_names(left: Record, right: Record, weights: Weights) -> tuple[Finding, ...]:
    """Compare the best two of all names of both sides; in order: given name, family name, their order."""
    if len(left.forms) == 1 and len(right.forms) == 1:
        best, i, j = compare_forms(left.forms[0], right.forms[0], weights), 0, 0
    else:
        pairs = [
            (compare_forms(a, b, weights), i, j)
            for (i, a), (j, b) in product(enumerate(left.forms), enumerate(right.forms))
        ]
        best, i, j = max(pairs, key=lambda one: weight_of(one[0], weights))
    a, b = left.names[i], right.names[j]
    given_level, family_level = _levels(best)
    given = Finding("given_name", given_level, a.given_names, b.given_names, _terms(best.given))
    family = Finding("family_name", family_level, a.family_name, b.family_name, _terms(best.family))
    if best.order == "swapped":
        one, other = (a.given_names, b.family_name), (a.family_name, b.given_names)
        shown = (other, one) if best.read_as_right else (one, other)
        given = given._replace(left=shown[0][0], right=shown[0][1])
        family = family._replace(left=shown[1][0], right=shown[1][1])
        return given, family, Finding("name_order", "swapped", a.whole, b.whole)
    return given, family


def judge_birth_date(left: Record, right: Record, weights: Weights) -> tuple[Finding, ...]:
    """Compare the two birth dates that speak most for one child."""
    found = [
        (birth_date_level(a, b, left_met=left.met_on, right_met=right.met_on), a, b)
        for a, b in product(left.birth_dates, right.birth_dates)
    ]
    table = weights["birth_date"]
    level, a, b = max(found, key=lambda one: table[one[0]])
    return (Finding("birth_date", level, str(a), str(b)),)


def judge_sex(left: Record, right: Record, weights: Weights) -> tuple[Finding, ...]:
    """Compare the sex as stated."""
    del weights
    return (Finding("sex", "same" if left.sex == right.sex else "different", left.sex, right.sex),)


def _judge_numbers(comparison: str, field: Numbers, kind: str, *, near: bool) -> Judge:
    """Make the comparison of numbers: equal, one sign apart where `near`, or different."""

    def judge(left: Record, right: Record, weights: Weights) -> tuple[Finding, ...]:
        del weights
        ours: tuple[str, ...] = getattr(left, field)
        theirs: tuple[str, ...] = getattr(right, field)
        for value in ours:
            if value in theirs:
                return (Finding(comparison, "exact", value, value, ((f"{kind}{value}",),)),)
        for a, b in product(ours, theirs) if near else ():
            if is_one_sign_apart(a, b):
                return (Finding(comparison, "one_sign_apart", a, b),)
        return (Finding(comparison, "different", ", ".join(ours), ", ".join(theirs)),)

    return judge


RELATIONS = frozenset({"phone", "address", "collector_phone", "vehicle"})
"""Comparisons that tell who was around the child; a whole family shares them."""


def in_family(findings: list[Finding]) -> list[Finding]:
    """Where only the first name differs, what was shared fits a brother or sister as well.

    The finding about the given name stands first, where there is one.
    """
    if not findings or findings[0].level != "different_in_family":
        return findings
    return [
        finding._replace(level="shared_in_family")
        if finding.comparison in RELATIONS and finding.level == "exact"
        else finding
        for finding in findings
    ]


class Comparison(NamedTuple):
    """One row of the table: what it gives, what must be known on both sides, who judges."""

    names: tuple[str, ...]
    known: Callable[[Record], tuple[object, ...]]
    judge: Judge


def _stated_sex(one: Record) -> tuple[str, ...]:
    """Give the sex where it settles something; unknown and X leave it open."""
    return (one.sex,) if one.sex in ("F", "M") else ()


def _numbers(comparison: str, field: Numbers, kind: str, *, near: bool = False) -> Comparison:
    return Comparison((comparison,), attrgetter(field), _judge_numbers(comparison, field, kind, near=near))


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(("given_name", "family_name"), attrgetter("forms"), judge_names),
    Comparison(("birth_date",), attrgetter("birth_dates"), judge_birth_date),
    Comparison(("sex",), _stated_sex, judge_sex),
    _numbers("phone", "phones", "p:", near=True),
    _numbers("address", "addresses", "a:"),
    _numbers("document", "documents", "o:", near=True),
    _numbers("biometric", "biometrics", "b:"),
    _numbers("collector_phone", "collector_phones", "c:"),
    _numbers("vehicle", "vehicles", "v:"),
)
"""The comparisons, in the order in which people read. `judge_names` gives `name_order` too where it says something."""


def missing(comparison: Comparison, left: Record, right: Record) -> tuple[Finding, ...]:
    """Say that one side is missing, and show what the other holds."""
    ours, theirs = (
        _shown(one.names if comparison.judge is judge_names else comparison.known(one)) for one in (left, right)
    )
    return tuple(Finding(name, MISSING, ours, theirs) for name in comparison.names)


def _shown(values: tuple[object, ...]) -> str:
    return ", ".join(value.whole if isinstance(value, PersonName) else str(value) for value in values)
