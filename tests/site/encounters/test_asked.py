"""The advice knows what another was asked: who took over and for what, who has still to answer, and who refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine

from browsing import kept, plain
from chain.flow.leaving import hand_over
from chain.referrals.town import Town, after
from vangnet.trust.access.policy import Role
from vangnet.trust.access.services import create_organisation, create_person, give_role


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def read(town: Town, who: str = "officer", *, minute: int = 6, language: str = "en") -> str:
    with time_machine.travel(after(minute), tick=False):
        answer = town.client(who, language).get(f"/encounters/{town.tonight}/advice")
    assert answer.status_code == 200
    return kept(answer.content.decode())


def test_before_anybody_is_asked_the_board_is_to_be_called(town: Town) -> None:
    page = read(town)
    assert "Call the Board" in page
    assert f"/encounters/{town.tonight}/referral" in page
    assert "takes over" not in page


def test_after_a_yes_of_the_board_it_is_not_called_again_and_its_turn_is_named(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "accepted")
    page = read(town)
    assert "Call the Board" not in page
    assert "Ask it through Vangnet too" not in steps_about(page, "Raad Rijnhaven spoed takes over")
    assert "At turn there now: Say where the child stays now; Find out who has authority;" in plain(page)
    assert f'href="/referrals/{sent}"' in page
    assert "Call Raad Rijnhaven spoed" in page
    assert "Raad Rijnhaven spoed neemt het over" in read(town, language="nl")
    theirs = read(town, "board")
    assert "Raad Rijnhaven spoed takes over" in theirs
    assert "Call Raad Rijnhaven spoed" not in theirs


def steps_about(page: str, title: str) -> str:
    return next(one for one in page.split("<li>") if title in one)


def test_what_the_gate_recorded_is_no_turn_of_theirs_any_more(town: Town) -> None:
    town.answer(town.refer(), "accepted")
    hand_over(town)
    assert "Say where the child stays now" not in read(town, minute=9)


@pytest.mark.parametrize(("value", "reason"), [("", ""), ("asked_back", "How old?")])
def test_a_question_that_waits_says_until_when_and_is_not_asked_twice(town: Town, value: str, reason: str) -> None:
    sent = town.refer()
    if value:
        town.answer(sent, value, reason=reason)
    step = steps_about(read(town), "Raad Rijnhaven spoed was asked")
    assert "an answer is awaited by 05:42." in step
    assert f'href="/referrals/{sent}"' in step
    assert "Ask it through Vangnet too" not in step


def test_a_refused_question_is_to_be_asked_of_another(town: Town) -> None:
    town.answer(town.refer(), "declined", reason="Full.")
    step = steps_about(read(town), "Raad Rijnhaven spoed refused. Ask another organisation.")
    assert f'href="/encounters/{town.tonight}/referral?kind=board_urgent">Ask another organisation' in step


def test_a_yes_counts_before_what_else_was_asked(town: Town) -> None:
    other = create_organisation(code="NL-RVDK-ZEEVELD", name="Raad Zeeveld", country="NL", regime="youth_care")
    town.places["NL-RVDK-ZEEVELD"] = other
    town.people["zeeveld"] = create_person(username="zeeveld", name="P. Kuiper")
    give_role(person=town.people["zeeveld"], organisation=other, role=Role.RVDK)
    town.answer(town.refer(to="NL-RVDK-ZEEVELD"), "declined", by="zeeveld", reason="Not our place.", minute=2)
    town.answer(town.refer(minute=3), "accepted")
    town.refer(to="NL-RVDK-ZEEVELD", minute=6)
    assert "Raad Rijnhaven spoed takes over" in read(town, minute=7)
    assert "Raad Zeeveld" not in read(town, minute=7)


def test_a_prosecutor_who_said_yes_decides_on_the_question(town: Town) -> None:
    office = create_organisation(
        code="NL-OM-RIJNHAVEN", name="Parket Rijnhaven", country="NL", regime="prosecution"
    )
    town.places["NL-OM-RIJNHAVEN"] = office
    town.people["prosecutor"] = create_person(username="prosecutor", name="R. van Aalst")
    give_role(person=town.people["prosecutor"], organisation=office, role=Role.PROSECUTOR)
    town.answer(town.refer(to="NL-OM-RIJNHAVEN", kind="non_punishment"), "accepted", by="prosecutor")
    page = plain(read(town))
    assert "Parket Rijnhaven decides on this question" in page
    assert "Decide whether the child is not punished" in page
    assert "Call the Board" in page
