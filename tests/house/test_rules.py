"""The rules of the house hold, and each is shown to bite: a violation is planted in a small house and caught there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rules

from vangnet.knowledge import clocks, indicators

TEXTS = {".py", ".html", ".css", ".js", ".yaml", ".yml", ".json", ".jsonl", ".csv", ".md", ".po", ".txt", ".toml"}
NOT_OURS = {"src/vangnet/site/accounts/second_proof.py"}
"""Doors to tables that are no model of ours: those of the second proof belong to the library that checks it."""
SAY_THEM = {
    "tests/browsing.py",
    "tests/house/rules.py",
    "tests/house/test_rules.py",
    "tests/knowledge/handover/test_properties.py",
    "tests/knowledge/indicators/test_wording.py",
    "tests/knowledge/test_assessment.py",
    "tests/site/encounters/test_views.py",
    "tests/site/handovers/test_views.py",
    "tests/data/linkage_small.csv",
}
"""Where a banned word stands because it is looked for, and a table with the name of a city; nowhere else in the tests."""
Found = dict[str, list[str]]


def looked_at(root: Path, paths: Iterator[Path] | list[Path], rule: Callable[[str], list[str]]) -> Found:
    return by_path(root, paths, lambda path: rule(path.read_text(encoding="utf-8")))


def by_path(root: Path, paths: Iterator[Path] | list[Path], rule: Callable[[Path], list[str]]) -> Found:
    found = {str(path.relative_to(root)): rule(path) for path in paths}
    return {path: lines for path, lines in found.items() if lines}


def under(root: Path, *rooms: str, suffixes: set[str] | None = None) -> list[Path]:
    return [path for room in rooms for path in rules.sources(*(suffixes or TEXTS), under=root / room)]


def knowledge(root: Path) -> list[Path]:
    return under(root, "src/vangnet/knowledge", suffixes={".py"})


def texts(root: Path) -> list[Path]:
    return [*under(root, "src", "examples", "locale", "bench", "docs"), *sorted(root.glob("*.md"))]


HOUSE: dict[str, Callable[[Path], Found]] = {
    "knowledge reads no clock and rolls no dice": lambda root: looked_at(
        root, knowledge(root), rules.clocks_and_chance
    ),
    "doors never touch objects": lambda root: looked_at(
        root,
        [
            one
            for one in under(root, "src/vangnet/site", suffixes={".py"})
            if one.relative_to(root).as_posix() not in NOT_OURS
        ],
        rules.objects_touched,
    ),
    "the story asks the steps and never touches objects": lambda root: looked_at(
        root, under(root, "src/vangnet/chain/flow", suffixes={".py"}), rules.objects_touched
    ),
    "everything public in knowledge says what it claims": lambda root: looked_at(
        root, knowledge(root), rules.without_docstring
    ),
    "no file of ours is longer than 400 lines": lambda root: by_path(
        root, under(root, "src", "tests", "bench", "assets", suffixes=rules.OURS), rules.too_long
    ),
    "no function is longer than 25 lines": lambda root: looked_at(
        root, under(root, "src", suffixes={".py"}), rules.long_functions
    ),
    "there are no drawers": lambda root: {
        path: ["a drawer"]
        for path in rules.drawers(path.relative_to(root) for path in under(root, "src", suffixes={".py", ".html"}))
    },
    "no banned word stands anywhere": lambda root: looked_at(
        root,
        [one for one in [*texts(root), *under(root, "tests")] if one.relative_to(root).as_posix() not in SAY_THEM],
        rules.banned_words,
    ),
    "no word is shown that may not be": lambda root: by_path(
        root, under(root, "src", "locale", suffixes={".py", ".html", ".po", ".yaml"}), rules.banned_on_screens
    ),
    "no citizen service number stands anywhere": lambda root: looked_at(
        root, [*texts(root), *under(root, "tests")], rules.real_bsns
    ),
}


@pytest.mark.parametrize("rule", HOUSE)
def test_the_house_keeps_its_rules(rule: str) -> None:
    assert HOUSE[rule](rules.ROOT) == {}


def test_the_rules_look_at_the_whole_house() -> None:
    assert len(knowledge(rules.ROOT)) > 40
    assert len(texts(rules.ROOT)) > 250
    assert {path.suffix for path in texts(rules.ROOT)} >= {".py", ".html", ".po", ".yaml", ".json", ".md", ".css"}


PURE = "src/vangnet/knowledge/planted.py"
DOOR = "src/vangnet/site/encounters/"
LONG = "def long():\n" + "    x = 1\n" * 26
PLANTED = [
    ("knowledge reads no clock and rolls no dice", PURE, text)
    for text in (
        "from datetime import datetime\nnow = datetime.now()",
        "from datetime import datetime as dt\nnow = dt.now()",
        "import datetime\nnow = datetime.datetime.utcnow()",
        "from datetime import date\nday = date.today()",
        "import time\nnow = time.time()",
        "import time\nnow = time.monotonic()",
        "import random",
        "from random import choice",
        "from secrets import token_hex",
        "import uuid\nkey = uuid.uuid4()",
        "from os import urandom",
        "import numpy as np\ndice = np.random.rand()",
        "import numpy as np\ndice = np.random.default_rng()",
    )
] + [
    ("doors never touch objects", f"{DOOR}views.py", "def view(request):\n    return Encounter.objects.all()"),
    ("doors never touch objects", f"{DOOR}api.py", "rows = Encounter._default_manager.all()"),
    ("doors never touch objects", f"{DOOR}pages.py", "rows = Encounter.objects.count()"),
    ("doors never touch objects", "src/vangnet/site/accounts/people.py", "found = Person.objects.first()"),
    ("doors never touch objects", "src/vangnet/site/cli/import_.py", "found = Encounter.objects.first()"),
    (
        "the story asks the steps and never touches objects",
        "src/vangnet/chain/flow/due.py",
        "def older(actor):\n    return Duty.objects.filter(done_at=None)",
    ),
    (
        "the story asks the steps and never touches objects",
        "src/vangnet/chain/flow/story.py",
        "rows = Handover._base_manager.all()",
    ),
    ("everything public in knowledge says what it claims", PURE, "def screen(facts):\n    return facts"),
    ("everything public in knowledge says what it claims", PURE, "class Screening:\n    pass"),
    (
        "everything public in knowledge says what it claims",
        PURE,
        'class One:\n    """Say."""\n\n    def two(self):\n        pass',
    ),
    ("no file of ours is longer than 400 lines", "src/vangnet/chain/long.py", "x = 1\n" * 401),
    ("no file of ours is longer than 400 lines", "src/vangnet/site/templates/long.html", "<p>\n" * 401),
    ("no file of ours is longer than 400 lines", "src/vangnet/site/static/long.css", "p {}\n" * 401),
    ("no file of ours is longer than 400 lines", "tests/test_long.py", "x = 1\n" * 401),
    ("no function is longer than 25 lines", "src/vangnet/chain/long.py", LONG),
    (
        "no function is longer than 25 lines",
        "src/vangnet/site/long.py",
        "class A:\n    async " + LONG.replace("\n", "\n    "),
    ),
    ("there are no drawers", "src/vangnet/chain/utils/names.py", ""),
    ("there are no drawers", "src/vangnet/chain/persons/helpers.py", ""),
    ("no banned word stands anywhere", PURE, '"""A low-risk child."""'),
    ("no banned word stands anywhere", "docs/index.md", "Mobiele bandieten"),
    ("no banned word stands anywhere", "locale/nl/LC_MESSAGES/django.po", 'msgstr "het risicokind"'),
    ("no banned word stands anywhere", "src/vangnet/site/templates/page.html", "<p>een dadertje</p>"),
    ("no banned word stands anywhere", "examples/one.json", '{"words": "the clan"}'),
    ("no banned word stands anywhere", "src/vangnet/knowledge/items.yaml", "nl: een recidivist"),
    ("no banned word stands anywhere", "tests/site/test_page.py", 'words = "een dadertje"'),
    ("no banned word stands anywhere", "README.md", "a hotspot of illegale gangs"),
    ("no banned word stands anywhere", "docs/index.md", "ranglijst, veilig bevonden"),
    ("no word is shown that may not be", PURE, 'Words("Geen verdachte.", "No one.")'),
    ("no word is shown that may not be", PURE, 'refusal(words=Words("Niets.", f"A score of {n}."))'),
    ("no word is shown that may not be", f"{DOOR}pages.py", 'title = _("You must wait")'),
    ("no word is shown that may not be", "src/vangnet/site/templates/page.html", "<p>Helaas, let op</p>"),
    (
        "no word is shown that may not be",
        "src/vangnet/site/templates/page.html",
        '{% translate "The child is cleared" %}',
    ),
    ("no word is shown that may not be", "locale/nl/LC_MESSAGES/django.po", 'msgstr ""\n"Een vrijwillige daad"'),
    ("no word is shown that may not be", "src/vangnet/knowledge/items.yaml", "  en: A hit in the register"),
    ("no citizen service number stands anywhere", "tests/test_one.py", "bsn = " + "10000000" + "9"),
    ("no citizen service number stands anywhere", "docs/index.md", "bsn: " + "10000000" + "9"),
]


@pytest.mark.parametrize(("rule", "file", "text"), PLANTED)
def test_a_planted_violation_is_caught(tmp_path: Path, rule: str, file: str, text: str) -> None:
    planted = tmp_path / file
    planted.parent.mkdir(parents=True, exist_ok=True)
    assert HOUSE[rule](tmp_path) == {}
    planted.write_text(text, encoding="utf-8")
    assert list(HOUSE[rule](tmp_path)) == [file]


def test_every_rule_of_the_house_has_a_plant() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(HOUSE)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (PURE, "import numpy as np\nseeded = np.random.default_rng(7)"),
        (PURE, "def short():\n" + '    """Say.\n' + "\n" * 30 + '    """\n' + "    x = 1\n" * 25),
        (PURE, '"""The ground `suspect`, a score of a pair, a hit: words of code."""'),
        (f"{DOOR}page.html", '<input name="hit" class="score">{{ hits }}{% if score %}{% endif %}'),
        ("docs/index.md", "bsn: 111222333"),
    ],
)
def test_what_is_allowed_is_let_through(tmp_path: Path, file: str, text: str) -> None:
    planted = tmp_path / file
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(text, encoding="utf-8")
    assert {rule: found for rule, check in HOUSE.items() if (found := check(tmp_path))} == {}


@pytest.mark.parametrize(
    "entry", [*indicators.catalogue().indicators.values(), *clocks.table().values()], ids=lambda one: one.id
)
def test_every_indicator_and_clock_names_source_author_legal_ground_and_date(entry: object) -> None:
    assert rules.without_source(entry) == []


@pytest.mark.parametrize("name", ["sources", "author", "legal_ground", "date"])
def test_an_indicator_or_clock_that_lacks_one_is_caught(name: str) -> None:
    one = replace(
        indicators.catalogue().indicators["I-01"],
        **{name: type(getattr(indicators.catalogue().indicators["I-01"], name))()},
    )
    assert rules.without_source(one) == [name]
    other = "source" if name == "sources" else name
    clock = replace(clocks.table()["CLK-01"], **{other: None})  # type: ignore[arg-type]
    assert rules.without_source(clock) == [other]
