"""Any European, Arabic or Hebrew letter becomes plain Latin, twice: as typed and as spoken."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Latin:
    """One word in plain Latin letters.

    `plain` is what a clerk types who lacks the letter (š as s), `spoken` the letter group that
    stands for its sound (š as sh). `consonantal` says that the script writes no short vowels.
    """

    plain: str
    spoken: str
    consonantal: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    plain: dict[str, str]
    spoken: dict[str, str]
    letters: dict[str, str]
    clusters: dict[str, str]
    initial: dict[str, str]
    consonantal: frozenset[str]


def knowledge_file(name: str) -> dict[str, Any]:
    """Read one of the sourced JSON files that ship with this shelf."""
    text = files("vangnet.knowledge.linkage").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw = knowledge_file("transliteration.json")
    scripts = raw["scripts"]
    return _Tables(
        plain=raw["latin"]["plain"],
        spoken=raw["latin"]["spoken"],
        letters={letter: to for script in scripts for letter, to in script["letters"].items()},
        clusters={letters: to for script in scripts for letters, to in script["clusters"].items()},
        initial={letters: to for script in scripts for letters, to in script["initial"].items()},
        consonantal=frozenset(
            letter for script in scripts if script["consonantal"] for letter in script["letters"]
        ),
    )


def _bare(text: str) -> str:
    """Take every accent and other combining mark away."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def _from_script(word: str, tables: _Tables) -> str:
    """Write the letters of another script in Latin ones; Latin letters stay as they are."""
    parts: list[str] = []
    at = 0
    while at < len(word):
        pair, sign = word[at : at + 2], word[at]
        first = tables.initial if at == 0 else {}
        places = ((first, pair), (tables.clusters, pair), (first, sign), (tables.letters, sign))
        table, piece = next((one for one in places if one[1] in one[0]), ({sign: sign}, sign))
        parts.append(table[piece])
        at += len(piece)
    return "".join(parts)


def _ascii(text: str, extra: dict[str, str]) -> str:
    changed = "".join(extra.get(sign, sign) for sign in text)
    return "".join(sign for sign in _bare(changed) if sign.isascii() and sign.isalnum())


def _readable(text: str, tables: _Tables) -> str:
    """Keep the letters that a table knows, and of every other the letter below its accent."""
    known = (tables.letters, tables.plain, tables.spoken)
    return "".join(sign if any(sign in table for table in known) else _bare(sign) for sign in text)


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> Latin:
    """Write one word (no spaces) in plain Latin letters and digits; empty where nothing can be read."""
    text = unicodedata.normalize("NFKC", word).lower()
    if text.isascii():
        plain = "".join(sign for sign in text if sign.isalnum())
        return Latin(plain, plain)
    tables = _tables()
    written = _from_script(_readable(text, tables), tables)
    return Latin(
        _ascii(written, tables.plain),
        _ascii(written, {**tables.plain, **tables.spoken}),
        any(sign in tables.consonantal for sign in text),
    )
