"""What a table can carry: the fit's own proof, the linear programme and its dual say the same of every model."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from mse import UP_TO_FIVE, table_named
from vangnet.knowledge.estimation import code_of, enumerate_models, pair_models, read_model, score
from vangnet.knowledge.estimation.existence import interior, is_identifiable, reduced
from vangnet.knowledge.estimation.fitting import fit, tasks_of
from vangnet.knowledge.estimation.models import terms_of
from vangnet.knowledge.estimation.soundness import fit_sound
from vangnet.knowledge.terms import Reason


def by_direction(terms: tuple[int, ...], kept: tuple[int, ...], seen: np.ndarray) -> bool:
    """Look for a direction in which the likelihood never falls: nothing on what was seen, never up, somewhere down."""
    rows = np.array(kept)
    design = ((rows[:, None] & np.array(terms)) == np.array(terms)).astype(float)
    on = seen[rows]
    found = linprog(
        design[~on].sum(axis=0),
        A_ub=design[~on],
        b_ub=np.zeros((~on).sum()),
        A_eq=design[on],
        b_eq=np.zeros(on.sum()),
        bounds=[(-1, 1)] * len(terms),
    )
    return bool(found.fun > -1e-7)


@pytest.mark.parametrize("name", UP_TO_FIVE)
def test_the_dual_says_the_same(name: str) -> None:
    table = table_named(name)
    seen = table.array[:, 0] > 0
    models = pair_models(len(table.lists))
    for model in models[:: max(1, len(models) // 64)]:
        terms, kept = reduced(terms_of(model, len(table.lists)), seen)
        assert by_direction(terms, kept, seen) == (code_of(model, seen) in {0, 2}), model


@pytest.mark.parametrize("name", UP_TO_FIVE)
def test_every_pair_model_of_every_table_is_said_to_exist_and_to_be_the_only_one_or_not(name: str) -> None:
    table = table_named(name)
    models = pair_models(len(table.lists))
    codes = score(models, table.array).codes[0]
    seen = table.array[:, 0] > 0
    some = slice(0, None, max(1, len(models) // 128))
    assert [code_of(model, seen) for model in models[some]] == codes[some].tolist()
    for one in enumerate_models(table, models):
        numbers = (one.estimate, one.lo, one.hi, one.aic, one.bic)
        assert all(number is None for number in numbers) == bool(one.code), one


def test_what_the_published_case_has() -> None:
    codes = score(pair_models(3), table_named("Artificial_3").array).codes[0]
    assert codes.tolist() == [0, 1, 0, 1, 0, 1, 0, 2]
    korea = table_named("Korea")
    assert code_of((3, 5, 6), korea.array[:, 0] > 0) == 1


def test_a_model_without_any_parameter_or_with_too_many_is_not_identifiable() -> None:
    assert not is_identifiable((), (1, 2))
    assert not is_identifiable((0, 1, 2), (1, 2))


def test_a_code_of_three_is_both() -> None:
    table = table_named("UKdat_5")
    model = read_model("GO:GP:NG+GO:GP:PFNCA+GO:LA:NG:PFNCA+GP:LA+GP:NG:PFNCA", table.lists)
    assert not isinstance(model, Reason)
    assert code_of(model, table.array[:, 0] > 0) == 3


def test_a_proof_by_the_fit_is_never_given_where_the_programme_finds_none() -> None:
    rng = np.random.default_rng(4)
    sure = both = 0
    for _ in range(60):
        counts = np.zeros((32, 1))
        at = rng.choice(np.arange(1, 32), size=int(rng.integers(6, 20)), replace=False)
        counts[at, 0] = rng.integers(1, 40, size=len(at))
        model = tuple(code for code in (3, 5, 6, 9, 10, 12, 17, 18, 20, 24) if rng.random() < 0.5)
        terms, kept = reduced(terms_of(model, 5), counts[:, 0] > 0)
        if not is_identifiable(terms, kept):
            continue
        tasks = tasks_of(counts, np.array([terms_of(model, 5)]), np.ones((1, 6 + len(model)), dtype=bool))
        proof = bool(fit(tasks).certain[0])
        design = ((np.array(kept)[:, None] & np.array(terms)) == np.array(terms)).astype(float)
        there = interior(design, counts[list(kept), 0] > 0)
        assert there or not proof, model
        sure, both = sure + proof, both + there
    assert sure == both > 10


def test_a_fit_that_needs_more_steps_is_given_them(monkeypatch: pytest.MonkeyPatch) -> None:
    table = table_named("UKdat_5")
    tasks = tasks_of(table.array, np.array([terms_of((3,), 5)]), np.ones((1, 7), dtype=bool))
    whole = fit_sound(tasks)[1].hidden[0]
    monkeypatch.setattr("vangnet.knowledge.estimation.fitting.FIRST", 1)
    assert fit_sound(tasks)[1].hidden[0] == pytest.approx(whole, rel=1e-9)
