from __future__ import annotations

import pytest

from vangnet.knowledge.linkage.names import form_of, is_other_form, skeletons, tokens_of
from vangnet.knowledge.terms import PersonName


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("van der Berg", ["berg"]),
        ("Al-Masri", ["masri"]),
        ("O'Brien", ["obrien"]),
        ("Dr. Anna-Lena", ["anna", "lena"]),
        ("Ben", ["ben"]),
        ("van de", ["van", "de"]),
        ("J.", ["j"]),
        ("Anna Anna", ["anna"]),
        ("???", []),
        ("12", []),
        ("", []),
        ("a b c d f g h", ["a", "b", "c", "d", "f", "g"]),
    ],
)
def test_the_words_that_tell_people_apart_are_kept(part: str, words: list[str]) -> None:
    assert [token.text for token in tokens_of(part)] == words


def test_a_form_keeps_given_and_family_apart() -> None:
    form = form_of(PersonName("Daan", "de Graaf"))
    assert [token.text for token in form.given] == ["daan"]
    assert [token.text for token in form.family] == ["graaf"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("sasha", "oleksandr", True),
        ("ciccio", "francesco", True),
        ("hans", "giovanni", True),
        ("anna", "peter", False),
        ("anna", "xyz", False),
        ("xyz", "anna", False),
    ],
)
def test_short_forms_are_known_both_ways(left: str, right: str, same: bool) -> None:
    assert is_other_form(left, right) is same
    assert is_other_form(right, left) is same


def test_names_without_short_vowels_share_their_consonants() -> None:
    assert set(skeletons(tokens_of("محمد")[0])) & set(skeletons(tokens_of("Mohammed")[0]))
    assert set(skeletons(tokens_of("خالد")[0])) & set(skeletons(tokens_of("Khaled")[0]))
    assert set(skeletons(tokens_of("وليد")[0])) & set(skeletons(tokens_of("Walid")[0]))
