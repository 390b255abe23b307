from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from browsing import client_of, kept, plain, shown
from chain.town import AT, BOARD, Town, after, facts, slim, written
from vangnet.chain import flow
from vangnet.chain.encounters.models import Encounter
from vangnet.knowledge.terms import Purpose
from vangnet.trust.access.policy import Role
from vangnet.trust.access.selectors import organisation
from vangnet.trust.access.services import create_organisation, create_person, give_role, set_up_organisation

pytestmark = pytest.mark.usefixtures("night")
CARD = {"code": "NL-POL-NIEUW", "name": "Nieuw", "country": "NL", "regime": "police"}
FORM = {
    "met_day": "1",
    "met_month": "3",
    "met_year": "2026",
    "met_time": "14:20",
    "place": "Stationshal",
    "child_given": "Nora",
    "custody_basis": "under_12",
    "arrived_time": "14:40",
    "seen_I-02": "observed",
    "words_I-02": "portemonnee doorgegeven",
    "child_words": "Ik wil slapen.",
    "trusted_person": "Hanna",
}


def sent(client: Client, **typed: str) -> Any:
    return client.post("/encounters/new", FORM | {"request_key": str(uuid4())} | typed)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("username", ["officer", "board"])
def test_the_intake_has_seven_steps_and_asks_free_words_first(town: Town, username: str, language: str) -> None:
    text = shown(client_of(username, language), "/encounters/new")
    assert [f'id="step-{n}"' in text for n in range(1, 9)] == [True] * 7 + [False]
    assert text.index('name="what_happened"') < text.index('name="place"') < text.index('name="child_given"')
    assert 'name="met_time" value="15:30"' in text
    assert "required" not in text
    for name in ("nationality", "ethnic", "religion", "skin", "residence"):
        assert name not in text.casefold()


def test_a_filled_form_becomes_an_encounter_and_leads_to_the_advice(town: Town) -> None:
    answer = sent(client_of("officer"))
    (row,) = Encounter.objects.all()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/encounters/{row.id}/advice")
    assert [entry.act for entry in written()] == ["record_encounter"]
    assert "Nora" not in answer.headers["Location"]


def test_the_same_press_twice_records_one_encounter(town: Town) -> None:
    client, key = client_of("officer"), str(uuid4())
    first, second = sent(client, request_key=key), sent(client, request_key=key)
    assert first.headers["Location"] == second.headers["Location"]
    assert Encounter.objects.count() == 1


def test_a_form_without_a_key_of_its_own_is_taken_all_the_same(town: Town) -> None:
    assert sent(client_of("officer"), request_key="none").status_code == 302


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Schrijf het jaar met vier cijfers, zoals 2013."),
        ("en", "Write the year in four figures, such as 2013."),
    ],
)
def test_a_mistake_is_said_in_the_language_of_the_page_and_nothing_is_lost(
    town: Town, language: str, sentence: str
) -> None:
    answer = sent(
        client_of("officer", language), birth_year="13", other_given_2="Noor", **{"seen_I-47": "observed"}
    )
    text = kept(answer.content.decode())
    assert answer.status_code == 422
    assert f'<a href="#birth_day">{sentence}</a>' in text
    assert text.count(sentence) == 2
    for typed in ("portemonnee doorgegeven", "Ik wil slapen.", 'value="Noor"', 'value="14:40"'):
        assert typed in text
    assert text.count('value="observed" aria-label') == text.count('name="words_')
    assert text.count('" checked>') >= 4
    assert not Encounter.objects.exists()


def test_what_the_contract_refuses_comes_back_beside_its_field(town: Town) -> None:
    answer = sent(client_of("officer"), birth_year="2026", birth_month="12")
    assert 'href="#birth_day">De geboortedatum ligt na de ontmoeting.' in answer.content.decode()


def test_a_time_of_the_hold_that_is_still_to_come_comes_back_beside_its_field(town: Town) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 13, 25, tzinfo=UTC), tick=False):
        answer = sent(client_of("officer"))
    assert answer.status_code == 422
    assert 'href="#arrived_time">' in answer.content.decode()
    assert not Encounter.objects.exists()


def test_the_same_number_with_other_content_is_refused_with_a_way_out(town: Town) -> None:
    client = client_of("officer")
    assert sent(client, own_number="BVH-1").status_code == 302
    answer = sent(client, own_number="BVH-1", child_given="Milan")
    assert answer.status_code == 422
    assert "Milan" in kept(answer.content.decode())
    assert Encounter.objects.count() == 1


def test_enter_without_script_only_looks_it_over(town: Town) -> None:
    answer = sent(client_of("officer"), go="check")
    assert answer.status_code == 200
    assert "portemonnee doorgegeven" in kept(answer.content.decode())
    assert not Encounter.objects.exists()


def test_who_may_not_record_is_refused_with_the_rule(town: Town) -> None:
    answer = sent(client_of("auditor"))
    assert answer.status_code == 403
    assert "Een auditor leest het logboek" in plain(kept(answer.content.decode()))


