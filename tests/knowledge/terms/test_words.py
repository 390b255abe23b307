"""Sentences stand in two languages; purposes carry their legal basis."""

from __future__ import annotations

from vangnet.knowledge.terms import PURPOSES, PersonName, Purpose, Words


def test_words_are_given_in_the_language_asked() -> None:
    words = Words("Nog niet.", "Not yet.")
    assert (words.in_("nl"), words.in_("en")) == ("Nog niet.", "Not yet.")


def test_every_purpose_has_words_and_a_legal_basis() -> None:
    assert set(PURPOSES) == set(Purpose)
    assert all(terms.words.nl and terms.legal_basis.en for terms in PURPOSES.values())


def test_a_name_without_a_part_is_still_a_name() -> None:
    assert PersonName("Nora").whole == "Nora"
    assert PersonName("", "Lind").whole == "Lind"
