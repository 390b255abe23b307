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
MOST_IN_A_FUNCTION = 25
READS_THE_CLOCK = {"now", "utcnow", "today", "localtime", "gmtime", "monotonic", "perf_counter", "time_ns"}
ROLLS_DICE = {"uuid1", "uuid4", "urandom", "getrandbits"}
SEEDED = {"default_rng", "Generator"}


def sources(*suffixes: str, under: Path = SOURCE) -> Iterator[Path]:
    """Give every file of ours with one of these endings."""
    for path in sorted(under.rglob("*")):
        own = path.suffix in suffixes and not any(part in VENDORED for part in path.parts)
        if own and "__pycache__" not in path.parts:
            yield path


def clocks_and_chance(text: str) -> list[str]:
    """Say where a text reads the wall clock or rolls dice."""
    return [
        f"{getattr(node, 'lineno', 0)}: {odd}"
        for node in ast.walk(ast.parse(text))
        if (odd := _imported(node) or _called(node))
    ]


def _imported(node: ast.AST) -> str:
    match node:
        case ast.Import(names=names):
            return ", ".join(one.name for one in names if one.name.split(".")[0] in {"random", "secrets"})
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in {"random", "secrets"}:
            return module
        case ast.ImportFrom(names=names):
            return ", ".join(one.name for one in names if one.name in ROLLS_DICE)
        case _:
            return ""


def _called(node: ast.AST) -> str:
    match node:
        case ast.Attribute(attr=act) if act in READS_THE_CLOCK | ROLLS_DICE:
            return act
        case ast.Attribute(value=ast.Name(id="time"), attr="time"):
            return "time.time"
        case ast.Attribute(value=ast.Attribute(attr="random"), attr=act) if act not in SEEDED:
            return f"random.{act}"
        case ast.Call(func=ast.Name(id=act) | ast.Attribute(attr=act), args=[], keywords=[]) if act in SEEDED:
            return f"{act} without a seed"
        case _:
            return ""


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


def long_functions(text: str) -> list[str]:
    """Give the functions whose body, without its docstring, has more than 25 lines."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[ast.get_docstring(node) is not None :]
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            found += [f"{node.name}: {lines} lines"] if lines > MOST_IN_A_FUNCTION else []
    return found


def without_source(entry: object) -> list[str]:
    """Give what an indicator or a clock does not say of where it comes from."""
    names = ("author", "legal_ground", "date", "sources" if hasattr(entry, "sources") else "source")
    return [name for name in names if not getattr(entry, name, None)]


def hosts(text: str) -> list[str]:
    """Give the lines of a lock that name a host or a place of this machine."""
    return [
        line for line in text.splitlines() if re.search(r"://|--(?:extra-)?index-url|--find-links|file:|@ /", line)
    ]


def drawers(paths: Iterator[Path]) -> list[str]:
    """Give the files and folders that are drawers without a name of their own."""
    return [str(path) for path in paths if {part.removesuffix(".py") for part in path.parts} & NO_ROOMS]


BANNED = re.compile(
    r"\b(clans?|risicokind\w*|dader(?:s|tje\w*)?|mobiele? bandie?t\w*|low[ -]risk|laag risico|risk[ _-]?scores?|recidivist\w*"
    r"|illega(?:al|le)|hotspots?|loverboy\S*|ranglijst\w*|veilig bevonden|flagged child\w*|gangs?"
    r"|weggelopen uit eigen wil)\b",
    re.IGNORECASE,
)
"""Words that stand nowhere: not in code, texts, data, examples or docs."""
ON_SCREENS = re.compile(
    r"\b(scores?|offenders?|cleared|hits?|verdachten?|suspects?|vrijwillige?|helaas|let op|u moet|you must|release[sd]?"
    r"|criminal child\w*)\b|!",
    re.IGNORECASE,
)
"""Words that may stand in code or in a text of law, and are never shown to anyone."""
SAYS = {"Words", "_", "gettext", "gettext_lazy", "pgettext", "ngettext"}
TEMPLATE_CODE = re.compile(
    r"{%(?!\s*(?:translate|trans)\b).*?%}|{{.*?}}|{#.*?#}|<script\b.*?</script>|<!.*?>|<[^>]*>", re.DOTALL
)


def shown(path: Path) -> Iterator[str]:
    """Give the texts of a file that a person may come to read on a screen."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".po":
            yield from (
                said for said in re.findall(r'(?m)^(?:msgid|msgstr)?\s*"(.*)"$', text) if ": " not in said[:28]
            )
        case ".html":
            yield TEMPLATE_CODE.sub("", text)
        case ".yaml":
            yield from re.findall(r"(?m)\b(?:nl|en): *(.*)$", text)
        case ".py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYS:
                    yield from (
                        one.value
                        for one in ast.walk(node)
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    )


def banned_on_screens(path: Path) -> list[str]:
    """Say which words that are never shown a file shows."""
    return [f"{one.group(0)}: {text.strip()[:60]}" for text in shown(path) for one in ON_SCREENS.finditer(text)]


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
