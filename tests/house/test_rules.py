"""The rules of the house hold, and each is shown to bite."""

from __future__ import annotations

from pathlib import Path

import pytest
import rules

TEXTS = {".py", ".html", ".css", ".js", ".yaml", ".yml", ".json", ".jsonl", ".csv", ".md", ".po", ".txt", ".toml"}
HOLDS_THE_LIST = {"rules.py", "test_rules.py"}
"""Files that must spell the banned words in order to ban them; the texts of the law of the house hold them too."""


def found_in(paths: list[Path], rule: object) -> dict[str, list[str]]:
    assert callable(rule)
    found = {str(path.relative_to(rules.ROOT)): rule(path.read_text(encoding="utf-8")) for path in paths}
    return {path: lines for path, lines in found.items() if lines}


def test_knowledge_reads_no_clock_and_rolls_no_dice() -> None:
    paths = list(rules.sources(".py", under=rules.SOURCE / "knowledge"))
    assert len(paths) > 10
    assert found_in(paths, rules.clocks_and_chance) == {}


def test_doors_never_touch_objects() -> None:
    paths = [
        path for path in rules.sources(".py", under=rules.SOURCE / "site") if path.name in {"views.py", "api.py"}
    ]
    assert found_in(paths, rules.objects_touched) == {}


def test_everything_public_in_knowledge_says_what_it_claims() -> None:
    assert found_in(list(rules.sources(".py", under=rules.SOURCE / "knowledge")), rules.without_docstring) == {}


def test_no_file_of_ours_is_longer_than_400_lines() -> None:
    paths = [
        path
        for room in ("src", "tests", "bench", "assets")
        for path in rules.sources(*rules.OURS, under=rules.ROOT / room)
    ]
    assert [line for path in paths for line in rules.too_long(path)] == []


def test_there_are_no_drawers() -> None:
    paths = (path.relative_to(rules.ROOT) for path in rules.sources(".py", ".html"))
    assert rules.drawers(paths) == []


def _texts() -> list[Path]:
    rooms = [rules.ROOT / room for room in ("src", "examples", "locale", "bench")]
    return [path for room in rooms if room.exists() for path in rules.sources(*TEXTS, under=room)]


def test_no_banned_word_stands_in_code_texts_data_or_examples() -> None:
    assert found_in(_texts(), rules.banned_words) == {}


def test_no_citizen_service_number_stands_anywhere() -> None:
    rooms = [
        *_texts(),
        *rules.sources(*TEXTS, under=rules.ROOT / "tests"),
        *rules.sources(*TEXTS, under=rules.ROOT / "docs"),
    ]
    assert found_in(rooms, rules.real_bsns) == {}


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (rules.clocks_and_chance, "from datetime import datetime\nnow = datetime.now()"),
        (rules.clocks_and_chance, "import datetime\nnow = datetime.datetime.now()"),
        (rules.clocks_and_chance, "from datetime import date\nday = date.today()"),
        (rules.clocks_and_chance, "import random"),
        (rules.clocks_and_chance, "from random import choice"),
        (rules.objects_touched, "def view(request):\n    return Encounter.objects.all()"),
        (rules.without_docstring, "def screen(facts):\n    return facts"),
        (rules.banned_words, "a low-risk child"),
        (rules.banned_words, "Mobiele bandieten"),
        (rules.real_bsns, "bsn: " + "10000000" + "9"),
    ],
)
def test_a_planted_violation_is_caught(rule: object, planted: str) -> None:
    assert callable(rule)
    assert rule(planted)


def test_a_planted_long_file_and_a_planted_drawer_are_caught(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("x = 1\n" * 401, encoding="utf-8")
    assert rules.too_long(long) == ["long.py: 401 lines"]
    assert rules.drawers(iter([Path("chain/utils/names.py"), Path("chain/helpers.py")])) == [
        "chain/utils/names.py",
        "chain/helpers.py",
    ]


def test_known_test_numbers_are_let_through() -> None:
    assert rules.real_bsns("111222333") == []
