from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import translation

from browsing import client_of, kept, plain, shown
from chain.town import Town
from vangnet.site.accounts import second_proof
from vangnet.site.pages import errors
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import Role
from vangnet.trust.access.selectors import organisation
from vangnet.trust.access.services import create_person, give_role, set_password
from vangnet.trust.keys.services import SealBrokenError
from vangnet.trust.ledger.services import LedgerUnavailableError

PAGES = ("/login", "/offline")
STATIC = Path(__file__).parents[3] / "src" / "vangnet" / "site" / "static" / "vangnet"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_open_pages_keep_the_rules_in_both_languages(url: str, language: str) -> None:
    text = shown(Client(headers={"accept-language": language}), url)
    assert f'<html lang="{language}">' in text


@pytest.mark.django_db
def test_the_site_says_that_it_lives_and_when_it_does_not() -> None:
    assert Client().get("/health").json() == {"status": "ok"}
    with patch.object(connection, "cursor", side_effect=DatabaseError):
        answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_no_page_may_carry_script_or_style_of_its_own(town: Town) -> None:
    policy = Client().get("/login").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_who_is_not_logged_in_comes_to_the_login_page(town: Town) -> None:
    answer = Client().get("/encounters/new")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=/encounters/new")


def test_a_person_logs_in_with_name_and_password_in_their_own_language(town: Town) -> None:
    person = create_person(username="ines", name="Inès", password="a-long-password-1", language="en")
    give_role(person=person, organisation=_row(town), role=Role.OFFICER)
    client = Client(headers={"accept-language": "nl"})
    wrong = client.post("/login", {"username": "ines", "password": "no"})
    assert "Naam of wachtwoord klopt niet" in plain(kept(wrong.content.decode()))
    assert 'value="ines"' in wrong.content.decode()
    right = client.post("/login", {"username": "ines", "password": "a-long-password-1"})
    assert (right.status_code, right.headers["Location"]) == (302, "/")
    assert client.cookies["django_language"].value == "en"
    shared = Client()
    shared.cookies["django_language"] = "nl"  # a colleague who sat here before
    shared.post("/login", {"username": "ines", "password": "a-long-password-1"})
    assert shared.cookies["django_language"].value == "en"


def test_the_language_that_somebody_chose_is_there_again_at_the_next_log_in(town: Town) -> None:
    person = create_person(username="ines", name="Inès", password="a-long-password-1", language="nl")
    give_role(person=person, organisation=_row(town), role=Role.OFFICER)
    inside = client_of("ines")
    inside.post("/language", {"language": "en"})
    other_device = Client()
    other_device.post("/login", {"username": "ines", "password": "a-long-password-1"})
    assert other_device.cookies["django_language"].value == "en"
    on_the_way = Client()
    on_the_way.post("/language", {"language": "nl", "next": "/login"})
    on_the_way.post("/login", {"username": "ines", "password": "a-long-password-1"})
    assert on_the_way.cookies["django_language"].value == "nl"
    person.refresh_from_db()
    assert person.language == "nl"
    assert "language_just_chosen" not in {name for name, one in on_the_way.cookies.items() if one.value}


def test_after_the_second_proof_too_the_page_is_in_ones_own_language(town: Town) -> None:
    person = create_person(username="ines", name="Inès", password="a-long-password-1", language="en")
    give_role(person=person, organisation=_row(town), role=Role.OFFICER)
    second_proof.begin(person, second_proof.secret_of(person, "x"))
    codes = second_proof.codes_once(person)
    client = Client(headers={"accept-language": "nl"})
    client.post("/login", {"username": "ines", "password": "a-long-password-1"})
    assert "django_language" not in client.cookies
    client.post("/login/second", {"code": codes[0]})
    assert client.cookies["django_language"].value == "en"


def _row(town: Town) -> Any:
    return Person.objects.get(username="officer").memberships.get().organisation


def test_the_second_proof_is_asked_only_after_the_first(town: Town) -> None:
    answer = Client().get("/login/second")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login")


def test_logging_out_ends_the_session(town: Town) -> None:
    client = client_of("officer")
    assert client.get("/awake").status_code == 204
    assert client.post("/logout").headers["Location"] == "/login"
    assert client.get("/awake").status_code == 401


