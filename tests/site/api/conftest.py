"""A town, and people of it who call the API with a session cookie and its token."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from chain.town import AT, Town
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import Actor

TOKEN = "t" * 32


class Caller:
    """Somebody with a session; every answer is checked for what every answer has."""

    def __init__(self, actor: Actor | None, *, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"accept-language": language, "x-csrftoken": TOKEN}
        if actor is not None:
            person = Person.objects.get(id=actor.person_id)
            self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        self.client.cookies["csrftoken"] = TOKEN

    def sends(self, address: str, body: Any, status: int, **headers: str) -> Any:
        """POST a body (bytes as they are, anything else as JSON) and give what the answer says."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = self.client.post(
            f"/api/v1{address}",
            content,
            content_type=headers.pop("content_type", "application/json"),
            headers=self.headers | headers,
        )
        return told(answer, status)

    def records(self, body: Any, status: int = 201, *, key: str | None = None, **headers: str) -> Any:
        return self.sends("/encounters", body, status, **{"idempotency-key": key or str(uuid4()), **headers})

    def asks(self, address: str, status: int = 200, **headers: str) -> Any:
        return told(self.client.get(f"/api/v1{address}", headers=self.headers | headers), status)


def told(answer: Any, status: int) -> Any:
    """Give the JSON of an answer; a failure must be a whole problem."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    assert answer["API-Version"] == "1.0.0"
    assert answer["Cache-Control"] == "no-store"
    said = answer.json()
    if status >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert set(said) == {"type", "title", "status", "detail", "reasons"}
        assert said["status"] == status
        assert said["detail"] == said["reasons"][0]["sentence"]
    else:
        assert answer["Content-Type"].startswith("application/json")
    return said


@pytest.fixture(autouse=True)
def anchor_file(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "anchors" / "ledger.jsonl"
    settings.VANGNET_ANCHOR_FILE = path
    settings.STATIC_ROOT = tmp_path
    return path


@pytest.fixture(autouse=True)
def afternoon() -> Any:
    with time_machine.travel(AT + timedelta(minutes=30), tick=False):
        yield


@pytest.fixture
def town(db: None) -> Town:
    return Town.begin()


@pytest.fixture
def calling() -> Callable[..., Caller]:
    return Caller
