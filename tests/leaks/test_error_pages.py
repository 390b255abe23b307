"""No page that says that something went wrong repeats a word of what was sent, on the pages and in the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from chain.referrals.town import Town
from leaks.canaries import CANARIES, found_in
from leaks.conftest import Left
from vangnet.trust.ledger import services as ledger

WORDS = " ".join(CANARIES)
FORM = dict.fromkeys(("reason", "words", "given_names", "offence", "q", "username"), WORDS)


def test_no_failure_in_the_story_repeats_a_word(left: Left) -> None:
    assert {one[:3] for one in left.seen.failures} >= {"400", "403", "404", "405", "409"}
    assert {name: found_in(body) for name, body in left.seen.failures.items() if found_in(body)} == {}


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> Town:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path
    assert not settings.DEBUG
    return Town.build()


def reader(town: Town, **more: Any) -> Client:
    client = Client(raise_request_exception=False, **more)
    client.force_login(town.people["officer"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def raising(*_: object, **__: object) -> None:
    raise KeyError(WORDS)


def full_disk(*_: object) -> None:
    raise OSError(WORDS)


Way = Callable[[Client, Town], Any]
WAYS: dict[str, tuple[int, Way]] = {
    "a word in an address": (404, lambda client, _: client.get(f"/{quote(CANARIES[0])}/{quote(CANARIES[1])}")),
    "a word in a query": (404, lambda client, _: client.get("/nothing", {"q": WORDS})),
    "a word in a query of a page": (200, lambda client, _: client.get("/", {"q": WORDS})),
    "a word as an id": (404, lambda client, _: client.get(f"/encounters/{quote(CANARIES[0])}/advice")),
    "a word as a check": (404, lambda client, town: client.get(f"/handovers/{town.tonight}/checks/{quote(WORDS[:40])}")),
    "another host": (400, lambda client, _: client.get("/", headers={"host": "zephyrineqq.example"})),
    "a body that is too large": (413, lambda client, _: client.post("/encounters/new", {"words": WORDS * 2000})),
    "too many fields": (413, lambda client, _: client.post("/encounters/new", {f"{WORDS}{at}": "" for at in range(1100)})),
    "another method": (405, lambda client, town: client.put(f"/encounters/{town.tonight}/advice", WORDS)),
    "a referral that is none": (404, lambda client, town: client.post(f"/referrals/{town.tonight}", FORM)),
    "API, an address": (404, lambda client, _: client.get(f"/api/v1/{quote(CANARIES[0])}", {"q": WORDS})),
    "API, no JSON": (400, lambda client, _: _sends(client, WORDS)),
    "API, another shape": (400, lambda client, _: _sends(client, f'{{"child": "{CANARIES[0]}", "kind": "{CANARIES[1]}"}}')),
    "API, too large": (413, lambda client, _: _sends(client, '"' + WORDS * 2000 + '"')),
    "API, another kind": (415, lambda client, _: client.post("/api/v1/encounters", FORM, headers=KEY)),
    "API, no key": (400, lambda client, _: client.post("/api/v1/encounters", WORDS, "application/json", headers={"idempotency-key": WORDS})),
}  # fmt: skip
KEY = {"idempotency-key": "7d444840-9dc0-11d1-b245-5ffdce74fad2"}


def _sends(client: Client, body: str) -> Any:
    return client.post("/api/v1/encounters", body, "application/json", headers=KEY)


@pytest.mark.parametrize("way", WAYS)
def test_what_was_sent_does_not_come_back(town: Town, way: str) -> None:
    status, ask = WAYS[way]
    answer = ask(reader(town), town)
    assert answer.status_code == status
    assert found_in(answer.content) == set()
    assert found_in(str(answer.headers).encode()) == set()


def test_a_form_without_its_token(town: Town) -> None:
    answer = reader(town, enforce_csrf_checks=True).post("/encounters/new", FORM)
    assert answer.status_code == 403
    assert "stond te lang open" in answer.content.decode()
    assert found_in(answer.content) == set()


@pytest.mark.parametrize("address", ["/encounters/{}/advice", "/api/v1/encounters/{}/assessment"])
def test_a_fault_of_our_own(town: Town, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vangnet.chain.flow.advice", raising)
    answer = reader(town).get(address.format(town.tonight))
    assert answer.status_code == 500
    assert found_in(answer.content) == set()
    assert b"KeyError" not in answer.content
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize("address", ["/encounters/{}/advice", "/api/v1/encounters/{}/assessment", "/encounters"])
def test_a_ledger_that_cannot_be_written(town: Town, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_write", full_disk)
    answer = reader(town).get(address.format(town.tonight), {"q": WORDS})
    assert answer.status_code == 503
    assert found_in(answer.content) == set()


def test_too_many_wrong_passwords(town: Town, settings: Any) -> None:
    settings.AXES_ENABLED = True
    cache.clear()
    client = Client()
    answers = [client.post("/login", {"username": "officer", "password": WORDS}) for _ in range(5)]
    cache.clear()
    answer = answers[-1]
    assert [one.status_code for one in answers] == [200, 200, 200, 200, 429]
    assert "Te veel pogingen" in answer.content.decode()
    assert found_in(answer.content) == set()
