from __future__ import annotations

import pytest

from vangnet.knowledge.linkage.alignment import (
    EXACT,
    INITIAL,
    NONE,
    SHORT,
    SIMILAR,
    SPELLING,
    agreement,
    compare_forms,
)
from vangnet.knowledge.linkage.model import default_model
from vangnet.knowledge.linkage.names import form_of, tokens_of
from vangnet.knowledge.terms import PersonName


@pytest.mark.parametrize(
    ("left", "right", "how"),
    [
        ("Nora", "NORA", EXACT),
        ("Йорданка", "Iordanka", SPELLING),
        ("محمد", "Mohammed", SPELLING),
        ("محمد", "Wassila", NONE),
        ("و", "Li", NONE),
        ("Malgorzata", "Malg", SHORT),
        ("Sasha", "Aleksandr", SHORT),
        ("Petin", "Ptein", SIMILAR),
        ("Kaczymarek", "Kaczymaerk", SPELLING),
        ("Xavier", "Kavier", SIMILAR),
        ("Hamdani", "Hemdani", SIMILAR),
        ("Tchaika", "Szaik", SIMILAR),
        ("Li", "Lo", NONE),
        ("J", "Jan", INITIAL),
        ("J", "Piet", NONE),
        ("Anna", "Maria", NONE),
    ],
)
def test_two_words_agree_in_named_ways(left: str, right: str, how: int) -> None:
    one, other = tokens_of(left)[0], tokens_of(right)[0]
    assert agreement(one, other) == how or (how == SPELLING and agreement(one, other) == SIMILAR)
    assert agreement(one, other) == agreement(other, one)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("Daan", "de Graaf"), ("Daan", "Graaf"), ("exact", "exact", "as_written")),
        (("Daan", "de Graaf"), ("de Graaf", "Daan"), ("exact", "exact", "swapped")),
        (("Ivan", "Petrov"), ("Иван", "Петрова"), ("exact", "spelling", "as_written")),
        (("Juan Leo", "Sanchez Navarro"), ("Leo", "Sanchez"), ("part", "part", "as_written")),
        (("Anna Maria", "Boer"), ("Anna Sofia", "Boer"), ("one_of_several", "exact", "as_written")),
        (("Anna Maria", "Boer"), ("Maria Anna", "Boer"), ("exact", "exact", "as_written")),
        (("Anna Maria", "Boer"), ("Annamaria", "Boer"), ("spelling", "exact", "as_written")),
        (("Anna Maria", "Boer"), ("Wolfgang", "Boer"), ("different", "exact", "as_written")),
        (("Wilhelmina Bo", "Boer"), ("Annemarietje", "Boer"), ("different", "exact", "as_written")),
        (("Anna Maria", "Boer"), ("Piet Wolf", "Boer"), ("different", "exact", "as_written")),
        (("Mag", "Krol"), ("Magdalena", "Krol"), ("short_form", "exact", "as_written")),
        (("J", "Krol"), ("Jan", "Krol"), ("initial", "exact", "as_written")),
        (("", "Zuzanna"), ("Zuzanna", "Krol"), ("missing", "exact", "swapped")),
        (("Zuzanna Krol", ""), ("Zuzanna", "Krol"), ("part", "part", "as_written")),
        (("", "Zuzanna Krol"), ("Zuzanna", "Krol"), ("part", "part", "as_written")),
        (("Zuzanna Wolf", ""), ("Piet", "Krol"), ("different", "missing", "as_written")),
        (("Anna", "Boer"), ("Piet", "Wolf"), ("different", "different", "as_written")),
        (("Anna", "Boer"), ("Bas", "Wolf"), ("different", "different", "as_written")),
    ],
)
def test_names_are_laid_beside_each_other_whole(
    left: tuple[str, str], right: tuple[str, str], expected: tuple[str, str, str]
) -> None:
    weights = default_model().weights
    one, other = form_of(PersonName(*left)), form_of(PersonName(*right))
    found = compare_forms(one, other, weights)
    assert (found.given.level, found.family.level, found.order) == expected
    back = compare_forms(other, one, weights)
    assert {back.given.level, back.family.level} == {found.given.level, found.family.level}
    assert back.order == found.order
