"""No address that the site names, redirects to or asks for holds a word of anybody: only random ids and times."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from leaks.canaries import found_in
from leaks.conftest import Left

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORDS = re.compile(r"/?([a-z0-9._-]+/)*[a-z0-9._-]*")
QUERIES = {"start", "due", "hours", "stage", "shape", "next", "alarm", "paused", "until", "kind"}


def test_the_walk_was_one(left: Left) -> None:
    assert left.seen.pages > 300
    assert sum("/encounters/" in one for one in left.seen.addresses) > 20


def test_no_address_holds_a_canary(left: Left) -> None:
    assert found_in("\n".join(sorted(left.seen.addresses)).encode()) == set()


def test_an_address_has_ids_and_our_own_words_and_nothing_else(left: Left) -> None:
    for address in left.seen.addresses:
        parts = urlsplit(address)
        if parts.scheme == "tel":
            assert re.fullmatch(r"[+0-9]+", parts.path), address
            continue
        assert parts.scheme == parts.netloc == "", address
        path = re.sub(
            r"G-\d\d|[a-zA-Z0-9_.-]+\.[0-9a-f]{8,12}\.(css|js|svg|woff2|png)", "x", ID.sub("x", parts.path)
        )
        assert WORDS.fullmatch(path), address
        assert {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)} <= QUERIES, address
