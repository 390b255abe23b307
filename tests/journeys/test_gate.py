"""The gate as the people walk it: the desk asks and proposes, the Board looks, says no once and yes once, the child goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Playwright

from journeys.gate_states import STATES, People

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
EVERY_FACE = [
    (language, theme, size) for language in ("nl", "en") for theme in ("light", "dark") for size in (PHONE, DESK)
]
TWO_FACES = [("nl", "light", DESK), ("en", "dark", PHONE)]
KEY_STATES = ("gate-second", "gate-handed-over")
"""Seen in every width, theme and language; the other states in two of the eight."""
WITHOUT_OWN_WORDS = """() => {
  document.querySelectorAll("main [lang=nl]").forEach(one => one.remove());
  return document.querySelector("main").innerText;
}"""
DUTCH_LEFT_OVER = ("getekend", "dag en nacht", "Nog niet", "Wie besl", "Ontvangstbewijs", "hulpofficier", "Leg ")


@pytest.fixture(scope="module")
def people(site: str, playwright: Playwright) -> Iterator[People]:
    """Everybody of the demo, logged in over plain requests beside the browser."""
    everybody = People(playwright, site)
    yield everybody
    for context in everybody.known.values():
        context.dispose()


def findings(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def choose(page: Page, label: str) -> None:
    """Choose one of a closed list by its words."""
    page.locator("label.opt", has_text=label).first.click()


def fill_and_send(page: Page, words: str, button: str) -> None:
    page.locator("main textarea[name=words]").fill(words)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def answer_question(page: Page, *choices: str, words: str, button: str = "Leg het antwoord vast") -> None:
    for one in choices:
        choose(page, one)
    fill_and_send(page, words, button)


def propose(page: Page) -> None:
    page.get_by_role("link", name="voorstel" if page.get_by_text("nieuw voorstel").count() else "Stel voor").click()
    choose(page, "plek die de Raad regelt")
    choose(page, "Opvang Lindenhof")
    fill_and_send(page, "Hij toont geen gezag en Mirel wil niet mee.", "Leg uw voorstel vast")


def test_from_the_question_to_the_receipt(visit: Any, people: People) -> None:
    encounter = people.meet()
    people.refer(encounter)
    desk, board = visit("desk", size=DESK), visit("board", size=DESK)
    gate = _opened(desk, encounter)
    propose(desk)
    assert "Een voorstel wacht op een tweede" in desk.inner_text("main")

    found_in_work(board, gate)
    people.check(gate, "G-08", "officer", state="indicated", source="register", words="Op 9 januari ook.")
    board.goto(f"{gate}/decision")
    seen = board.inner_text("main")
    assert board.inner_text("h1") == "Dit voorstel geldt niet meer"
    assert seen.index("Op 9 januari ook.") < seen.index("Voorgesteld was:")
    assert board.get_by_role("button", name="Leg uw besluit vast").count() == 0

    _no_then_yes(desk, board, gate)
    _handed_over(desk, gate)


def _opened(desk: Page, encounter: str) -> str:
    """Open the gate as the desk and record what was found; gives its address."""
    desk.goto(f"{encounter}/handover")
    choose(desk, "Ja, een volwassene")
    desk.fill("[name=collector_given]", "T.")
    desk.fill("[name=collector_family]", "van Haegen")
    desk.get_by_role("button", name="Begin de vragen").click()
    desk.wait_for_url("**/handovers/*")
    gate = desk.url.rsplit("/handovers/", 1)[1]
    assert desk.inner_text("h1") == "Nog niet"
    for group, label in (("heard_alone", "Ja"), ("interpreter", "een beëdigde tolk"), ("wants_to_go", "Nee")):
        desk.locator(f"#{group} label.opt", has_text=label).first.click()
    fill_and_send(desk, "Ik wil niet met hem mee.", "Leg vast wat het kind zei")
    assert "Ik wil niet met hem mee." in desk.inner_text("main")
    desk.goto(f"/handovers/{gate}/checks/G-05")
    answer_question(desk, "niet aangetoond", "akte tussen personen", words="Toonde een akte van een notaris.")
    assert desk.inner_text("h1") == "Nog niet. Leg dit voor aan de Raad"
    return f"/handovers/{gate}"


def found_in_work(board: Page, gate: str) -> None:
    """Find the proposal in the work list of youth protection, and open it."""
    board.goto("/")
    link = board.locator(f"main a[href^='{gate}']").first
    assert link.count() == 1
    link.click()
    board.wait_for_load_state()
    if not board.url.endswith("/decision"):
        board.get_by_role("link", name="Bekijk het voorstel").click()
        board.wait_for_url("**/decision")
    assert "Mirel gaat naar een plek die de Raad regelt" in board.inner_text("h1").replace("\n", " ")


def _no_then_yes(desk: Page, board: Page, gate: str) -> None:
    """The desk proposes again, the Board says no with a reason; and once more, and the Board says yes."""
    desk.goto(gate)
    propose(desk)
    board.goto(f"{gate}/decision")
    answer_question(board, "Nee, het blijft nog niet", words="Hoor eerst Hanna.", button="Leg uw besluit vast")
    assert "M. Kowalczyk zei: het blijft nog niet" in board.inner_text("main")
    desk.goto(gate)
    assert "Hoor eerst Hanna." in desk.inner_text("main")
    propose(desk)
    board.goto(f"{gate}/decision")
    choose(board, "Ja, ik besluit mee")
    board.get_by_role("button", name="Leg uw besluit vast").click()
    assert "Schrijf waarom, in eigen woorden." in board.inner_text("[role=alert]")
    fill_and_send(board, "Mirel is bang voor hem.", "Leg uw besluit vast")
    assert board.inner_text("h1") == "Nee, niet met T. van Haegen"


def _handed_over(desk: Page, gate: str) -> None:
    desk.goto(gate)
    desk.get_by_role("link", name="Leg de overdracht vast").click()
    desk.fill("[name=receiver]", "H. Zomer")
    desk.locator("textarea[name=receipt]").fill("H. Zomer tekende op papier.")
    desk.get_by_role("button", name="Leg de overdracht vast").click()
    desk.wait_for_url(f"**{gate}")
    seen = desk.inner_text("main")
    assert "Opvang Lindenhof ontving Mirel om" in seen
    assert "Opgehouden tot" in seen
    assert seen.index("Bel na: H. Zomer") < seen.index("Zo is het gegaan")
    assert desk.locator("a[href='tel:0880000345']").count() == 1
    assert desk.locator("[hx-trigger]").count() == 0


def press_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press a key until something has the focus; fails where it cannot be reached."""
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"not reached with the keyboard: {selector}")


def test_the_second_person_decides_with_the_keyboard_alone(visit: Any, people: People) -> None:
    state = STATES["gate-second"](people)
    page = visit("board", size=DESK)
    page.goto(state.address)
    press_to(page, "input[name=value]")
    page.keyboard.press("Space")
    assert page.locator("input[name=value]:checked").input_value() == "yes"
    press_to(page, "textarea[name=words]")
    page.keyboard.type("Mirel is bang voor hem.")
    press_to(page, "main form button")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/decision"))
    assert page.inner_text("h1") == "Nee, niet met T. van Haegen"


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_and_no_other_language_is_left_over(visit: Any, people: People, name: str) -> None:
    state = STATES[name](people)
    found = {}
    for language, theme, size in EVERY_FACE if name in KEY_STATES else TWO_FACES:
        page = visit(state.account, size=size, language=language, theme=theme)
        page.goto(state.address)
        found[f"{language} {theme} {size['width']}"] = findings(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if language == "en":
            text = page.evaluate(WITHOUT_OWN_WORDS)
            assert [word for word in DUTCH_LEFT_OVER if word in text] == []
    assert {face: one for face, one in found.items() if one} == {}
