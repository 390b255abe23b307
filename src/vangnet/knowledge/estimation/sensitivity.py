"""How much the answer hangs on what nobody can check: the lists, the model, the threshold, the links, the assumption."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.bounds import spread_of
from vangnet.knowledge.estimation.linked import unlinkable
from vangnet.knowledge.estimation.links import corrected
from vangnet.knowledge.estimation.loglinear import ranked, stepwise
from vangnet.knowledge.estimation.models import Model
from vangnet.knowledge.estimation.results import Options, Result
from vangnet.knowledge.estimation.selection import Tried, score
from vangnet.knowledge.estimation.tables import Table, merged, within, without

THRESHOLDS = (0.0, 0.0001, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
ODDS_RATIOS = (0.25, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 4.0)
RECALLS = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
PRECISIONS = (1.0, 0.95, 0.9)
CLOSE_BIC = 10.0
"""Models within this of the best BIC are not told apart by the data: Kass and Raftery, JASA 90 (1995)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """One list taken as the whole population and estimated from the others; `inside` is None where that cannot be done.

    Source: Binette and Steorts, Journal of Survey Statistics and Methodology 10 (2022).
    """

    list: str
    truth: int
    result: Result

    @property
    def inside(self) -> bool | None:
        """Whether the interval holds the known size."""
        if self.result.lo is None or self.result.hi is None:
            return None
        return self.result.lo <= self.truth <= self.result.hi

    def as_row(self) -> dict[str, Any]:
        """Write it as a row."""
        return {"list": self.list, "truth": self.truth, "inside": self.inside, **row_of(self.result)}


def row_of(result: Result) -> dict[str, Any]:
    """Write the part of a result that a table of comparisons needs."""
    names = ("status", "code", "reason", "model", "estimate", "lo", "hi")
    return {name: getattr(result, name) for name in names}


def _quick(table: Table, options: Options) -> Result:
    return stepwise(table, options, profiled=False)[0]


def leave_one_out(table: Table, options: Options) -> list[dict[str, Any]]:
    """Estimate without each list in turn; whoever was on that list alone is then hidden too."""
    return [{"list": name, **row_of(_quick(without(table, name), options))} for name in table.lists]


def merge_pairs(table: Table, options: Options) -> list[dict[str, Any]]:
    """Estimate with each pair of lists taken as one."""
    return [
        {"lists": [one, other], **row_of(_quick(merged(table, one, other), options))}
        for one, other in combinations(table.lists, 2)
    ]


def threshold_path(table: Table, options: Options) -> list[dict[str, Any]]:
    """Estimate with other thresholds for the steps: where the answer jumps, it hangs on the threshold."""
    return [{"p": p, **row_of(_quick(table, replace(options, p=p)))} for p in THRESHOLDS]


def consistency(table: Table, options: Options) -> tuple[Consistency, ...]:
    """Take each list as the whole population and estimate it from the others."""
    return tuple(
        Consistency(list=name, truth=size, result=_quick(within(table, name), options))
        for name, size in table.sizes.items()
    )


def all_models(found: Iterable[Tried]) -> Mapping[str, Any]:
    """Say how far the estimates of all models lie apart, and of those that BIC does not tell from the best."""
    models = list(found)
    order = ranked(models, "bic")
    if not order:
        return {"tried": len(models), "carried": 0}
    close = [one for one in order if _of(one.bic) <= _of(order[0].bic) + CLOSE_BIC]
    every, near = (spread_of(np.array([_of(one.estimate) for one in some])) for some in (order, close))
    return {"tried": len(models), "carried": len(order), **every, "close_to_best": {"models": len(close), **near}}


def _of(number: float | None) -> float:
    assert number is not None  # noqa: S101 - only models with code 0 are ranked
    return number


def odds_ratio_curve(table: Table, hidden: float) -> list[dict[str, float]]:
    """Give the whole population if being on all lists at once were so many times as likely as assumed.

    The assumption that no odds ratio holds all lists at once cannot be tested: the missing count is what it would be
    tested on. An odds ratio of k makes the hidden count k times as large.
    """
    return [{"odds_ratio": ratio, "estimate": table.observed + ratio * hidden} for ratio in ODDS_RATIOS]


def linkage_error(table: Table, model: Model) -> list[dict[str, Any]]:
    """Estimate with the links corrected for their recall and precision, the model held."""
    return [_linked(table, model, recall, precision) for recall in RECALLS for precision in PRECISIONS]


def _linked(table: Table, model: Model, recall: float, precision: float) -> dict[str, Any]:
    row: dict[str, Any] = {"recall": recall, "precision": precision, "estimate": None, "reason": None}
    fixed = corrected(table.array, recall=recall, precision=precision)
    if reason := unlinkable(recall, sound=bool(fixed.sound[0])):
        return row | {"reason": reason}
    scores = score([model], fixed.counts)
    if code := scores.code(0, 0):
        return row | {"reason": sentences.CODES[code]}
    return row | {"estimate": float(fixed.counts.sum() + scores.hidden[0, 0])}
