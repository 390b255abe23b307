"""Logs without persons: what went wrong and where in the code, never with which words."""

from __future__ import annotations

import logging
import traceback


class WithoutPersons(logging.Filter):
    """Strip every log line of values: no arguments, no exception text, no address of a page."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, with its message template and the places in the code alone."""
        record.args = None
        if record.exc_info and record.exc_info[0] is not None:
            places = traceback.extract_tb(record.exc_info[2])
            record.msg = f"{record.exc_info[0].__name__} at " + " > ".join(
                f"{place.name}:{place.lineno}" for place in places[-4:]
            )
            record.exc_info = None
            record.exc_text = None
        return True
