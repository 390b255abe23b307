"""With the keyboard alone: from the work list through the intake to the advice, without a mouse or a finger."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.journey
MOST = 120


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until this has the focus; nothing on the way may trap it, and the focus is always in sight."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def test_from_the_work_list_to_the_advice(visit: Any) -> None:
    page = visit("officer", size={"width": 1280, "height": 900})
    tab_to(page, "nav a[href='/encounters/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/encounters/new")
    tab_to(page, "[name=what_happened]")
    page.keyboard.type("Rolde een zakdoek uit een tas.")
    tab_to(page, "[name=place]")
    page.keyboard.type("station, hal")
    tab_to(page, "[name=kind]")
    page.keyboard.press("Space")
    for step in range(1, 7):
        if step == 2:
            tab_to(page, "[name=child_given]")
            page.keyboard.type("Nora")
        if step == 4:
            tab_to(page, "[name=seen_I-01], [name^=seen_]")
            page.keyboard.press("ArrowRight")
            assert page.evaluate("document.activeElement.value") == "observed"
        tab_to(page, f"#step-{step} .thumb a.utrecht-button")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/encounters/new#step-{step + 1}")
        page.wait_for_selector("h2:focus")  # a predicate in words would be eval, which our own policy forbids
    tab_to(page, "button[name=go][value=record]:not(.vh)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/advice")
    assert "aanwijzing" in page.locator("h1").inner_text()
    tab_to(page, ".utrecht-skip-link, main a")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_no_way_to_the_record_button_by_accident(visit: Any) -> None:
    page = visit("officer", size={"width": 1280, "height": 900})
    page.goto("/encounters/new")
    tab_to(page, "[name=place]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/encounters/new#step-2")
