"""Take the pictures of every screen for the docs: `python tests/journeys/pictures.py ADDRESS [NAME…]` of a demo site.

Both widths, both languages. Nothing is drawn or mended by hand: what is in docs/pictures is what the product shows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from journeys.gate_states import STATES, People
from journeys.walking import answer, ask_board, fill, on, record

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDTHS = {390: 844, 1280: 900}
FACES_OF_STATES = ((1280, "nl"), (390, "en"))
"""A state of the gate is pictured twice: the desk in Dutch, the phone in English."""
World = Mapping[str, str]
Prepare = Callable[[Page, World], None]


def at(address: str) -> Prepare:
    """Go to an address; what stands in braces is of the world."""

    def go(page: Page, world: World) -> None:
        page.goto(address.format(**world))

    return go


def _step(number: int) -> Prepare:
    def go(page: Page, world: World) -> None:
        del world
        fill(page)
        page.evaluate(f"location.hash = 'step-{number}'")
        page.wait_for_selector(f"#step-{number}:visible")

    return go


def _empty_intake(page: Page, world: World) -> None:
    del world
    page.goto("/encounters/new")


def _mistake(page: Page, world: World) -> None:
    del world
    page.goto("/encounters/new")
    page.fill("[name=what_happened]", "Rolde een zakdoek uit een tas.")
    page.fill("[name=met_month]", "13")
    page.evaluate(
        "document.getElementById('intake').requestSubmit(document.querySelector('[name=go][value=record]'))"
    )
    page.wait_for_selector(".utrecht-alert--error a")


def _waiting(page: Page, world: World) -> None:
    del world
    fill(page)
    page.context.set_offline(True)
    page.locator("button[name=go][value=record]:visible").click()
    page.wait_for_selector("[data-waiting]:not([hidden])")


def _several(page: Page, world: World) -> None:
    page.goto(f"{world['held']}/referral?kind=placement")


def _looked_for(page: Page, world: World) -> None:
    del world
    page.goto("/ledger")
    page.locator(".look summary").click()
    page.select_option("[name=act]", "record_handover")
    page.locator(".look form button").click()
    page.wait_for_selector(".asked")


def _nothing_fits(page: Page, world: World) -> None:
    del world
    page.goto("/ledger")
    page.locator(".look summary").click()
    page.fill("[name=record]", "0000-0000")
    page.locator(".look form button").click()
    page.wait_for_selector(".empty")


def _checked(page: Page, world: World) -> None:
    del world
    page.goto("/ledger/check")
    page.locator("main form button").first.click()
    page.wait_for_selector(".say")


SCREENS: dict[str, tuple[str | None, Prepare]] = {
    "login": (None, at("/login")),
    "purpose": ("desk", at("/purpose")),
    "work": ("officer", at("/")),
    "work-desk": ("desk", at("/")),
    "work-board": ("board", at("/")),
    "work-empty": ("shelter", at("/")),
    "work-older": ("desk", at("/older")),
    "encounters": ("desk", at("/encounters")),
    "intake": ("officer", _empty_intake),
    "intake-child": ("officer", _step(2)),
    "intake-held": ("officer", _step(3)),
    "intake-seen": ("officer", _step(4)),
    "intake-check": ("officer", _step(7)),
    "intake-mistake": ("officer", _mistake),
    "intake-offline": ("officer", _waiting),
    "advice": ("officer", at("{held}/advice")),
    "advice-left": ("officer", at("{left}/advice")),
    "advice-no-indication": ("officer", at("{quiet}/advice")),
    "add": ("officer", at("{held}/add")),
    "candidates": ("officer", at("{left}/candidates")),
    "candidates-none": ("officer", at("{held}/candidates")),
    "compare": ("specialist", at("{compare}")),
    "timeline": ("officer", at("{left}/timeline")),
    "gate": ("desk", at("{left}/handover")),
    "referral-new": ("officer", at("{held}/referral")),
    "referral-place": ("officer", _several),
    "referral-answer": ("board", at("{question}")),
    "referral-waiting": ("officer", at("{question}")),
    "referral-accepted": ("officer", at("{answered}")),
    "referral-declined": ("officer", at("{declined}")),
    "work-auditor": ("auditor", at("/")),
    "ledger": ("auditor", at("/ledger")),
    "ledger-look": ("auditor", _looked_for),
    "ledger-none": ("auditor", _nothing_fits),
    "ledger-check": ("auditor", _checked),
    "refused": ("auditor", at("{held}/advice")),
    "not-found": ("officer", at("/encounters/{nowhere}/advice")),
    "offline": (None, at("/offline")),
}


LISTS = frozenset({"work-older", "encounters", "ledger"})
"""Screens that may be very long: the picture shows what is in sight."""


def come_in(browser: Browser, site: str, account: str | None, width: int, language: str) -> Page:
    """Give a page on which somebody is logged in."""
    size: Any = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(base_url=site, viewport=size, locale=language, color_scheme="light")
    chosen = {"django_language": language, "language_just_chosen": "1"}
    domain = {"domain": "127.0.0.1", "path": "/"}
    context.add_cookies([{"name": name, "value": value, **domain} for name, value in chosen.items()])
    page = context.new_page()
    if account:
        page.goto("/login")
        page.fill("input[name=username]", account)
        page.fill("input[name=password]", f"demo-{account}-2026")
        page.click("main button[type=submit]")
        page.wait_for_load_state()
    return page


def _left(officer: Page) -> str:
    """Find the newest encounter whose child was handed over: that of the demo's story."""
    officer.goto("/encounters")
    links = officer.locator("main a[href*='/advice']").evaluate_all("all => all.map(one => one.pathname)")
    for link in links:
        officer.goto(str(link))
        if officer.locator(".gone").count():
            return str(link).removesuffix("/advice")
    raise LookupError("no encounter of this demo has ended")


