"""Rows out of JSON and JSON Lines files, each with its place; what cannot be read is said, not dropped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vangnet.knowledge.terms import Encounter, Language, Reason, Words, read_encounter


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file: where it stands, and what it holds or why it cannot be read."""

    file: str
    line: int
    raw: Any = None
    reason: Reason | None = None

    @property
    def place(self) -> str:
        """The file and the line, as people write them."""
        return f"{self.file}:{self.line}"


class UnopenableError(Exception):
    """A file is not there or cannot be read; the text is one sentence for people."""


NO_TEXT = "{file} is not UTF-8 text; save it as UTF-8 and try again."
NOT_OPENED = "{file} cannot be opened ({why}); check the name and the rights."


def text_of(file: str, *, keep_mark: bool = False) -> str:
    """Give the text of a file, or of standard input for `-`; raises UnopenableError with one sentence.

    A byte order mark is taken off, unless whoever reads wants to say that it was there.
    """
    encoding = "utf-8" if keep_mark else "utf-8-sig"
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding=encoding)
    except UnicodeDecodeError as error:
        raise UnopenableError(NO_TEXT.format(file=file)) from error
    except OSError as error:
        raise UnopenableError(NOT_OPENED.format(file=file, why=error.strerror)) from error


def rows_of(file: str) -> Iterator[Row]:
    """Give every row of a JSON file (one object or a list) or of a JSON Lines file."""
    text = text_of(file)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(file, text)
        return
    for at, raw in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield Row(file=file, line=at, raw=raw)


def _lines(file: str, text: str) -> Iterator[Row]:
    lines = text.splitlines()
    if len(lines) > 1 and lines[0].strip() in {"{", "["}:
        yield Row(file=file, line=_broken_at(text), reason=_not_json())
        return
    for at, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Row(file=file, line=at, raw=json.loads(line))
        except (ValueError, RecursionError):
            yield Row(file=file, line=at, reason=_not_json())


def _broken_at(text: str) -> int:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.lineno
    except RecursionError:
        return 1
    return 1


def _not_json() -> Reason:
    words = Words(
        "Deze regel is geen JSON; kijk komma's, aanhalingstekens en haakjes na.",
        "This line is not JSON; check commas, quotes and brackets.",
    )
    return Reason(code="not_json", words=words)


def encounters_of(files: Iterable[str]) -> Iterator[tuple[Row, Encounter | tuple[Reason, ...]]]:
    """Read every encounter of every file, each with its row, or with the reasons why it is refused."""
    for file in files:
        for row in rows_of(file):
            yield row, (row.reason,) if row.reason else read_encounter(row.raw)


def say_refused(row: Row, reasons: Iterable[Reason], language: Language) -> None:
    """Say on standard error which row was refused and why."""
    for reason in reasons:
        print(f"{row.place}: {reason.whole.in_(language)}", file=sys.stderr)
