"""Schemathesis: whatever fits the document, and whatever does not, gets an answer that the document names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from chain.town import RAW, Town
from vangnet.site.api.urls import document

MODES = schemathesis.GenerationMode
OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]
CASES = [
    pytest.param(path, method, mode, id=f"{method} {path} {mode.value}")
    for path, method in OPERATIONS
    for mode in (MODES.POSITIVE, MODES.NEGATIVE)
    if (path, mode) != ("/openapi.json", MODES.NEGATIVE)  # it takes nothing that could be wrong
]
ELSEWHERE = [positive_data_acceptance, ignored_auth]
"""Left out: what fits the schema can still not be, such as 31 February or an encounter of another organisation; and
who comes in without a session is tried in `test_encounters.py`, because here the session stands outside the case."""


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """Keep the connection of the test's transaction open between requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema() -> Any:
    load_all_checks()
    config = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
    told = schemathesis.openapi.from_dict(document(), config=config)
    told.app = WSGIHandler()
    return told


@pytest.mark.parametrize(("path", "method", "mode"), CASES)
def test_every_answer_is_one_that_the_document_names(
    town: Town, calling: Callable[..., Any], schema: Any, path: str, method: str, mode: Any
) -> None:
    caller = calling(town.specialist)
    session = caller.client.session
    session["purpose"] = "identify_child"
    session.save()
    cookies = {name: morsel.value for name, morsel in caller.client.cookies.items()}

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        if mode is MODES.POSITIVE and method == "post":
            case.body["organisation"] = RAW["organisation"]  # so that what fits is recorded, not only refused
        case.call_and_validate(
            headers=caller.headers,
            cookies=cookies,
            base_url="http://localhost/api/v1",
            excluded_checks=ELSEWHERE,
        )

    answered()