@pytest.mark.parametrize(
    ("role", "records"),
    [
        (Role.OFFICER, True),
        (Role.RVDK, True),
        (Role.COORDINATOR, True),
        (Role.PROSECUTOR, False),
        (Role.AUDITOR, False),
        (Role.PRIVACY_OFFICER, False),
        (Role.CONTROLLER_ADMIN, False),
        (Role.RESEARCHER, False),
    ],
)
def test_only_who_may_record_an_encounter_is_offered_to_and_let_in(town: Town, role: Role, records: bool) -> None:
    person = create_person(username="somebody", name="Somebody")
    give_role(person=person, organisation=set_up_organisation(**CARD), role=role)
    client = client_of("somebody", "en")
    pages = [client.get(address).content.decode() for address in ("/", "/encounters", "/purpose")]
    assert ['href="/encounters/new"' in page for page in pages] == [records] * 3
    answer = client.get("/encounters/new")
    assert answer.status_code == (200 if records else 403)
    assert ("Asked: record an encounter." in plain(kept(answer.content.decode()))) is not records


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_advice_answers_acts_and_gives_reasons_in_that_order(town: Town, language: str) -> None:
    encounter = town.met(facts(), at=AT)
    text = plain(shown(client_of("officer", language), f"/encounters/{encounter}/advice"))
    order = {
        "nl": (
            "Doel: dit kind beschermen. Inzien wordt vastgelegd.",
            "Er zijn aanwijzingen van uitbuiting",
            "Doe nu dit",
            "Bel de Raad 0800",
            "Nog niet meegeven.",
            "Op welke grond het kind hier is",
            "“ik wil slapenqq”",
            "Wat u zag, en wat het zegt",
            "Wat niet bekend is",
            "Misschien eerder ontmoet",
            "Bekend in andere landen?",
            "Plichten die nu lopen",
        ),
        "en": (
            "Purpose: protect this child. Opening is recorded.",
            "There are indications of exploitation",
            "Do this now",
            "Call the Board 0800",
            "Do not hand over yet.",
            "On what ground the child is here",
            "“ik wil slapenqq”",
            "What you saw, and what it says",
            "What is not known",
            "Perhaps met before",
            "Known in other countries?",
            "Duties running now",
        ),
    }[language]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert written()[-1].act == "read_advice"


def test_without_an_indication_the_page_has_the_same_order_and_no_relief(town: Town) -> None:
    encounter = town.met(slim(child={"given_names": "Milan"}))
    text = plain(shown(client_of("officer"), f"/encounters/{encounter}/advice"))
    assert "U legde geen aanwijzing vast" in text
    assert "Er is niets om te tonen. Dat kan ook betekenen dat u het niet mag zien." in text
    assert "Er loopt geen klok: de feiten noemen daar geen grond voor." in text
    for word in ("veilig bevonden", "niets gevonden", "geen risico"):
        assert word not in text


@pytest.mark.parametrize("username", ["other", "board", "auditor", "immigration", "specialist"])
def test_what_is_not_there_and_what_may_not_be_seen_are_the_same_page(town: Town, username: str) -> None:
    encounter = town.met(facts(organisation="NL-POL-WATERLAND"), by=town.other_specialist)
    client = client_of(username if username != "other" else "officer")
    hidden = client.get(f"/encounters/{encounter}/advice")
    missing = client.get(f"/encounters/{uuid4()}/advice")
    assert hidden.status_code == missing.status_code
    assert plain(hidden.content.decode()) == plain(missing.content.decode())


def test_an_earlier_encounter_is_shown_with_its_reason(town: Town) -> None:
    told: Any = {
        "given_names": "Nora",
        "family_name": "Lindqvist",
        "birth_date": "2013-03-05",
        "phones": ["+31612345678"],
    }
    town.met(slim(child=told, met_at="2026-02-21T16:40:00+01:00"))
    encounter = town.met(slim(child=told, encounter_id="second"))
    text = plain(shown(client_of("officer"), f"/encounters/{encounter}/advice"))
    assert "Nl-Pol-Rijnhaven, 21 februari 2026" in text
    assert "Geboortedatum:" in text
    assert "%" not in text


def test_an_international_question_is_recorded_and_then_shown_as_asked(town: Town) -> None:
    encounter = town.met(slim())
    client, url = client_of("officer"), f"/encounters/{encounter}/international-check"
    assert "Niet gevraagd: SIS" in plain(shown(client, f"/encounters/{encounter}/advice"))
    answer = client.post(url, {"channel": "siena", "state": "asked"})
    assert answer.headers["Location"] == f"/encounters/{encounter}/advice#international"
    for channel in ("sis", "pruem", "interpol"):
        client.post(url, {"channel": channel, "state": "answered", "answer": "daar niets bekend"})
    text = plain(shown(client, f"/encounters/{encounter}/advice"))
    assert "Gevraagd, nog geen antwoord. Robin Officer, 1 maart 2026, 15:30" in text
    assert "Alle vier zijn gevraagd." in text
    assert "“daar niets bekend”" in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": "asked"}, "Kies welk kanaal is gevraagd."),
        ({"channel": "sis"}, "Zeg of het is gevraagd of beantwoord."),
        ({"channel": "sis", "state": "answered", "answer": " "}, "Schrijf op wat er werd geantwoord"),
    ],
)
def test_a_half_question_abroad_says_what_is_missing(town: Town, typed: dict[str, str], sentence: str) -> None:
    encounter = town.met(slim())
    answer = client_of("officer").post(f"/encounters/{encounter}/international-check", typed)
    assert answer.status_code == 422
    assert sentence in plain(kept(answer.content.decode()))


