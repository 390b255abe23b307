"""The rows of a file that were refused, kept beside it for its owner alone, each with its line and its reason."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from vangnet.knowledge.terms import Language, Reason
from vangnet.site.cli.rows import Row, UnopenableError


class Refused:
    """Writes FILE.refused.jsonl row by row, so that a file of any size is held; without refused rows there is none.

    What an earlier run kept is replaced only once this run has come to its end.
    """

    def __init__(self, file: str, language: Language) -> None:
        self._path = Path(f"{file}.refused.jsonl")
        self._draft = Path(f"{file}.refused.jsonl.new")
        self._language = language
        self._open: IO[str] | None = None

    def __enter__(self) -> Self:
        return self

    def add(self, row: Row, reasons: Iterable[Reason]) -> None:
        """Keep one row; raises UnopenableError with one sentence where there is no room for it."""
        words = [one.whole.in_(self._language) for one in reasons]
        try:
            if self._open is None:
                handle = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                self._open = os.fdopen(handle, "w", encoding="utf-8")
            print(json.dumps({"line": row.line, "reasons": words, "row": row.raw}, default=str), file=self._open)
            self._open.flush()
        except OSError as error:
            raise self._no_room(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        try:
            self._end(is_whole=kind is None)
        except OSError as full:
            raise self._no_room(full) from full

    def _end(self, *, is_whole: bool) -> None:
        if self._open is not None:
            self._open.close()
            self._draft.replace(self._path)
        elif is_whole:
            self._path.unlink(missing_ok=True)

    def _no_room(self, error: OSError) -> UnopenableError:
        return UnopenableError(
            f"{self._path} cannot be written ({error.strerror}); make room and import the file again: what is stored stays."
        )
