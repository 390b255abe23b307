"""Every page speaks one language: no sentence of the other stands on it, unless it is marked as such."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine

from chain.flow.leaving import hand_over
from chain.referrals.town import AT, NOOR, Town, after
from vangnet.chain import flow
from vangnet.chain.referrals.kinds import KINDS
from vangnet.knowledge import clocks, indicators
from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import PURPOSES, Collector, PersonName, Words

sys.path.append(str(Path(__file__).parents[2] / "house"))
from messages import catalogue

MARKED = re.compile(r'<(\w+)[^>]*\slang="[^"]*"[^>]*>.*?</\1>', re.DOTALL)
FIELD = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
LEAST = 3
"""Words that a piece must have before it is looked for inside a text; shorter ones only as a whole text."""


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Give every sentence of the pages and of the shelves as (Dutch, English)."""
    shown = [(str(one.string), str(one.id)) for one in catalogue("nl") if one.id and one.string]
    said: list[Words] = [
        *(one.words for one in KINDS.values()),
        *(one.words for one in PURPOSES.values()),
        *(one.words for one in OUTCOMES.values()),
        *(words for one in clocks.table().values() for words in (one.words, one.holder)),
        *(words for one in indicators.catalogue().indicators.values() for words in (one.words, one.action)),
    ]
    return (*shown, *((one.nl, one.en) for one in said))


def pieces(sentence: str) -> Iterator[str]:
    for part in FIELD.split(sentence):
        text = " ".join(part.split()).strip(" .,:;–")
        if len(text.split()) >= LEAST:
            yield text.casefold()


@cache
def foreign(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give what may not stand on a page of a language: pieces of sentences, and whole short texts."""
    mine = 0 if language == "nl" else 1
    own = " ".join(pair[mine] for pair in pairs()).casefold()
    theirs = {pair[1 - mine] for pair in pairs() if pair[0] != pair[1]}
    long = {piece for one in theirs for piece in pieces(one) if piece not in own}
    short = {one.casefold() for one in theirs if len(one.split()) < LEAST and not FIELD.search(one)}
    shared = {pair[mine].casefold() for pair in pairs()}
    return frozenset(long), frozenset(short - shared)


def texts(page: str) -> list[str]:
    """Give the texts of a page that are not marked as being in another language."""
    body = re.sub(r"(?s)<head>.*?</head>", "", page)
    body = MARKED.sub(" ", re.sub(r"(?s)^.*?<body", "<body", body))
    spoken = re.findall(r'(?:aria-label|data-words|data-none|data-busy|data-warn)="([^"]*)"', body)
    found = [*re.split(r"<[^>]+>", body), *spoken]
    return [text for one in found if (text := " ".join(html.unescape(one).split()).casefold())]


def strange(page: str, language: str) -> list[str]:
    """Give every text of a page that is in the other language."""
    long, short = foreign(language)
    read = texts(page)
    whole = " | ".join(read)
    return sorted({one for one in long if one in whole} | {one for one in read if one.rstrip(".:") in short})


@pytest.fixture
def town(settings: Any, tmp_path: Path, db: None) -> Town:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path
    return Town.build()


def pages_of(town: Town) -> dict[str, tuple[str, ...]]:
    here = f"/encounters/{town.tonight}"
    about = (f"{here}/advice", f"{here}/timeline", f"{here}/candidates", f"{here}/handover", f"{here}/add")
    own = ("/", "/older", "/encounters", "/encounters/new", "/purpose", f"{here}/referral", *about)
    return {
        "officer": own,
        "desk": ("/", *about),
        "specialist": ("/", f"{here}/candidates"),
        "board": ("/", f"{here}/advice", f"{here}/timeline"),
        "waterland": ("/",),
        "auditor": ("/", f"{here}/advice", "/ledger", "/ledger/check"),
        "shelter": ("/", f"{here}/advice"),
    }


def told(town: Town, language: str, more: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    found = {}
    with time_machine.travel(after(20), tick=False):
        for who, paths in more.items():
            client = town.client(who, language)
            for path in paths:
                answer = client.get(path)
                assert answer.status_code in {200, 403, 404}, (who, path, answer.status_code)
                if wrong := strange(answer.content.decode(), language):
                    found[f"{who} {path}"] = wrong
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_while_a_child_is_held_mixes_two_languages(town: Town, language: str) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT)
    town.met("desk", NOOR, met_at=AT)
    sent = town.refer()
    flow.ask_gate(
        actor=town.actor("desk"),
        encounter_id=town.tonight,
        collector=Collector(name=PersonName("T.", "Verhagen")),
        at=after(2),
    )
    more = pages_of(town) | {"other": (f"/referrals/{sent}",)}
    assert told(town, language, more) == {}
    judging = {"specialist": (f"/encounters/{town.tonight}/candidates/{theirs}",), "board": (f"/referrals/{sent}",)}
    assert told(town, language, judging) == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_after_the_child_left_mixes_two_languages(town: Town, language: str) -> None:
    sent = town.refer()
    town.answer(sent, "asked_back", reason="How old?")
    hand_over(town)
    assert told(town, language, pages_of(town) | {"other": (f"/referrals/{sent}",)}) == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_without_a_child_mixes_two_languages(town: Town, language: str) -> None:
    client = town.client("officer", language)
    client.post("/encounters/new", {"met_month": "13"})
    for path in ("/offline", "/nowhere"):
        assert strange(client.get(path).content.decode(), language) == []
    again = client.post("/encounters/new", {"met_month": "13", "met_year": "x"}).content.decode()
    assert strange(again, language) == []
    client.logout()
    client.cookies["django_language"] = language
    assert strange(client.get("/login").content.decode(), language) == []


def test_the_test_can_fail() -> None:
    assert strange("<body><p>The hold ends, even if something is missing</p></body>", "nl")
    assert strange("<body><p>Het ophouden eindigt, ook als er nog iets ontbreekt</p></body>", "en")
    assert strange("<body><p>Onbekend</p><a>Naar het advies</a></body>", "en")
    assert not strange('<body><p lang="nl">Naar het advies</p></body>', "en")
