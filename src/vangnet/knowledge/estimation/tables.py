"""A table of capture histories: who is on which lists, counted. The lists stand sorted, so their order changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from vangnet.knowledge.estimation.lattice import Floats, lists_in, pairs, superset_sums
from vangnet.knowledge.terms import Reason

MOST_LISTS = 10
"""With more lists than this the table of all histories does not fit its purpose; merge lists first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The exact counts of people by capture history.

    `lists` are sorted; `counts` holds one number per code (see `lattice`), that of code 0 is always 0, because nobody
    has seen those who are on no list. `strata` gives the same counts per combination of covariates, if there are any.
    `notices` says what was odd and not wrong.
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]
    covariates: tuple[str, ...] = ()
    strata: Mapping[tuple[str, ...], tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[Reason, ...] = ()

    @property
    def observed(self) -> int:
        """How many people are on at least one list."""
        return sum(self.counts)

    @property
    def array(self) -> Floats:
        """The counts as one column of numbers, shape (2^lists, 1)."""
        return np.array(self.counts, dtype=np.float64)[:, None]

    def margin(self, code: int) -> int:
        """How many people are on all lists of a code, whatever else they are on."""
        return sum(count for at, count in enumerate(self.counts) if at & code == code)

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many people are on each list."""
        return {name: self.margin(1 << at) for at, name in enumerate(self.lists)}

    @property
    def overlaps(self) -> Mapping[tuple[str, str], int]:
        """How many people each pair of lists shares."""
        sums = superset_sums(self.array)[:, 0]
        return {self.pair(code): int(sums[code]) for code in pairs(len(self.lists))}

    @property
    def on_two_or_more(self) -> int:
        """How many people are on two or more lists."""
        return sum(count for code, count in enumerate(self.counts) if code.bit_count() > 1)

    def pair(self, code: int) -> tuple[str, str]:
        """Give the names of the two lists of a code."""
        one, other = lists_in(code)
        return self.lists[one], self.lists[other]


def table_of(lists: Iterable[str], rows: Iterable[tuple[Iterable[int], int]]) -> Table:
    """Make a table from histories (0 or 1 per list, in the order of `lists`) and their counts; nothing is checked."""
    names = tuple(lists)
    order = sorted(range(len(names)), key=lambda at: names[at])
    counts = [0] * (1 << len(names))
    for history, count in rows:
        marks = tuple(history)
        counts[sum(marks[at] << place for place, at in enumerate(order))] += count
    return Table(lists=tuple(names[at] for at in order), counts=tuple(counts))


def without(table: Table, name: str) -> Table:
    """Leave one list out; who was on that list alone is not observed any more."""
    at = table.lists.index(name)
    return _recoded(table, [place for place in range(len(table.lists)) if place != at], table.lists)


def merged(table: Table, one: str, other: str) -> Table:
    """Take two lists as one, called after both; who was on both is on it once."""
    left, right = table.lists.index(one), table.lists.index(other)
    joined = list(table.counts)
    for code, count in enumerate(table.counts):
        if code >> right & 1:
            joined[code] -= count
            joined[(code | 1 << left) & ~(1 << right)] += count
    names = tuple(f"{one}+{other}" if at == left else name for at, name in enumerate(table.lists))
    keep = [at for at in range(len(names)) if at != right]
    return _recoded(Table(lists=names, counts=tuple(joined)), keep, names)


def within(table: Table, name: str) -> Table:
    """Take the people on one list as the whole population, seen by the other lists."""
    at = table.lists.index(name)
    inside = tuple(count if code >> at & 1 else 0 for code, count in enumerate(table.counts))
    return without(Table(lists=table.lists, counts=inside), name)


def _recoded(table: Table, keep: list[int], names: tuple[str, ...]) -> Table:
    rows = ((tuple(code >> at & 1 for at in keep), count) for code, count in enumerate(table.counts))
    fresh = table_of([names[at] for at in keep], rows)
    return Table(lists=fresh.lists, counts=(0, *fresh.counts[1:]))
