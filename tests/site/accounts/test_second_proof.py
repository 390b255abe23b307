"""The second proof: offered and stored nowhere, begun, used at the door, replaced, and its secrets never in the clear."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from browsing import client_of, kept, plain, shown
from vangnet.site.accounts import second_proof as proof
from vangnet.trust.access import services as access
from vangnet.trust.access.models import Person
from vangnet.trust.keys.services import KeyDestroyedError
from vangnet.trust.ledger.models import Entry

PASSWORD = "four words of harbour"


@pytest.fixture
def officer(town) -> Person:
    person = Person.objects.get(username="officer")
    access.set_password(person=person, password=PASSWORD)
    return person


def code_from(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def offered(client: Client) -> str:
    """Read the secret from the page, as somebody who types it over."""
    page = plain(shown(client, "/account/second-proof"))
    words = page.split("Typ dit over ")[1].split()
    return "".join(words[:8])


def set_up(client: Client) -> tuple[str, list[str]]:
    secret = offered(client)
    answer = client.post("/account/second-proof", {"code": code_from(secret), "now": PASSWORD}, follow=True)
    page = kept(answer.content.decode())
    return secret, [one.split("<")[0] for one in page.split('<li class="mono">')[1:]]


def test_it_is_offered_the_same_until_the_session_ends_and_stored_nowhere(officer):
    client = client_of("officer")
    secret = offered(client)
    assert offered(client) == secret
    assert secret not in json.dumps(dict(client.session.items()))
    assert not Authenticator.objects.exists()
    assert offered(client_of("officer")) != secret


def test_it_begins_with_a_code_and_the_password_and_shows_ten_codes_once(officer):
    client = client_of("officer")
    _, codes = set_up(client)
    assert proof.has_second_proof(officer)
    assert len(codes) == 10
    assert len(set(codes)) == 10
    again = plain(shown(client, "/account/recovery-codes"))
    assert not any(code in again for code in codes)
    assert [entry.act for entry in Entry.objects.order_by("number")] == ["set_up_second_proof"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "000000", "now": PASSWORD}, "De code klopt niet of is te oud. Typ de nieuwste."),
        ({"code": "", "now": PASSWORD}, "De code klopt niet of is te oud. Typ de nieuwste."),
        ({"now": "another"}, "Dit is niet uw wachtwoord. Typ het opnieuw."),
    ],
)
def test_a_wrong_code_or_password_changes_nothing_and_says_so(officer, typed, sentence):
    client = client_of("officer")
    secret = offered(client)
    answer = client.post("/account/second-proof", {"code": code_from(secret)} | typed)
    assert answer.status_code == 422
    assert sentence in plain(kept(answer.content.decode()))
    assert not Authenticator.objects.exists()
    assert not Entry.objects.exists()


def test_the_door_asks_for_the_code_and_a_paper_code_works_once(officer):
    _, codes = set_up(client_of("officer"))
    for attempt, inside in ((codes[0], True), (codes[0], False), (codes[1], True)):
        door = Client(headers={"accept-language": "nl"})
        answer = door.post("/login", {"username": "officer", "password": PASSWORD})
        assert answer.url.startswith("/login/second")
        assert "_auth_user_id" not in door.session
        door.post("/login/second", {"code": attempt})
        assert ("_auth_user_id" in door.session) is inside
    assert proof.codes_left(officer) == 8


def test_the_code_of_the_phone_opens_the_door_and_no_code_of_long_ago(officer):
    secret, _ = set_up(client_of("officer"))
    for code, inside in ((code_from(secret, -20), False), (code_from(secret, 1), True)):
        assert comes_in(code) is inside


def comes_in(code: str) -> bool:
    door = Client()
    door.post("/login", {"username": "officer", "password": PASSWORD})
    door.post("/login/second", {"code": code})
    return "_auth_user_id" in door.session


def test_a_code_works_once_the_one_of_setting_up_too_and_for_as_long_as_it_is_right(officer):
    start = datetime(2026, 3, 1, 14, 0, 1, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        secret, _ = set_up(client_of("officer"))
        used = code_from(secret)
        assert not comes_in(used)
        following = code_from(secret, 1)
        assert comes_in(following)
        for again in (following, f"{following[:3]} {following[3:]}", f"{following[:3]}-{following[3:]}"):
            assert not comes_in(again)
        clock.shift(45)
        assert not comes_in(used)
        assert not comes_in(following)


def test_where_it_is_asked_a_session_without_it_ends_and_one_with_it_goes_on(officer, settings):
    settings.VANGNET_SECOND_PROOF = True
    thief = client_of("officer")
    assert thief.get("/").url == "/account/second-proof"
    own = client_of("officer")
    _, codes = set_up(own)
    assert own.get("/").status_code == 200
    assert thief.get("/").url == "/login"
    door = Client()
    door.post("/login", {"username": "officer", "password": PASSWORD})
    door.post("/login/second", {"code": codes[0]})
    assert door.get("/").status_code == 200
    assert door.get("/")["Cache-Control"] == "no-store"


def test_another_phone_takes_the_place_of_the_first_and_the_first_key_is_destroyed(officer):
    client = client_of("officer")
    first, old = set_up(client)
    before = Authenticator.objects.get(type="totp").data["secret"]
    second, new = set_up(client)
    assert first != second
    assert not set(old) & set(new)
    after = Authenticator.objects.get(type="totp").data["secret"]
    assert before != after
    with pytest.raises(KeyDestroyedError):
        proof.get_adapter().decrypt(before)


def test_new_paper_codes_ask_the_password_and_end_the_old_ones(officer):
    client = client_of("officer")
    _, old = set_up(client)
    refused = client.post("/account/recovery-codes", {"now": "wrong"})
    assert refused.status_code == 422
    assert proof.codes_left(officer) == 10
    page = client.post("/account/recovery-codes", {"now": PASSWORD}, follow=True).content.decode()
    assert not any(code in page for code in old)
    assert proof.codes_left(officer) == 10
    assert "make_recovery_codes" in {entry.act for entry in Entry.objects.all()}


def test_without_a_second_proof_there_are_no_paper_codes(officer):
    answer = client_of("officer").get("/account/recovery-codes")
    assert answer.url == "/account/second-proof"
    assert proof.codes_left(officer) == 0
    assert proof.codes_once(officer) == ()


def test_no_secret_lies_in_the_clear(officer):
    secret, codes = set_up(client_of("officer"))
    stored = json.dumps(list(Authenticator.objects.values("data")))
    assert secret not in stored
    assert not any(code in stored for code in codes)
    assert proof.get_adapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret


def test_a_drawing_without_a_path_is_refused(officer, monkeypatch):
    monkeypatch.setattr("vangnet.site.accounts.sealing.SealedSecrets.build_totp_svg", lambda *_: "<svg/>")
    with pytest.raises(ValueError, match="no path"):
        proof.drawing(officer, "ABC")
