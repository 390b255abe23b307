"""Who sends too much hears it in one sentence, and the connection stays whole for what is sent after it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import close_old_connections

from browsing import client_of, kept, plain
from vangnet.site import wsgi

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture(autouse=True)
def same_connection() -> Iterator[None]:
    """Leave the connection of the test open when a request begins, as the client of the tests does."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def environ(path: str, kind: str, body: BytesIO, length: int) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": kind,
    }


@pytest.mark.parametrize("path", ["/login", "/nothing", "/api/v1/encounters"])
@pytest.mark.parametrize("kind", [FORM, JSON])
@pytest.mark.parametrize("length", [100_000, 3_000_000])
@pytest.mark.django_db
def test_nothing_of_a_body_is_left_unread(path: str, kind: str, length: int) -> None:
    body = BytesIO(b"a=" + b"x" * (length - 2) + b"GET / HTTP/1.1")
    list(wsgi.application(environ(path, kind, body, length), lambda *_: None))
    assert body.read() == b"GET / HTTP/1.1"


@pytest.mark.django_db
def test_who_goes_on_sending_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wsgi, "MOST_READ", 200_000)
    body = BytesIO(b"x" * 3_000_000)
    list(wsgi.application(environ("/nothing", JSON, body, 3_000_000), lambda *_: None))
    assert body.tell() < 300_000


class Gone(BytesIO):
    """A body whose sender left."""

    def read(self, *_: Any) -> bytes:
        raise OSError


@pytest.mark.django_db
def test_who_left_while_sending_is_no_fault_of_ours() -> None:
    said: list[str] = []
    list(wsgi.application(environ("/nothing", JSON, Gone(), 99), lambda status, *_: said.append(status)))
    assert said == ["404 Not Found"]


def test_a_page_says_it_in_one_sentence(town: Any) -> None:
    answer = client_of("officer", "en").post("/encounters/new", "words=" + "x" * 3_000_000, content_type=FORM)
    text = plain(kept(answer.content.decode()))
    assert answer.status_code == 413
    assert "A page takes one megabyte at most. Nothing was changed." in text
    assert "What you filled in is still on this device." in text


def test_the_api_says_it_in_one_sentence(town: Any) -> None:
    answer = client_of("officer", "en").post(
        "/api/v1/encounters",
        json.dumps({"words": "x" * 3_000_000}),
        content_type=JSON,
        headers={"idempotency-key": "7d444840-9dc0-11d1-b245-5ffdce74fad2"},
    )
    assert answer.status_code == 413
    assert answer.json()["detail"] == "An encounter is one megabyte at most; send one at a time."
