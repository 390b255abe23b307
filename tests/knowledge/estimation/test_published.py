"""The published points within 0.1 %, with the version of the table named; those no method here reaches are named too."""

from __future__ import annotations

import numpy as np
import pytest

from mse import table_named
from vangnet.knowledge.estimation import Options, Result, estimate
from vangnet.knowledge.estimation.loglinear import resampled
from vangnet.knowledge.estimation.results import BCA, PERCENTILE


def results(name: str, method: str, **options: object) -> tuple[Result, ...]:
    return estimate(table_named(name), method, Options(**options)).results  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "method", "options", "published"),
    [
        ("NewOrl", "stepwise", {}, 1184),
        ("NewOrl", "stepwise", {"p": 0.0}, 997),
        ("NewOrl_5", "stepwise", {}, 1034),
        ("NewOrl_v2", "stepwise", {}, 1110),
        ("NewOrl_5_v2", "bic", {}, 981),
        ("Western", "stepwise", {}, 2483),
        ("Kosovo", "bic", {"max_order": 3}, 10357),
        ("Kosovo", "bic", {}, 14342),
        ("UKdat_5", "bic", {}, 22991),
        ("UKdat", "stepwise", {}, 11418),
        ("Korea", "bic", {}, 157),
        ("Korea", "stepwise", {"p": 0.0}, 142),
        ("Korea", "stepwise", {}, 269),
        ("Ned_5", "stepwise", {"p": 0.05}, 121_522),
        ("Ned_5", "stepwise", {"p": 0.1}, 60_064),
    ],
)
def test_a_published_point_is_reached(name: str, method: str, options: dict[str, object], published: float) -> None:
    (found,) = results(name, method, **options)
    assert found.estimate is not None
    assert found.estimate == pytest.approx(published, abs=max(0.5, 0.001 * published))


def test_the_published_models_are_chosen() -> None:
    assert results("NewOrl", "stepwise")[0].model == "D:E"
    assert results("Western", "stepwise")[0].model == "A:E"


def test_the_published_range_of_the_united_kingdom_is_reached() -> None:
    (found,) = results("UKdat", "stepwise")
    assert (found.lo, found.hi) == (pytest.approx(9977, abs=1), pytest.approx(13_146, abs=1))
    assert [round(end, -3) for end in (found.lo, found.hi) if end] == [10_000, 13_000]


@pytest.mark.parametrize(
    ("name", "upper", "bias"),
    [("NewOrl", 1657, -1.16), ("NewOrl_5", 1703, -0.75), ("Western", 3670, -0.52), ("UKdat_5", 14_701, -0.43)],
)
def test_published_upper_limits_by_bca_are_near_and_their_lower_ones_are_refused(
    name: str, upper: float, bias: float
) -> None:
    percentile, bca = results(name, "bootstrap", draws=1000)
    assert (percentile.interval, bca.interval) == (PERCENTILE, BCA)
    assert bca.hi == pytest.approx(upper, rel=0.12)
    assert bca.lo is None
    assert bca.more["z0"] == pytest.approx(bias, abs=0.1)
    assert bca.more["levels"][0] < 0.005
    assert "Refused" in bca.more["refused_ends"][0].en
    assert percentile.hi is not None
    assert percentile.hi > upper


@pytest.mark.parametrize(("ntop", "lower", "upper"), [(2, 130, 348), (8, 128, 349)])
def test_the_published_intervals_of_korea_by_bic_are_near(ntop: int, lower: float, upper: float) -> None:
    _, bca = results("Korea", "bootstrap", select="bic", ntop=ntop, draws=4000)
    assert bca.parameters["ntop"] == min(ntop, 6)
    assert bca.lo is None or bca.lo == pytest.approx(lower, rel=0.12)
    assert bca.hi == pytest.approx(upper, rel=0.12)


def test_the_published_upper_limit_of_korea_with_one_model_leaves_out_draws_without_an_estimate() -> None:
    found = resampled(table_named("Korea"), Options(select="bic", ntop=1, draws=4000))
    assert not isinstance(found, Result)
    _, sample, _ = found
    totals = np.array(sample.totals)
    finite = totals[np.isfinite(totals)]
    assert 0 < sample.without == len(totals) - len(finite)
    assert np.quantile(finite, 0.975) == pytest.approx(248, rel=0.12)
    assert sample.percentile[1].value is not None
    assert sample.percentile[1].value > np.quantile(finite, 0.975)


def test_the_published_intervals_of_kosovo_and_the_united_kingdom_by_bic_are_near() -> None:
    _, bca = results("Kosovo", "bootstrap", select="bic", max_order=3, ntop=1, draws=600)
    assert (bca.lo, bca.hi) == (pytest.approx(9100, rel=0.05), pytest.approx(12_000, rel=0.05))
    percentile, bca = results("UKdat_5", "bootstrap", select="bic", draws=50)
    assert percentile.model == "GO:PFNCA+GP:NG+LA:NG+LA:PFNCA+NG:PFNCA"
    assert bca.estimate == pytest.approx(22_991, rel=0.001)


@pytest.mark.parametrize(
    ("name", "low", "high"), [("Australia", 1342, 1897), ("Ned_5", 37_000, 38_000), ("spina", 727, 727)]
)
def test_what_no_method_without_covariates_reaches_is_not_reached(name: str, low: float, high: float) -> None:
    """Covariates (Australia, the Netherlands) and a reversible jump (spina) decide there; nothing is tuned towards them."""
    found = [result for method in ("stepwise", "aic", "bic") for result in results(name, method)]
    points = [result.estimate for result in found if result.estimate is not None]
    assert len(points) == 3
    assert not any(low * 0.999 <= point <= high * 1.001 for point in points)
