"""An auditor reads who saw what, with the keyboard alone; axe finds nothing, and no address holds what was looked for."""

from __future__ import annotations

from typing import Any

import pytest

from journeys.test_access import FACES, findings
from journeys.test_keyboard import tab_to

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("language", "theme"), FACES)
def test_every_state_of_the_ledger(visit: Any, language: str, theme: str, size: dict[str, int]) -> None:
    blocked: list[str] = []
    page = visit("auditor", size=size, language=language, theme=theme)
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    found = {"first": findings(page)}
    page.goto("/ledger")
    page.locator(".rules summary").click()
    page.locator(".look summary").click()
    found["ledger"] = findings(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.select_option("[name=act]", "judge")
    page.fill("[name=record]", "4F2A-09BC")
    page.locator(".look form button").click()
    page.wait_for_selector(".empty")
    found["none"] = findings(page)
    page.locator(".look summary").click()
    page.fill("[name=record]", "4F2A")
    page.locator(".look form button").click()
    page.wait_for_selector("[role=alert]")
    found["mistake"] = findings(page)
    page.goto("/ledger/check")
    found["check"] = findings(page)
    page.locator("main form button").first.click()
    page.wait_for_selector(".say")
    found["checked"] = findings(page)
    assert {state: one for state, one in found.items() if one} == {}
    assert [text for text in blocked if "422" not in text] == []


def test_from_the_first_page_to_one_colleague_with_the_keyboard_alone(visit: Any) -> None:
    page = visit("auditor", size=DESK, language="en")
    tab_to(page, "main a[href='/ledger']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger")
    tab_to(page, ".look summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=person]")
    page.keyboard.type("J. de Wit")
    tab_to(page, ".look form button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".asked")
    assert "J. de Wit" in page.locator(".asked b").inner_text()
    assert page.url.endswith("/ledger")
    assert set(page.locator(".entries .who b").all_inner_texts()) == {"J. de Wit"}


def test_on_paper_the_entries_stand_without_forms(visit: Any) -> None:
    page = visit("privacy", size=DESK)
    page.goto("/ledger")
    page.emulate_media(media="print")
    assert not page.locator(".look").is_visible()
    assert not page.locator(".taking").is_visible()
    assert page.locator(".entries .who").first.is_visible()
