"""Who works on stays logged in, and reading a page writes no session more than once a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from browsing import client_of
from chain.town import Town, after

BEGAN = after(0)


@pytest.fixture
def officer(town: Town) -> Client:
    """The officer, logged in at the beginning."""
    with time_machine.travel(BEGAN, tick=False):
        return client_of("officer")


def status(client: Client, path: str, **later: int) -> int:
    with time_machine.travel(BEGAN + timedelta(**later), tick=False):
        return client.get(path).status_code


def ends(client: Client) -> datetime:
    return Session.objects.get(session_key=client.cookies["sessionid"].value).expire_date


def test_pages_within_a_minute_renew_the_session_once(officer: Client) -> None:
    for seconds, renewed in ((0, 0), (30, 0), (59, 0), (60, 60), (100, 60), (121, 121)):
        assert status(officer, "/account", seconds=seconds) == 200
        assert ends(officer) == BEGAN + timedelta(seconds=renewed, minutes=15)


def test_who_works_on_stays_in_and_who_left_the_screen_is_out(officer: Client) -> None:
    for minutes in (13, 26, 39):
        assert status(officer, "/account", minutes=minutes) == 200
    assert status(officer, "/account", minutes=54, seconds=1) == 302


def test_a_page_that_does_not_ask_who_somebody_is_renews_nothing(officer: Client) -> None:
    assert status(officer, "/account") == 200
    before = ends(officer)
    assert status(officer, "/health", minutes=5) == 200
    assert ends(officer) == before
