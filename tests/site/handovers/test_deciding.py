from __future__ import annotations

import re

import pytest

from chain.flow.browser import BOARD_PLACE, HOLDER, SHELTER, as_, gate_url, page, plain, proposal_in, sent
from chain.flow.desk import PASSED, Desk
from vangnet.chain.persons.models import Claim


def test_two_people_decide_and_then_the_hand_over_can_be_recorded(desk: Desk) -> None:
    request = desk.ask()
    first, second, officer = as_(desk, "desk"), as_(desk, "other"), as_(desk, "officer")
    assert "Stel voor hoe dit eindigt" in page(first, gate_url(request))
    sent(
        first,
        f"{gate_url(request)}/proposal",
        value=BOARD_PLACE,
        receiver=str(desk.board.pk),
        words="Gezag is niet aangetoond.",
    )
    assert "Een voorstel wacht op een tweede" in page(officer, gate_url(request))
    html = second.get(f"{gate_url(request)}/decision").content.decode()
    assert " checked" not in html
    text = plain(html)
    assert "Voorstel van S. Brouwer" in text
    assert "“Gezag is niet aangetoond.”" in text
    assert "u bent aan de beurt" in text
    sent(second, f"{gate_url(request)}/decision", value="yes", words="Ook ik.", proposal=proposal_in(html))
    text = page(officer, gate_url(request))
    assert "Twee mensen besloten" in text
    assert "Leg de overdracht vast" in text
    sent(
        officer,
        f"{gate_url(request)}/record",
        receiver="K. Dijk",
        receipt="getekend 04:12",
    )
    text = page(officer, gate_url(request))
    assert "Mag Nora mee met T. Verhagen? Nee, niet met T. Verhagen" in text
    assert "Raad, spoed ontving Nora om 04:11." in text
    assert "Wie besloot: S. Brouwer en L. Smit, samen." in text
    assert "K. Dijk ontving het kind namens Raad, spoed." in text
    assert "“Gezag is niet aangetoond.” S. Brouwer" in text
    assert "“Ook ik.” L. Smit" in text
    assert "Vraag 1 van" not in text
    assert officer.get(f"{gate_url(request)}/record").status_code == 302
    assert first.get(f"{gate_url(request)}/decision").status_code == 302


