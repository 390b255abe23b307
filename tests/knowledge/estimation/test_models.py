"""Models are hierarchical, written one way, and as many as there are."""

from __future__ import annotations

import pytest

from vangnet.knowledge.estimation import hierarchical_models, pair_models, read_model, write_model
from vangnet.knowledge.terms import Reason

LISTS = ("GO", "LA", "NG", "PF")


def test_a_model_is_written_sorted_and_read_back() -> None:
    model = read_model("PF:NG + LA:GO", LISTS)
    assert not isinstance(model, Reason)
    assert write_model(model, LISTS) == "GO:LA+NG:PF"
    assert read_model(write_model(model, LISTS), LISTS) == model


def test_main_is_no_interaction() -> None:
    assert read_model("main", LISTS) == read_model("", LISTS) == ()
    assert write_model((), LISTS) == "main"


def test_a_higher_interaction_brings_what_it_implies() -> None:
    model = read_model("GO:LA:NG", LISTS)
    assert not isinstance(model, Reason)
    assert write_model(model, LISTS) == "GO:LA+GO:LA:NG+GO:NG+LA:NG"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GO:XX", "no_such_list"),
        ("GO", "no_interaction"),
        ("GO:GO", "no_interaction"),
        ("GO:LA:LA", "no_interaction"),
        ("GO:LA:NG:PF", "saturated"),
    ],
)
def test_what_is_no_model_is_refused(text: str, code: str) -> None:
    found = read_model(text, LISTS)
    assert isinstance(found, Reason)
    assert found.code == code


@pytest.mark.parametrize(
    ("lists", "order", "many"), [(2, 2, 1), (3, 1, 1), (3, 2, 8), (3, 9, 8), (4, 2, 64), (4, 3, 113), (5, 4, 6893)]
)
def test_there_are_as_many_hierarchical_models_as_are_published(lists: int, order: int, many: int) -> None:
    models = hierarchical_models(lists, order)
    assert not isinstance(models, Reason)
    assert len(models) == len(set(models)) == many


def test_too_many_models_are_not_tried() -> None:
    assert isinstance(hierarchical_models(7, 2), Reason)
    assert isinstance(hierarchical_models(6, 3), Reason)
    assert len(pair_models(3)) == 8
