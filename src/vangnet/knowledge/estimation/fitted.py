"""One model fitted to one table, or the reason why it cannot be; the numbers that come with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, gammaln, ndtri

from vangnet.knowledge.estimation.existence import Code, code_of
from vangnet.knowledge.estimation.fitting import Fits, Tasks, fit, tasks_of
from vangnet.knowledge.estimation.lattice import Floats
from vangnet.knowledge.estimation.models import Model, terms_of
from vangnet.knowledge.estimation.tables import Table

_HALVINGS = 50
_WIDEST = 60.0
"""On the log scale; so far out an overlap that was seen is impossible, so the likelihood has long come down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """One fit that exists and is the only one. Counts are of people; `log_se` is of the log of the hidden count.

    `estimate` is the whole population, those observed included. `aic` and `bic` count parameters at minus infinity;
    `bic` takes the number of people observed as its sample size, as Rcapture does.
    """

    table: Table
    model: Model
    hidden: float
    log_se: float
    aic: float
    bic: float
    expected: tuple[float, ...]
    fits: Fits

    @property
    def estimate(self) -> float:
        """The whole population: observed and hidden."""
        return self.table.observed + self.hidden

    def wald(self, level: float = 0.95) -> tuple[float, float]:
        """Give the interval that is symmetric on the log of the hidden count."""
        reach = float(ndtri((1 + level) / 2)) * self.log_se
        return (
            self.table.observed + self.hidden * math.exp(-reach),
            self.table.observed + self.hidden * math.exp(reach),
        )


def constant(counts: Floats) -> Floats:
    """Give what the factorials of the counts take from a Poisson log likelihood, one number per column."""
    taken: Floats = gammaln(counts + 1).sum(axis=0)
    return taken


def fit_model(table: Table, model: Model) -> Fitted | Code:
    """Fit one model by extended maximum likelihood, or give the code that says why the table cannot carry it."""
    code = code_of(model, table.array[:, 0] > 0)
    if code:
        return code
    terms = np.array([terms_of(model, len(table.lists))])
    found = fit(tasks_of(table.array, terms, np.ones(terms.shape, dtype=np.bool_)), patient=True)
    likelihood = float(found.log_likelihood[0] - constant(table.array)[0])
    size = int(found.parameters[0])
    return Fitted(
        table=table,
        model=model,
        hidden=float(found.hidden[0]),
        log_se=float(found.spread()[0]),
        aic=2 * size - 2 * likelihood,
        bic=size * math.log(table.observed) - 2 * likelihood,
        expected=tuple(float(mean) for mean in found.expected[:, 0]),
        fits=found,
    )


def profile(fitted: Fitted, level: float = 0.95) -> tuple[float, float]:
    """Give the interval in which the profile likelihood of the hidden count stays high enough.

    Source: Cormack, Biometrics 48 (1992) 567-576, on the Poisson likelihood. Both ends are found by halving.
    """
    drop = float(chdtri(1, 1 - level)) / 2
    top = fitted.fits.log_likelihood[0]
    centre = math.log(fitted.hidden)
    near, far = np.array([centre, centre]), np.array([centre - _WIDEST, centre + _WIDEST])
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        high = top - _profiled(fitted, middle) < drop
        near, far = np.where(high, middle, near), np.where(high, far, middle)
    low, up = fitted.table.observed + np.exp(near)
    return float(low), float(up)


def _profiled(fitted: Fitted, log_hidden: Floats) -> Floats:
    """Give the highest log likelihood with the hidden count held, one number per held value."""
    tasks = fitted.fits.tasks
    columns = np.zeros(len(log_hidden), dtype=np.intp)
    finite = tasks.finite[columns].copy()
    finite[:, 0] = False
    held = Tasks(
        counts=tasks.counts[:, columns],
        terms=tasks.terms[columns],
        present=tasks.present[columns],
        kept=tasks.kept[:, columns],
        finite=finite,
    )
    start = fitted.fits.coefficients[:, columns].copy()
    start[0] = log_hidden
    return fit(held, start, patient=True).log_likelihood
