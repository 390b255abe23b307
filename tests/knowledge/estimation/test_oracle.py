"""Against other people's code: statsmodels fits the same models, and the plainest possible steps take the same path."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from mse import NAMES, UP_TO_FIVE, table_named
from vangnet.knowledge.estimation import Fitted, Table, code_of, fit_model, hierarchical_models, stepwise_many
from vangnet.knowledge.estimation.existence import reduced
from vangnet.knowledge.estimation.lattice import pairs
from vangnet.knowledge.estimation.models import terms_of
from vangnet.knowledge.estimation.poisson import DesignFit, fit_design
from vangnet.knowledge.estimation.resampling import draws_of


def glm(counts: np.ndarray, model: tuple[int, ...]) -> tuple[sm.GLM, np.ndarray]:
    lists = len(counts).bit_length() - 1
    terms, kept = reduced(terms_of(model, lists), counts > 0)
    rows = np.array(kept)
    design = ((rows[:, None] & np.array(terms)) == np.array(terms)).astype(float)
    with warnings.catch_warnings():  # it warns of a saturated model and of a perfect fit; both occur and are right
        warnings.simplefilter("ignore")
        fitted = sm.GLM(counts[rows], design, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200)
    means = np.zeros(len(counts))
    means[rows] = fitted.mu
    return fitted, means


@pytest.mark.parametrize("name", UP_TO_FIVE)
def test_statsmodels_gives_the_same_to_eight_figures(name: str) -> None:
    table = table_named(name)
    models = hierarchical_models(len(table.lists), 3)
    assert isinstance(models, list)
    compared = 0
    for model in models[:: max(1, len(models) // 40)]:
        mine = fit_model(table, model)
        if not isinstance(mine, Fitted):
            continue
        theirs, _ = glm(table.array[:, 0], model)
        assert mine.hidden == pytest.approx(float(np.exp(theirs.params[0])), rel=1e-8)
        assert mine.log_se == pytest.approx(float(theirs.bse[0]), rel=1e-6)
        gone = len(terms_of(model, len(table.lists))) - len(theirs.params)
        assert mine.aic == pytest.approx(theirs.aic + 2 * gone, rel=1e-8)
        compared += 1
    assert compared >= 4


def plain_steps(counts: np.ndarray, p: float) -> tuple[int, ...]:
    """Take the steps as the paper words them: every pair tested for existence at every step, none remembered."""
    lists = len(counts).bit_length() - 1
    codes = np.arange(len(counts))
    model: tuple[int, ...] = ()
    while True:
        _, means = glm(counts, model)
        found = []
        for pair in pairs(lists):
            if pair in model or code_of(tuple(sorted((*model, pair))), counts > 0):
                continue
            inside = codes & pair == pair
            seen, mean = counts[inside].sum(), means[inside].sum()
            found.append((min(poisson.cdf(seen, mean), poisson.sf(seen - 1, mean)), pair))
        if not found or min(found)[0] >= p:
            return model
        model = tuple(sorted((*model, min(found)[1])))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"NewOrl", "NewOrl_v2"}])
@pytest.mark.parametrize("p", [0.001, 0.02, 0.2])
def test_the_steps_are_those_of_brute_force(name: str, p: float) -> None:
    counts = table_named(name).array
    assert stepwise_many(counts, p).model(0) == plain_steps(counts[:, 0], p)


@pytest.mark.parametrize("name", ["UKdat_5", "NewOrl_5", "Western", "Korea"])
def test_the_steps_of_drawn_tables_are_those_of_brute_force(name: str) -> None:
    drawn = draws_of(table_named(name), 6, seed=3)
    paths = stepwise_many(drawn, 0.02)
    compared = 0
    for at in range(drawn.shape[1]):
        if (drawn[[1 << bit for bit in range(len(drawn).bit_length() - 1)], at] == 0).any():
            continue
        if np.isnan(paths.hidden[at]):
            assert code_of((), drawn[:, at] > 0)
            continue
        assert paths.model(at) == plain_steps(drawn[:, at], 0.02)
        compared += 1
    assert compared >= 4


@pytest.mark.parametrize("name", NAMES)
def test_ten_times_the_counts_give_ten_times_the_people(name: str) -> None:
    table = table_named(name)
    many = Table(lists=table.lists, counts=tuple(10 * count for count in table.counts))
    model = stepwise_many(table.array, 0.02).model(0)
    one, ten = fit_model(table, model), fit_model(many, model)
    assert isinstance(one, Fitted)
    assert isinstance(ten, Fitted)
    assert ten.estimate == pytest.approx(10 * one.estimate, rel=1e-9)


def test_any_design_is_fitted_as_statsmodels_fits_it() -> None:
    rng = np.random.default_rng(5)
    design = np.c_[np.ones(40), rng.normal(size=(40, 3))]
    counts = rng.poisson(np.exp(design @ [1.0, 0.4, -0.3, 0.2])).astype(float)
    mine = fit_design(design, counts)
    assert isinstance(mine, DesignFit)
    theirs = sm.GLM(counts, design, family=sm.families.Poisson()).fit(tol=1e-14)
    assert mine.coefficients == pytest.approx(theirs.params, rel=1e-8)
    assert np.sqrt(np.diag(mine.covariance)) == pytest.approx(theirs.bse, rel=1e-8)
    assert mine.aic == pytest.approx(theirs.aic, rel=1e-10)
    assert fit_design(np.c_[design, design[:, 1]], counts) == 2
    assert fit_design(np.c_[design, counts == 0], counts) == 1
    assert fit_design(np.c_[design, counts == 0, counts == 0], counts) == 3


@given(st.lists(st.integers(0, 40), min_size=7, max_size=7), st.data())
@settings(max_examples=60)
def test_the_fitted_margins_are_those_of_the_table(counts: list[int], data: st.DataObject) -> None:
    """What defines the estimate: on every interaction of the model as many people are expected as were seen."""
    table = Table(lists=("A", "B", "C"), counts=(0, *counts))
    model = tuple(code for code in (3, 5, 6) if data.draw(st.booleans()))
    fitted = fit_model(table, model) if table.observed else 1
    if isinstance(fitted, Fitted):
        for term in terms_of(model, 3):
            expected = sum(mean for code, mean in enumerate(fitted.expected) if code & term == term)
            assert expected == pytest.approx(table.margin(term), rel=1e-7, abs=1e-9)
