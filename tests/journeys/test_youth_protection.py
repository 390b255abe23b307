"""Youth protection at a desk: what waits, and its three answers; the officer sees who is at turn."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeys.walking import answer, ask_board, record

pytestmark = pytest.mark.journey
DESK = {"width": 1280, "height": 900}


def findings(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_ask_back_and_then_take_over(visit: Any) -> None:
    officer, board = visit("officer"), visit("board", size=DESK)
    question = ask_board(officer, record(officer))
    board.goto("/")
    waiting = board.locator(f"main a[href='{question[question.index('/referrals') :]}']")
    assert waiting.inner_text().startswith("Beantwoord:")
    assert "Nora" not in board.locator("main").inner_text()
    answer(board, question, "asked_back", "Hoe oud is zij?")
    officer.goto(question)
    assert officer.locator("h1").inner_text() == "Raad Rijnhaven spoed wil meer weten"
    assert "“Hoe oud is zij?”" in officer.locator("main").inner_text()
    answer(board, question, "accepted")
    assert board.locator("h1").inner_text() == "Raad Rijnhaven spoed neemt het over"
    officer.reload()
    assert "Raad Rijnhaven spoed beslist hoe het verder gaat." in officer.locator("main").inner_text()


def test_a_refusal_needs_a_reason_and_comes_back_to_the_sender(visit: Any) -> None:
    officer, board = visit("officer"), visit("board", size=DESK)
    question = ask_board(officer, record(officer, name="Iris"))
    answer(board, question, "declined")
    assert "schrijf bij weigeren of terugvragen op waarom" in board.locator("[role=alert]").inner_text()
    assert findings(board) == []
    answer(board, question, "declined", "Een andere Raad is verantwoordelijk.")
    officer.goto(question)
    assert officer.locator("h1").inner_text() == "Raad Rijnhaven spoed kan het niet overnemen"


def test_an_urgent_question_offers_only_who_can_answer_it(visit: Any) -> None:
    officer = visit("officer")
    officer.goto(f"{record(officer, name='Mira')}/referral")
    options = officer.locator("#receivers label.opt")
    assert options.count() == 1
    assert options.first.locator("input").is_checked()
    officer.locator("label.opt:has(input[value=placement])").click()
    officer.wait_for_selector("#receivers label.opt:has-text('Opvang Lindenhof')")
    assert "Raad Rijnhaven" in officer.locator("#receivers").inner_text()
    assert officer.locator("#receivers input:checked").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_what_youth_protection_reads(visit: Any, language: str, theme: str) -> None:
    officer = visit("officer")
    encounter = record(officer, name="Lena")
    question = ask_board(officer, encounter)
    board = visit("board", size=DESK, language=language, theme=theme)
    found = {}
    for address in ("/", question, f"{encounter}/advice", f"{encounter}/timeline"):
        board.goto(address)
        found[address] = findings(board)
    assert {address: one for address, one in found.items() if one} == {}
