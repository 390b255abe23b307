"""Latent classes: people of several unnamed kinds, each seen by the lists in its own way and within a kind independently.

A Dirichlet process mixture cut off at so many classes, sampled by Gibbs in many chains side by side. The posterior often has
several modes; where the chains sit on different ones the answer says so and is not to be used. Source: Manrique-Vallier,
Biometrics 72 (2016) 1246-1254, whose priors these are (concentration Gamma(1/4, 1/4), capture chances uniform).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vangnet.knowledge.estimation.chains import posterior
from vangnet.knowledge.estimation.lattice import Floats
from vangnet.knowledge.estimation.resampling import Progress, nothing
from vangnet.knowledge.estimation.results import POSTERIOR, Options, Result, refused, unfounded
from vangnet.knowledge.estimation.tables import Table

SOURCE = "Manrique-Vallier, Biometrics 72 (2016) 1246-1254"
_SHAPE = _RATE = 0.25
_ROUNDS = 6000
_KEPT_FROM = 3000
_TOLD = 500
_SMALLEST = 1e-300


@dataclass
class _State:
    """Where the chains are: shares of the classes, chances per class and list, concentration, hidden count."""

    shares: Floats
    chances: Floats
    concentration: Floats


def latent_classes(table: Table, options: Options, *, progress: Progress = nothing) -> tuple[Result, ...]:
    """Sample the posterior of the hidden count; refused where no model may be fitted, with a warning where chains disagree."""
    parameters = {"classes": options.classes, "chains": options.chains, "seed": options.seed}
    if bar := unfounded(table):
        return (
            refused(
                "latent-classes", bar[0], code=bar[1], parameters=parameters, source=SOURCE, interval=POSTERIOR
            ),
        )
    rng = np.random.default_rng(options.seed)
    codes = np.array([code for code, count in enumerate(table.counts) if count])
    on = (codes[:, None] >> np.arange(len(table.lists)) & 1).astype(np.float64)
    counts = np.array([table.counts[code] for code in codes])
    state = _State(
        shares=rng.dirichlet(np.ones(options.classes), size=options.chains),
        chances=rng.uniform(0.01, 0.5, size=(options.chains, options.classes, len(table.lists))),
        concentration=np.ones(options.chains),
    )
    drawn = np.zeros((options.chains, _ROUNDS - _KEPT_FROM))
    for number in range(_ROUNDS):
        hidden = _round(rng, state, counts, on)
        if number >= _KEPT_FROM:
            drawn[:, number - _KEPT_FROM] = hidden
        if (number + 1) % _TOLD == 0:
            progress(number + 1, _ROUNDS)
    return (replace(posterior(table, drawn, method="latent-classes", source=SOURCE), parameters=parameters),)


def _round(rng: np.random.Generator, state: _State, counts: np.ndarray, on: Floats) -> Floats:
    """Go once through all that is unknown; gives the hidden count of every chain."""
    logs, missed = np.log(state.chances), np.log1p(-state.chances)
    fits = np.exp(logs @ on.T + missed @ (1 - on).T) * state.shares[:, :, None]
    members = rng.multinomial(counts, _chances(np.moveaxis(fits, 1, 2))).astype(np.float64)
    unseen = np.exp(missed.sum(axis=2)) * state.shares
    never = np.clip(unseen.sum(axis=1), _SMALLEST, 1 - 1e-9)
    hidden = rng.negative_binomial(counts.sum(), 1 - never)
    absent = rng.multinomial(hidden, _chances(unseen)).astype(np.float64)
    seen_on = np.einsum("cpk,pl->ckl", members, on)
    sizes = members.sum(axis=1) + absent
    state.chances = np.clip(rng.beta(1 + seen_on, 1 + sizes[:, :, None] - seen_on), 1e-9, 1 - 1e-9)
    _new_shares(rng, state, sizes)
    return np.asarray(hidden, np.float64)


def _chances(weights: Floats) -> Floats:
    whole = weights.sum(axis=-1, keepdims=True)
    even = np.full(weights.shape, 1 / weights.shape[-1])
    return np.where(whole > _SMALLEST, weights / np.maximum(whole, _SMALLEST), even)


def _new_shares(rng: np.random.Generator, state: _State, sizes: Floats) -> None:
    """Break the stick anew, and draw the concentration."""
    after = sizes[:, ::-1].cumsum(axis=1)[:, ::-1] - sizes
    broken = np.clip(rng.beta(1 + sizes, state.concentration[:, None] + after), 1e-12, 1 - 1e-12)
    broken[:, -1] = 1.0
    left = np.cumprod(1 - broken[:, :-1], axis=1)
    state.shares = broken * np.c_[np.ones(len(left)), left]
    rate = _RATE - np.log1p(-broken[:, :-1]).sum(axis=1)
    state.concentration = rng.gamma(_SHAPE + sizes.shape[1] - 1, 1 / rate)
