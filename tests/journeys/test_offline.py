"""Without a connection: the draft survives, waits, and goes once when the connection is back."""

from __future__ import annotations

from typing import Any

import pytest

from journeys.walking import fill

pytestmark = pytest.mark.journey


def advices(page: Any) -> list[str]:
    page.goto("/encounters")
    links = page.locator("main a[href$='/advice']").evaluate_all("all => all.map(one => one.href)")
    return [str(one) for one in links]


def test_what_was_recorded_offline_goes_once_when_the_connection_is_back(visit: Any) -> None:
    page = visit("officer")
    before = len(advices(page))
    fill(page, name="Nora")
    page.context.set_offline(True)
    page.locator("button[name=go][value=record]:visible").click()
    page.wait_for_selector("[data-waiting]:not([hidden])")
    assert "U hoeft niet nog eens te drukken" in page.locator("[data-waiting]").inner_text()
    assert page.locator("[data-waiting] a[href^='tel:']").is_visible()
    assert page.locator("button[name=go][value=record]:visible").inner_text() == "Wacht op verbinding"
    assert "bel de Raad" in page.locator("[data-waiting]").inner_text()
    page.locator("button[name=go][value=record]:visible").click()
    page.context.set_offline(False)
    page.wait_for_url("**/advice")
    first = page.url
    found = advices(page)
    assert found.count(first) == 1
    assert len(found) == min(before + 1, 100)
    assert page.evaluate("sessionStorage.getItem('vangnet-draft')") is None


def test_the_draft_survives_a_page_that_is_loaded_again_offline(visit: Any) -> None:
    page = visit("officer")
    page.goto("/encounters/new")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()
    page.fill("[name=place]", "station, hal")
    page.wait_for_timeout(800)
    page.context.set_offline(True)
    page.reload()
    for is_offline in (
        False,
        True,
    ):  # a browser that is only told to be offline can forget to say so after a reload
        page.context.set_offline(is_offline)
    assert page.input_value("[name=place]") == "station, hal"
    assert page.locator("[data-offline]").is_visible()
    page.goto("/encounters")
    assert page.locator("h1").inner_text() == "Er is niets verstuurd"
    assert page.locator("[data-has-draft]").is_visible()
    assert page.locator("a[href^='tel:']").first.is_visible()
    page.context.set_offline(False)