def world_of(browser: Browser, site: str) -> World:
    """Make what the pictures show: one child held, one that left, one without an indication, three questions."""
    officer, board = (come_in(browser, site, who, 1280, "nl") for who in ("officer", "board"))
    left = _left(officer)
    answered, declined = (ask_board(officer, record(officer, name=name)) for name in ("Iris", "Lena"))
    answer(board, answered, "accepted")
    answer(board, declined, "declined", "Een andere Raad is verantwoordelijk voor deze plaats.")
    officer.goto("/encounters/new")
    officer.fill("[name=place]", "winkel")
    for step in range(1, 7):
        on(officer, step)
    officer.locator("button[name=go][value=record]:visible").click()
    officer.wait_for_url("**/advice")
    quiet = officer.url.removesuffix("/advice")
    held = record(officer)
    specialist = come_in(browser, site, "specialist", 1280, "nl")
    specialist.goto(f"{left}/candidates")
    compare = specialist.locator("main a[href*='/candidates/']").first.get_attribute("href") or ""
    question = ask_board(officer, held)
    for _ in range(10):
        officer.goto(f"{held}/candidates")
    return {
        "left": left,
        "held": held,
        "quiet": quiet,
        "compare": compare,
        "question": question,
        "answered": answered,
        "declined": declined,
        "nowhere": str(UUID(int=1)),
    }


def take(page: Page, name: str, language: str) -> None:
    """Take one picture; the window is as high as the page, so that what sticks to its edge stands there."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    if name not in LISTS:
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, WIDTHS[width])})
        page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=PICTURES / f"{name}-{language}-{width}.png")


def main(site: str, *names: str) -> None:
    """Take every picture of a running demo site, or the named ones."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        world = world_of(browser, site)
        for name, (account, prepare) in SCREENS.items():
            if names and name not in names:
                continue
            for width in WIDTHS:
                for language in ("nl", "en"):
                    page = come_in(browser, site, account, width, language)
                    prepare(page, world)
                    take(page, name, language)
                    page.context.close()
        people = People(playwright, site)
        for name, make in STATES.items():
            if names and name not in names:
                continue
            state = make(people)
            for width, language in FACES_OF_STATES:
                page = come_in(browser, site, state.account, width, language)
                page.goto(state.address)
                take(page, name, language)
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
