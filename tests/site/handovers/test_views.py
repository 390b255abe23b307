from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from chain.flow.browser import BOARD_PLACE, as_, gate_url, page, plain, sent
from chain.flow.desk import Desk, after, facts
from vangnet.chain.crosscheck.models import Membership
from vangnet.knowledge.terms import Child, ChildView, Collector, Custody, KnownFact, PartialDate, PersonName


def test_it_begins_with_the_question_whether_someone_is_here(desk: Desk) -> None:
    text = page(as_(desk, "officer"), f"/encounters/{desk.encounter_id}/handover")
    assert "Is er iemand voor Nora?" in text
    assert text.index("Het kind is opgehouden") < text.index("Is er iemand voor Nora?")
    assert "besluiten met wie dit kind meegaat" in text


def test_an_adult_as_stated_opens_the_gate_and_the_answer_is_not_yet(desk: Desk) -> None:
    client = as_(desk, "officer")
    answer = sent(
        client,
        f"/encounters/{desk.encounter_id}/handover/new",
        who="adult",
        collector_given="T.",
        collector_family="Verhagen",
        collector_relation="oom",
    )
    text = page(client, answer.url)
    first = ("Het kind is opgehouden", "Mag Nora mee met T. Verhagen?", "Nog niet", "Vraag 1 van 12")
    assert [text.index(one) for one in first] == sorted(text.index(one) for one in first)
    assert "Overdracht vastleggen" not in text
    assert page(client, f"/encounters/{desk.encounter_id}/handover") == text


def test_nobody_asking_is_an_answer_too(desk: Desk) -> None:
    client = as_(desk, "officer")
    url = sent(client, f"/encounters/{desk.encounter_id}/handover/new", who="nobody").url
    text = page(client, url)
    assert "Niemand vraagt om Nora mee te nemen" in text
    assert "Zoek samen met de Raad een veilige plek." in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Kies of er iemand voor het kind is."),
        ({"who": "adult"}, "Schrijf de naam op zoals deze volwassene die zegt."),
    ],
)
def test_a_beginning_that_lacks_something_says_what(desk: Desk, typed: dict[str, str], sentence: str) -> None:
    answer = sent(
        as_(desk, "officer"),
        f"/encounters/{desk.encounter_id}/handover/new",
        422,
        collector_phone="+31 6 1",
        **typed,
    )
    html = answer.content.decode()
    assert sentence in plain(html)
    assert 'value="+31 6 1"' in html


def test_what_the_encounter_said_about_the_adult_stands_filled_in(db: None) -> None:
    stated = Collector(name=PersonName("Anna", "Bakker"), phones=("+31 6 2",), vehicle="grijze auto")
    desk = Desk.open(facts(collectors=(stated,)))
    html = as_(desk, "officer").get(f"/encounters/{desk.encounter_id}/handover/new").content.decode()
    assert all(f'value="{one}"' in html for one in ("Anna", "Bakker", "+31 6 2", "grijze auto"))


def test_a_collector_without_a_name_fills_in_nothing(db: None) -> None:
    desk = Desk.open(facts(collectors=(Collector(claimed_relation="oom"),)))
    html = as_(desk, "officer").get(f"/encounters/{desk.encounter_id}/handover").content.decode()
    assert 'value="oom"' in html


def test_the_childs_own_words_stand_above_the_checks(desk: Desk) -> None:
    request = desk.ask()
    client = as_(desk, "officer")
    assert "Nora is nog niet gevraagd. Niet bekend is geen nee." in page(client, gate_url(request))
    sent(
        client,
        f"{gate_url(request)}/checks/G-02",
        heard_alone="yes",
        interpreter="sworn",
        wants_to_go="no",
        words="Ik wil niet met hem mee.",
    )
    text = page(client, gate_url(request))
    assert "“Ik wil niet met hem mee.”" in text
    assert "alleen gehoord, om 04:11, met een beëdigde tolk" in text
    assert "Nora wil niet mee." in text
    assert text.index("Ik wil niet met hem mee") < text.index("Nog niet gevraagd:")
    assert "Leg dit voor aan de Raad" in text


@pytest.mark.parametrize(
    ("alone", "wish", "shown"),
    [
        ("no", "yes", "Nog niet alleen gehoord"),
        ("unknown", "yes", "Niet bekend"),
        ("yes", "yes", "Alleen gehoord, wil mee"),
        ("yes", "unknown", "Alleen gehoord, wens niet bekend"),
        ("no", "no", "Wil niet mee"),
    ],
)
def test_what_the_child_said_is_kept_as_it_was_heard(desk: Desk, alone: str, wish: str, shown: str) -> None:
    url = f"{gate_url(desk.ask())}/checks/G-02"
    client = as_(desk, "officer")
    sent(client, url, heard_alone=alone, interpreter="none", wants_to_go=wish)
    assert shown in page(client, url)


