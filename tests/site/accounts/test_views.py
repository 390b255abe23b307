"""One's own account: who I am, another password; and what comes first for who was let in for once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from browsing import client_of, kept, plain, shown
from vangnet.trust.access import services as access
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import Role
from vangnet.trust.ledger.models import Entry

PASSWORD = "four words of harbour"
NEW = "seven lanterns by the quay"


@pytest.fixture
def officer(town) -> Person:
    person = Person.objects.get(username="officer")
    access.set_password(person=person, password=PASSWORD)
    return person


def test_the_page_says_who_i_am_in_which_role_and_how_i_prove_it(officer):
    board = Person.objects.get(username="board").memberships.get().organisation
    access.give_role(person=officer, organisation=board, role=Role.RVDK)
    client = client_of("officer")
    client.post("/organisation", {"organisation": "NL-POL-RIJNHAVEN"})
    page = plain(shown(client, "/account"))
    assert "Robin Officer" in page
    assert "Nl-Pol-Rijnhaven Agent" in page
    assert "Nl-Rvdk-Rijnhaven Raad voor de Kinderbescherming" in page
    assert "Niet ingesteld. Wie uw wachtwoord kent, kan als u binnenkomen." in page


def test_another_password_keeps_this_device_and_stands_in_the_ledger(officer, rf):
    client = client_of("officer", "en")
    answer = client.post("/account/password", {"now": PASSWORD, "new": NEW})
    assert answer.url == "/account"
    shown(client, "/account")
    assert authenticate(rf.post("/login"), username="officer", password=NEW) == officer
    assert authenticate(rf.post("/login"), username="officer", password=PASSWORD) is None
    (entry,) = Entry.objects.all()
    assert (entry.act, entry.purpose, entry.subjects) == ("change_password", "account", [str(officer.pk)])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"now": "wrong", "new": NEW}, "This is not your password. Type it again."),
        ({"now": PASSWORD, "new": "short"}, "Choose at least twelve signs"),
        ({"now": PASSWORD, "new": "passwordpassword"[:8] * 1}, "Choose at least twelve signs"),
        ({"now": PASSWORD, "new": PASSWORD}, "Choose another one than the one you have now."),
        ({}, "This is not your password. Type it again."),
        ({"now": "wrong", "new": "five5"}, "Choose at least twelve signs"),
    ],
)
def test_a_password_that_cannot_be_taken_changes_nothing(officer, rf, typed, sentence):
    answer = client_of("officer", "en").post("/account/password", typed)
    assert answer.status_code == 422
    page = kept(answer.content.decode())
    assert sentence in plain(page)
    assert PASSWORD not in page
    assert NEW not in page
    assert authenticate(rf.post("/login"), username="officer", password=PASSWORD) == officer
    assert not Entry.objects.exists()


def test_who_has_a_password_for_once_chooses_their_own_first(officer):
    access.set_password(person=officer, password=PASSWORD, once_until=timezone.now() + timedelta(hours=1))
    client = client_of("officer")
    assert client.get("/").url == "/account/password"
    assert client.get("/encounters/new").url == "/account/password"
    assert "Kies uw eigen wachtwoord" in plain(shown(client, "/account/password"))
    refused = client.get("/api/v1/encounters/00000000-0000-4000-8000-000000000000/advice")
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    client.post("/account/password", {"now": PASSWORD, "new": NEW})
    assert client.get("/").status_code == 200


def test_where_a_second_proof_is_asked_nothing_opens_without_one(officer, settings):
    settings.VANGNET_SECOND_PROOF = True
    client = client_of("officer")
    assert client.get("/").url == "/account/second-proof"
    shown(client, "/account/second-proof")
    from vangnet.site.accounts import second_proof  # noqa: PLC0415 - needs the settings of this test

    second_proof.begin(officer, second_proof.secret_of(officer, "x"))
    assert client.get("/").url == "/login"  # nobody gave the proof in this session: it may be somebody else's
    assert "_auth_user_id" not in client.session


def test_who_is_not_logged_in_is_sent_to_the_door(client, db, settings):
    settings.VANGNET_SECOND_PROOF = True
    assert client.get("/").url.startswith("/login")
    assert client.get("/account").url.startswith("/login")
