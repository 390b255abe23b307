"""The officer at night on a phone: from opening the page to the advice, in seconds and taps; with and without script."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.journey
FIGURES = Path(__file__).parents[2] / "bench" / "results"


class Taps:
    """Counts what the officer touches, the way fingers do: a press is a tap, a field is a tap and its typing."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.count = 0

    def press(self, selector: str) -> None:
        """Press what can be seen."""
        self.page.locator(selector).locator("visible=true").first.click()
        self.count += 1

    def type(self, name: str, text: str) -> None:
        """Touch a field and type in it."""
        self.page.fill(f"[name={name}]", text)
        self.count += 1


def walk_to_the_last_step(taps: Taps) -> None:
    taps.type("what_happened", "Rolde een zakdoek uit een tas en gaf die meteen door.")
    taps.type("place", "station, hal")
    taps.press(".step .thumb a")
    taps.page.locator("#step-2 input[type=text]:visible").first.fill("Nora")
    taps.count += 1
    taps.press(".step .thumb a")
    taps.press(".step .thumb a")
    taps.page.locator("#step-4 label.y:visible").first.click()
    taps.page.locator("#step-4 label.y:visible").nth(1).click()
    taps.count += 2
    taps.press(".step .thumb a")
    taps.press(".step .thumb a")
    taps.press(".step .thumb a")


def test_from_opening_to_the_advice(visit: Any) -> None:
    page = visit("officer")
    started = time.perf_counter()
    page.goto("/encounters/new")
    taps = Taps(page)
    walk_to_the_last_step(taps)
    taps.press("button[name=go][value=record]")
    page.wait_for_url("**/advice")
    seconds = time.perf_counter() - started
    assert "aanwijzing" in page.locator("h1").inner_text().lower()
    FIGURES.mkdir(parents=True, exist_ok=True)
    figures = {"taps": taps.count, "seconds_of_a_machine": round(seconds, 1)}
    (FIGURES / "officer-390.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    assert taps.count <= 45


def test_pressing_twice_records_one_encounter(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new")
    taps = Taps(page)
    walk_to_the_last_step(taps)
    page.locator("button[name=go][value=record]:visible").dblclick()
    page.wait_for_url("**/advice")
    first = page.url
    page.go_back()
    page.goto("/encounters")
    links = page.locator("main a[href$='/advice']").evaluate_all("all => all.map(one => one.href)")
    assert links.count(first) == 1


def test_what_is_typed_survives_a_reload(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new")
    page.fill("[name=place]", "station, hal")
    page.wait_for_timeout(800)
    page.reload()
    assert page.input_value("[name=place]") == "station, hal"


def test_a_wrong_date_is_said_and_nothing_is_lost(visit: Any) -> None:
    page = visit("officer", language="en")
    page.goto("/encounters/new")
    page.fill("[name=what_happened]", "Something happened.")
    page.fill("[name=met_month]", "13")
    page.evaluate(
        "document.getElementById('intake').requestSubmit(document.querySelector('[name=go][value=record]'))"
    )
    page.wait_for_selector(".utrecht-alert--error a")
    assert page.input_value("[name=what_happened]") == "Something happened."
