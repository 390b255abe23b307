"""The login page of the demo shows its accounts, each of which comes in; no other login page shows any."""

from __future__ import annotations

import pytest
from django.test import Client

from browsing import plain
from vangnet.site.demo import building
from vangnet.site.demo.world import setting


def login_page(language: str = "en") -> str:
    return plain(Client(headers={"accept-language": language}).get("/login").content.decode())


@pytest.mark.django_db
def test_the_login_page_of_the_demo_shows_every_account_with_password_and_role(settings) -> None:
    building.people_it()
    settings.DEMO = True
    english, dutch = login_page(), login_page("nl")
    accounts = building.demo_accounts()
    assert len(accounts) == len(setting()["accounts"]) > 5
    for one in accounts:
        assert f"{one.username} {one.role.en[:1].upper()}{one.role.en[1:]}, {one.organisation}" in english
        assert one.password in english
        assert one.role.nl[1:] in dutch
    assert "Iedereen hier is verzonnen. Kies wie u wilt zijn." in dutch
    first = accounts[0]
    answer = Client().post("/login", {"username": first.username, "password": first.password})
    assert answer.status_code == 302


@pytest.mark.django_db
def test_no_other_login_page_shows_an_account(settings) -> None:
    settings.DEMO = True
    assert "demo-officer-2026" not in login_page()
    building.people_it()
    settings.DEMO = False
    assert "demo-officer-2026" not in login_page()
    assert "Accounts of this demo" not in login_page()
