"""What can be said without choosing a model: a lower bound, and two lists alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from vangnet.knowledge.estimation.lattice import Floats, singles
from vangnet.knowledge.estimation.poisson import DesignFit, fit_design
from vangnet.knowledge.estimation.tables import Table

_REACH = float(ndtri(0.975))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number of people with its 95 % interval, those observed included."""

    estimate: float
    lo: float
    hi: float


def chao(table: Table) -> Bound | None:
    """Give Chao's lower bound under lists of unequal reach and people of unequal visibility; None where f2 is zero.

    The model Mth of Rcapture ("Mth Chao (LB)"): main effects of the lists, and one free effect for being on exactly
    j lists for every j of three or more; an effect that would be negative is left out. Sources: Chao, Biometrics 43 (1987) 783-791;
    Rivest and Baillargeon, Biometrics 63 (2007) 999-1006.
    """
    lists = len(table.lists)
    codes = np.arange(1, 1 << lists)
    counts = table.array[1:, 0]
    sizes = np.array([int(code).bit_count() for code in codes])
    if not counts[sizes == 2].sum():
        return None
    base = np.c_[np.ones(len(codes)), (codes[:, None] & np.array(singles(lists)) > 0).astype(np.float64)]
    more = [size for size in range(3, lists + 1) if counts[sizes == size].sum()]
    while True:
        found = fit_design(np.c_[base, *[sizes == size for size in more]], counts)
        if not isinstance(found, DesignFit):
            return None
        below = [size for size, effect in zip(more, found.coefficients[lists + 1 :], strict=True) if effect < 0]
        if not below:
            break
        more = [size for size in more if size not in below]
    return _around(table.observed, float(np.exp(found.coefficients[0])), math.sqrt(found.covariance[0, 0]))


def chapman(table: Table, one: str, other: str) -> Bound | None:
    """Estimate from two lists alone, taking them as independent; None where they share nobody.

    Source: Chapman 1951 with the variance of Seber 1970; the interval is log-normal around those not seen (Chao 1987).
    """
    first, second = table.sizes[one], table.sizes[other]
    both = next(shared for pair, shared in table.overlaps.items() if set(pair) == {one, other})
    if not both:
        return None
    whole = (first + 1) * (second + 1) / (both + 1) - 1
    spread = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    hidden = max(whole - seen, 0.0)
    if not hidden:
        return Bound(estimate=float(seen), lo=float(seen), hi=float(seen))
    return _around(seen, hidden, math.sqrt(math.log1p(spread / hidden**2)))


def _around(seen: int, hidden: float, log_se: float) -> Bound:
    reach = _REACH * log_se
    return Bound(estimate=seen + hidden, lo=seen + hidden * math.exp(-reach), hi=seen + hidden * math.exp(reach))


def rounded(number: float, figures: int = 2) -> int:
    """Round a number of people to so many figures, as it is said in words."""
    if number <= 0:
        return 0
    digits = figures - 1 - math.floor(math.log10(number))
    return int(round(number, digits)) if digits < 0 else round(number)


def rounded_down(number: float, figures: int = 2) -> int:
    """Round a number of people down, as for what is said to hold in any case."""
    unit = 10 ** max(len(str(int(number))) - figures, 0)
    return int(number // unit * unit)


def spread_of(values: Floats) -> dict[str, float]:
    """Give the smallest, the quartiles and the largest of some estimates."""
    marks = np.quantile(values, [0, 0.25, 0.5, 0.75, 1])
    return dict(zip(("min", "q1", "median", "q3", "max"), (float(mark) for mark in marks), strict=True))
