"""The verdict: what may be published and why not, in words for those who decide."""

from __future__ import annotations

import pytest

from mse import table_named
from vangnet.knowledge.estimation import Bound, Headline, Options, Result, Table, chao, chapman, estimate, judge
from vangnet.knowledge.estimation.bounds import rounded, rounded_down
from vangnet.knowledge.estimation.sensitivity import Consistency

QUICK = Options(draws=300)
TABLE = Table(lists=("A", "B", "C"), counts=(0, 20, 30, 8, 25, 6, 9, 3))


def own_tests(*estimates: float) -> tuple[Consistency, ...]:
    return tuple(
        Consistency(list="A", truth=100, result=Result(method="stepwise", estimate=one, lo=one - 5, hi=one + 5))
        for one in estimates
    )


def test_kosovo_is_not_published_and_a_minister_is_told_why() -> None:
    verdict = estimate(table_named("Kosovo"), "report", QUICK).verdict
    assert (verdict.publish, verdict.range) == (False, None)
    why = verdict.because[0].en
    assert "fails its own test on 3 of 4 lists" in why
    assert "EXH holds 1910 people, and from the other lists the method arrives at 1054" in why
    assert "The true number is then higher" in why
    assert verdict.at_least == 8200
    assert "at least 8200" in verdict.because[-1].en
    assert "minstens 8200" in verdict.because[-1].nl


def test_the_united_kingdom_is_published_with_its_range_rounded_and_the_assumption_named() -> None:
    verdict = estimate(table_named("UKdat"), "stepwise").verdict
    assert verdict.publish
    assert verdict.range is not None
    low, high = verdict.range
    assert (low, high) == (10_000, 13_000)
    assert "assumes that nothing links all lists at once" in verdict.because[-1].en


def test_a_range_that_takes_the_model_as_given_says_so() -> None:
    said = {
        method: estimate(table_named("Korea"), method, QUICK).verdict.because[1].en
        for method in ("stepwise", "bayes-threshold", "report")
    }
    assert ["model as given" in one for one in said.values()] == [True, False, False]


def test_of_every_model_the_best_by_bic_is_judged() -> None:
    verdict = estimate(table_named("UKdat_5"), "enumerate").verdict
    assert verdict.range == (18_000, 30_000)


def test_a_range_wider_than_ten_times_is_not_published() -> None:
    verdict = judge(TABLE, Headline(estimate=400, lo=150, hi=1600), (), None)
    assert (verdict.publish, verdict.range) == (False, None)
    assert "more than ten times" in verdict.because[0].en


def test_an_open_limit_and_a_figure_a_thousand_times_what_was_seen_are_not_published() -> None:
    verdict = judge(TABLE, Headline(estimate=2e5, lo=1e5, hi=None), (), Bound(estimate=200, lo=173, hi=250))
    assert ["limit" in verdict.because[0].en, "thousand times" in verdict.because[1].en] == [True, True]
    assert verdict.at_least == 170


def test_failing_on_most_lists_is_against_and_on_one_is_not() -> None:
    line = Headline(estimate=150, lo=120, hi=200)
    assert judge(TABLE, line, own_tests(40, 60, 100), None).publish is False
    assert "The true number is then higher" in judge(TABLE, line, own_tests(40, 60, 100), None).because[0].en
    high = judge(TABLE, line, own_tests(400, 160, 100), None)
    assert "The true number is then higher" not in high.because[0].en
    assert judge(TABLE, line, own_tests(40, 100), None).publish
    assert judge(TABLE, line, own_tests(40), None).publish
    assert "of 1 of 2 lists" in judge(TABLE, line, own_tests(40, 100), None).because[1].en


def test_nothing_below_what_was_seen_is_ever_said() -> None:
    verdict = judge(TABLE, Headline(estimate=130, lo=101.5, hi=204), (), None)
    assert verdict.range == (101, 200)
    assert verdict.at_least == 101
    assert judge(TABLE, Headline(estimate=None, lo=None, hi=None), (), None).at_least == TABLE.observed


@pytest.mark.parametrize(
    ("number", "said"), [(0, 0), (7.4, 7), (96, 96), (9977, 10_000), (13_146, 13_000), (186, 190)]
)
def test_a_range_is_said_in_two_figures(number: float, said: int) -> None:
    assert rounded(number) == said
    assert rounded_down(number) <= number


def test_the_lower_bound_is_that_of_two_lists_when_there_is_no_more() -> None:
    found = chao(Table(lists=("A", "B"), counts=(0, 40, 30, 10)))
    assert found is not None
    assert found.estimate == pytest.approx(50 * 40 / 10)


def test_the_lower_bound_lies_where_independence_puts_it_unless_people_differ() -> None:
    even = chao(table_named("spina"))
    assert even is not None
    assert even.estimate == pytest.approx(756.757, rel=1e-5)
    uneven = chao(table_named("Kosovo"))
    assert uneven is not None
    assert round(uneven.lo) == 8211


def test_there_is_no_lower_bound_without_anybody_on_exactly_two_lists_or_where_none_exists() -> None:
    assert chao(Table(lists=("A", "B", "C"), counts=(0, 5, 6, 0, 7, 0, 0, 2))) is None
    assert chao(Table(lists=("A", "B", "C"), counts=(0, 4, 6, 5, 0, 0, 0, 0))) is None


def test_chapman_on_two_lists() -> None:
    table = Table(lists=("A", "B"), counts=(0, 40, 30, 10))
    found = chapman(table, "A", "B")
    assert found is not None
    assert found.lo < found.estimate < found.hi
    contained = chapman(Table(lists=("A", "B"), counts=(0, 0, 30, 10)), "A", "B")
    assert contained == Bound(estimate=40.0, lo=40.0, hi=40.0)
    assert chapman(Table(lists=("A", "B"), counts=(0, 5, 30, 0)), "A", "B") is None
