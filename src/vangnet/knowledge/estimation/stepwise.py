"""Choose a model step by step, for thousands of tables at once: the list pair that surprises most comes in next.

For every pair that is not in the model, the number of people on both lists is held against its expected number under the
model; the smallest one-sided Poisson p-value comes in, if it lies below the threshold and the table carries the larger
model. Source: Chan, Silverman and Vincent, JASA 116 (2021) 1297-1306, and their SparseMSE 2.0.1. Unlike that package the
main effects are checked too, and equal p-values are told apart by their logarithms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, pdtr, pdtrc

from vangnet.knowledge.estimation.fitting import tasks_of
from vangnet.knowledge.estimation.lattice import Codes, Flags, Floats, pairs, singles, superset_sums
from vangnet.knowledge.estimation.soundness import fit_sound

_TOGETHER = 512
_TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where the steps led, one row per table: the pairs in the order they came (-1 is none) and the hidden count.

    `hidden` is nan where not even the main effects can be estimated.
    """

    order: Codes
    hidden: Floats

    def model(self, at: int) -> tuple[int, ...]:
        """Give the model of one table."""
        return tuple(sorted(int(code) for code in self.order[at] if code > 0))


def log_p_values(shared: Floats, means: Floats) -> Floats:
    """Give the log of the smaller one-sided Poisson p-value of each count under its mean."""
    below = pdtr(shared, means)
    above = np.where(shared > 0, pdtrc(np.maximum(shared - 1, 0), means), 1.0)
    smaller = np.minimum(below, above)
    safe = np.maximum(means, _TINY)
    leading = shared * np.log(safe) - safe - gammaln(shared + 1)  # where the sum itself is too small to hold
    logs: Floats = np.where(smaller > 0, np.log(np.maximum(smaller, _TINY)), leading)
    return logs


class _Walk:
    """A batch of tables on their way: what each model holds by now, and how it fits."""

    def __init__(self, counts: Floats) -> None:
        self.lists = len(counts).bit_length() - 1
        self.counts = counts
        self.pairs = np.array(pairs(self.lists), dtype=np.int64)
        self.shared = superset_sums(counts)[self.pairs].T
        self.order = np.full(self.shared.shape, -1, dtype=np.int64)
        self.coefficients = np.zeros(counts.shape)
        self.expected = np.zeros(counts.shape)
        self.hidden = np.full(counts.shape[1], np.nan)
        self.taken = 0
        self.going = np.arange(counts.shape[1])
        self.going = self.going[self._fitted(self.going, self._terms(self.going), None)]

    def _terms(self, at: NDArray[np.intp]) -> Codes:
        base = np.array((0, *singles(self.lists)), dtype=np.int64)
        return np.hstack([np.broadcast_to(base, (len(at), len(base))), self.order[at, : self.taken]])

    def _fitted(self, at: NDArray[np.intp], terms: Codes, start: Floats | None) -> Flags:
        """Fit these models and keep what is sound; gives which are."""
        tasks = tasks_of(self.counts[:, at], terms, np.ones(terms.shape, dtype=np.bool_))
        sound, fits = fit_sound(tasks, start)
        good = at[sound]
        self.coefficients[:, good] = fits.coefficients
        self.expected[:, good] = fits.expected
        self.hidden[good] = fits.hidden
        return sound

    def step(self, threshold: float) -> None:
        """Let every table that is still going take its next pair; those without one stop."""
        means = superset_sums(self.expected[:, self.going])[self.pairs].T
        log_p = log_p_values(self.shared[self.going], means)
        for past in range(self.taken):
            log_p[self.pairs == self.order[self.going, past][:, None]] = 0.0
        moved = np.zeros(len(self.going), dtype=np.bool_)
        waiting = np.arange(len(self.going))
        while len(waiting):
            best = log_p[waiting].argmin(axis=1)
            below = log_p[waiting, best] < threshold
            waiting, best = waiting[below], best[below]
            good = self._take(self.going[waiting], best)
            moved[waiting[good]] = True
            log_p[waiting[~good], best[~good]] = 0.0
            waiting = waiting[~good]
        self.taken += 1
        self.going = self.going[moved]

    def _take(self, at: NDArray[np.intp], which: NDArray[np.intp]) -> Flags:
        """Try one pair for each table, from where its last fit left off."""
        codes = self.pairs[which]
        columns = np.arange(len(at))
        means = superset_sums(self.expected[:, at])[codes, columns]
        start = self.coefficients[:, at].copy()
        shared = self.shared[at, which]
        start[codes, columns] = np.where(shared > 0, np.log(np.maximum(shared, 1)) - np.log(means), 0.0)
        good = self._fitted(at, np.hstack([self._terms(at), codes[:, None]]), start)
        self.order[at[good], self.taken] = codes[good]
        return good


def stepwise_many(counts: Floats, p: float) -> Paths:
    """Walk every table (one column each, shape (2^lists, tables)) to its model; `p` is the threshold, 0 adds nothing."""
    found = [_walked(counts[:, at : at + _TOGETHER], p) for at in range(0, counts.shape[1], _TOGETHER)]
    return Paths(
        order=np.vstack([one.order for one in found]), hidden=np.concatenate([one.hidden for one in found])
    )


def _walked(counts: Floats, p: float) -> Paths:
    walk = _Walk(np.ascontiguousarray(counts))
    threshold = float(np.log(p)) if p > 0 else -np.inf
    while len(walk.going) and walk.taken < len(walk.pairs):
        walk.step(threshold)
    return Paths(order=walk.order, hidden=walk.hidden)
