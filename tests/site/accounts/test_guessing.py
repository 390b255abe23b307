"""Guessing is slow, and nobody locks out somebody else by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from browsing import client_of, kept, plain
from vangnet.site.accounts import people
from vangnet.site.accounts import second_proof as proof
from vangnet.site.accounts.guessing import address_of
from vangnet.trust.access import services as access
from vangnet.trust.access.models import Person

PASSWORD = "four words of harbour"
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def officer(town: Any, settings: Any) -> Iterator[Person]:
    settings.AXES_ENABLED = True
    cache.clear()
    person = Person.objects.get(username="officer")
    access.set_password(person=person, password=PASSWORD)
    yield person
    cache.clear()


def door(address: str) -> Client:
    return Client(REMOTE_ADDR=address, headers={"accept-language": "en"})


def tried(client: Client, name: str = "officer", typed: str = "a wrong one") -> int:
    return client.post("/login", {"username": name, "password": typed}).status_code


def is_inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_stranger_elsewhere_stops_and_whose_name_it_is_comes_in(officer: Person) -> None:
    stranger, own = door(ELSEWHERE), door(HERE)
    answers = [tried(stranger) for _ in range(50)]
    assert set(answers[:4]) == {200}
    assert set(answers[5:]) == {429}
    assert tried(stranger, typed=PASSWORD) == 429
    assert not is_inside(stranger)
    assert tried(own, typed=PASSWORD) == 302
    assert is_inside(own)


def test_strangers_at_many_addresses_lock_nobody_out_either(officer: Person) -> None:
    for last in range(40):
        tried(door(f"198.51.100.{last}"))
    own = door(HERE)
    assert tried(own, typed=PASSWORD) == 302
    assert is_inside(own)


def test_an_address_stops_at_sixty_wrong_tries_whatever_the_names(officer: Person) -> None:
    stranger = door(ELSEWHERE)
    answers = [tried(stranger, name=f"name{at}") for at in range(61)]
    assert set(answers[:60]) == {200}
    assert answers[60] == 429
    assert tried(door(HERE), typed=PASSWORD) == 302


def test_one_stranger_of_many_addresses_in_one_network_is_one(officer: Person) -> None:
    answers = [tried(door(f"2001:db8::{last:x}")) for last in range(1, 7)]
    assert answers == [200] * 5 + [429]


def test_the_page_that_closes_the_door_says_for_how_long(officer: Person) -> None:
    stranger = door(ELSEWHERE)
    page = [stranger.post("/login", {"username": "officer", "password": "x"}) for _ in range(7)][-1]
    assert "closed here for fifteen minutes" in plain(kept(page.content.decode()))


def test_behind_a_proxy_the_address_is_what_that_proxy_saw(rf: Any, settings: Any) -> None:
    request = rf.get("/login", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "203.0.113.66, 198.51.100.9"})
    assert address_of(request) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(request) == ELSEWHERE


def test_wrong_codes_after_the_right_password_count_against_the_person(officer: Person) -> None:
    proof.begin(officer, proof.secret_of(officer, "x"))
    answers = []
    for last in range(7):
        client = door(f"198.51.100.{last}")
        tried(client, typed=PASSWORD)
        answers.append(client.post("/login/second", {"code": "000000"}).status_code)
    assert answers == [200] * 5 + [429] * 2


ASKED = [
    ("/account/password", {"new": "seven lanterns by the quay"}),
    ("/account/second-proof", {"code": "000000"}),
    ("/account/recovery-codes", {}),
]


@pytest.mark.parametrize(("address", "more"), ASKED)
def test_the_password_of_now_cannot_be_guessed_at_an_open_screen(
    officer: Person, address: str, more: dict[str, str]
) -> None:
    proof.begin(officer, proof.secret_of(officer, "x"))
    client = client_of("officer", "en")
    for _ in range(5):
        page = client.post(address, {"now": "a guess", **more}).content.decode()
        assert "This is not your password" in page
    page = client.post(address, {"now": PASSWORD, **more}).content.decode()
    assert "Too many wrong passwords. Wait fifteen minutes." in page
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        again = client_of("officer", "en")
        assert "Too many" not in again.post(address, {"now": PASSWORD, **more}, follow=True).content.decode()


def test_who_types_their_password_right_is_never_stopped(officer: Person) -> None:
    client = client_of("officer", "en")
    for _ in range(8):
        page = client.post("/account/password", {"now": PASSWORD, "new": "short"}).content.decode()
        assert "Too many" not in page


def test_the_new_password_is_no_way_to_guess_the_one_of_now(officer: Person) -> None:
    answer = client_of("officer", "en").post("/account/password", {"now": "a guess", "new": PASSWORD})
    assert "Choose another one than the one you have now" not in answer.content.decode()


@pytest.mark.parametrize(("hours", "is_in"), [(71, True), (73, False)])
def test_a_password_for_once_works_for_three_days(town: Any, hours: int, is_in: bool) -> None:
    at = timezone.now()
    once = people.reset(actor=town.service, username="officer", at=at)
    assert isinstance(once, people.Once)
    client = door(HERE)
    with time_machine.travel(at + timedelta(hours=hours)):
        answer = client.post("/login", {"username": "officer", "password": once.password})
        assert is_inside(client) is is_in
    if not is_in:
        assert answer.status_code == 403
        assert "This password can no longer be used" in plain(kept(answer.content.decode()))
