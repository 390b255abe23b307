"""A reader of rendered pages: the text in the order it is read, and the rules that every page keeps."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from chain.town import Town, after
from vangnet.trust.access.models import Person

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
NEVER = re.compile(r"\b(low risk|laag risico|score|cleared|suspect|verdachte|illegaal|release)\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Give the text of a page, without its head and tags."""
    body = re.sub(r"(?s)<head>.*?</head>", "", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def kept(text: str) -> str:
    """Give a page back, once it keeps the rules: nothing inline, one first heading, no word that may never stand."""
    assert not INLINE.search(text), INLINE.search(text)
    assert not NEVER.search(plain(text)), NEVER.search(plain(text))
    assert len(re.findall(r"<h1\b", text)) == 1
    assert len(re.findall(r"<main\b", text)) == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    for name in re.findall(r'<label[^>]*\sfor="([^"]+)"', text):
        assert name in ids, name
    return text


def client_of(username: str, language: str = "nl") -> Client:
    """Log somebody of the town in, reading in one language."""
    client = Client(headers={"accept-language": language}, raise_request_exception=True)
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(client: Client, url: str, status: int = 200) -> str:
    """Open a page and hold it against the rules."""
    answer = client.get(url)
    assert answer.status_code == status, plain(answer.content.decode())[:1500]
    return kept(answer.content.decode())


@pytest.fixture(autouse=True)
def small_site(settings: Any, tmp_path: Path) -> None:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def night() -> Any:
    with time_machine.travel(after(30), tick=False):
        yield


@pytest.fixture
def town(db: None) -> Town:
    return Town.begin()
