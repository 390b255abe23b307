"""The rules of the house that no linter knows. Each takes source text and says what breaks it."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "vangnet"
MOST_LINES = 400
OURS = {".py", ".html", ".css", ".js", ".sh"}
VENDORED = ("vendor", "migrations")
NO_ROOMS = {"utils", "util", "helpers", "helper", "managers", "signals", "mixins", "misc", "common"}
CLOCK_OR_CHANCE = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def sources(*suffixes: str, under: Path = SOURCE) -> Iterator[Path]:
    """Give every file of ours with one of these endings."""
    for path in sorted(under.rglob("*")):
        own = path.suffix in suffixes and not any(part in VENDORED for part in path.parts)
        if own and "__pycache__" not in path.parts:
            yield path


def clocks_and_chance(text: str) -> list[str]:
    """Say where a text reads the wall clock or rolls dice."""
    found = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Attribute(value=ast.Name(id=of) | ast.Attribute(attr=of), attr=act) if (
                of,
                act,
            ) in CLOCK_OR_CHANCE:
                found.append(f"{node.lineno}: {of}.{act}")
            case ast.Import(names=names):
                found += [
                    f"{node.lineno}: {one.name}" for one in names if one.name.split(".")[0] in {"random", "secrets"}
                ]
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in {"random", "secrets"}:
                found.append(f"{node.lineno}: {module}")
    return found


def objects_touched(text: str) -> list[str]:
    """Say where a text reaches for a model's `.objects`."""
    return [
        f"{node.lineno}: .objects"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]


def without_docstring(text: str) -> list[str]:
    """Give the public functions, methods and classes that say nothing about themselves."""
    return [f"{node.lineno}: {node.name}" for node in _public(ast.parse(text)) if ast.get_docstring(node) is None]


def _public(holder: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in holder.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith(
            "_"
        ):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def too_long(path: Path) -> list[str]:
    """Say that a file has more than 400 lines."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return [f"{path.name}: {lines} lines"] if lines > MOST_LINES else []


def drawers(paths: Iterator[Path]) -> list[str]:
    """Give the files and folders that are drawers without a name of their own."""
    return [str(path) for path in paths if {part.removesuffix(".py") for part in path.parts} & NO_ROOMS]


BANNED = re.compile(
    r"\b(clan|risicokind|dadertje|mobiele? bandie?t\w*|low[ -]risk|laag risico|risk[ _-]?score|recidivist|illegaal"
    r"|hotspot|loverboy\S*)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")


@cache
def group_digests() -> frozenset[str]:
    """Give the digests of words that name an ethnic group, so that no file names one."""
    return frozenset((ROOT / "tests" / "house" / "group_digests.txt").read_text(encoding="ascii").split())


OTHER_MEANINGS = frozenset(
    {
        "blank",
        "arab",
        "black",
        "white",
        "wit",
        "zwart",
        "dutch",
        "pool",
        "christian",
        "polish",
        "hebrew",
        "greek",
        "arabic",
        "cyrillic",
    }
)
"""Words on that list that here mean an empty field, this land's law and language, a pool, a given name, a spelling, a script."""


@cache
def names_a_group(word: str) -> bool:
    """Whether a word is on the list of which only digests are kept."""
    return word not in OTHER_MEANINGS and hashlib.sha256(word.encode()).hexdigest()[:16] in group_digests()


def banned_words(text: str) -> list[str]:
    """Say which words that may never stand in code, texts, data or examples do stand there."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        found += [f"{number}: {one.group(0)}" for one in BANNED.finditer(line)]
        found += [f"{number}: names a group" for word in WORD.findall(line.lower()) if names_a_group(word)]
    return found


BSN = re.compile(r"(?<![\w.:,+-])\d{9}(?![\w.:,-])")
TEST_BSNS = {"111222333", "123456782"}


def real_bsns(text: str) -> list[str]:
    """Give the nine-digit numbers that pass the check of a citizen service number and are no known test number."""
    found = BSN.findall(text)
    return [number for number in found if number not in TEST_BSNS and _passes_eleven(number)]


def _passes_eleven(number: str) -> bool:
    weighed = sum(int(digit) * weight for digit, weight in zip(number, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighed % 11 == 0 and int(number) > 0
