"""Try every model of a class on a table, or on thousands of tables, and choose by AIC or BIC.

A model that a table cannot carry has no numbers and is never chosen. Source: Silverman, Chan and Vincent, Statistics and
Computing 34 (2024) 44; the sample size of BIC is the number of people observed, as in Rcapture and in that paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from vangnet.knowledge.estimation.existence import Code, code_of
from vangnet.knowledge.estimation.fitted import constant
from vangnet.knowledge.estimation.fitting import Tasks, tasks_of
from vangnet.knowledge.estimation.lattice import Codes, Flags, Floats
from vangnet.knowledge.estimation.models import Model, terms_of
from vangnet.knowledge.estimation.soundness import fit_sound
from vangnet.knowledge.estimation.tables import Table

Criterion = Literal["aic", "bic"]
_TOGETHER = 256
_CODES: tuple[Code, ...] = (0, 1, 2, 3)
_ALIKE = 9
"""Criteria that agree in so many decimals are equal; the model that comes first in the enumeration is then taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What every model gives for every table, shape (tables, models); nan where the table cannot carry the model.

    `codes` says why (see `existence`). `log_se` is of the log of the hidden count.
    """

    codes: NDArray[np.int64]
    hidden: Floats
    log_se: Floats
    aic: Floats
    bic: Floats

    def code(self, table: int, model: int) -> Code:
        """Give the code of one model on one table."""
        return _CODES[int(self.codes[table, model])]

    def best(self, by: Criterion) -> NDArray[np.intp]:
        """Give for each table the position of the best model, -1 where there is none."""
        values = np.round(self.aic if by == "aic" else self.bic, _ALIKE)
        ranked = np.where(np.isnan(values), np.inf, values)
        best = ranked.argmin(axis=1)
        return np.where(np.isfinite(ranked[np.arange(len(best)), best]), best, -1)

    def chosen(self, by: Criterion) -> Floats:
        """Give for each table the hidden count under its best model, nan where there is none."""
        best = self.best(by)
        return np.where(best >= 0, self.hidden[np.arange(len(best)), best], np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One model tried on one table: its code and, where that is 0, its figures. `estimate` counts everybody."""

    model: Model
    code: Code
    estimate: float | None
    lo: float | None
    hi: float | None
    aic: float | None
    bic: float | None


def score(models: Sequence[Model], counts: Floats) -> Scores:
    """Fit every model to every table (one column each); only existence and rank decide what is left out."""
    lists = len(counts).bit_length() - 1
    shape = (counts.shape[1], len(models))
    codes, hidden = np.zeros(shape, dtype=np.int64), np.full(shape, np.nan)
    log_se, aic, bic = (np.full(shape, np.nan) for _ in range(3))
    taken, sizes = constant(counts), counts.sum(axis=0)
    for which, tables in _batches(shape, [len(model) for model in models]):
        tasks = tasks_of(counts[:, tables], *_terms([models[at] for at in which], lists))
        sound, fits = fit_sound(tasks)
        for at, code in _why_not(tasks, sound):
            codes[tables[at], which[at]] = code
        rows, columns = tables[sound], which[sound]
        hidden[rows, columns], log_se[rows, columns] = fits.hidden, fits.spread()
        deviance = 2 * (taken[rows] - fits.log_likelihood)
        aic[rows, columns] = deviance + 2 * fits.parameters
        bic[rows, columns] = deviance + np.log(sizes[rows]) * fits.parameters
    return Scores(codes=codes, hidden=hidden, log_se=log_se, aic=aic, bic=bic)


def _batches(shape: tuple[int, int], sizes: list[int]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Give models and tables in pairs, some hundreds at a time, models of one size together."""
    ordered = np.argsort(np.array(sizes), kind="stable")
    which = np.repeat(ordered, shape[0])
    tables = np.tile(np.arange(shape[0]), shape[1])
    for at in range(0, len(which), _TOGETHER):
        yield which[at : at + _TOGETHER], tables[at : at + _TOGETHER]


def _terms(models: Sequence[Model], lists: int) -> tuple[Codes, NDArray[np.bool_]]:
    widest = max(len(model) for model in models) + lists + 1
    terms = np.zeros((len(models), widest), dtype=np.int64)
    present = np.zeros(terms.shape, dtype=np.bool_)
    for row, model in enumerate(models):
        own = terms_of(model, lists)
        terms[row, : len(own)] = own
        present[row, : len(own)] = True
    return terms, present


def _why_not(tasks: Tasks, sound: Flags) -> Iterator[tuple[int, Code]]:
    """Give each task that a table cannot carry, with its code."""
    for at in np.flatnonzero(~sound):
        model = tuple(sorted(int(term) for term in tasks.terms[at][tasks.present[at]] if term.bit_count() > 1))
        yield int(at), code_of(model, tasks.counts[:, at] > 0)


def enumerate_models(table: Table, models: Sequence[Model]) -> tuple[Tried, ...]:
    """Try every model on one table; Wald 95 % on the log of the hidden count."""
    scores = score(models, table.array)
    reach = float(ndtri(0.975))
    found = []
    for at, model in enumerate(models):
        code, hidden, log_se = scores.code(0, at), scores.hidden[0, at], scores.log_se[0, at]
        numbers = (hidden, hidden * np.exp(-reach * log_se), hidden * np.exp(reach * log_se))
        estimate, lo, hi = (None if code else table.observed + float(number) for number in numbers)
        aic, bic = (None if code else float(values[0, at]) for values in (scores.aic, scores.bic))
        found.append(Tried(model=model, code=code, estimate=estimate, lo=lo, hi=hi, aic=aic, bic=bic))
    return tuple(found)
