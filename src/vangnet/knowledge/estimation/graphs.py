"""Bayesian averaging over decomposable graphs: every way in which lists may hang together that leaves the hidden count defined.

Cell chances under each graph have a hyper-Dirichlet prior of one pseudo-count in all; the population has the prior 1/N. The
complete graph is left out: under it nothing in the data speaks of the hidden count. Sources: Madigan and York, Biometrika 84
(1997) 19-31; Johndrow, Lum and Ball, the R package dga.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
from scipy.special import gammaln, logsumexp

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.lattice import Floats, lists_in
from vangnet.knowledge.estimation.models import write_model
from vangnet.knowledge.estimation.results import POSTERIOR, Options, Result, refused, unfounded
from vangnet.knowledge.estimation.tables import Table

SOURCE = "Madigan and York, Biometrika 84 (1997) 19-31"
MOST_LISTS = 5
_POINTS = 1500
_FURTHEST = 2000.0
_AT_THE_EDGE = 1e-3
_SHOWN = 5

Graph = tuple[tuple[int, ...], tuple[int, ...]]
"""The cliques and the separators of a decomposable graph, as codes; an empty separator is left out."""


@cache
def decomposable(lists: int) -> tuple[tuple[tuple[int, ...], Graph], ...]:
    """Give every decomposable graph but the complete one: its edges as codes, and its cliques and separators."""
    edges = [1 << one | 1 << other for one, other in combinations(range(lists), 2)]
    found = []
    for mask in range((1 << len(edges)) - 1):
        chosen = tuple(edge for at, edge in enumerate(edges) if mask >> at & 1)
        graph = _taken_apart(lists, chosen)
        if graph is not None:
            found.append((chosen, graph))
    return tuple(found)


def _taken_apart(lists: int, edges: tuple[int, ...]) -> Graph | None:
    """Take away, again and again, a list whose neighbours are all joined; where none is left the graph is not decomposable."""
    near = [sum(edge ^ 1 << at for edge in edges if edge >> at & 1) for at in range(lists)]
    left = set(range(lists))
    cliques: list[int] = []
    separators: list[int] = []
    while left:
        simple = next((at for at in sorted(left) if _all_joined(near, near[at])), None)
        if simple is None:
            return None
        family = near[simple] | 1 << simple
        if not any(family & clique == family for clique in cliques):
            cliques.append(family)
        left.discard(simple)
        for other in left:
            near[other] &= ~(1 << simple)
        near[simple] = 0
    for at, clique in enumerate(cliques):
        later = 0
        for other in cliques[at + 1 :]:
            later |= other
        if clique & later:
            separators.append(clique & later)
    return tuple(cliques), tuple(separators)


def _all_joined(near: list[int], some: int) -> bool:
    return all(near[at] | 1 << at | ~some == -1 for at in lists_in(some))


def _grid(observed: int) -> tuple[Floats, Floats]:
    """Give hidden counts to try, each whole number at first and then further apart, and how many each stands for."""
    marks = np.unique(np.round(np.geomspace(1, _FURTHEST * observed, _POINTS)))
    edges = np.r_[0.0, (marks[1:] + marks[:-1]) / 2, marks[-1]]
    return marks, np.maximum(np.diff(edges), 0.5)


def _components(table: Table, hidden: Floats) -> dict[int, Floats]:
    """Give the log marginal likelihood of every set of lists, for every hidden count."""
    lists = len(table.lists)
    found: dict[int, Floats] = {0: np.zeros(len(hidden))}
    for code in range(1, 1 << lists):
        prior = 2.0 ** -code.bit_count()
        margin = np.zeros(1 << lists)
        for at, count in enumerate(table.counts):
            margin[at & code] += count
        cells = [at for at in range(1 << lists) if at & ~code == 0]
        known = sum(float(gammaln(margin[at] + prior) - gammaln(prior)) for at in cells if at)
        found[code] = known + gammaln(margin[0] + hidden + prior) - gammaln(prior)
    return found


def decomposable_graphs(table: Table, options: Options) -> tuple[Result, ...]:
    """Average over all decomposable graphs of up to five lists; the posterior median and its 95 % limits."""
    if bar := unfounded(table):
        return (refused("decomposable-graphs", bar[0], code=bar[1], source=SOURCE, interval=POSTERIOR),)
    if len(table.lists) > MOST_LISTS:
        reason = sentences.too_many_models(len(table.lists), options.max_order)
        return (refused("decomposable-graphs", reason, source=SOURCE, interval=POSTERIOR),)
    graphs = decomposable(len(table.lists))
    hidden, widths = _grid(table.observed)
    parts = _components(table, hidden)
    whole = hidden + table.observed
    pieces = -(gammaln(whole + 1.0) - gammaln(1.0))  # the prior counts are one in all, for every set of lists
    chance = gammaln(whole + 1) - gammaln(hidden + 1) - np.log(whole) + np.log(widths)
    logs = np.array(
        [
            sum(parts[one] for one in cliques)
            - sum((parts[one] for one in separators), np.zeros(len(hidden)))
            + (len(cliques) - len(separators)) * pieces
            + chance
            for _, (cliques, separators) in graphs
        ]
    )
    weights = np.exp(logs - logsumexp(logs))
    return (_result(table, graphs, weights, hidden),)


def _result(
    table: Table, graphs: tuple[tuple[tuple[int, ...], Graph], ...], weights: Floats, hidden: Floats
) -> Result:
    posterior = weights.sum(axis=0)
    if posterior[-1] > _AT_THE_EDGE / _POINTS:
        return refused("decomposable-graphs", sentences.OPEN_INTERVAL, source=SOURCE, interval=POSTERIOR)
    below = np.cumsum(posterior)
    lo, middle, hi = (table.observed + float(np.interp(level, below, hidden)) for level in (0.025, 0.5, 0.975))
    shares = weights.sum(axis=1)
    best = np.argsort(-shares, kind="stable")[:_SHOWN]
    shown = [{"model": write_model(graphs[at][0], table.lists), "probability": float(shares[at])} for at in best]
    return Result(
        method="decomposable-graphs",
        model=str(shown[0]["model"]),
        estimate=middle,
        lo=lo,
        hi=hi,
        interval=POSTERIOR,
        source=SOURCE,
        more={"graphs": len(graphs), "likeliest": shown},
    )
