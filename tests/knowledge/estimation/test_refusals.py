"""No number where there is none: what other packages print as 5e11 and 1.8e11 is refused, in every form of the answer."""

from __future__ import annotations

import json

import pytest

from mse import UP_TO_FIVE, table_named
from vangnet.knowledge.estimation import METHODS, Options, Table, estimate, pair_models, within
from vangnet.knowledge.estimation.models import write_model


def numbers(answer: object) -> list[float]:
    match answer:
        case dict():
            return [number for one in answer.values() for number in numbers(one)]
        case list():
            return [number for one in answer for number in numbers(one)]
        case bool() | None | str():
            return []
        case _:
            return [float(str(answer))]


@pytest.mark.parametrize(("name", "listed"), [("UKdat", "GP"), ("Ned", "K")])
def test_a_population_without_any_overlap_gets_no_number(name: str, listed: str) -> None:
    table = within(table_named(name), listed)
    for method in ("stepwise", "fixed", "enumerate", "aic", "bic", "bootstrap", "chao", "report"):
        answer = estimate(table, method, Options(draws=50)).as_json()
        assert all(result["status"] == "refuse" for result in answer["results"])
        assert all(result["estimate"] is None for result in answer["results"])
        assert answer["verdict"]["publish"] is False
        assert max(numbers(answer)) < 1e6


def test_a_model_that_another_package_ranks_third_is_refused() -> None:
    (found,) = estimate(table_named("Korea"), "fixed", Options(model="b:c+b:d+c:d")).results
    assert (found.status, found.code, found.estimate, found.lo, found.hi) == ("refuse", 1, None, None, None)
    assert found.reason is not None
    assert "does not exist" in found.reason.en


@pytest.mark.parametrize("name", UP_TO_FIVE)
def test_every_pair_model_has_its_code_and_a_number_only_where_that_is_zero(name: str) -> None:
    table = table_named(name)
    answer = json.loads(json.dumps(estimate(table, "enumerate").as_json()))
    models = pair_models(len(table.lists))
    assert [one["model"] for one in answer["results"]] == [write_model(model, table.lists) for model in models]
    for one in answer["results"]:
        assert one["code"] in {0, 1, 2, 3}
        have = [one[key] is not None for key in ("estimate", "lo", "hi", "aic", "bic")]
        assert any(have) == (one["status"] == "ok")
        assert all(have) == any(have)
        assert one["status"] == "refuse" or one["code"] == 0
        assert bool(one["reason"]) == (one["status"] == "refuse")


def test_two_lists_give_a_bound_and_no_model() -> None:
    table = Table(lists=("A", "B"), counts=(0, 40, 30, 10))
    answer = estimate(table, "report")
    by_method = {one.method: one for one in answer.results}
    assert by_method["stepwise"].status == "refuse"
    assert by_method["chapman"].estimate == pytest.approx(51 * 41 / 11 - 1)
    assert answer.verdict.publish is False


def test_three_lists_of_which_two_overlap_are_refused() -> None:
    answer = estimate(table_named("Artificial_3"), "report")
    assert {one.method for one in answer.results if one.status == "ok"} == {"chao"}
    assert answer.verdict.publish is False
    assert answer.verdict.at_least >= 96
    assert answer.sensitivity == {}


def test_a_bound_alone_is_never_published() -> None:
    for method in ("chao", "chapman"):
        verdict = estimate(table_named("UKdat_5"), method).verdict
        assert (verdict.publish, verdict.range) == (False, None)
        assert "bound" in verdict.because[0].en


def test_more_lists_than_can_be_tried_are_refused_by_name() -> None:
    for method in ("aic", "bic", "enumerate"):
        (found,) = estimate(table_named("NewOrl"), method).results
        assert found.status == "refuse"
        assert found.reason is not None
        assert "too many models" in found.reason.en
    (found,) = estimate(table_named("NewOrl"), "bootstrap", Options(select="bic")).results
    assert (found.method, found.status) == ("bootstrap", "refuse")


def test_a_model_that_names_no_list_is_refused() -> None:
    (found,) = estimate(table_named("Korea"), "fixed", Options(model="b:x")).results
    assert found.reason is not None
    assert "There is no list x" in found.reason.en


def test_a_table_that_carries_no_model_at_all_is_refused_by_every_method() -> None:
    table = Table(lists=("A", "B", "C"), counts=(0, 0, 0, 0, 0, 0, 0, 9))
    for method in ("stepwise", "bic", "bootstrap", "report"):
        answer = estimate(table, method)
        assert {one.status for one in answer.results} == {"refuse"}
    assert answer.verdict.at_least == 9


def test_an_unknown_method_is_an_error() -> None:
    with pytest.raises(KeyError):
        estimate(table_named("Korea"), "guess")


def test_every_method_names_its_paper() -> None:
    for method in METHODS:
        for name in ("Korea", "Artificial_3"):
            found = estimate(table_named(name), method, Options(draws=40, formula="(b+c+d)^2")).results
            assert found
            assert all(one.source for one in found), method
