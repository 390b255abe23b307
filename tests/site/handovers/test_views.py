from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from chain.flow.desk import PASSED, Desk, after, facts
from vangnet.chain.crosscheck.models import Membership
from vangnet.knowledge.terms import Child, ChildView, Collector, Custody, KnownFact, PartialDate, PersonName

BOARD_PLACE = "HANDED_TO_RVDK_ARRANGED_PLACE"
HOLDER = "HANDED_TO_AUTHORITY_HOLDER"


@pytest.fixture(autouse=True)
def small_site(settings: Any, tmp_path: Path) -> None:
    settings.ROOT_URLCONF = "chain.flow.gate_urls"
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


@pytest.fixture(autouse=True)
def night() -> Any:
    with time_machine.travel(after(30), tick=False):
        yield


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.open()


def as_(desk: Desk, username: str, language: str = "nl") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(desk.people[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return plain(answer.content.decode())


def plain(html: str) -> str:
    """Give the text of a page in the order in which it is read."""
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<head>.*?</head>", "", html))
    return re.sub(r"\s+", " ", text.replace("&#x27;", "'").replace("&quot;", '"'))


def sent(client: Client, url: str, status: int = 302, **typed: str) -> Any:
    answer = client.post(url, typed)
    assert answer.status_code == status, plain(answer.content.decode())
    return answer


def gate_url(request: object) -> str:
    return f"/handovers/{request}"


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
    assert "Niemand vraagt om Nora. Zoek samen met de Raad een veilige plek." in text


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
    assert "stond in de ontmoeting" in text
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


def test_two_people_decide_and_then_the_hand_over_can_be_recorded(desk: Desk) -> None:
    request = desk.ask()
    first, second, officer = as_(desk, "desk"), as_(desk, "other"), as_(desk, "officer")
    assert "Stel voor hoe dit eindigt" in page(first, gate_url(request))
    sent(first, f"{gate_url(request)}/proposal", value=BOARD_PLACE, words="Gezag is niet aangetoond.")
    assert "Een voorstel wacht op een tweede" in page(officer, gate_url(request))
    html = second.get(f"{gate_url(request)}/decision").content.decode()
    assert " checked" not in html
    text = plain(html)
    assert "Voorstel van S. Brouwer" in text
    assert "“Gezag is niet aangetoond.”" in text
    assert "u bent aan de beurt" in text
    sent(second, f"{gate_url(request)}/decision", value="yes", proposal=_proposal(html))
    text = page(officer, gate_url(request))
    assert "Twee mensen besloten" in text
    assert "Leg de overdracht vast" in text
    sent(
        officer,
        f"{gate_url(request)}/record",
        receiver="K. Dijk",
        organisation=str(desk.board.pk),
        receipt="getekend 04:12",
    )
    text = page(officer, gate_url(request))
    assert "De overdracht is vastgelegd" in text
    assert "K. Dijk ontving Nora." in text
    assert "Vraag 1 van" not in text
    assert officer.get(f"{gate_url(request)}/record").status_code == 302
    assert first.get(f"{gate_url(request)}/decision").status_code == 302


def _proposal(html: str) -> str:
    found = re.search(r'name="proposal" value="([^"]+)"', html)
    assert found is not None
    return found.group(1)


def test_nobody_approves_their_own_proposal(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    client = as_(desk, "desk")
    text = page(client, f"{gate_url(request)}/decision")
    assert "U kunt uw eigen voorstel niet goedkeuren" in text
    assert "Leg uw besluit vast" not in text
    answer = sent(client, f"{gate_url(request)}/decision", 409, value="yes", proposal=str(made))
    text = plain(answer.content.decode())
    assert "Een ander besluit dit met u" in text
    assert "Een ander moet het bevestigen." in text
    assert "laat" not in text[:50]


def test_the_second_person_can_say_no_but_not_without_a_reason(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    client = as_(desk, "other")
    url = f"{gate_url(request)}/decision"
    answer = sent(client, url, 422, value="no", proposal=str(made))
    assert "Schrijf waarom, in eigen woorden." in plain(answer.content.decode())
    sent(client, url, value="no", proposal=str(made), words="Hoor eerst Hanna.")
    text = page(client, gate_url(request))
    assert "Het voorstel geldt niet meer" in text
    assert "Besluit van twee mensen" in text


def test_an_id_that_is_none_decides_nothing(desk: Desk) -> None:
    request = desk.ask()
    desk.propose(request, BOARD_PLACE)
    sent(as_(desk, "other"), f"{gate_url(request)}/decision", 409, value="yes", proposal="nonsense")


def test_a_check_that_changed_stands_above_the_proposal_and_takes_the_form_away(desk: Desk) -> None:
    request = desk.ask()
    desk.propose(request, BOARD_PLACE)
    desk.check(request, "G-08", "indicated", "register", 8)
    text = page(as_(desk, "other"), f"{gate_url(request)}/decision")
    assert text.index("Er veranderde iets na dit voorstel.") < text.index("Voorstel van S. Brouwer")
    assert "Leg uw besluit vast" not in text


def test_an_officer_sees_who_decides_and_cannot(desk: Desk) -> None:
    request = desk.ask()
    desk.propose(request, BOARD_PLACE)
    client = as_(desk, "officer")
    assert "Uw rol besluit hier niet over" in page(client, f"{gate_url(request)}/decision")
    assert "Dit hoort niet bij uw rol" in page(client, f"{gate_url(request)}/proposal", 403)


def test_a_proposal_needs_a_choice_and_words_and_offers_no_holder_before_its_time(desk: Desk) -> None:
    request = desk.ask()
    client = as_(desk, "desk")
    url = f"{gate_url(request)}/proposal"
    html = client.get(url).content.decode()
    assert HOLDER not in html
    assert "Kan nu niet worden voorgesteld:" in plain(html)
    assert "Kies er een." in plain(sent(client, url, 422, words="x").content.decode())
    assert "Schrijf waarom" in plain(sent(client, url, 422, value=BOARD_PLACE).content.decode())
    answer = sent(client, url, 409, value=HOLDER, words="Zij is de moeder.")
    assert "Nog niet" in plain(answer.content.decode())
    desk.passed(request)
    html = client.get(url).content.decode()
    assert HOLDER in html
    assert "Kan nu niet worden voorgesteld" not in plain(html)


def test_a_gate_in_which_everything_passed_says_that_two_people_can_decide(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    text = page(as_(desk, "desk"), gate_url(request))
    assert "Twee mensen kunnen nu besluiten" in text
    assert "Leg de overdracht vast" not in text


def test_one_thing_open_is_said_as_one(desk: Desk) -> None:
    request = desk.ask()
    for check, state, source in PASSED[:-1]:
        desk.check(request, check, state, source)
    assert "Eén ding is niet in orde of niet bekend." in page(as_(desk, "officer"), gate_url(request))


def test_what_cannot_be_settled_here_goes_to_the_board(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-10", "indicated", "person")
    text = page(as_(desk, "officer"), gate_url(request))
    assert "Leg dit voor aan de Raad" in text
    assert "Dit kan niet aan deze balie worden opgelost." in text


def test_the_receiver_has_a_name_and_a_receipt(desk: Desk) -> None:
    request = desk.ask()
    desk.confirm(request, desk.propose(request, BOARD_PLACE))  # type: ignore[arg-type]
    answer = sent(as_(desk, "officer"), f"{gate_url(request)}/record", 422)
    text = plain(answer.content.decode())
    assert "Schrijf de naam op van wie het kind ontvangt." in text
    assert "Schrijf op hoe de ontvanger tekende" in text
    sent(as_(desk, "officer"), f"{gate_url(request)}/record", receiver="K. Dijk", receipt="ja")


def test_a_decision_that_was_overtaken_says_what_changed_and_offers_a_new_proposal(desk: Desk) -> None:
    request = desk.ask()
    desk.confirm(request, desk.propose(request, BOARD_PLACE))  # type: ignore[arg-type]
    desk.check(request, "G-08", "indicated", "register", 8)
    text = page(as_(desk, "desk"), gate_url(request))
    assert "Het besluit geldt niet meer" in text
    assert "Veranderd sindsdien: Eerder een kind opgehaald." in text
    assert "Doe een nieuw voorstel" in text
    answer = sent(as_(desk, "officer"), f"{gate_url(request)}/record", 409, receiver="K. Dijk", receipt="ja")
    assert "Intussen veranderde er iets" in plain(answer.content.decode())


def test_an_incident_is_always_reviewed(desk: Desk) -> None:
    desk.ask()
    client = as_(desk, "officer")
    url = f"/encounters/{desk.encounter_id}/handover/incident"
    text = page(client, url)
    assert "Dit wordt altijd nagekeken." in text
    assert "Meld een vermist kind meteen" in text
    assert "088 000 01 23" in text
    sent(client, url, 422, value="CHILD_WENT_MISSING")
    sent(client, url, value="CHILD_WENT_MISSING", words="Weg om 04:05.")
    assert "Het kind is vermist. Dit wordt altijd nagekeken. J. de Wit, 04:11." in page(
        client, f"/encounters/{desk.encounter_id}/handover"
    )


def test_who_does_not_belong_here_is_told_who_does(desk: Desk) -> None:
    request = desk.ask()
    board, auditor = as_(desk, "board"), as_(desk, "auditor")
    assert "U heeft hier nu geen taak" in page(board, gate_url(request), 403)
    assert "Dit hoort niet bij uw rol" in page(auditor, gate_url(request), 403)
    for url in (f"/encounters/{desk.encounter_id}/handover", f"/encounters/{desk.encounter_id}/handover/new"):
        assert auditor.get(url).status_code == 403
    sent(auditor, f"/encounters/{desk.encounter_id}/handover/new", 403, who="nobody")
    sent(auditor, f"/encounters/{desk.encounter_id}/handover/incident", 403, value="CHILD_WENT_MISSING", words="x")


def test_the_board_decides_as_second_once_the_child_was_referred(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    desk.refer()
    board = as_(desk, "board")
    assert "M. Kowalczyk" in page(board, f"{gate_url(request)}/decision")
    sent(board, f"{gate_url(request)}/decision", value="yes", proposal=str(made))
    assert "Twee mensen besloten" in page(board, gate_url(request))


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
        (PartialDate(2013), "assessed", "Nora, 12 tot 13 jaar zoals vastgesteld"),
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
        answer = sent(as_(desk, "desk"), f"{gate_url(request)}/proposal", 409, value=BOARD_PLACE, words="x")
    assert "Dit is niet vastgelegd" in plain(answer.content.decode())


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
