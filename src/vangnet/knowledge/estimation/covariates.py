"""Log-linear models with covariates: people of other kinds are seen by other lists, and the strata add up to the whole.

Source: van der Heijden, Cruyff and others, e.g. Statistical Methods in Medical Research 21 (2012); Tilling and Sterne, American Journal
of Epidemiology 149 (1999). A parameter whose people were never seen is minus infinity, as without covariates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from scipy.special import ndtri

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.existence import Code
from vangnet.knowledge.estimation.formulas import Terms, default_formula, read_formula
from vangnet.knowledge.estimation.lattice import Floats
from vangnet.knowledge.estimation.poisson import DesignFit, fit_design
from vangnet.knowledge.estimation.results import Options, Result, barred, refused
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.terms import Reason, Words

SOURCE = "van der Heijden and others, Statistical Methods in Medical Research 21 (2012) 361-378"
_REACH = float(ndtri(0.975))

Cell = tuple[int, tuple[str, ...]]
"""A history and a combination of covariates."""


def covariates(table: Table, options: Options) -> tuple[Result, ...]:
    """Estimate with covariates: the whole and every stratum, which add up."""
    formula = options.formula or default_formula(table.lists, table.covariates)
    terms = read_formula(formula, (*table.lists, *table.covariates))
    parameters = {"formula": formula}
    if isinstance(terms, Reason):
        return (refused("covariates", terms.words, parameters=parameters, source=SOURCE),)
    if reason := barred(table):
        return (refused("covariates", reason, parameters=parameters, source=SOURCE),)
    found = _fitted(table, terms)
    if not isinstance(found, _Seen):
        code, reason = found
        return (refused("covariates", reason, code=code, parameters=parameters, source=SOURCE),)
    return (_answered(table, formula, found),)


def _answered(table: Table, formula: str, found: _Seen) -> Result:
    lo, whole, hi = (table.observed + one for one in _whole(found.hidden, found.fit))
    size, sample = len(found.fit.coefficients) + found.gone, math.log(table.observed)
    return Result(
        method="covariates",
        parameters={"formula": formula},
        model=formula,
        estimate=whole,
        lo=lo,
        hi=hi,
        aic=2 * size - 2 * found.fit.log_likelihood,
        bic=sample * size - 2 * found.fit.log_likelihood,
        source=SOURCE,
        more={"strata": _by_stratum(table, found.hidden, found.fit)},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A fit, the design of those whom nobody saw (one row per stratum), and how many parameters are minus infinity."""

    fit: DesignFit
    hidden: Floats
    gone: int


def _fitted(table: Table, terms: Terms) -> _Seen | tuple[Code, Words]:
    cells: list[Cell] = [(code, values) for values in _strata(table) for code in range(1, 1 << len(table.lists))]
    counts = np.array([_counts(table, values)[code] for code, values in cells], dtype=np.float64)
    columns = _columns(table, terms)
    design = _design(table, columns, cells)
    finite = (design * counts[:, None]).sum(axis=0) > 0
    kept = ~(design[:, ~finite] > 0).any(axis=1)
    found = fit_design(design[kept][:, finite], counts[kept])
    if not isinstance(found, DesignFit):
        return found, sentences.CODES[found]
    hidden = _design(table, columns, [(0, values) for values in _strata(table)])
    if (hidden[:, ~finite] > 0).any():
        return 0, sentences.EMPTY_STRATUM
    return _Seen(fit=found, hidden=hidden[:, finite], gone=int((~finite).sum()))


def _strata(table: Table) -> list[tuple[str, ...]]:
    return list(table.strata) or [()]


def _counts(table: Table, values: tuple[str, ...]) -> tuple[int, ...]:
    return table.strata.get(values, table.counts)


def _columns(table: Table, terms: Terms) -> list[Mapping[str, str]]:
    """Give the columns as what must hold: a list by its presence, a covariate by each level but its first."""
    levels = {name: ["1"] for name in table.lists}
    for at, name in enumerate(table.covariates):
        levels[name] = sorted({values[at] for values in table.strata})[1:]
    columns: list[Mapping[str, str]] = [{}]
    for term in terms:
        names = sorted(term)
        columns += [dict(zip(names, some, strict=True)) for some in product(*(levels[name] for name in names))]
    return columns


def _design(table: Table, columns: list[Mapping[str, str]], cells: list[Cell]) -> Floats:
    design = np.zeros((len(cells), len(columns)))
    for row, (code, values) in enumerate(cells):
        holds = {name: str(code >> at & 1) for at, name in enumerate(table.lists)}
        holds |= dict(zip(table.covariates, values, strict=True))
        design[row] = [all(holds[name] == level for name, level in column.items()) for column in columns]
    return design


def _whole(design: Floats, found: DesignFit) -> tuple[float, float, float]:
    """Give the hidden count of some strata together with its limits, by the delta method on its log."""
    hidden = np.exp(design @ found.coefficients)
    whole = float(hidden.sum())
    slope = hidden @ design / whole
    reach = _REACH * math.sqrt(float(slope @ found.covariance @ slope))
    return whole * math.exp(-reach), whole, whole * math.exp(reach)


def _by_stratum(table: Table, design: Floats, found: DesignFit) -> list[dict[str, Any]]:
    rows = []
    for at, values in enumerate(_strata(table)):
        seen = sum(_counts(table, values))
        lo, hidden, hi = (seen + one for one in _whole(design[at : at + 1], found))
        named = dict(zip(table.covariates, values, strict=True))
        rows.append({"stratum": named, "observed": seen, "estimate": hidden, "lo": lo, "hi": hi})
    return rows