@pytest.mark.parametrize(
    ("url", "field", "value", "cookie", "kept_value"),
    [
        ("/language", "language", "en", "django_language", "en"),
        ("/theme", "theme", "dark", "theme", "dark"),
        ("/theme", "theme", "light", "theme", "light"),
        ("/theme", "theme", "device", "theme", ""),
    ],
)
def test_switches_work_without_script(
    town: Town, url: str, field: str, value: str, cookie: str, kept_value: str
) -> None:
    answer = Client().post(url, {field: value, "next": "/offline"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/offline")
    assert answer.cookies[cookie].value == kept_value


def test_an_unknown_language_is_not_kept_and_no_switch_leads_away(town: Town) -> None:
    answer = Client().post("/language", {"language": "xx", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert "django_language" not in answer.cookies


def test_the_chosen_theme_stands_in_the_page(town: Town) -> None:
    client = Client(headers={"accept-language": "nl"})
    client.cookies["theme"] = "dark"
    assert '<html lang="nl" data-theme="dark">' in client.get("/offline").content.decode()


CLOCK = "start=2026-03-14T02:10:00%2B01:00&due=2026-03-14T08:10:00%2B01:00&hours=6"


@pytest.mark.parametrize("shape", ["clock", "strip"])
def test_the_clock_is_drawn_again_without_reading_any_record(shape: str) -> None:
    answer = Client(headers={"accept-language": "nl"}).get(f"/clock?{CLOCK}&shape={shape}&stage=half")
    assert answer.status_code == 200
    assert "het ophouden eindigde om 08:10" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        CLOCK.replace("hours=6", "hours=six"),
        CLOCK.replace("hours=6", "hours=99"),
        CLOCK + "&shape=ring",
        CLOCK.replace("%2B01:00", ""),
        "start=2026-03-14T08:10:00Z&due=2026-03-14T02:10:00Z&hours=6",
    ],
)
def test_a_clock_that_cannot_be_is_refused(query: str) -> None:
    assert Client().get(f"/clock?{query}").status_code == 400


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_purpose_is_chosen_once_and_stands_on_the_page(town: Town, language: str) -> None:
    client = client_of("officer", language)
    text = shown(client, "/purpose")
    assert 'value="protect_child" checked' in text
    refused = client.post("/purpose", {"purpose": "find_exploiters"})
    assert refused.status_code == 422
    answer = client.post("/purpose", {"purpose": "identify_child", "next": "/encounters/new"})
    assert answer.headers["Location"] == "/encounters/new"
    assert 'value="identify_child" checked' in shown(client, "/purpose")


def test_who_works_for_two_organisations_chooses_one(town: Town) -> None:
    person = create_person(username="two", name="Twee", language="nl")
    give_role(person=person, organisation=_row(town), role=Role.OFFICER)
    other = Person.objects.get(username="board").memberships.get().organisation
    give_role(person=person, organisation=other, role=Role.RVDK)
    client = client_of("two")
    assert client.get("/encounters/new").headers["Location"] == "/organisation"
    text = shown(client, "/organisation")
    assert "NL-RVDK-RIJNHAVEN" in text
    assert "NL-POL-WATERLAND" not in text
    assert client.post("/organisation", {"organisation": "NL-POL-WATERLAND"}).status_code == 200
    assert client.post("/organisation", {"organisation": "NL-RVDK-RIJNHAVEN"}).headers["Location"] == "/"
    assert client.get("/purpose").status_code == 200
    card = organisation("NL-RVDK-RIJNHAVEN")
    assert card is not None
    assert card.name in shown(client, "/purpose")


def test_who_has_no_role_is_told_who_can_give_one(town: Town) -> None:
    create_person(username="nobody", name="Niemand")
    text = shown(client_of("nobody"), "/purpose", 403)
    assert "De beheerder van uw organisatie kan u een rol geven." in plain(text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_works_for_removal_is_refused_with_the_rule(town: Town, language: str) -> None:
    answer = client_of("immigration", language).post("/encounters/new", {"met_year": "2026"})
    assert answer.status_code == 403
    text = plain(kept(answer.content.decode()))
    assert {"nl": "Dit blijft bij de bescherming", "en": "This stays with protection"}[language] in text
    assert {"nl": "nooit naar toelating of vertrek", "en": "never flows to immigration"}[language] in text


def test_another_purpose_is_offered_where_the_purpose_was_wrong(town: Town) -> None:
    client = client_of("officer")
    client.post("/purpose", {"purpose": "non_punishment"})
    for answer in (client.get("/encounters/new"), client.post("/encounters/new", {"met_year": "2026"})):
        assert answer.status_code == 403
        text = plain(kept(answer.content.decode()))
        assert "Dit hoort niet bij uw doel" in text
        assert "Kies opnieuw waarvoor u kijkt" in text
    role = client_of("auditor").post("/encounters/new", {"met_year": "2026"})
    assert "Kies opnieuw" not in plain(kept(role.content.decode()))


@pytest.mark.parametrize(("who", "is_offered"), [("officer", True), ("specialist", True), ("auditor", False)])
def test_recording_is_offered_to_who_may_and_refused_at_the_door_to_who_may_not(
    town: Town, who: str, is_offered: bool
) -> None:
    client = client_of(who, "en")
    assert ('href="/encounters/new"' in shown(client, "/account")) is is_offered
    for answer in (client.get("/encounters/new"), client.post("/encounters/new", {"go": "check"})):
        assert (answer.status_code != 403) is is_offered
        assert ("This does not belong to your role" in answer.content.decode()) is not is_offered


def test_with_the_ledger_unwritable_no_child_is_shown_and_the_page_says_so(town: Town) -> None:
    with patch("vangnet.trust.ledger.services.record", side_effect=LedgerUnavailableError):
        text = shown(client_of("specialist"), "/encounters/new", 200)
        assert "Wat gebeurde er?" in text
        answer = client_of("specialist").post("/encounters/new", {"met_year": "2026"})
    assert answer.status_code == 503
    assert "Er kan nu niets open" in plain(kept(answer.content.decode()))


DRAFT, LOST = "What you filled in is still on this device.", "What you typed was not kept."


@pytest.mark.parametrize(
    ("method", "address", "said", "unsaid"),
    [
        ("post", "/encounters/new", DRAFT, LOST),
        ("post", "/account/password", LOST, DRAFT),
        ("get", "/encounters", "Try again in a few minutes.", "is still on this device"),
    ],
)
def test_a_page_says_that_something_was_kept_only_where_it_was(
    town: Town, method: str, address: str, said: str, unsaid: str
) -> None:
    person = Person.objects.get(username="specialist")
    set_password(person=person, password="four words of harbour")
    client = client_of("specialist", "en")
    typed = {"met_year": "2026", "now": "four words of harbour", "new": "seven lanterns by the quay"}
    with patch("vangnet.trust.ledger.services.record", side_effect=LedgerUnavailableError):
        answer = getattr(client, method)(address, typed)
    page = plain(answer.content.decode())
    assert (answer.status_code, said in page, unsaid in page) == (503, True, False)
    with patch("vangnet.trust.ledger.services.record", side_effect=SealBrokenError):
        answer = getattr(client, method)(address, typed)
    page = plain(answer.content.decode())
    assert (answer.status_code, DRAFT in page, LOST in page) == (503, said == DRAFT, said == LOST)
    client.raise_request_exception = False
    with patch("vangnet.site.pages.doors.actor_for", side_effect=KeyError):
        answer = getattr(client, method)(address, typed)
    page = plain(answer.content.decode())
    assert (answer.status_code, DRAFT in page, LOST in page) == (500, said == DRAFT, said == LOST)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("door", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.server_error, 500),
        (errors.locked_out, 429),
    ],
)
def test_every_wrong_turn_says_what_was_kept_and_what_to_do(door: Any, status: int) -> None:
    with translation.override("nl"):  # whatever language the page before this one was in
        answer = door(RequestFactory().get("/"))
    assert answer.status_code == status
    assert "Wat u wel kunt doen" in plain(kept(answer.content.decode()))


@pytest.mark.django_db
def test_an_unknown_address_is_the_designed_page() -> None:
    assert "Hier is niets te tonen" in plain(shown(Client(), "/nowhere", 404))


def test_a_form_without_its_token_is_refused_with_words(town: Town) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "nl"})
    answer = client.post("/theme", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Deze pagina stond te lang open" in plain(answer.content.decode())
    assert "kopieer wat u typte, als het er nog staat" in plain(answer.content.decode())
    draft = client.post("/encounters/new", {"met_year": "2026"})
    assert "Wat u invulde, staat er nog" in plain(draft.content.decode())


def test_the_worker_keeps_only_files_that_are_there(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    listed = re.findall(r'"/static/vangnet/([^"]+)"', answer.content.decode())
    assert len(listed) > 8
    assert all((STATIC / name).exists() for name in listed)
    assert "/* SHELL */" not in answer.content.decode()


def test_every_style_and_script_is_small_and_reaches_nowhere_else() -> None:
    for path in (*STATIC.glob("*.css"), *STATIC.glob("js/*.js")):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, path.name
        assert not re.search(r"https?://(?!www\.w3\.org)", text), path.name
        assert not re.search(r"\beval\(|new Function|innerHTML|localStorage", text), path.name


def test_every_address_of_the_frame_stands() -> None:
    for url in ("/health", "/login", "/logout", "/language", "/theme", "/clock", "/purpose", "/sw.js"):
        assert resolve(url)
