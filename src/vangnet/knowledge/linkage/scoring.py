"""Compare one encounter with others: Fellegi-Sunter weights whose parts add up."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from vangnet.knowledge.linkage.comparisons import COMPARISONS, RELATIONS, Comparison, Finding, in_family, missing
from vangnet.knowledge.linkage.model import RECURRING, Model, default_model, probability_of
from vangnet.knowledge.linkage.records import Record
from vangnet.knowledge.linkage.wording import words_of
from vangnet.knowledge.terms import Words

_MOST_BITS = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many records hold a blocking key, for the keys of the query at least, and of how many."""

    total: int = 0
    of: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


_NO_COUNTS = Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One comparison: its level, what stood on both sides, and its weight in bits; words for people.

    The levels `missing` and `recurring` count for nothing.
    """

    comparison: str
    level: str
    left: str
    right: str
    match_weight: float
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An encounter that may be of the same child. A person decides.

    `prior_weight` and the weights of the explanation add up to `match_weight` (bits); add them
    with `math.fsum`.
    """

    record_id: str
    match_weight: float
    probability: float
    explanation: tuple[Explained, ...]
    prior_weight: float


class _Weighed(NamedTuple):
    match_weight: float
    other: Record
    findings: list[tuple[Finding, float]]


def _share(term: tuple[str, ...], counts: Counts) -> float | None:
    """Give the share of records that hold the commonest of these keys; None where nobody counted."""
    known = [counts.of[key] for key in term if key in counts.of]
    return max(1, *known) / counts.total if known and counts.total else None


def _term_adjustment(finding: Finding, model: Model, counts: Counts) -> float:
    """Give the bits that a rarer (more) or commoner (less) value adds; the rarest that agreed counts."""
    strength = model.levels[finding.comparison][finding.level].term
    if not strength:
        return 0.0
    shares = [share for term in finding.terms if (share := _share(term, counts)) is not None]
    if not shares:
        return 0.0
    bits = math.log2(model.usual_frequency[finding.comparison] / min(shares))
    return strength * max(-_MOST_BITS, min(_MOST_BITS, bits))


def _is_recurring(finding: Finding, model: Model, counts: Counts) -> bool:
    """Whether what agreed stands around so many encounters that it is a service number or shared place."""
    return finding.comparison in RELATIONS and any(
        counts.of.get(key, 0) > model.recurring_above for term in finding.terms for key in term
    )


def _weigh(finding: Finding, model: Model, counts: Counts) -> tuple[Finding, float]:
    weight = model.weights[finding.comparison][finding.level]
    if not finding.terms or not counts.total:
        return finding, weight
    if _is_recurring(finding, model, counts):
        return finding._replace(level=RECURRING), 0.0
    return finding, weight + _term_adjustment(finding, model, counts)


def _weighed(query: Record, other: Record, known: Sequence[Comparison], model: Model, counts: Counts) -> _Weighed:
    found: list[Finding] = []
    for comparison in known:
        if comparison.known(other):
            found.extend(comparison.judge(query, other, model.weights))
    findings = [_weigh(finding, model, counts) for finding in in_family(found)]
    total = math.fsum([model.prior_weight, *[weight for _, weight in findings]])
    return _Weighed(total, other, findings)


def _in_table_order(query: Record, weighed: _Weighed) -> Iterator[tuple[Finding, float]]:
    """Give what was found and, where a side is missing, that."""
    for comparison in COMPARISONS:
        names = (*comparison.names, "name_order") if comparison is COMPARISONS[0] else comparison.names
        found = [one for one in weighed.findings if one[0].comparison in names]
        yield from found or ((gap, 0.0) for gap in missing(comparison, query, weighed.other))


def _explained(finding: Finding, weight: float) -> Explained:
    return Explained(
        comparison=finding.comparison,
        level=finding.level,
        left=finding.left,
        right=finding.right,
        match_weight=weight,
        words=words_of(finding.comparison, finding.level),
    )


def _candidate(query: Record, weighed: _Weighed, model: Model) -> Candidate:
    return Candidate(
        record_id=weighed.other.record_id,
        match_weight=weighed.match_weight,
        probability=probability_of(weighed.match_weight),
        explanation=tuple(_explained(*found) for found in _in_table_order(query, weighed)),
        prior_weight=model.prior_weight,
    )


def compare(
    query: Record,
    candidates: Sequence[Record],
    *,
    model: Model | None = None,
    counts: Counts = _NO_COUNTS,
    limit: int | None = None,
    least: float = 0.0,
) -> tuple[Candidate, ...]:
    """Weigh one encounter against others; the likeliest first, at most `limit` of them.

    What is less probable than `least` is left out before anything is explained.
    `counts` says how common names and numbers are; without it every value counts as usual, and
    a service number cannot be told from a phone. Equal weights stand in the order of their ids.
    """
    model = model or default_model()
    known = [comparison for comparison in COMPARISONS if comparison.known(query)]
    weighed = [_weighed(query, other, known, model, counts) for other in candidates]
    weighed.sort(key=lambda one: (-one.match_weight, one.other.record_id))
    return tuple(
        _candidate(query, one, model) for one in weighed[:limit] if probability_of(one.match_weight) >= least
    )
