"""The bootstrap: the same seed gives the same bytes on any number of cores, and an end that is a draw or two is refused."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from mse import table_named
from vangnet.knowledge.estimation import Options, Table, estimate, resample, stepwise_many
from vangnet.knowledge.estimation.loglinear import bootstrap
from vangnet.knowledge.estimation.resampling import draws_of, quantile

BYTES = """
import hashlib, json, sys
from pathlib import Path
from vangnet.knowledge import estimation
table = estimation.read_table(Path(sys.argv[1]).read_text(encoding="utf-8"))
answer = estimation.estimate(table, "report", estimation.Options(draws=60)).as_json()
print(hashlib.sha256(json.dumps(answer).encode()).hexdigest())
"""


def test_the_same_bytes_come_from_one_core_and_from_two() -> None:
    from mse import FOLDER  # noqa: PLC0415 - the folder is all that is asked

    found = set()
    for cores in ("1", "2"):
        threads = {f"{name}_NUM_THREADS": cores for name in ("OMP", "OPENBLAS", "MKL")}
        command = [sys.executable, "-c", BYTES, str(FOLDER / "UKdat_5.csv")]
        done = subprocess.run(command, env=os.environ | threads, capture_output=True, text=True, check=True)  # noqa: S603
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == len(hashlib.sha256(b"").hexdigest())


def test_another_seed_gives_another_answer_and_the_same_one_the_same() -> None:
    table = table_named("Western")
    one, again = (bootstrap(table, Options(draws=300, seed=7)) for _ in range(2))
    other = bootstrap(table, Options(draws=300, seed=8))
    assert one == again
    assert one[0].hi != other[0].hi


def test_the_columns_of_the_file_and_its_rows_may_stand_in_any_order() -> None:
    from mse import FOLDER  # noqa: PLC0415 - the folder is all that is asked
    from vangnet.knowledge.estimation import read_table  # noqa: PLC0415

    head, *rows = (FOLDER / "Kosovo.csv").read_text(encoding="utf-8").splitlines()
    turned = [line.split(",") for line in (head, *reversed(rows))]
    text = "\n".join(",".join([*line[-2::-1], line[-1]]) for line in turned)
    table = read_table(text)
    assert isinstance(table, Table)
    options = Options(draws=200)
    assert (
        estimate(table, "report", options).as_json() == estimate(table_named("Kosovo"), "report", options).as_json()
    )


def test_draws_keep_the_number_of_people_and_only_histories_that_were_seen() -> None:
    table = table_named("UKdat")
    drawn = draws_of(table, 50, seed=1)
    assert (drawn.sum(axis=0) == table.observed).all()
    assert not drawn[table.array[:, 0] == 0].any()


def test_an_end_with_too_few_draws_beyond_it_is_refused() -> None:
    percentile, bca = bootstrap(table_named("Kosovo"), Options(draws=100))
    assert percentile.lo is percentile.hi is bca.hi is None
    assert percentile.reason is not None
    assert "too few lie beyond it" in percentile.reason.en


def test_draws_without_an_estimate_stand_above_all_others() -> None:
    table = Table(lists=("A", "B", "C"), counts=(0, 60, 60, 1, 60, 1, 1, 0))
    hidden = float(stepwise_many(table.array, 0.0).hidden[0])
    sample = resample(table, hidden, lambda counts: stepwise_many(counts, 0.0).hidden, draws=400, seed=1)
    assert sample.without == sum(np.isinf(sample.totals)) > 0
    assert sample.percentile[0].value is not None


def test_where_too_many_draws_have_none_there_is_no_upper_limit() -> None:
    table = table_named("Korea")

    def half(counts: np.ndarray) -> np.ndarray:
        return np.where(np.arange(counts.shape[1]) % 3 == 0, np.nan, 30.0)

    sample = resample(table, 20.0, half, draws=300, seed=1)
    assert sample.percentile[1].value is None
    assert sample.percentile[1].why is not None
    assert "no limit" in sample.percentile[1].why.en
    assert sample.bca[0].value is sample.bca[1].value is None


def test_a_table_whose_every_draw_says_the_same_has_no_skewness() -> None:
    table = table_named("Korea")
    sample = resample(
        table,
        25.0,
        lambda counts: np.full(counts.shape[1], 30.0) + table.observed - counts.sum(axis=0),
        draws=300,
        seed=1,
    )
    assert sample.acceleration == 0.0


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    bootstrap(table_named("Korea"), Options(draws=1100), progress=lambda done, of: told.append((done, of)))
    assert told == [(512, 1100), (1024, 1100), (1100, 1100)]


@pytest.mark.parametrize("level", [0.0, 0.01, 0.3, 0.975, 1.0])
def test_the_quantile_is_that_of_type_eight(level: float) -> None:
    ranked = np.sort(np.random.default_rng(2).normal(size=57))
    assert quantile(ranked, level) == pytest.approx(np.quantile(ranked, level, method="median_unbiased"))


def test_a_quantile_beside_an_infinite_one_is_infinite() -> None:
    ranked = np.array([1.0, 2.0, np.inf, np.inf])
    assert quantile(ranked, 0.5) == np.inf
    assert quantile(ranked, 0.9) == np.inf
    assert quantile(ranked, 0.1) == 1.0
