"""Ways through the pages that several journeys share: fill the intake in, ask the Board, hand over."""

from __future__ import annotations

from typing import Any


def on(page: Any, step: int) -> None:
    """Go on from one step of the intake to the next."""
    page.locator(f"#step-{step} .thumb a.utrecht-button").click()


def fill(page: Any, *, name: str = "Nora", held: bool = True) -> None:
    """Fill the intake in up to its last step."""
    page.goto("/encounters/new")
    page.fill("[name=what_happened]", "Rolde een zakdoek uit een tas en gaf die meteen door.")
    page.fill("[name=place]", "station, hal")
    page.locator("#step-1 label.opt").first.click()
    moment = page.input_value("[name=met_time]")
    on(page, 1)
    page.fill("[name=child_given]", name)
    page.fill("[name=birth_year]", "2011")
    on(page, 2)
    if held:
        page.locator("#step-3 label.opt").first.click()
        page.fill("[name=arrived_time]", moment)
    on(page, 3)
    page.locator("#step-4 label.y").nth(0).click()
    page.locator("#step-4 label.y").nth(1).click()
    on(page, 4)
    on(page, 5)
    page.fill("[name=child_words]", "Ik wil niet met hem mee.")
    page.locator("#step-6 label.y").first.click()
    on(page, 6)


def record(page: Any, *, name: str = "Nora", held: bool = True) -> str:
    """Record an encounter and give the address of everything about it."""
    fill(page, name=name, held=held)
    page.locator("button[name=go][value=record]:visible").click()
    page.wait_for_url("**/advice")
    return str(page.url).removesuffix("/advice")


def ask_board(page: Any, encounter: str) -> str:
    """Ask the Board that is chosen beforehand, and give the address of the question."""
    page.goto(f"{encounter}/referral")
    page.fill("[name=words]", "Het kind is moe.")
    page.locator("main form button.utrecht-button").click()
    page.wait_for_url("**/referrals/*")
    return str(page.url)


def answer(page: Any, referral: str, value: str, why: str = "") -> None:
    """Answer a question as the one who was asked."""
    page.goto(referral)
    page.locator(f"label.opt:has(input[value={value}])").click()
    page.fill("[name=reason]", why)
    page.locator(".turnbox button.utrecht-button").click()
    page.wait_for_load_state()
