"""The intake in a browser: times and dates as on the wall, a skipped line, a time that does not exist, and who "he" is."""

from __future__ import annotations

import re
from typing import Any

import pytest

from journeys.walking import fill, on

pytestmark = pytest.mark.journey


def test_a_time_that_does_not_exist_is_refused_on_its_own_step(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new")
    page.fill("[name=met_time]", "25:99")
    on(page, 1)
    assert not page.url.endswith("#step-2")
    assert (
        page.locator("#step-1 [role=alert]:visible").inner_text().startswith("Schrijf de tijd in uren en minuten")
    )
    page.fill("[name=met_time]", "01:52")
    on(page, 1)
    assert page.url.endswith("#step-2")
    assert page.locator("#step-1 [role=alert]").count() == 0


def test_what_was_kept_has_the_time_of_the_place_and_the_check_a_date_as_one_writes_it(visit: Any) -> None:
    page = visit("officer")
    fill(page, held=False)
    page.wait_for_timeout(800)
    there = page.evaluate("new Date().toLocaleTimeString('nl-NL', {hour: '2-digit', timeZone: 'Europe/Amsterdam'})")
    assert re.search(rf"Bewaard {there[:2]}:\d\d", page.locator("[data-saved]").inner_text())
    first = page.locator("[data-of=step-1]").inner_text()
    assert re.search(r"\d{1,2} [a-z]+ \d{4}, \d\d:\d\d", first)
    assert page.evaluate("document.documentElement.lang") == "nl"


def test_a_line_that_was_weighed_differs_from_one_that_was_skipped(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new#step-4")
    lines = page.locator("#step-4 .seen li")
    lines.nth(0).locator("label.u").click()
    assert "weighed" in lines.nth(0).get_attribute("class")
    assert "weighed" not in (lines.nth(1).get_attribute("class") or "")
    page.wait_for_timeout(800)
    page.reload()
    assert "weighed" in page.locator("#step-4 .seen li").nth(0).get_attribute("class")
    page.goto("/encounters/new#step-7")
    assert page.locator("[data-of=step-4]").inner_text().count("gekeken, niet bekend") == 1


def test_the_check_asks_of_whom_the_child_speaks_while_nobody_is_filled_in(visit: Any) -> None:
    page = visit("officer")
    fill(page)
    page.locator("[data-ask-who]").wait_for(state="visible")
    page.locator("[data-ask-who] a").click()
    page.fill("[name=collector_given]", "Tomas")
    on(page, 5)
    on(page, 6)
    page.locator("[data-of=step-5] p", has_text="Tomas").wait_for(state="visible")
    assert page.locator("[data-ask-who]").is_hidden()


@pytest.mark.parametrize(
    ("met", "arrived", "asks"),
    [
        ("02:00", "02:00", False),
        ("23:40", "00:30", False),
        ("02:00", "01:00", True),
        ("01:00", "09:00", True),
        ("01:00", "", False),
    ],
)
def test_the_check_asks_once_whether_a_meeting_far_from_the_arrival_is_right_and_blocks_nothing(
    visit: Any, met: str, arrived: str, asks: bool
) -> None:
    page = visit("officer")
    fill(page)
    page.goto("/encounters/new#step-1")
    page.fill("[name=met_time]", met)
    page.evaluate("location.hash = '#step-3'")
    page.fill("[name=arrived_time]", arrived)
    page.evaluate("location.hash = '#step-7'")
    page.locator("[data-of=step-1]").wait_for(state="visible")
    assert page.locator("[data-ask-when]").is_visible() is asks
    assert page.locator("button[value=record]").is_enabled()
