"""Logs without persons: what went wrong and where in the code, never with which words."""

from __future__ import annotations

import logging
import traceback
import uuid
from types import TracebackType

_log = logging.getLogger(__name__)


class WithoutPersons(logging.Filter):
    """Strip every log line of values: no arguments, no exception text, no address of a page."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, with its message template and the places in the code alone."""
        record.args = None
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{record.exc_info[0].__name__} at {_places(record.exc_info[2])}"
            record.exc_info = None
            record.exc_text = None
        return True


def incident(error: Exception) -> str:
    """Write one line about what went wrong under a number of its own, and give that number for the page."""
    number = uuid.uuid4().hex[:8]
    line = f"{type(error).__name__}, incident {number}, at {_places(error.__traceback__)}"
    _log.error(line)
    return number


def _places(trace: TracebackType | None) -> str:
    return " > ".join(f"{place.name}:{place.lineno}" for place in traceback.extract_tb(trace)[-4:])
