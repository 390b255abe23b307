from __future__ import annotations

import pytest

from vangnet.knowledge.linkage.transliteration import knowledge_file, latin


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Zoë", "zoe"),
        ("YILDIZ", "yildiz"),
        ("Yıldız", "yildiz"),
        ("İpek", "ipek"),
        ("Łukasz", "lukasz"),
        ("Strauß", "strauss"),
        ("Đorđe", "dorde"),
        ("Ștefan", "stefan"),
        ("Йорданова", "yordanova"),
        ("Щербак", "shcherbak"),
        ("Ґалина", "galina"),
        ("Γιώργος", "giorgos"),
        ("Μπάμπης", "babis"),
        ("Αντώνης", "antonis"),
        ("يوسف", "yusf"),
        ("مُحَمَّد", "mhmd"),
        ("გიორგი", "giorgi"),
        ("Երևան", "yerevan"),
        ("שרה", "shrh"),
        ("O2", "o2"),
        ("李", ""),
    ],
)
def test_every_script_becomes_plain_latin(word: str, plain: str) -> None:
    assert latin(word).plain == plain


def test_a_letter_with_a_sound_of_its_own_is_spoken_as_a_group() -> None:
    assert latin("Šarić").plain == "saric"
    assert latin("Šarić").spoken == "sharich"


def test_only_scripts_without_short_vowels_are_consonantal() -> None:
    assert latin("محمد").consonantal
    assert not latin("Мухаммед").consonantal
    assert not latin("Muhammed").consonantal


def test_every_knowledge_file_names_its_source() -> None:
    for name in ("name_words.json", "short_forms.json", "sounds.json", "model.json"):
        assert knowledge_file(name)["source"]
    raw = knowledge_file("transliteration.json")
    assert raw["latin"]["source"]
    assert all(script["source"] for script in raw["scripts"])
