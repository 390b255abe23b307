"""Whoever is told to call the Board reads the number in the same line, and can press it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from browsing import plain
from chain.referrals.town import Town
from vangnet.site.pages.oncall import MOST, on_call
from vangnet.trust.access.services import create_organisation

NUMBER = 'href="tel:0880000123"'
WORDS = "Call Raad Rijnhaven spoed: 088 000 01 23"


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def board(code: str, municipality: str, phone: str = "088 000 99 99", country: str = "NL") -> None:
    create_organisation(
        code=code,
        name=code,
        country=country,
        regime="youth_care",
        municipality=municipality,
        contact_phone=phone,
    )


@pytest.mark.parametrize("path", ["/login", "/offline", "/nowhere"])
def test_a_page_without_a_reader_has_the_number(town: Town, path: str) -> None:
    page = Client(headers={"accept-language": "en"}).get(path).content.decode()
    assert NUMBER in page
    assert WORDS in plain(page)


@pytest.mark.parametrize(("who", "path"), [("auditor", "/encounters"), ("officer", "/encounters/new")])
def test_a_page_with_a_reader_has_the_number_of_their_own_place(town: Town, who: str, path: str) -> None:
    board("NL-RVDK-AMS", "0363")
    page = town.client(who).get(path).content.decode()
    assert NUMBER in page
    assert "088 000 99 99" not in page


def test_without_a_board_in_the_place_every_board_of_the_country_is_named(town: Town) -> None:
    officer = town.actor("officer")
    assert [one.code for one in on_call(officer)] == ["NL-RVDK-RIJNHAVEN"]
    for number in range(MOST):
        board(f"NL-RVDK-X{number}", "0363")
    board("NL-RVDK-STIL", "0901", phone="")
    board("NL-GI-DELTA", "0901")
    assert len(on_call()) == MOST
    assert [one.code for one in on_call(officer)] == ["NL-RVDK-RIJNHAVEN"]


def test_where_no_number_is_kept_the_page_says_so(db: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/login").content.decode()
    assert "No number of the Board is kept here. Ask your control room for it." in plain(page)


def test_the_login_says_what_is_lost_after_fifteen_minutes_and_what_is_kept(db: None) -> None:
    page = plain(Client(headers={"accept-language": "en"}).get("/login").content.decode())
    assert "What you recorded is kept." in page
    assert "A form that you did not record yet is then gone from this device" in page
