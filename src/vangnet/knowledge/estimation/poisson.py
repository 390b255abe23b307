"""A Poisson log-linear model with any design: for covariates and for bounds, where the columns are not lists alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from vangnet.knowledge.estimation.existence import Code, interior
from vangnet.knowledge.estimation.lattice import Floats

_STEPS = 60
_FAR = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFit:
    """A fit that exists and is the only one; `covariance` is of the coefficients, by the inverse information."""

    coefficients: Floats
    covariance: Floats
    expected: Floats
    log_likelihood: float

    @property
    def aic(self) -> float:
        """Akaike's criterion, from the whole Poisson likelihood as R's glm has it."""
        return 2 * len(self.coefficients) - 2 * self.log_likelihood


def fit_design(design: Floats, counts: Floats) -> DesignFit | Code:
    """Fit one design of shape (rows, parameters) to its counts, or say why it cannot be (see `existence`)."""
    loose = np.linalg.matrix_rank(design) < design.shape[1]
    if not interior(design, counts > 0):
        return 3 if loose else 1
    if loose:
        return 2
    coefficients: Floats = np.asarray(np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0], np.float64)
    for _ in range(_STEPS):
        means = np.exp(design @ coefficients)
        step = np.linalg.solve(design.T @ (means[:, None] * design), design.T @ (counts - means))
        moved = float(np.abs(design @ step).max())
        coefficients = coefficients + step * (1.0 if moved < _FAR else np.log1p(moved) / moved)
    means = np.exp(design @ coefficients)
    logs = np.log(np.where(counts > 0, means, 1.0))
    covariance: Floats = np.asarray(np.linalg.inv(design.T @ (means[:, None] * design)), np.float64)
    return DesignFit(
        coefficients=coefficients,
        covariance=covariance,
        expected=means,
        log_likelihood=float(np.sum(counts * logs - means - gammaln(counts + 1))),
    )
