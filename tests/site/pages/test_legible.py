"""Text comes in UTF-8: whatever else a request says of itself is refused with a sentence, never with a fault of ours."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from browsing import client_of, kept, plain
from vangnet.site.wsgi import application

BODY = b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nen\r\n--x--\r\n'
FORM = "multipart/form-data; boundary=x"
OTHERS = (
    "rot13",
    "zip",
    "idna",
    "unicode_escape",
    "hex",
    "undefined",
    "utf-16",
    "utf-7",
    "latin-1",
    "nonsense",
    "a b",
)
PAGES = ("/login", "/encounters/new", "/language")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("encoding", OTHERS)
def test_another_encoding_is_a_page_with_a_sentence(town: Any, address: str, encoding: str) -> None:
    for kind in (FORM, "application/x-www-form-urlencoded"):
        answer = client_of("officer", "en").generic(
            "POST", address, BODY, content_type=f'{kind}; charset="{encoding}"'
        )
        assert answer.status_code == 400
        assert "sent something that Vangnet does not understand" in plain(kept(answer.content.decode()))


@pytest.mark.parametrize("kind", ["application/json; charset=rot13", f"{FORM}; charset=zip"])
def test_a_program_is_told_in_its_own_form(town: Any, kind: str) -> None:
    answer = client_of("officer", "en").generic("POST", "/api/v1/encounters", b"{}", content_type=kind)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Send the text in UTF-8."


@pytest.mark.parametrize("more", ["", "; charset=utf-8", "; charset=UTF8", '; charset="Utf-8"'])
def test_utf8_is_taken_whatever_it_is_called(town: Any, more: str) -> None:
    answer = client_of("officer").generic("POST", "/language", BODY, content_type=FORM + more)
    assert answer.status_code == 302
    assert answer.cookies["django_language"].value == "en"


@pytest.mark.parametrize("kind", ["text/plain; a*=nonsense''b", f"{FORM}; charset*=nonsense''b"])
def test_a_header_that_cannot_be_read_is_no_fault_of_ours(town: Any, kind: str) -> None:
    said = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/login",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(BODY),
        "CONTENT_LENGTH": str(len(BODY)),
        "CONTENT_TYPE": kind,
    }
    page = b"".join(application(environ, lambda status, _headers, *_: said.append(status)))
    assert said == ["400 Bad Request"]
    assert b"<html" in page
