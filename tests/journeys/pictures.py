"""Take the pictures of the real screens for the documents: both widths, both languages. Names are all invented."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from journeys.gate_states import STATES, People

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDTHS = {390: 844, 1280: 900}
FACES_OF_STATES = ((1280, "nl"), (390, "en"))
"""A state of the gate is pictured twice: the desk in Dutch, the phone in English."""
SCREENS = {
    "intake": ("officer", "/encounters/new"),
    "advice": ("officer", "{encounter}/advice"),
    "candidates": ("officer", "{encounter}/candidates"),
    "timeline": ("officer", "{encounter}/timeline"),
    "gate": ("desk", "{encounter}/handover"),
    "referral-new": ("officer", "{encounter}/referral"),
    "work": ("board", "/"),
    "work-desk": ("desk", "/"),
    "purpose": ("desk", "/purpose"),
    "login": (None, "/login"),
}


def come_in(browser: Browser, site: str, account: str | None, width: int, language: str) -> Page:
    """Give a page on which somebody is logged in."""
    size = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(base_url=site, viewport=size, locale=language, color_scheme="light")
    context.add_cookies([{"name": "django_language", "value": language, "domain": "127.0.0.1", "path": "/"}])
    page = context.new_page()
    if account:
        page.goto("/login")
        page.fill("input[name=username]", account)
        page.fill("input[name=password]", f"demo-{account}-2026")
        page.click("main button[type=submit]")
        page.wait_for_load_state()
    return page


def main(site: str) -> None:
    """Take every picture of a running demo site and say which pages did not answer."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = come_in(browser, site, "desk", 1280, "nl")
        page.goto("/")
        link = page.locator("main a[href*='/advice']").first.get_attribute("href") or ""
        encounter = link.removesuffix("/advice").split("#")[0].removesuffix("/advice")
        for name, (account, address) in SCREENS.items():
            for width in WIDTHS:
                for language in ("nl", "en"):
                    page = come_in(browser, site, account, width, language)
                    answer = page.goto(address.format(encounter=encounter))
                    if answer is None or not answer.ok:
                        sys.stderr.write(f"{name}: {answer.status if answer else 'no answer'}\n")
                    page.screenshot(path=PICTURES / f"{name}-{language}-{width}.png", full_page=True)
                    page.context.close()
        people = People(playwright, site)
        for name, make in STATES.items():
            state = make(people)
            for width, language in FACES_OF_STATES:
                page = come_in(browser, site, state.account, width, language)
                page.goto(state.address)
                page.screenshot(path=PICTURES / f"{name}-{language}-{width}.png", full_page=True)
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