def test_a_talk_without_words_says_that_none_were_written(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-02", "wants_to_go", "none")
    text = page(as_(desk, "officer"), gate_url(request))
    assert "Eigen woorden van het kind zijn niet opgeschreven." in text
    assert "zonder tolk" in text


def test_whom_the_child_trusts_and_how_it_was_heard_at_intake_is_kept(db: None) -> None:
    heard = ChildView(heard_alone=False, interpreter="other", trusted_person="Hanna", words="Ik ben moe.")
    desk = Desk.open(facts(child_view=heard))
    text = page(as_(desk, "officer"), gate_url(desk.ask()))
    assert "“Ik ben moe.” Nora, niet alleen gehoord, iemand anders tolkte, vertrouwt Hanna" in text


def test_a_fact_of_the_intake_counts_at_the_gate(db: None) -> None:
    known = {"G-15": KnownFact(state="clear"), "G-12": KnownFact(state="indicated")}
    desk = Desk.open(facts(facts=known))
    text = page(as_(desk, "officer"), gate_url(desk.ask()))
    assert "bekend, en er is iemand, bij de ontmoeting" in text
    assert "Dit is advies, geen weigering." in text


def test_earlier_hand_overs_of_the_child_are_no_refusal(desk: Desk) -> None:
    request = desk.ask()
    desk.confirm(request, desk.propose(request, BOARD_PLACE))  # type: ignore[arg-type]
    desk.hand_over(request)
    first, child = desk.encounter_id, uuid4()
    desk.encounter_id = desk.met(facts("26-0499"))
    for one in (first, desk.encounter_id):
        Membership.objects.create(encounter_id=one, organisation=desk.police, child_id=child)
    text = page(as_(desk, "officer"), gate_url(desk.ask()))
    assert "Eerdere overdrachten van dit kind" in text
    assert "Dit is geen weigering." in text


def test_a_proposal_or_decision_that_stands_leaves_one_thing_to_do(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    assert "Vraag 1 van 12" not in page(as_(desk, "officer"), gate_url(request))
    assert "Vraag 1 van 12" in page(as_(desk, "officer"), f"{gate_url(request)}/checks/G-02")
    desk.confirm(request, made)  # type: ignore[arg-type]
    assert "Vraag 1 van 12" not in page(as_(desk, "officer"), gate_url(request))


def test_nothing_is_chosen_beforehand_and_a_choice_not_made_is_asked_for(desk: Desk) -> None:
    client, request = as_(desk, "officer"), desk.ask()
    for check in ("G-02", "G-05"):
        url = f"{gate_url(request)}/checks/{check}"
        assert " checked" not in client.get(url).content.decode()
        html = sent(client, url, 422, words="mijn woorden").content.decode()
        assert "mijn woorden" in html
        assert 'role="alert"' in html


@pytest.mark.parametrize(
    ("check", "state", "source", "sentence"),
    [
        ("G-05", "verified", "private_deed", "Een akte tussen personen geeft geen gezag."),
        ("G-05", "verified", "unknown", "Kies waaruit het gezag blijkt."),
        ("G-07", "clear", "register_down", "Een register dat niet antwoordt, is niet bekend, nooit nee."),
        ("G-07", "clear", "", "Kies waar dit vandaan komt."),
    ],
)
def test_an_answer_that_cannot_be_so_is_not_recorded(
    desk: Desk, check: str, state: str, source: str, sentence: str
) -> None:
    request = desk.ask()
    url = f"{gate_url(request)}/checks/{check}"
    answer = sent(as_(desk, "officer"), url, 422, state=state, source=source)
    assert sentence in plain(answer.content.decode())
    assert desk.view(request).check(check).last is None


def test_a_deed_and_a_silent_register_read_as_what_they_are(desk: Desk) -> None:
    client, request = as_(desk, "officer"), desk.ask()
    sent(client, f"{gate_url(request)}/checks/G-05", state="not_verified", source="private_deed", words="akte")
    sent(client, f"{gate_url(request)}/checks/G-07", state="unknown", source="register_down", words="sinds 03:05")
    html = client.get(gate_url(request)).content.decode()
    text = plain(html)
    assert "Er is alleen een akte tussen personen." in text
    assert 'aria-label="register niet bereikbaar"' in html
    assert "“sinds 03:05”" in text
    assert "J. de Wit, 04:11, het register antwoordt niet" in text


def test_contradictory_answers_stay_side_by_side(desk: Desk) -> None:
    client, request = as_(desk, "officer"), desk.ask()
    url = f"{gate_url(request)}/checks/G-12"
    sent(client, url, state="clear", source="person", words="zelfde school")
    sent(client, url, state="indicated", source="person", words="andere verjaardag")
    text = page(client, url)
    assert text.index("De antwoorden verschillen") < text.index("De antwoorden kloppen")


def test_an_unknown_question_is_not_there(desk: Desk) -> None:
    client = as_(desk, "officer")
    assert client.get(f"{gate_url(desk.ask())}/checks/G-11").status_code == 404
    assert client.get(gate_url(uuid4())).status_code == 404
    typed = {"state": "clear", "source": "register"}
    assert client.post(f"{gate_url(uuid4())}/checks/G-07", typed).status_code == 404
    assert client.get(f"/encounters/{uuid4()}/handover").status_code == 404
    assert client.get(f"/encounters/{uuid4()}/handover/new").status_code == 404
    assert client.get(f"/encounters/{uuid4()}/handover/incident").status_code == 404
    assert client.get(f"{gate_url(uuid4())}/checks/G-07").status_code == 404
    assert client.get(f"{gate_url(uuid4())}/proposal").status_code == 404


def test_a_child_of_whom_nothing_is_known_is_still_a_child(db: None) -> None:
    desk = Desk.open(facts(child=Child(), custody=Custody(basis="none")))
    text = page(as_(desk, "officer"), gate_url(desk.ask(Collector(claimed_relation="oom"))))
    assert "Het kind, leeftijd niet bekend" in text
    assert "Mag het kind mee met een volwassene zonder naam?" in text
    assert "Niemand hier mag dit kind vasthouden." in text


@pytest.mark.parametrize(
    ("born", "basis", "said"),
    [
        (PartialDate(2013, 2, 1), "document", "Nora, 13 jaar volgens een document"),
        (PartialDate(2013), "assessed", "Nora, 12 of 13 jaar zoals vastgesteld"),
        (PartialDate(2012, 5, 17), "unknown", "Nora, misschien 13 jaar"),
    ],
)
def test_an_age_says_what_it_rests_on(db: None, born: PartialDate, basis: Any, said: str) -> None:
    child = Child(name=PersonName("Nora", ""), birth_date=born, birth_date_basis=basis)
    desk = Desk.open(facts(child=child))
    assert said in page(as_(desk, "officer"), gate_url(desk.ask()))


def test_what_is_too_old_to_read_freely_says_who_can_open_it(desk: Desk) -> None:
    request = desk.ask()
    with time_machine.travel(after(60 * 24 * 400), tick=False):
        assert "De specialist van uw organisatie kan het openen." in page(
            as_(desk, "officer"), gate_url(request), 403
        )
        answer = sent(as_(desk, "desk"), f"{gate_url(request)}/proposal", 403, value=BOARD_PLACE, words="x")
    assert "Dit is ouder dan een jaar" in plain(answer.content.decode())


def test_the_same_page_in_english(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-05", "not_verified", "private_deed", 3, "a deed")
    text = page(as_(desk, "officer", "en"), gate_url(request))
    for words in (
        "May Nora go with T. Verhagen?",
        "Not yet. Put this to the Board",
        "Who can help now",
        "Not asked yet:",
    ):
        assert words in text
    assert "The child is held for inquiry" in text


@pytest.mark.parametrize("word", ["release", "low risk", "score", "vrijgelaten", "laag risico", "verlengen"])
def test_words_that_never_stand_on_these_pages(desk: Desk, word: str) -> None:
    request = desk.ask()
    desk.propose(request, BOARD_PLACE)
    for language in ("nl", "en"):
        for path in ("", "/checks/G-05", "/decision", "/proposal"):
            assert word not in page(as_(desk, "desk", language), f"{gate_url(request)}{path}").lower()


def test_no_style_or_script_stands_in_a_page(desk: Desk) -> None:
    request = desk.ask()
    html = as_(desk, "officer").get(gate_url(request)).content.decode()
    assert " style=" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


def test_where_the_ledger_cannot_write_nothing_is_shown(desk: Desk, settings: Any) -> None:
    request = desk.ask()
    settings.VANGNET_ANCHOR_FILE = Path("/proc/nowhere/anchors.jsonl")
    answer = as_(desk, "officer").get(gate_url(request))
    assert answer.status_code == 503
    assert "Nora" not in answer.content.decode()
