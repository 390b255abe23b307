"""On a phone: the bar covers no control, nothing is wider than the screen, and who you are is always in sight."""

from __future__ import annotations

from typing import Any

import pytest

from journeys.walking import record

pytestmark = pytest.mark.journey

COVERED = """step => {
  const bar = step.querySelector(".thumb").getBoundingClientRect.bind(step.querySelector(".thumb"));
  const top = document.querySelector(".stepline").getBoundingClientRect().bottom;
  const shown = [...step.querySelectorAll("input:not([type=hidden]), textarea, summary, a")]
    .filter((one) => !one.closest(".thumb") && one.checkVisibility());
  const wrong = [];
  for (const one of shown) {
    one.focus();
    one.scrollIntoView({ block: "nearest" });
    const box = one.getBoundingClientRect();
    if (box.height > window.innerHeight - 200) continue;
    if (box.bottom > bar().top + 1 || box.top < top - 1) wrong.push(`${one.name || one.textContent}: ${box.bottom} ${bar().top}`);
  }
  return [shown.length, wrong];
}"""


def test_no_control_of_the_intake_is_covered_by_the_bar(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new")
    counted = 0
    for step in range(1, 8):
        if step > 1:
            page.evaluate(f"location.hash = 'step-{step}'")
        page.wait_for_selector(f"#step-{step}:visible")
        many, wrong = page.locator(f"#step-{step}").evaluate(COVERED)
        counted += many
        assert wrong == [], step
    assert counted > 60


def test_the_first_step_fits_on_the_screen_with_nothing_cut_in_half(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new")
    bar = page.locator("#step-1 .thumb").bounding_box()
    for one in page.locator("#step-1 label.opt").all():
        box = one.bounding_box()
        assert box
        assert bar
        assert box["y"] + box["height"] <= bar["y"]
    assert bar["y"] + bar["height"] == pytest.approx(844, abs=1)


def test_the_intake_says_who_and_for_what_and_that_now_was_filled_in(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new")
    who = page.locator(".whoami").inner_text()
    for words in ("Vangnet", "J. de Wit", "Politie Rijnhaven", "Doel: dit kind beschermen."):
        assert words in who
    step = page.locator("#step-1").inner_text()
    assert "Wanneer was de ontmoeting?" in step
    assert "Nu ingevuld. Pas aan als het eerder was." in step


def test_nothing_is_wider_than_the_phone(visit: Any) -> None:
    page = visit("officer")
    encounter = record(page)
    for address in ("/", "/older", "/encounters", "/purpose", "/encounters/new"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    for more in ("advice", "timeline", "candidates", "referral", "add"):
        page.goto(f"{encounter}/{more}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, more


def test_a_way_to_record_an_encounter_and_who_i_am_stand_on_the_work_list(visit: Any) -> None:
    page = visit("officer")
    page.goto("/")
    assert page.locator("main a[href='/encounters/new']").is_visible()
    assert page.locator(".menu .org").is_visible()
    assert page.locator(".menu .org").inner_text() == "Politie Rijnhaven"
