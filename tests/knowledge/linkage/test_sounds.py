from __future__ import annotations

import pytest

from vangnet.knowledge.linkage.names import tokens_of
from vangnet.knowledge.linkage.sounds import skeleton, sounds


@pytest.mark.parametrize(
    "spellings",
    [
        ("Yordanova", "Jordanova", "Iordanova", "Йорданова", "Yordanov"),
        ("Savchuk", "Sawtschuk", "Savčuk", "Савчук"),
        ("Ivankovich", "Ivanković", "Ivankovitj", "Iwankowitsch", "Ivankovitch"),
        ("Youssef", "Yusef", "Jousef"),
        ("Kowalska", "Kowalski", "Kovalsky"),
        ("Shevchenko", "Schewtschenko", "Ševčenko", "Шевченко"),
        ("Hristov", "Khristov", "Христов", "Christov", "Hristoff"),
        ("Müller", "Mueller", "Muller"),
        ("Walid", "Oualid", "Valid"),
    ],
)
def test_competing_spellings_share_a_sound(spellings: tuple[str, ...]) -> None:
    found = [set(tokens_of(spelling)[0].sounds) for spelling in spellings]
    assert set.intersection(*found), found


def test_different_names_sound_different() -> None:
    assert set(sounds("anna")).isdisjoint(sounds("maria"))


def test_the_likelier_sound_of_an_ambiguous_group_stands_first() -> None:
    assert sounds("bach") == ("bas", "ba")
    assert sounds("maria") == ("maria",)


@pytest.mark.parametrize(
    ("sound", "bones"), [("muamid", "mmd"), ("ali", "al"), ("iusif", "asf"), ("", ""), ("u", "a")]
)
def test_a_skeleton_keeps_the_first_letter_and_the_consonants(sound: str, bones: str) -> None:
    assert skeleton(sound) == bones
