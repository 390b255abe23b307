"""axe finds nothing on the key pages, in both languages, light and dark; nothing is blocked by the page's own rules."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
FACES = [(language, theme) for language in ("nl", "en") for theme in ("light", "dark")]


def findings(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def newest(page: Any) -> str:
    page.goto("/encounters")
    link = page.locator("main a[href$='/advice']").first.get_attribute("href")
    assert link
    return str(link)


@pytest.mark.parametrize(("language", "theme"), FACES)
def test_the_officer_s_pages(visit: Any, language: str, theme: str) -> None:
    blocked: list[str] = []
    page = visit("officer", size=PHONE, language=language, theme=theme)
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    advice = newest(page)
    found = {}
    for address in ("/", "/encounters/new", advice, advice.replace("advice", "candidates")):
        page.goto(address)
        found[address] = findings(page)
    assert {address: one for address, one in found.items() if one} == {}
    assert blocked == []


@pytest.mark.parametrize(("language", "theme"), FACES)
def test_the_desk_s_pages(visit: Any, language: str, theme: str) -> None:
    page = visit("desk", size=DESK, language=language, theme=theme)
    advice = newest(page)
    found = {}
    for address in ("/", advice, advice.replace("advice", "handover"), "/purpose"):
        page.goto(address)
        found[address] = findings(page)
    assert {address: one for address, one in found.items() if one} == {}


@pytest.mark.parametrize("account", ["board", "specialist"])
def test_the_pages_of_the_others(visit: Any, account: str) -> None:
    page = visit(account, size=DESK, language="nl")
    assert findings(page) == []
    page.goto("/purpose")
    assert findings(page) == []


def test_the_door_itself(visit: Any) -> None:
    page = visit(None, size=PHONE)
    page.goto("/login")
    assert findings(page) == []
