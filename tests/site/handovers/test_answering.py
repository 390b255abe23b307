"""The page answers its own question, says who decides, and after the child left asks for nothing that is over."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils.translation import override

from chain.flow.browser import BOARD_PLACE, HOLDER, as_, gate_url, page, plain, sent
from chain.flow.desk import HERE_SINCE, Desk, after, done, facts
from vangnet.chain.flow import deciding
from vangnet.chain.flow.gate_view import GateView
from vangnet.knowledge.terms import Collector, Custody, PersonName, Reason
from vangnet.site.handovers import answering, calling, pages
from vangnet.site.handovers.answering import Answer, answer_of
from vangnet.site.handovers.standings import standing_of
from vangnet.trust.access.services import create_organisation, set_receiving


def answer(desk: Desk, request: UUID | None, by: str = "desk") -> Answer:
    with override("nl"):
        return answer_of(desk.view(request, by=by), me=desk.actor(by).person_id)


def gone(desk: Desk, code: str = "CHILD_WENT_MISSING", by: str = "officer", minute: int = 20) -> UUID:
    return done(
        deciding.record_incident(
            actor=desk.actor(by), encounter_id=desk.encounter_id, outcome=code, words="Weg.", at=after(minute)
        )
    )


def handed(desk: Desk, request: UUID, outcome: str = BOARD_PLACE, receiver: str = "K. Dijk") -> None:
    done(desk.confirm(request, done(desk.propose(request, outcome))))
    made = deciding.hand_over(
        actor=desk.actor("officer"),
        request_id=request,
        receiver=deciding.Receiver(name=receiver, receipt="getekend"),
        at=after(9),
    )
    done(made)


def test_while_nobody_decided_the_answer_is_not_yet_and_two_people_decide(desk: Desk) -> None:
    found = answer(desk, desk.ask())
    assert (found.kick, found.title) == ("Mag Nora mee met T. Verhagen?", "Nog niet")
    assert (found.label, found.decides) == (
        "Wie besluit:",
        "twee mensen samen: hulpofficier, Raad of officier van justitie. Nog niemand besloot.",
    )


def test_what_the_board_must_see_first_is_said_at_who_decides(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-10", "indicated", "person")
    found = answer(desk, request)
    assert found.title == "Nog niet. Leg dit voor aan de Raad"
    assert found.decides == "eerst kijkt de Raad. Daarna twee mensen, nooit één."


@pytest.mark.parametrize(
    ("by", "decides"),
    [
        ("desk", "u stelde dit voor; een tweede besluit het met u."),
        ("other", "S. Brouwer stelde voor; u kunt de tweede zijn."),
        ("officer", "S. Brouwer stelde voor; het wachten is op een tweede."),
    ],
)
def test_who_is_at_turn_is_said_to_each_reader(desk: Desk, by: str, decides: str) -> None:
    request = desk.ask()
    done(desk.propose(request, BOARD_PLACE))
    assert answer(desk, request, by).decides == decides


def test_a_decision_for_another_place_is_a_no_to_the_adult_before_and_after_the_hand_over(desk: Desk) -> None:
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    before = answer(desk, request)
    assert (before.kick, before.title) == ("Mag Nora mee met T. Verhagen?", "Nee, niet met T. Verhagen")
    assert before.lead == "Nora gaat naar een plek die de Raad regelt. De overdracht zelf is nog niet vastgelegd."
    assert (before.label, before.decides) == ("Wie besloot:", "S. Brouwer en L. Smit, samen.")
    done(desk.hand_over(request))
    after_it = answer(desk, request)
    assert (after_it.kick, after_it.title) == (before.kick, before.title)
    assert after_it.lead == "Raad, spoed ontving Nora om 03:50."
    assert after_it.decides == "S. Brouwer en L. Smit, samen."


@pytest.mark.parametrize(
    ("outcome", "before", "then"),
    [
        (BOARD_PLACE, "Nora gaat naar een plek die de Raad regelt", "Nora ging naar een plek die de Raad regelde"),
        (
            "HANDED_TO_GI_OR_NIDOS",
            "Nora gaat naar een gecertificeerde instelling of Nidos",
            "Nora ging naar een gecertificeerde instelling of Nidos",
        ),
        (
            "HANDED_TO_SHELTER_VOLUNTARY",
            "Nora stemt in met een veilige plek",
            "Nora stemde in met een veilige plek",
        ),
    ],
)
def test_where_nobody_asked_the_answer_is_where_the_child_goes(
    desk: Desk, outcome: str, before: str, then: str
) -> None:
    request = desk.ask(None)
    assert answer(desk, request).kick == "Niemand vraagt om Nora mee te nemen"
    desk.check(request, "G-15", "child_agrees", "person")
    done(desk.confirm(request, done(desk.propose(request, outcome))))
    found = answer(desk, request)
    assert (found.kick, found.title) == ("Met wie gaat Nora mee?", before)
    assert found.lead == "De overdracht zelf is nog niet vastgelegd."
    done(desk.hand_over(request))
    assert answer(desk, request).title == then


def test_to_whoever_holds_authority_the_answer_is_yes_and_another_name_is_said(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    assert answer(desk, request).title == "Twee mensen kunnen dit nu besluiten"
    handed(desk, request, HOLDER, receiver="T. Verhagen")
    found = answer(desk, request)
    assert (found.title, found.lead) == ("Ja, met T. Verhagen", "T. Verhagen ontving Nora om 03:50.")


def test_a_receiver_of_another_name_than_was_decided_for_is_not_passed_over(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    handed(desk, request, HOLDER, receiver="K. Dijk")
    corrected = replace(desk.view(request), collector=Collector(name=PersonName("K.", "Dijk")))
    with override("nl"):
        assert answer_of(corrected).lead == (
            "T. Verhagen ontving Nora om 03:50. De ontvanger heeft een andere naam dan K. Dijk."
        )


def test_when_everything_is_in_order_proposing_is_the_one_thing_to_do(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    text = page(as_(desk, "desk"), gate_url(request))
    assert "Alles is in orde. Stel voor met wie Nora meegaat; een ander besluit dat met u." in text
    assert "Vraag 5 van 12" not in text
    assert "Een hulpofficier, de Raad of een officier stelt dit voor." in page(
        as_(desk, "officer"), gate_url(request)
    )


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("CHILD_WENT_MISSING", "Nora is vermist"),
        ("CHILD_LEFT_AT_LEGAL_LIMIT", "Nora ging weg toen de tijd om was"),
    ],
)
def test_after_an_incident_nobody_received_the_child_and_somebody_else_looks(
    desk: Desk, code: str, title: str
) -> None:
    request = desk.ask()
    gone(desk, code)
    found = answer(desk, request)
    assert (found.kick, found.title, found.lead) == (
        "Niemand ontving Nora",
        title,
        "J. de Wit legde dit vast om 04:01.",
    )
    assert (found.label, found.decides) == (
        "Wie kijkt dit na:",
        "een ander dan J. de Wit. Niemand besloot dat het kind ging.",
    )


def test_for_a_missing_child_what_to_do_now_stands_above_the_review_with_the_number(desk: Desk) -> None:
    request = desk.ask()
    assert "Meld het kind als vermist" not in page(as_(desk, "desk"), gate_url(request))
    gone(desk)
    html = as_(desk, "desk").get(f"/encounters/{desk.encounter_id}/handover").content.decode()
    text = plain(html)
    order = ["Doe nu dit", "Meld het kind als vermist", "088 000 01 23", "Kijk na wat er gebeurde"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert 'href="tel:0880000123"' in html
    assert "Vraag de Raad of en hoe een ouder het hoort." in text


def test_where_the_answer_is_the_board_calling_it_is_the_first_button(desk: Desk) -> None:
    create_organisation(
        code="NL-JB-RIJNHAVEN",
        name="Jeugdbescherming",
        country="NL",
        regime="youth_care",
        municipality="0901",
        contact_phone="088 000 02 34",
    )
    request = desk.ask()
    desk.check(request, "G-02", "does_not_want_to_go", "sworn")
    html = as_(desk, "desk").get(gate_url(request)).content.decode()
    first = re.search(r'<(?:a|button) class="(utrecht-button[^"]*)"[^>]*>', html[html.index("<main") :])
    assert first
    assert 'href="tel:0880000123"' in first.group(0)
    assert first.group(1) == "utrecht-button"
    assert "Stel de vraag daarna op schrift" in html
    done(desk.propose(request, BOARD_PLACE))
    assert "Bel nu de Raad" not in page(as_(desk, "desk"), gate_url(request))


def test_a_child_missing_after_a_hand_over_was_received_first(desk: Desk) -> None:
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    done(desk.hand_over(request))
    gone(desk)
    found = answer(desk, request)
    assert (found.kick, found.title) == ("Raad, spoed ontving Nora om 03:50.", "Nora is vermist")
    with override("nl"):
        assert pages.gate_page(desk.view(request)).left is None


def test_another_request_that_was_open_when_it_ended_says_so(desk: Desk) -> None:
    first = desk.ask()
    second = desk.ask(Collector(name=PersonName("Anna", "Bakker")))
    handed(desk, second)
    found = answer(desk, first)
    assert found.title == "Hier niet meer gevraagd"
    assert "regelde" in found.lead
    assert found.decides == "niemand meer: het eindigde bij een andere vraag."
    told = deciding.propose(
        actor=desk.actor("desk"), request_id=first, outcome=BOARD_PLACE, receiver_id=None, reason="x", at=after(40)
    )
    assert isinstance(told, Reason)
    assert told.code == "carried_out"


def test_after_the_hand_over_the_clock_stands_still_and_no_task_of_before_is_left(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-05", "not_verified", "private_deed", 2, "Akte.")
    before = page(as_(desk, "officer"), gate_url(request))
    assert "Leg dit voor aan de Raad" in before
    assert "Na 08:10 mag niemand hier dit kind vasthouden." in before
    assert "Daarna mag niemand" not in before
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    done(desk.hand_over(request))
    text = page(as_(desk, "officer"), gate_url(request))
    assert (
        "Het kind is hier niet meer: overgedragen om 03:50 op 14 maart 2026. Het ophouden is hier geëindigd."
        in text
    )
    assert "Opgehouden tot 03:50" in text
    for over in ("bel de Raad opnieuw", "Na 08:10", "Daarna", "Leg dit voor aan de Raad", "Piketrechter", "hx-get"):
        assert over not in text
    assert "Wat toen is gevonden" in text
    assert "Er is alleen een akte tussen personen." in text
    assert "alleen een akte, dat is geen gezag, 03:43" in text


def test_whom_to_call_comes_first_with_a_number_and_what_must_still_be_asked(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-02", "does_not_want_to_go", "sworn", 2, "Ik wil niet mee.")
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    done(desk.hand_over(request))
    client = as_(desk, "officer")
    text = page(client, gate_url(request))
    order = ("“Ik wil niet mee.”", "Bel na: K. Dijk", "088 000 01 23", "Zo is het gegaan", "Wie nog kan helpen")
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert "Elf van de twaalf vragen zijn niet gesteld." in text
    assert "Voor deze plek is een besluit van twee mensen genoeg." in text
    assert "Over het kind moet dit nog worden gevraagd: Wie het kind vertrouwt Maatregel of signalering" in text
    sent(client, f"{gate_url(request)}/checks/G-03", state="clear", source="person", words="Hanna")
    text = page(client, gate_url(request))
    assert "Tien van de twaalf vragen zijn niet gesteld." in text
    assert "Nee, niet met T. Verhagen" in text
    assert "Ga na" not in text
    assert "Vraag 2 van 12" in page(client, f"{gate_url(request)}/checks/G-03")


def test_a_receiver_without_an_organisation_here_has_no_number_and_that_is_said(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    handed(desk, request, HOLDER)
    assert "Hier staat geen nummer van de ontvanger." in page(as_(desk, "officer"), gate_url(request))


def test_what_the_law_keeps_standing_is_said_in_words(db: None) -> None:
    desk = Desk.open(facts(custody=Custody(basis="suspect", arrived_at=HERE_SINCE, ordered_at=after(-5))))
    request = desk.ask()
    handed(desk, request)
    text = page(as_(desk, "officer"), gate_url(request))
    assert "Het bevel tot inverzekeringstelling eindigt daarmee niet." in text
    assert "Het ophouden is hier geëindigd" not in text


def test_a_child_who_is_back_begins_anew_and_the_hold_runs_again(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    gone(desk)
    for told in (
        desk.confirm(request, proposal, minute=22),
        desk.propose(request, BOARD_PLACE, minute=22),
        desk.hand_over(request, minute=22),
    ):
        assert isinstance(told, Reason)
        assert told.words.nl.startswith("Het kind is hier niet meer")
    again = done(
        deciding.ask_gate(actor=desk.actor("officer"), encounter_id=desk.encounter_id, collector=None, at=after(25))
    )
    view = desk.view(again)
    assert view.ended is None
    assert answer(desk, again).title == "Nog niet"
    assert view.basis_of_presence.nl.startswith("Het kind is opgehouden")


def test_own_words_are_marked_as_dutch_and_on_an_english_page_said_to_be_so(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-02", "does_not_want_to_go", "sworn", 2, "Ik wil niet mee.")
    handed(desk, request)
    html = as_(desk, "officer", "en").get(gate_url(request)).content.decode()
    assert '<p class="voice words" lang="nl">“Ik wil niet mee.”' in html
    assert '<blockquote class="words" lang="nl">“getekend”' in html
    text = plain(html)
    assert "with a sworn interpreter, in Dutch, as written" in text
    assert "No, not with T. Verhagen" in text
    assert "Held until 03:50" in text
    assert "in het Nederlands" not in page(as_(desk, "officer"), gate_url(request))


def test_elsewhere_the_language_of_words_is_not_guessed(desk: Desk) -> None:
    view = desk.view(desk.ask())
    with override("en"):
        there = calling.tongue_of(replace(view, facts=replace(view.facts, country="BE")))
        assert (there.code, there.note) == ("", "")
        assert calling.role_words("nobody") == ""
        assert calling.role_words("rvdk") == "Child Care and Protection Board"


def test_an_incident_goes_without_a_name_of_an_end_that_is_to_come(desk: Desk) -> None:
    view: GateView = desk.view(desk.ask())
    gone(desk)
    ended = desk.view()
    assert ended.ended is not None
    with override("nl"):
        assert answering.ahead(view, ended.ended.end).startswith("Het kind is vermist.")
        assert answering.incident_that_ended(view) is None
        assert standing_of(ended, desk.actor("desk"))["may_check"] is False


def test_the_next_day_the_page_still_says_when_the_child_left(desk: Desk) -> None:
    request = desk.ask()
    handed(desk, request)
    with time_machine.travel(after(30) + timedelta(days=1), tick=False):
        text = page(as_(desk, "officer"), gate_url(request))
    assert "Raad, spoed ontving Nora om 14 mrt 03:50." in text
    assert "Opgehouden tot 03:50" in text


def test_an_organisation_without_a_number_is_no_number_to_call(desk: Desk) -> None:
    silent = create_organisation(code="NL-OPV-STIL", name="Opvang Stil", country="NL", regime="shelter")
    set_receiving(code=silent.code, kinds=["protected_shelter"])
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE, to=silent.pk))))
    receiver = deciding.Receiver(name="K. Dijk", receipt="ja")
    done(deciding.hand_over(actor=desk.actor("officer"), request_id=request, receiver=receiver, at=after(9)))
    text = page(as_(desk, "officer"), gate_url(request))
    assert "Opvang Stil ontving Nora om 03:50." in text
    assert "Hier staat geen nummer van de ontvanger." in text