def test_nobody_approves_their_own_proposal(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    client = as_(desk, "desk")
    text = page(client, f"{gate_url(request)}/decision")
    assert "U kunt uw eigen voorstel niet goedkeuren" in text
    assert "Leg uw besluit vast" not in text
    answer = sent(client, f"{gate_url(request)}/decision", 409, value="yes", words="Ook ik.", proposal=str(made))
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
    assert "L. Smit zei: het blijft nog niet “Hoor eerst Hanna.”" in text
    answer = sent(client, url, 409, value="yes", proposal=str(made), words="Toch wel.")
    assert "Een controle veranderde na het voorstel." in plain(answer.content.decode())


def test_the_second_person_says_why_with_a_yes_too(desk: Desk) -> None:
    request = desk.ask()
    made = desk.propose(request, BOARD_PLACE)
    client = as_(desk, "other")
    answer = sent(client, f"{gate_url(request)}/decision", 422, value="yes", proposal=str(made), words=" ")
    assert "Schrijf waarom, in eigen woorden." in plain(answer.content.decode())
    assert "Een voorstel wacht op een tweede" in page(client, gate_url(request))


def test_an_id_that_is_none_decides_nothing(desk: Desk) -> None:
    request = desk.ask()
    desk.propose(request, BOARD_PLACE)
    sent(
        as_(desk, "other"), f"{gate_url(request)}/decision", 409, value="yes", words="Ook ik.", proposal="nonsense"
    )


def test_a_check_that_changed_stands_above_the_proposal_and_takes_the_form_away(desk: Desk) -> None:
    request = desk.ask()
    desk.propose(request, BOARD_PLACE)
    desk.check(request, "G-08", "indicated", "register", 8)
    html = as_(desk, "other").get(f"{gate_url(request)}/decision").content.decode()
    text = plain(html)
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Dit voorstel geldt niet meer"]
    assert text.index("Dit voorstel geldt niet meer") < text.index("Voorgesteld was:")
    assert "voorgesteld voordat er iets veranderde" in text
    assert "Leg uw besluit vast" not in text
    assert f'href="{gate_url(request)}/proposal"' in html
    officer = page(as_(desk, "officer"), f"{gate_url(request)}/decision")
    assert "Een hulpofficier, de Raad of een officier van justitie doet een nieuw voorstel" in officer


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
    assert SHELTER not in html
    assert "Vraag het eerst aan het kind en leg het vast bij: Waar gaat het kind heen?" in plain(html)
    assert "Eerst moet alles in orde zijn" not in plain(html)
    sent(
        client,
        f"{gate_url(request)}/checks/G-15",
        state="child_agrees",
        source="person",
        words="Ja, daar wil ik heen.",
    )
    html = client.get(url).content.decode()
    assert SHELTER in html
    assert "Kan nu niet worden voorgesteld" not in plain(html)


def test_a_gate_in_which_everything_passed_says_that_two_people_can_decide(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    text = page(as_(desk, "desk"), gate_url(request))
    assert "Twee mensen kunnen dit nu besluiten" in text
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
    url = f"{gate_url(request)}/record"
    assert " checked" not in as_(desk, "officer").get(url).content.decode()
    answer = sent(as_(desk, "officer"), url, 422, receiver="")
    text = plain(answer.content.decode())
    assert "Schrijf de naam op van wie het kind ontvangt." in text
    assert "Schrijf op hoe de ontvanger tekende" in text
    sent(as_(desk, "officer"), f"{gate_url(request)}/record", receiver="K. Dijk", receipt="ja")


def test_who_receives_is_chosen_in_the_proposal_and_stands_large_before_the_second_person(desk: Desk) -> None:
    request = desk.ask()
    client, url = as_(desk, "desk"), f"{gate_url(request)}/proposal"
    assert "Raad, spoed crisispleegzorg, jeugdbescherming met een maatregel of als voogd, 088 000 01 23" in page(
        client, url
    )
    answer = sent(client, url, 422, value=BOARD_PLACE, words="Geen gezag.")
    assert "Kies welke organisatie het kind ontvangt." in plain(answer.content.decode())
    answer = sent(client, url, 422, value=BOARD_PLACE, words="Geen gezag.", receiver=str(desk.police.pk))
    assert "Op de kaart van Bureau Rijnhaven staat niet" in plain(answer.content.decode())
    answer = sent(client, url, 422, value=BOARD_PLACE, words="Geen gezag.", receiver="nonsense")
    assert "Deze organisatie doet hier niet mee." in plain(answer.content.decode())
    sent(client, url, value=BOARD_PLACE, words="Geen gezag.", receiver=str(desk.board.pk))
    html = as_(desk, "other").get(f"{gate_url(request)}/decision").content.decode()
    assert "<b>Raad, spoed</b>" in html
    assert (
        "Wie het kind ontvangt Raad, spoed crisispleegzorg, jeugdbescherming met een maatregel of als voogd 088"
        in plain(html)
    )


def test_whoever_has_authority_is_not_asked_for_a_name_again(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    desk.confirm(request, desk.propose(request, HOLDER))  # type: ignore[arg-type]
    url = f"{gate_url(request)}/record"
    text = page(as_(desk, "officer"), url)
    assert "Wie het kind ontvangt T. Verhagen die vroeg het kind mee te nemen" in text
    assert "Naam van wie" not in text
    sent(as_(desk, "officer"), url, receipt="getekend 04:10")
    assert "T. Verhagen ontving Nora" in page(as_(desk, "officer"), gate_url(request))


def test_where_no_shelter_takes_part_the_page_says_what_to_do_tonight(desk: Desk) -> None:
    request = desk.ask()
    url = f"{gate_url(request)}/proposal"
    text = page(as_(desk, "desk"), url)
    assert (
        "Hier doet niemand mee van deze soort: beschermde opvang, een plek waar een kind zelf mee instemt." in text
    )
    assert "Vraag de beheerder van Vangnet dit op de kaart van een organisatie te zetten" in text
    assert "Bel de Raad." in text
    desk.shelter()
    assert "Hier doet niemand mee" not in page(as_(desk, "desk"), url)


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Dit kan niet worden geopend"), ("en", "This record cannot be opened")]
)
def test_a_seal_that_does_not_fit_is_one_sentence_with_a_number_that_stands_in_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture, language: str, title: str
) -> None:
    request = desk.ask()
    Claim.objects.update(value_sealed=b"moved, and longer than a nonce and a tag")
    client = as_(desk, "officer")
    client.cookies["django_language"] = language
    answer = client.get(gate_url(request), headers={"accept-language": language})
    text = plain(answer.content.decode())
    assert (answer.status_code, title in text) == (503, True)
    assert answer.headers["Cache-Control"] == "no-store"
    number = re.search(r"(?:voorval|incident) ([0-9a-f]{8})", text)
    assert number
    (line,) = [one.getMessage() for one in caplog.records if number.group(1) in one.getMessage()]
    assert "SealBrokenError" in line
    assert "Nora" not in line + text
    assert "moved" not in line


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
    assert "U legt dit alleen vast. Dit wordt altijd nagekeken." in text
    assert "Meld een vermist kind meteen" in text
    assert "088 000 01 23" in text
    sent(client, url, 422, value="CHILD_WENT_MISSING")
    sent(client, url, value="CHILD_WENT_MISSING", words="Weg om 04:05.")
    text = page(client, f"/encounters/{desk.encounter_id}/handover")
    assert "Niemand ontving Nora Nora is vermist J. de Wit legde dit vast om 04:11." in text
    assert "Wie kijkt dit na: een ander dan J. de Wit. Niemand besloot dat het kind ging." in text
    assert "“Weg om 04:05.” J. de Wit, 04:11" in text
    assert "U legde dit vast. Vraag een ander om het na te kijken." in text
    assert "Kijk na wat er gebeurde" not in text


def test_a_role_that_reads_no_child_is_told_so_and_another_organisation_finds_nothing(desk: Desk) -> None:
    request = desk.ask()
    board, auditor = as_(desk, "board"), as_(desk, "auditor")
    assert "Hier is niets te tonen" in page(board, gate_url(request), 404)
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
    sent(board, f"{gate_url(request)}/decision", value="yes", words="Ook ik.", proposal=str(made))
    assert "Twee mensen besloten" in page(board, gate_url(request))
