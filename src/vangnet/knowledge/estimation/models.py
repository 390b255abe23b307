"""Log-linear models of dependence between lists: which interactions they hold, how they are written, which there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.lattice import lists_in, pairs, singles
from vangnet.knowledge.terms import Reason

Model = tuple[int, ...]
"""The codes of the interactions of two or more lists, ascending, closed downwards: A:B:C brings A:B, A:C and B:C."""

MAIN: Model = ()
MOST_MODELS = 40_000
"""Six lists have 32,768 models of pairs; beyond that, trying every model is no longer an answer but a wait."""


def terms_of(model: Model, lists: int) -> tuple[int, ...]:
    """Give every parameter of a model: the hidden count, the lists, the interactions."""
    return (0, *singles(lists), *model)


def inside(code: int) -> Iterator[int]:
    """Give every interaction inside a code, itself included."""
    members = lists_in(code)
    for order in range(2, len(members) + 1):
        for some in combinations(members, order):
            yield sum(1 << at for at in some)


def write_model(model: Model, lists: Sequence[str]) -> str:
    """Write a model as its interactions, such as `GO:LA+NG:PF`; `main` is none."""
    terms = sorted(":".join(sorted(lists[at] for at in lists_in(code))) for code in model)
    return "+".join(terms) or "main"


def read_model(text: str, lists: Sequence[str]) -> Model | Reason:
    """Read a model; what it implies is added, and a name that is no list is refused."""
    if text.strip() in {"", "main"}:
        return MAIN
    codes: set[int] = set()
    for term in text.split("+"):
        names = [name.strip() for name in term.split(":")]
        strange = next((name for name in names if name not in lists), None)
        if strange is not None:
            return Reason(code="no_such_list", words=sentences.no_such_list(strange, lists))
        if len(set(names)) < 2 or len(names) != len(set(names)):
            return Reason(code="no_interaction", words=sentences.no_interaction(term.strip()))
        codes.update(inside(sum(1 << lists.index(name) for name in names)))
    if len(codes) + len(lists) + 1 >= 1 << len(lists):
        return Reason(code="saturated", words=sentences.SATURATED)
    return tuple(sorted(codes))


def pair_models(lists: int) -> list[Model]:
    """Give every model of two-list interactions, the main effects first."""
    every = pairs(lists)
    return [tuple(code for at, code in enumerate(every) if mask >> at & 1) for mask in range(1 << len(every))]


def hierarchical_models(lists: int, most: int) -> list[Model] | Reason:
    """Give every hierarchical model up to an order of interaction; the one that holds all lists at once never."""
    order = min(most, lists - 1)
    few_enough = lists <= 6 if order <= 2 else lists <= 5
    if not few_enough:
        return Reason(code="too_many_models", words=sentences.too_many_models(lists, order))
    models = pair_models(lists) if order >= 2 else [MAIN]
    for size in range(3, order + 1):
        higher = [sum(1 << at for at in some) for some in combinations(range(lists), size)]
        models = [fuller for model in models for fuller in _with(model, higher, size)]
    return models


def _with(model: Model, higher: Sequence[int], size: int) -> Iterator[Model]:
    """Add every set of interactions of one size whose parts of one size less are all there."""
    have = set(model)
    fits = [code for code in higher if all(code ^ 1 << at in have for at in lists_in(code))] if size > 2 else []
    for count in range(len(fits) + 1):
        for some in combinations(fits, count):
            yield tuple(sorted((*model, *some)))
