"""Every command ends in words: one sentence on standard error and exit 2, never a stack trace.

A sentence names no value that was read: a value can be a name.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from vangnet.knowledge.terms import Words
from vangnet.site.cli.database import NoDatabaseError, database_sentence
from vangnet.site.cli.rows import UnopenableError

NOTHING_DONE = 2
_OWN = (UnopenableError, NoDatabaseError)
"""Whose text is already the sentence."""


def ended(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run a command to its end and give its exit code, whatever happens on the way."""
    _take_any_sign()
    try:
        done = int(run(args))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _say("Stopped. What was said to be done is done; the rest is not.")
    except BrokenPipeError:
        _close_output()
        return 0
    except Exception as error:  # noqa: BLE001 - the last place where a stack trace can still become a sentence
        return _say(sentence_of(error))
    return done


def sentence_of(error: Exception) -> str:
    """Say what went wrong and how to mend it, by the kind of the error."""
    if isinstance(error, _OWN):
        return str(error)
    words = getattr(error, "words", None)
    if isinstance(words, Words):
        return words.en
    names = {kind.__name__ for kind in type(error).__mro__}
    known = next((say for name, say in _SENTENCES.items() if name in names), _fault)
    return known(error)


def _files(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or "it failed"
    name = getattr(error, "filename", None)
    if name is None:
        return f"The output cannot be written ({reason}); check the space and where it goes."
    return f"{name} cannot be opened or written ({reason}); check the name, the rights and the space."


def _settings(_error: Exception) -> str:
    return "The settings cannot be used; check DATABASE_URL, VANGNET_PROXIES and the files that the VANGNET_ settings name."


def _memory(_error: Exception) -> str:
    return "There is not enough memory for this; give a smaller file or divide it."


def _fault(error: Exception) -> str:
    return (
        f"Vangnet made a mistake of its own ({type(error).__name__} at {_place(error.__traceback__)}). "
        "Nothing is half written. Report this line; it holds no data."
    )


_SENTENCES: dict[str, Callable[[Exception], str]] = {
    "DatabaseError": database_sentence,
    "InterfaceError": database_sentence,
    "ImproperlyConfigured": _settings,
    "UnicodeError": _settings,
    "MemoryError": _memory,
    "OSError": _files,
}


def _place(found: TracebackType | None) -> str:
    *_, last = traceback.extract_tb(found) or [traceback.FrameSummary("?", 0, "?")]
    return f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 - of code, which need not be a path


def _take_any_sign() -> None:
    """Write any sign in any locale: JSON has an escape for what cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _say(sentence: str) -> int:
    """Say one sentence; where nobody can hear it the exit code still says so."""
    _close_output()
    with contextlib.suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)
    return NOTHING_DONE


def _close_output() -> None:
    """Keep the end of the process from writing once more what could not be written."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
