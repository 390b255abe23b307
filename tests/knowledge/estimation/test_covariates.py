"""Covariates: the bench case is reached, strata add up, and a formula that cannot be read is refused with the part."""

from __future__ import annotations

import pytest

from mse import table_named
from vangnet.knowledge.estimation import Options, Result, Table, estimate, read_table
from vangnet.knowledge.estimation.formulas import default_formula, read_formula
from vangnet.knowledge.terms import Reason

LISTS = "S1+S2+S3+S4"
WITHOUT_PAIRS = f"{LISTS}+({LISTS}):(Region+Gender+Age)+Region*Gender*Age"


def found(formula: str = "") -> Result:
    (result,) = estimate(table_named("ScotPWID"), "covariates", Options(formula=formula)).results
    return result


@pytest.mark.parametrize(
    ("formula", "published", "aic"),
    [("", 39_524, 536), (WITHOUT_PAIRS, 22_813, 576), (f"({LISTS})^2", 39_806, 4785)],
)
def test_the_bench_case_is_reached(formula: str, published: float, aic: float) -> None:
    result = found(formula)
    assert result.estimate == pytest.approx(published, rel=1e-3)
    assert result.aic == pytest.approx(aic, abs=0.5)


def test_strata_add_up_and_hold_their_own() -> None:
    result = found()
    strata = result.more["strata"]
    assert len(strata) == 8
    assert sum(one["estimate"] for one in strata) == pytest.approx(result.estimate)
    assert sum(one["observed"] for one in strata) == table_named("ScotPWID").observed
    assert all(one["observed"] < one["lo"] < one["estimate"] < one["hi"] for one in strata)
    assert strata[0]["stratum"] == {"Region": "GGC", "Gender": "Female", "Age": "Old"}


def test_without_covariates_it_is_the_model_of_all_pairs() -> None:
    table = table_named("Kosovo")
    (mine,) = estimate(table, "covariates").results
    (fixed,) = estimate(table, "fixed", Options(model="ABA:EXH+ABA:HRW+ABA:OSCE+EXH:HRW+EXH:OSCE+HRW:OSCE")).results
    assert mine.estimate == pytest.approx(fixed.estimate)
    assert (mine.lo, mine.hi) == (pytest.approx(fixed.lo), pytest.approx(fixed.hi))
    assert (mine.aic, mine.bic) == (pytest.approx(fixed.aic), pytest.approx(fixed.bic))


def test_a_pair_that_shares_nobody_is_minus_infinity_here_too() -> None:
    table = table_named("UKdat_4")
    thinned = Table(
        lists=table.lists, counts=tuple(0 if code & 3 == 3 else count for code, count in enumerate(table.counts))
    )
    one, other = thinned.lists[:2]
    (mine,) = estimate(thinned, "covariates", Options(formula=f"({'+'.join(thinned.lists)}+{one}:{other})")).results
    (fixed,) = estimate(thinned, "fixed", Options(model=f"{one}:{other}")).results
    assert mine.estimate == pytest.approx(fixed.estimate)
    assert (mine.aic, mine.bic) == (pytest.approx(fixed.aic), pytest.approx(fixed.bic))


def test_a_table_with_covariates_is_reported_with_them() -> None:
    answer = estimate(table_named("ScotPWID"), "report", Options(draws=50))
    assert "covariates" in {one.method for one in answer.results}


def test_what_cannot_be_estimated_is_refused() -> None:
    table = read_table(
        "A,B,C,kind,count\n1,0,0,x,9\n0,1,0,x,8\n0,0,1,x,9\n1,1,0,x,3\n1,0,1,x,2\n0,1,1,x,4\n1,0,0,y,0\n"
    )
    assert isinstance(table, Table)
    (empty,) = estimate(table, "covariates", Options(formula="A+B+C+kind")).results
    assert empty.reason is not None
    assert "nobody of one stratum was seen" in empty.reason.en
    (loose,) = estimate(table_named("Korea"), "covariates", Options(formula="(b+c+d)^3")).results
    assert (loose.status, loose.estimate) == ("refuse", None)
    assert loose.code in {1, 2, 3}


@pytest.mark.parametrize(
    ("formula", "terms"),
    [
        ("A+B", "A B"),
        ("A*B", "A B A:B"),
        ("(A+B+C)^2", "A B C A:B A:C B:C"),
        ("(A+B):C", "A:C B:C"),
        ("A:B:C", "A:B:C"),
        ("A^1", "A"),
        ("((A))", "A"),
    ],
)
def test_a_formula_holds_these_products(formula: str, terms: str) -> None:
    read = read_formula(formula, ("A", "B", "C"))
    assert not isinstance(read, Reason)
    assert " ".join(":".join(sorted(term)) for term in read) == terms


@pytest.mark.parametrize(
    ("formula", "part"),
    [
        ("A+", "“”"),
        ("(A+B", "“(”"),
        ("A)", "“)”"),
        ("A^x", "“^x”"),
        ("A^", "“^”"),
        ("A^0", "“^0”"),
        ("+A", "“+”"),
        ("A+D", "no column D"),
    ],
)
def test_a_formula_that_cannot_be_read_is_refused_with_the_part(formula: str, part: str) -> None:
    read = read_formula(formula, ("A", "B", "C"))
    assert isinstance(read, Reason)
    assert part in read.words.en
    (refused,) = estimate(table_named("Kosovo"), "covariates", Options(formula=formula)).results
    assert refused.status == "refuse"


def test_the_formula_that_is_taken_where_none_is_given() -> None:
    assert default_formula(["A", "B"], []) == "(A+B)^2"
    assert default_formula(["A", "B"], ["r", "g"]) == "(A+B)^2+(A+B):(r+g)+r*g"
