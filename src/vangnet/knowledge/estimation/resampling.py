"""How far chance could have moved the estimate, the choice of the model included: the whole-selection bootstrap.

People are drawn again from those observed, the model is chosen again for every draw, and the spread of the estimates is
the answer. BCa corrects for bias and skewness; where its bias correction is large it asks for levels that the draws
cannot give, and such an end is refused. Sources: Chan, Silverman and Vincent, JASA 116 (2021); Silverman, Chan and
Vincent, Statistics and Computing 34 (2024) 44; DiCiccio and Efron, Statistical Science 11 (1996) 189-228.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.lattice import Floats
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.terms import Words

Estimator = Callable[[Floats], Floats]
"""Takes tables (one column each) and gives the hidden count of each, nan where there is none."""

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

FEWEST_BEYOND = 5
"""An end with fewer draws beyond it than this is a draw or two, not a quantile."""

LARGE_BIAS = 0.3
"""Past this bias correction the two intervals tell different stories, and the answer says so."""

_TOGETHER = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of an interval: its value and the level really used, or why it is refused."""

    value: float | None
    level: float
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampled:
    """What the draws gave. `totals` counts everybody, one number per draw in the order of drawing.

    A draw from which nothing can be estimated stands as infinite, above all others: it shows that the table could have
    come out so that no upper limit exists. `without` says how many there were.
    """

    estimate: float
    totals: tuple[float, ...]
    without: int
    bias: float
    acceleration: float
    percentile: tuple[End, End]
    bca: tuple[End, End]


def nothing(_done: int, _of: int) -> None:
    """Tell nobody."""


def draws_of(table: Table, draws: int, seed: int) -> Floats:
    """Draw tables of the same size from the people observed, shape (2^lists, draws); the same seed gives the same."""
    shares = np.array(table.counts, dtype=np.float64) / table.observed
    rng = np.random.default_rng(seed)
    return rng.multinomial(table.observed, shares, size=draws).T.astype(np.float64)


def resample(
    table: Table, hidden: float, estimator: Estimator, *, draws: int, seed: int, progress: Progress = nothing
) -> Resampled:
    """Draw, choose, estimate: `hidden` is the hidden count under the model chosen for the table itself."""
    drawn = draws_of(table, draws, seed)
    found = []
    for at in range(0, draws, _TOGETHER):
        found.append(estimator(drawn[:, at : at + _TOGETHER]))
        progress(min(at + _TOGETHER, draws), draws)
    totals = table.observed + np.concatenate(found)
    without = int(np.isnan(totals).sum())
    totals = np.where(np.isnan(totals), np.inf, totals)
    estimate = table.observed + hidden
    ranked = np.sort(totals)
    bias = float(ndtri(np.mean(totals < estimate)))
    acceleration = _acceleration(table, estimator)
    low, high = (_corrected(level, bias, acceleration) for level in (0.025, 0.975))
    return Resampled(
        estimate=estimate,
        totals=tuple(totals.tolist()),
        without=without,
        bias=bias,
        acceleration=acceleration,
        percentile=(_end(ranked, 0.025), _end(ranked, 0.975)),
        bca=(_end(ranked, low), _end(ranked, high)),
    )


def _acceleration(table: Table, estimator: Estimator) -> float:
    """Give the skewness of the estimate by leaving out one person of each history in turn; nan where one has none."""
    counts = table.array[:, 0]
    at = np.flatnonzero(counts)
    less = np.repeat(table.array, len(at), axis=1)
    less[at, np.arange(len(at))] -= 1
    totals = table.observed - 1 + estimator(less)
    weights = counts[at]
    away = np.sum(weights * totals) / table.observed - totals
    below = 6 * np.sum(weights * away**2) ** 1.5
    return float(np.sum(weights * away**3) / below) if below else 0.0


def _corrected(level: float, bias: float, acceleration: float) -> float:
    """Give the level that BCa takes in place of a nominal one."""
    moved = bias + float(ndtri(level))
    return float(ndtr(bias + moved / (1 - acceleration * moved)))


def _end(ranked: Floats, level: float) -> End:
    """Take a quantile, unless too few draws lie beyond it or it runs into draws without an estimate."""
    draws = len(ranked)
    if math.isnan(level) or min(level, 1 - level) * draws < FEWEST_BEYOND:
        return End(value=None, level=level, why=sentences.too_few_beyond(level, draws))
    value = quantile(ranked, level)
    if math.isinf(value):
        return End(value=None, level=level, why=sentences.NO_END)
    return End(value=value, level=level)


def quantile(ranked: Floats, level: float) -> float:
    """Give a quantile of sorted numbers, median-unbiased (type 8 of Hyndman and Fan 1996); infinite ones may be there."""
    place = level * (len(ranked) + 1 / 3) + 1 / 3 - 1
    below = min(max(math.floor(place), 0), len(ranked) - 1)
    above = min(below + 1, len(ranked) - 1)
    share = min(max(place - below, 0.0), 1.0)
    if not share or ranked[below] == ranked[above]:
        return float(ranked[below])
    return float(ranked[below] + share * (ranked[above] - ranked[below]))
