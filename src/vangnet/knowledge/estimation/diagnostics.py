"""What a table can carry, in figures and words: its lists, its overlaps, which models exist, and where a model fits badly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import sqrt
from typing import Any

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.fitted import Fitted
from vangnet.knowledge.estimation.lattice import lists_in
from vangnet.knowledge.estimation.selection import Tried
from vangnet.knowledge.estimation.tables import Table

_WORST = 5


def diagnostics(table: Table) -> dict[str, Any]:
    """Describe the table: how many people each list holds and each pair shares, and what is odd."""
    return {
        "sizes": dict(table.sizes),
        "overlaps": [{"lists": list(pair), "shared": shared} for pair, shared in table.overlaps.items()],
        "on_two_or_more": table.on_two_or_more,
        "notices": [{"code": one.code, "words": one.words} for one in table.notices],
    }


def codes(found: Iterable[Tried]) -> dict[str, Any]:
    """Count how many models the table carries, and for how many the estimate does not exist or is not the only one."""
    counted: Counter[int] = Counter(one.code for one in found)
    return {
        "tried": sum(counted.values()),
        "by_code": {str(code): counted[code] for code in range(4)},
        "words": {str(code): sentences.CODES[code] for code in (1, 2, 3)},
    }


def residuals(fitted: Fitted) -> list[dict[str, Any]]:
    """Give the histories where a model is furthest off, in Pearson residuals."""
    found: list[tuple[float, dict[str, Any]]] = []
    for code, (count, mean) in enumerate(zip(fitted.table.counts, fitted.expected, strict=True)):
        if mean > 0:
            on = ":".join(fitted.table.lists[at] for at in lists_in(code))
            off = (count - mean) / sqrt(mean)
            found.append((-abs(off), {"on": on, "observed": count, "expected": mean, "pearson": off}))
    return [row for _, row in sorted(found, key=lambda one: (one[0], one[1]["on"]))[:_WORST]]
