"""No log holds a canary, whatever the level and whoever writes it; a failure names the code and no value."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils.log import log_response

from leaks.canaries import CANARIES, found_in
from leaks.conftest import Left
from vangnet.site.logs import LINE, WithoutPersons
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


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """What Django's own loggers write through the handler of the site."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutPersons())
    handler.setFormatter(logging.Formatter(LINE))
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)


def failing(address: str) -> HttpRequest:
    request = RequestFactory().get(f"{address}?q={CANARIES[0]}")
    request.resolver_match = resolve(address)
    return request


def test_a_line_names_status_page_and_kind_of_error_and_nothing_of_the_address(heard: io.StringIO) -> None:
    number = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
    request = failing(f"/encounters/{number}/advice")
    try:
        int(CANARIES[1])
    except ValueError as error:
        log_response("%s: %s", CANARIES[0], request.path, request=request, response=_answer(500), exception=error)
    line = heard.getvalue()
    assert (
        "ERROR django.request: 500 Internal Server Error, page encounters:advice, ValueError at test_a_line_"
        in line
    )
    assert number not in line
    assert found_in(line.encode()) == set()


@pytest.mark.django_db
def test_an_address_of_no_page_is_told_as_none(heard: io.StringIO) -> None:
    Client().get(f"/{CANARIES[0]}/nothing")
    assert "WARNING django.request: 404 Not Found, page none of this site" in heard.getvalue()
    assert found_in(heard.getvalue().encode()) == set()


@pytest.mark.parametrize(
    ("template", "values", "line"),
    [
        ("It failed for %s after %d tries (%r)", (CANARIES[0], 42, Http404(CANARIES[1])), "It failed for … after … tries (Http404)"),
        ("%(who)s is 100%% sure of %-8.2f", ({"who": CANARIES[0]},), "… is 100% sure of …"),
        ("Nothing to fill in", (), "Nothing to fill in"),
    ],
)  # fmt: skip
def test_a_value_is_told_as_left_out_and_an_error_by_its_kind(
    heard: io.StringIO, template: str, values: tuple[object, ...], line: str
) -> None:
    logging.getLogger("django.x").error(template, *values)
    assert heard.getvalue().endswith(f"ERROR django.x: {line}\n")


def test_the_words_of_an_error_that_stand_as_the_line_itself_are_left_out(heard: io.StringIO) -> None:
    try:
        int(CANARIES[0])
    except ValueError as error:
        logging.getLogger("django.security.x").exception(str(error), stack_info=True)  # noqa: TRY401 - as Django does
    assert "django.security.x: ValueError at test_the_words" in heard.getvalue()
    assert found_in(heard.getvalue().encode()) == set()


def _answer(status: int) -> object:
    return type("Answer", (), {"status_code": status})()
