"""The net that the other tests fish with has no hole: a canary is found in every spelling, and nothing else is."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from leaks.canaries import CANARIES, found_in

SPELLINGS = {
    "as it is": str.encode,
    "lower": lambda text: text.lower().encode(),
    "upper": lambda text: text.upper().encode(),
    "percent": lambda text: quote(text).encode(),
    "JSON": lambda text: json.dumps(text).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 behind one": lambda text: base64.b64encode(b"x" + text.encode() + b"yz"),
    "base64 behind two": lambda text: base64.b64encode(b"xy" + text.encode() + b"z"),
    "base64 of the web": lambda text: base64.urlsafe_b64encode(b"abc" + text.encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, other end first": lambda text: text.encode("utf-16-be"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_canary_is_found_in_every_spelling(spelling: str) -> None:
    missed = {one for one in CANARIES if one not in found_in(b"before\x00" + SPELLINGS[spelling](one) + b"\nafter")}
    assert missed == set()


@pytest.mark.parametrize(
    ("text", "canary"),
    [("612349876", "+31612349876"), ("20120517", "2012-05-17"), ("17-05-2012", "2012-05-17"),
     ("zephyrineqq", "Zephyrinéqq"), ("QQ9XYZ", "QQ-9-XYZ"), ("lindelaanqq", "Lindelaanqq 7")],
)  # fmt: skip
def test_also_after_the_usual_tidying(text: str, canary: str) -> None:
    assert canary in found_in(text.encode())


def test_nothing_is_found_where_nothing_is() -> None:
    assert found_in(b"an ordinary page of 2012 about nobody, 0612, dXJs") == set()
