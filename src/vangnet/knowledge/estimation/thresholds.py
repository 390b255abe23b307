"""Bayesian thresholding: every interaction first, with a prior that doubts it, then only those that stand out.

Interactions have a normal prior of variance one, the intercept and the lists a flat one. Interactions whose posterior mean
is less than two standard deviations from zero are taken out, and the rest is sampled again. Source: Silverman, Journal of
the Royal Statistical Society A 183 (2020) 691-736. Sampled by random-walk Metropolis in chains side by side.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from vangnet.knowledge.estimation.chains import posterior
from vangnet.knowledge.estimation.lattice import Floats, pairs, singles
from vangnet.knowledge.estimation.models import Model, inside, write_model
from vangnet.knowledge.estimation.resampling import Progress, nothing
from vangnet.knowledge.estimation.results import POSTERIOR, Options, Result, refused, unfounded
from vangnet.knowledge.estimation.tables import Table

SOURCE = "Silverman, Journal of the Royal Statistical Society A 183 (2020) 691-736"
STANDING_OUT = 2.0
_ROUNDS = 12_000
_KEPT_FROM = 4000
_NEWTON = 60
_FLAT = 1e-8
_FAR = 0.5
_HIGHEST = 600.0
"""A step that would expect more people than a number can hold is refused like any that is far too high."""


def bayes_threshold(table: Table, options: Options, *, progress: Progress = nothing) -> tuple[Result, ...]:
    """Threshold the pairs, and with `max_order` 3 the triples whose pairs all stay; then sample what is left."""
    parameters = {"max_order": options.max_order, "chains": options.chains, "seed": options.seed}
    if bar := unfounded(table):
        return (
            refused(
                "bayes-threshold", bar[0], code=bar[1], parameters=parameters, source=SOURCE, interval=POSTERIOR
            ),
        )
    rng = np.random.default_rng(options.seed)
    lists = len(table.lists)
    model = _standing(table, pairs(lists), pairs(lists), rng, options)
    progress(1, 3)
    if options.max_order >= 3:
        triples = tuple(code for code in _triples(lists) if set(inside(code)) - {code} <= set(model))
        model = _standing(table, tuple(sorted((*model, *triples))), triples, rng, options)
    progress(2, 3)
    effects = _sampled(table, model, rng, options)
    progress(3, 3)
    found = posterior(table, np.exp(effects[:, :, 0]), method="bayes-threshold", source=SOURCE)
    return (replace(found, parameters=parameters, model=write_model(model, table.lists)),)


def _triples(lists: int) -> list[int]:
    return [sum(1 << at for at in some) for some in combinations(range(lists), 3)] if lists > 3 else []


def _standing(
    table: Table, model: Model, doubted: tuple[int, ...], rng: np.random.Generator, options: Options
) -> Model:
    """Leave out the doubted interactions that do not stand out."""
    if not doubted:
        return model
    effects = _sampled(table, model, rng, options)
    first = 1 + len(table.lists)
    flat = effects.reshape(-1, effects.shape[2])
    ratio = np.abs(flat.mean(axis=0)) / flat.std(axis=0)
    return tuple(code for at, code in enumerate(model) if code not in doubted or ratio[first + at] >= STANDING_OUT)


def _sampled(table: Table, model: Model, rng: np.random.Generator, options: Options) -> Floats:
    """Sample the effects of a model, shape (chains, kept rounds, effects); the first is the log of the hidden count."""
    terms = np.array((0, *singles(len(table.lists)), *model))
    codes = np.arange(1, 1 << len(table.lists))[:, None]
    design: Floats = ((codes & terms) == terms).astype(np.float64)
    counts = table.array[1:, 0]
    precision = np.where(np.arange(len(terms)) > len(table.lists), 1.0, _FLAT)
    mode, spread = _mode(design, counts, precision)
    scale = np.linalg.cholesky(spread) * 2.38 / np.sqrt(len(terms))
    now = mode + rng.standard_normal((options.chains, len(terms))) @ scale.T
    height = _height(now, design, counts, precision)
    kept = np.zeros((options.chains, _ROUNDS - _KEPT_FROM, len(terms)))
    for number in range(_ROUNDS):
        tried = now + rng.standard_normal(now.shape) @ scale.T
        risen = _height(tried, design, counts, precision)
        taken = np.log(rng.random(len(now))) < risen - height
        now = np.where(taken[:, None], tried, now)
        height = np.where(taken, risen, height)
        if number >= _KEPT_FROM:
            kept[:, number - _KEPT_FROM] = now
    return kept


def _height(effects: Floats, design: Floats, counts: Floats, precision: Floats) -> Floats:
    """Give the log posterior up to a constant, one per chain."""
    predicted = effects @ design.T
    height: Floats = (
        predicted @ counts - np.exp(np.minimum(predicted, _HIGHEST)).sum(axis=1) - (effects**2 @ precision) / 2
    )
    return height


def _mode(design: Floats, counts: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Give where the posterior is highest, and the inverse of its curvature there."""
    mode: Floats = np.asarray(np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0], np.float64)
    for _ in range(_NEWTON):
        means = np.exp(design @ mode)
        curve = design.T @ (means[:, None] * design) + np.diag(precision)
        step = np.linalg.solve(curve, design.T @ (counts - means) - precision * mode)
        moved = float(np.abs(design @ step).max())
        mode = mode + step * (1.0 if moved < _FAR else np.log1p(moved) / moved)
    return mode, np.asarray(np.linalg.inv(curve), np.float64)
