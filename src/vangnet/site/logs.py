"""Logs without persons: what went wrong, on which page and where in the code, never with which words."""

from __future__ import annotations

import logging
import re
import traceback
import uuid
from http import HTTPStatus
from types import TracebackType

_log = logging.getLogger(__name__)
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_VALUE = re.compile(r"%(?:%|(?:\(\w+\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z])")
_LEFT_OUT = "…"


class WithoutPersons(logging.Filter):
    """Strip every log line of values: no arguments, no exception text, no address of a page.

    What stays is useful: the status and the name of the page, the kind of the error and its places in the code.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, with what it may say."""
        said = (_answered(record) or _template(record), _error(record))
        record.msg = ", ".join(part for part in said if part)
        record.args = record.exc_info = record.exc_text = record.stack_info = None
        return True


def incident(error: Exception) -> str:
    """Write one line about what went wrong under a number of its own, and give that number for the page."""
    number = uuid.uuid4().hex[:8]
    line = f"{type(error).__name__}, incident {number}, at {_places(error.__traceback__)}"
    _log.error(line)
    return number


def _answered(record: logging.LogRecord) -> str:
    """Say with which status which page answered; nothing where the line is about no request."""
    if not hasattr(record, "request"):
        return ""
    status, match = getattr(record, "status_code", 500), getattr(record.request, "resolver_match", None)
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    return f"{status} {phrase}, page {match.view_name if match else 'none of this site'}"


def _template(record: logging.LogRecord) -> str:
    """Give the words that stand in the code; of an argument its kind where it is an error, else that there was one."""
    if record.exc_info and not record.args:
        return ""  # then the words are often the text of the error
    values = iter(record.args if isinstance(record.args, tuple) else ())
    return _VALUE.sub(lambda at: "%" if at[0] == "%%" else _kind(next(values, None)), str(record.msg))


def _kind(value: object) -> str:
    return type(value).__name__ if isinstance(value, BaseException) else _LEFT_OUT


def _error(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return f"{record.exc_info[0].__name__} at {_places(record.exc_info[2])}"


def _places(trace: TracebackType | None) -> str:
    return " > ".join(f"{place.name}:{place.lineno}" for place in traceback.extract_tb(trace)[-4:])