def test_nobody_records_a_question_abroad_about_a_child_that_is_not_theirs(town: Town) -> None:
    encounter = town.met(slim())
    url = f"/encounters/{encounter}/international-check"
    answer = client_of("other").post(url, {"channel": "sis", "state": "asked"})
    assert answer.status_code in {403, 404}
    kept(answer.content.decode())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_timeline_says_that_there_may_be_more_to_everyone(town: Town, language: str) -> None:
    encounter = town.met(facts())
    text = plain(shown(client_of("officer", language), f"/encounters/{encounter}/timeline"))
    assert {"nl": "Er kan meer zijn.", "en": "There may be more."}[language] in text
    assert "Zephyrineqq Korenbloemqq" in text
    assert "Mirabelqq" in text
    assert "Robin Officer, Nl-Pol-Rijnhaven" in text


def test_the_encounters_that_a_person_joined_stand_on_one_timeline(town: Town) -> None:
    told: Any = {"given_names": "Nora", "family_name": "Lindqvist", "birth_date": "2013-03-05"}
    first = town.met(slim(child=told, met_at="2025-10-21T16:40:00+02:00"))
    second = town.met(slim(child=told | {"given_names": "Noor"}, encounter_id="second"))
    judged = flow.judge(
        actor=town.specialist,
        encounter_id=second,
        other_id=first,
        value="same",
        reason="zelfde moedervlek",
        at=after(1),
    )
    assert judged
    text = shown(client_of("officer"), f"/encounters/{second}/timeline")
    assert text.index("Noor Lindqvist") < text.index("Nora Lindqvist")
    assert f"/encounters/{second}/candidates/{first}" in text
    assert "Vangnet weet niet waar het kind was." in text


def test_history_has_a_timeline_and_no_advice(town: Town) -> None:
    taken = flow.take_in(
        actor=town.service,
        purpose=Purpose.KEEP_REGISTER,
        facts=slim(encounter_id="H-1"),
        request_key=None,
        at=AT,
        history=True,
    )
    assert isinstance(taken, flow.TakenIn)
    encounter = taken.encounter_id
    answer = client_of("officer").get(f"/encounters/{encounter}/advice")
    assert answer.headers["Location"] == f"/encounters/{encounter}/timeline"
    text = plain(shown(client_of("officer"), f"/encounters/{encounter}/timeline"))
    assert "Wat wij van dit kind weten" in text
    assert "Er is geen naam opgegeven." in text
    assert "Robin" not in text.split("Gebeurtenissen")[1]


def test_a_timeline_that_is_not_there_is_the_designed_page(town: Town) -> None:
    assert "Hier is niets te tonen" in plain(shown(client_of("officer"), f"/encounters/{uuid4()}/timeline", 404))


def refer(town: Town, encounter: UUID) -> object:
    board = organisation(BOARD)
    assert board is not None
    return flow.refer(
        actor=town.officer,
        encounter_id=encounter,
        receiver_id=board.id,
        kind="board_urgent",
        words="Kunt u komen?",
        request_key=uuid4(),
        at=AT,
    )


def test_whose_turn_it_is_stands_beside_the_timeline(town: Town) -> None:
    encounter = town.met(facts())
    assert "Wat nu" in plain(shown(client_of("officer"), f"/encounters/{encounter}/timeline"))
    refer(town, encounter)
    asker = plain(shown(client_of("officer"), f"/encounters/{encounter}/timeline"))
    assert "Nu aan de beurt Nl-Rvdk-Rijnhaven. Antwoord gevraagd voor 17:00: Spoedvraag aan de Raad." in asker
    assert "Bekijk de vraag" in asker
    asked = plain(shown(client_of("board"), f"/encounters/{encounter}/timeline"))
    assert "Beantwoord" in asked


def test_abroad_the_authority_of_that_country_is_called(town: Town) -> None:
    create_organisation(
        code="AT-JA-DONAUTOR", name="Jugendamt", country="AT", regime="youth_care", contact_phone="+43 1 0"
    )
    encounter = town.met(facts(country="AT"))
    text = plain(shown(client_of("officer"), f"/encounters/{encounter}/advice"))
    assert "Bel hen +43 1 0" in text
    assert "Voor dit land heeft Vangnet geen tabel met plichten." in text


def test_what_waits_for_a_purpose_of_another_kind_is_refused(town: Town) -> None:
    encounter = town.met(facts())
    client = client_of("officer")
    client.post("/purpose", {"purpose": Purpose.NON_PUNISHMENT.value})
    text = shown(client, f"/encounters/{encounter}/advice", 403)
    assert "Kies opnieuw waarvoor u kijkt" in plain(text)
