"""Fit many log-linear models to many tables at once by extended maximum likelihood.

Newton's method on the Poisson likelihood, all columns together. Its step is shortened where a predictor would move
far, which for this likelihood is enough to never go uphill (Sun and Tran-Dinh, Math. Program. 178, 2019). A parameter whose
lists share nobody is minus infinity; the histories that hold it are dropped, and it counts as a parameter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vangnet.knowledge.estimation.lattice import Codes, Flags, Floats, subset_sums, superset_sums

FIRST = 25
"""Steps for a fit of which nothing is known yet. A proof is taken from no later one, before rounding can feign it."""

PATIENT = 400
"""Steps for a fit whose estimate is known to exist; a handful is usual."""

_CLOSE = 1e-7
_FAR = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """One column per fit: its table and its parameters.

    `counts` has shape (2^lists, fits), `terms` (fits, parameters) holds their codes and `present` says which of them
    the model has. `kept` marks the histories that are possible, `finite` the parameters that are not minus infinity.
    """

    counts: Floats
    terms: Codes
    present: Flags
    kept: Flags
    finite: Flags

    def only(self, which: NDArray[np.intp] | Flags) -> Tasks:
        """Keep some of the columns."""
        return Tasks(
            counts=self.counts[:, which],
            terms=self.terms[which],
            present=self.present[which],
            kept=self.kept[:, which],
            finite=self.finite[which],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """What came of each task: coefficients and expected counts, shape (2^lists, fits).

    `certain` is true where a step moved no predictor by half or more. Then the expected counts m times (1 + move) are a
    table without zeros that has the same sufficient statistics, which proves that the estimate exists. Elsewhere the
    linear programme has to say.
    """

    tasks: Tasks
    coefficients: Floats
    expected: Floats
    certain: Flags

    def only(self, which: Flags) -> Fits:
        """Keep some of the fits."""
        return Fits(
            tasks=self.tasks.only(which),
            coefficients=self.coefficients[:, which],
            expected=self.expected[:, which],
            certain=self.certain[which],
        )

    @property
    def hidden(self) -> Floats:
        """How many people are on no list, one number per fit."""
        hidden: Floats = np.exp(self.coefficients[0])
        return hidden

    @property
    def log_likelihood(self) -> Floats:
        """The Poisson log likelihood without the factorials of the counts, which no model changes."""
        counts = self.tasks.counts
        logs = np.log(np.where(counts > 0, self.expected, 1.0))
        likelihood: Floats = np.sum(counts * logs - self.expected, axis=0)
        return likelihood

    @property
    def parameters(self) -> NDArray[np.int64]:
        """How many parameters each model has, those at minus infinity included."""
        counted: NDArray[np.int64] = self.tasks.present.sum(axis=1)
        return counted

    def spread(self) -> Floats:
        """Give the standard error of the log of each hidden count, by the inverse of the information."""
        information = _information(self.tasks, superset_sums(self.expected))
        unit = np.zeros((*information.shape[:2], 1))
        unit[:, 0] = 1.0
        spread: Floats = np.sqrt(np.linalg.solve(information, unit)[:, 0, 0])
        return spread


def tasks_of(counts: Floats, terms: Codes, present: Flags) -> Tasks:
    """Lay out the fits: which parameters are minus infinity, and which histories that leaves."""
    margins = np.take_along_axis(superset_sums(counts).T, terms, axis=1)
    gone = present & (margins == 0)
    kept = np.ones(counts.shape, dtype=np.bool_)
    if gone.any():
        marks = np.zeros(counts.shape, dtype=np.int64)
        rows, columns = np.nonzero(gone)
        marks[terms[rows, columns], rows] = 1
        kept = subset_sums(marks) == 0
    kept[0] = False
    return Tasks(counts=counts, terms=terms, present=present, kept=kept, finite=present & ~gone)


def start_of(tasks: Tasks) -> Floats:
    """Give the coefficients under independence among those who were seen: near enough to begin."""
    sums = superset_sums(tasks.counts)
    total = sums[0]
    start = np.zeros(tasks.counts.shape)
    start[0] = np.log(total)
    for bit in range(len(tasks.counts).bit_length() - 1):
        start[1 << bit] = np.log(np.maximum(sums[1 << bit], 1e-9) / total)
    return start


def _information(tasks: Tasks, sums: Floats) -> Floats:
    """Give the Fisher information of each fit; parameters that are not there get a unit of their own."""
    fits, size = tasks.terms.shape
    places = (tasks.terms[:, :, None] | tasks.terms[:, None, :]) * fits
    places += np.arange(fits)[:, None, None]
    values: Floats = sums.ravel()[places]
    if not tasks.finite.all():
        values *= tasks.finite[:, :, None] & tasks.finite[:, None, :]
        values += np.eye(size) * ~tasks.finite[:, :, None]
    return values


def _step(tasks: Tasks, coefficients: Floats) -> tuple[Floats, Floats]:
    """Give the Newton step as coefficients, and how far it moves the predictor of any possible history."""
    means = np.exp(subset_sums(coefficients)) * tasks.kept
    sums = superset_sums(tasks.counts - means)
    columns = np.arange(means.shape[1])[:, None]
    gradient = np.where(tasks.finite, sums[tasks.terms, columns], 0.0)
    change = np.linalg.solve(_information(tasks, superset_sums(means)), gradient[:, :, None])[:, :, 0]
    step = np.zeros(means.shape)
    rows, places = np.nonzero(tasks.finite)
    step[tasks.terms[rows, places], rows] = change[rows, places]
    return step, np.max(np.abs(subset_sums(step)) * tasks.kept, axis=0)


def fit(tasks: Tasks, start: Floats | None = None, *, patient: bool = False) -> Fits:
    """Fit every task, from coefficients near its answer where they are known.

    Only tasks whose design has full rank may come here. Where the estimate does not exist every step moves some
    predictor by one or more, so the steps run out and the fit is not `certain`. `patient` goes on for long, where the
    estimate is known to exist.
    """
    coefficients = start_of(tasks) if start is None else start.copy()
    certain = np.zeros(coefficients.shape[1], dtype=np.bool_)
    at = np.arange(coefficients.shape[1])
    now = tasks
    for taken in range(PATIENT if patient else FIRST):
        step, moved = _step(now, coefficients[:, at])
        coefficients[:, at] += step * np.where(moved < _FAR, 1.0, np.log1p(moved) / np.maximum(moved, _FAR))
        certain[at] |= (moved < _FAR) & (taken < FIRST)
        going = moved > _CLOSE
        if not going.all():
            at, now = at[going], now.only(going)
        if not len(at):
            break
    expected = np.exp(subset_sums(coefficients)) * tasks.kept
    return Fits(tasks=tasks, coefficients=coefficients, expected=expected, certain=certain)
