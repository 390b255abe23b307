"""The Bayesian methods: against closed forms and other people's graphs, on populations that are known, with their warnings."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from scipy.special import betaln, gammaln

from mse import table_named
from vangnet.knowledge.estimation import Options, Table, estimate
from vangnet.knowledge.estimation.chains import posterior, r_hat
from vangnet.knowledge.estimation.classes import latent_classes
from vangnet.knowledge.estimation.graphs import _components, decomposable, decomposable_graphs
from vangnet.knowledge.estimation.thresholds import bayes_threshold

TWO_KINDS = Table(
    lists=("A", "B", "C", "D"),
    counts=(
        0,
        *(
            round(
                400 * np.prod([0.7 if code >> at & 1 else 0.3 for at in range(4)])
                + 1600 * np.prod([0.1 if code >> at & 1 else 0.9 for at in range(4)])
            )
            for code in range(1, 16)
        ),
    ),
)
"""Four hundred people seen with chance 0.7 a list and sixteen hundred with 0.1: two thousand in all, as expected counts."""


@pytest.mark.parametrize("lists", [3, 4, 5])
def test_the_graphs_are_those_that_networkx_calls_chordal(lists: int) -> None:
    edges = list(combinations(range(lists), 2))
    wanted = set()
    for mask in range((1 << len(edges)) - 1):
        graph = nx.Graph([edge for at, edge in enumerate(edges) if mask >> at & 1])
        graph.add_nodes_from(range(lists))
        if nx.is_chordal(graph):
            wanted.add(tuple(1 << one | 1 << other for at, (one, other) in enumerate(edges) if mask >> at & 1))
    found = decomposable(lists)
    assert {chosen for chosen, _ in found} == wanted
    for chosen, (cliques, _) in found:
        graph = nx.Graph([tuple(at for at in range(lists) if edge >> at & 1) for edge in chosen])
        graph.add_nodes_from(range(lists))
        assert set(cliques) == {sum(1 << at for at in some) for some in nx.find_cliques(graph)}


def test_the_separators_are_as_many_times_what_two_cliques_share_as_joins_are_needed() -> None:
    for chosen, (cliques, separators) in decomposable(4):
        graph = nx.Graph([tuple(at for at in range(4) if edge >> at & 1) for edge in chosen])
        graph.add_nodes_from(range(4))
        assert len(cliques) - len(separators) == nx.number_connected_components(graph)
        assert sum(one.bit_count() for one in cliques) - sum(one.bit_count() for one in separators) == 4


def test_independent_lists_have_the_closed_form() -> None:
    table = table_named("Korea")
    hidden = np.array([5.0, 40.0])
    parts = _components(table, hidden)
    whole = hidden + table.observed
    for at, size in enumerate(table.sizes.values()):
        one = parts[1 << at] - (gammaln(whole + 1) - gammaln(1))
        assert one == pytest.approx(betaln(size + 0.5, whole - size + 0.5) - betaln(0.5, 0.5))


def test_the_posterior_over_graphs_holds_what_the_best_model_says() -> None:
    (found,) = decomposable_graphs(table_named("Kosovo"), Options())
    assert found.model == "ABA:EXH+ABA:OSCE+EXH:HRW+EXH:OSCE+HRW:OSCE"
    assert found.lo is not None
    assert found.lo < 14_342 < (found.hi or 0)
    assert sum(one["probability"] for one in found.more["likeliest"]) == pytest.approx(1, abs=0.05)
    (korea,) = decomposable_graphs(table_named("Korea"), Options())
    assert korea.estimate == pytest.approx(157, rel=0.1)


def test_more_than_five_lists_and_a_posterior_without_an_end_are_refused() -> None:
    (six,) = decomposable_graphs(table_named("UKdat"), Options())
    assert six.status == "refuse"
    (open_,) = decomposable_graphs(Table(lists=("A", "B", "C"), counts=(0, 900, 900, 1, 900, 0, 1, 0)), Options())
    assert open_.status == "refuse"
    assert open_.reason is not None
    assert "any large number" in open_.reason.en


def test_latent_classes_find_two_kinds_of_people_where_independence_does_not() -> None:
    (found,) = latent_classes(TWO_KINDS, Options(classes=5))
    assert found.lo is not None
    assert found.lo < 2000 < (found.hi or 0)
    independent = estimate(TWO_KINDS, "fixed").results[0]
    assert independent.hi is not None
    assert independent.hi < 1500


def test_latent_classes_with_several_answers_say_so_and_are_not_published() -> None:
    told: list[int] = []
    (found,) = latent_classes(table_named("UKdat_5"), Options(), progress=lambda done, _: told.append(done))
    assert found.status == "warn_multimodal"
    assert found.reason is not None
    assert "Several answers fit" in found.reason.en
    assert found.more["r_hat"] > 1.1
    assert len(found.more["chain_medians"]) == 4
    assert told == list(range(500, 6001, 500))
    verdict = estimate(table_named("UKdat_5"), "latent-classes").verdict
    assert verdict.publish is False
    assert "Several answers fit" in verdict.because[0].en


def test_the_same_seed_gives_the_same_posterior() -> None:
    one, other, third = (latent_classes(table_named("Korea"), Options(seed=seed)) for seed in (3, 3, 4))
    assert one == other != third


def test_thresholding_keeps_what_stands_out() -> None:
    (kosovo,) = bayes_threshold(table_named("Kosovo"), Options())
    assert kosovo.model == "ABA:EXH+ABA:OSCE+EXH:HRW+EXH:OSCE+HRW:OSCE"
    assert kosovo.estimate == pytest.approx(14_342, rel=0.05)
    assert kosovo.more["r_hat"] < 1.05
    (none,) = bayes_threshold(table_named("NewOrl_5"), Options())
    assert none.model == "main"
    assert none.estimate == pytest.approx(1034, rel=0.1)


def test_a_triple_may_stay_only_where_its_pairs_do() -> None:
    (found,) = bayes_threshold(table_named("Kosovo"), Options(max_order=3))
    terms = set(str(found.model).split("+"))
    assert "ABA:EXH:OSCE" in terms
    for term in terms:
        if term.count(":") == 2:
            one, two, three = term.split(":")
            assert {f"{one}:{two}", f"{one}:{three}", f"{two}:{three}"} <= terms
    (three_lists,) = bayes_threshold(table_named("Korea"), Options(max_order=3))
    assert str(three_lists.model).count(":") == str(three_lists.model).count("+") + 1


def test_chains_that_agree_and_chains_that_do_not() -> None:
    rng = np.random.default_rng(1)
    same = rng.normal(size=(4, 400))
    assert r_hat(same) == pytest.approx(1, abs=0.02)
    assert r_hat(same + np.arange(4)[:, None]) > 1.5
    assert r_hat(np.zeros((2, 10))) == 1.0
    table = table_named("Korea")
    drawn = np.exp(rng.normal(4, 0.1, size=(4, 400)))
    assert posterior(table, drawn, method="m", source="s").status == "ok"


@pytest.mark.parametrize("method", ["bayes-threshold", "decomposable-graphs", "latent-classes", "covariates"])
def test_without_an_overlap_there_is_no_posterior(method: str) -> None:
    (found,) = estimate(table_named("Artificial_3"), method).results
    assert (found.status, found.estimate) == ("refuse", None)
