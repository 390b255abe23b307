"""No log holds a canary, whatever the level and whoever writes it; a failure names the code and no value."""

from __future__ import annotations

import io
import logging

import pytest

from leaks.canaries import CANARIES, found_in
from leaks.conftest import Left
from vangnet.site.logs import WithoutPersons
from vangnet.site.settings import LOGGING


def test_every_logger_was_heard(left: Left) -> None:
    assert {"django.request", "axes.handlers.database"} <= {*left.logged}, sorted(left.logged)


def test_no_record_of_any_logger_holds_a_canary(left: Left) -> None:
    assert len(left.logs) > 1_000
    assert found_in(left.logs) == set()


@pytest.mark.parametrize(
    "name", ["", "django.request", "django.security.csrf", "axes", "vangnet", "django.db.backends"]
)
def test_what_a_failure_says_goes_out_without_its_words(name: str) -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutPersons())
    logger = logging.getLogger(f"leaks.{name}")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        int(" ".join(CANARIES))
    except ValueError:
        logger.exception("It failed for %s", CANARIES[0], extra={"status_code": 500})
    logger.error("%s", CANARIES[1])
    logger.removeHandler(handler)
    assert found_in(out.getvalue().encode()) == set()
    assert "ValueError at test_what_a_failure_says_goes_out_without_its_words" in out.getvalue()


def test_the_handler_of_the_site_has_the_filter_and_there_is_no_other() -> None:
    assert list(LOGGING["handlers"]) == ["stderr"]
    assert LOGGING["handlers"]["stderr"]["filters"] == ["bare"]
    assert LOGGING["filters"]["bare"]["()"] == "vangnet.site.logs.WithoutPersons"
