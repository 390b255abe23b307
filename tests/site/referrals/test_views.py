"""Ask another organisation; answer as the one that was asked; read where it stands."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from chain.flow.leaving import hand_over
from chain.referrals.reading import new_form, read
from chain.referrals.town import Town, after
from vangnet.chain.flow import deciding
from vangnet.chain.referrals.models import Answer, Referral
from vangnet.knowledge.terms import Collector, PersonName, Purpose
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.models import Entry


def ask(town: Town, who: str = "officer", **more: str) -> Any:
    given = {
        "kind": "board_urgent",
        "receiver": str(town.places["NL-RVDK-RIJNHAVEN"].id),
        "words": "She is tired.",
        "request_key": str(uuid4()),
    }
    with time_machine.travel(after(1), tick=False):
        return town.client(who).post(f"/encounters/{town.tonight}/referral", given | more)


@pytest.mark.parametrize(("language", "title"), [("nl", "Vraag een ander"), ("en", "Ask another organisation")])
def test_the_form_offers_who_can_be_asked_and_says_what_goes_along(town: Town, language: str, title: str) -> None:
    page = town.client("officer", language).get(f"/encounters/{town.tonight}/referral").content.decode()
    assert title in page
    assert "Raad Rijnhaven spoed" in page
    assert "Opvang Lindenhof" not in page
    assert "Politie Waterland" not in page
    assert "Nora" not in page


def test_the_board_of_the_place_is_chosen_beforehand_and_is_to_be_called_as_well(town: Town) -> None:
    page = new_form(town)
    board = town.places["NL-RVDK-RIJNHAVEN"].id
    assert f'name="receiver" value="{board}" checked' in page
    assert "Responsible for this place. 088 000 01 23" in page
    assert "Call as well: a child cannot wait for a screen." in page
    assert 'href="tel:0880000123"' in page


def test_the_form_says_who_stays_responsible_until_when_the_hold_runs_and_names_no_adult(town: Town) -> None:
    page = new_form(town)
    assert "Until a yes, you stay responsible for the child." in page
    assert "The hold ends by 08:10, with or without an answer. Asking does not stop the clock." in page
    assert "Name no adults here: no name, telephone or address." in page
    assert "The hold ended at 08:10. Nobody here may hold this child now." in new_form(town, minute=60 * 7)
    hand_over(town)
    gone = new_form(town, minute=9)
    assert "The child is no longer here since 03:47." in gone
    assert "Asking does not stop the clock." not in gone


def test_who_is_not_held_has_no_end_of_a_hold(town: Town) -> None:
    town.tonight = town.met("officer", {}, custody={"basis": "voluntary"})
    page = new_form(town)
    assert "The hold" not in page


def test_another_question_shows_who_can_answer_it_and_chooses_nobody(town: Town) -> None:
    page = new_form(town, "?kind=placement")
    assert "Opvang Lindenhof" in page
    assert 'value="placement" checked' in page
    assert not re.search(r'name="receiver" value="[^"]+" checked', page)
    assert "Call as well" not in page
    assert "Opvang Lindenhof" not in new_form(town, "?kind=sauna")


def test_an_urgent_question_to_the_board_never_goes_to_a_shelter(town: Town) -> None:
    answer = ask(town, receiver=str(town.places["NL-OPV-LINDENHOF"].id))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "choose another receiver" in page
    assert "Opvang Lindenhof" not in page
    assert not Referral.objects.exists()


def test_asking_leads_to_the_referral_and_the_same_press_twice_sends_one(town: Town) -> None:
    key = str(uuid4())
    first, second = ask(town, request_key=key), ask(town, request_key=key)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Referral.objects.count() == 1
    page = read(town, "officer", Referral.objects.get().id)
    assert "Waits for an answer" in page
    assert "Raad Rijnhaven spoed answers by 05:42" in page
    assert "Call Raad Rijnhaven spoed" in page


def test_a_press_that_sent_another_question_says_so_and_can_be_pressed_again(town: Town) -> None:
    key = str(uuid4())
    ask(town, request_key=key)
    answer = ask(town, request_key=key, words="They are ill.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "so this one was not sent. Check it and send it again." in page
    assert "They are ill." in page
    assert key not in page
    assert Referral.objects.count() == 1
    (anew,) = re.findall(r'name="request_key" value="([^"]+)"', page)
    assert ask(town, request_key=anew, words="They are ill.").status_code == 302
    assert Referral.objects.count() == 2


@pytest.mark.parametrize("method", ["get", "head"])
def test_the_form_opens_data_of_the_child_and_stands_in_the_ledger_first(town: Town, method: str) -> None:
    address, before = f"/encounters/{town.tonight}/referral", Entry.objects.count()
    with time_machine.travel(after(1), tick=False):
        assert getattr(town.client("officer"), method)(address).status_code == 200
    (entry,) = Entry.objects.order_by("at", "number")[before:]
    assert (entry.act, entry.purpose, entry.subjects) == (
        "read_encounter",
        Purpose.PROTECT_CHILD.value,
        [str(town.tonight)],
    )


def test_what_comes_back_to_be_mended_is_one_entry_too(town: Town) -> None:
    before = Entry.objects.count()
    assert ask(town, kind="sauna").status_code == 422
    assert [one.act for one in Entry.objects.order_by("at", "number")[before:]] == ["read_encounter"]


def test_without_a_ledger_there_is_no_form(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(ledger, "_write", full_disk)
    answer = town.client("officer").get(f"/encounters/{town.tonight}/referral")
    assert answer.status_code == 503
    assert "The hold" not in answer.content.decode()


def test_after_a_year_its_sender_reads_no_name_through_the_referral(town: Town) -> None:
    sent = town.refer()
    assert "Nora" in read(town, "officer", sent)
    with time_machine.travel(after(366 * 24 * 60), tick=False):
        answers = [
            town.client(who).get(address)
            for who in ("officer", "desk", "specialist")
            for address in (f"/referrals/{sent}", f"/encounters/{town.tonight}/referral")
        ]
    assert {one.status_code for one in answers} == {403}
    for one in answers:
        assert "Nora" not in one.content.decode()
        assert "The specialist of your organisation can open it." in one.content.decode()
    assert "Nora" in read(town, "board", sent, minute=366 * 24 * 60)


@pytest.mark.parametrize(
    "wrong", [{"kind": "sauna"}, {"receiver": "nobody"}, {"receiver": "", "request_key": "again"}]
)
def test_what_is_wrong_comes_back_with_what_was_typed(town: Town, wrong: dict[str, str]) -> None:
    answer = ask(town, **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "choose another receiver" in page
    assert "She is tired." in page
    assert not Referral.objects.exists()


def test_who_may_not_refer_is_refused_at_the_door(town: Town) -> None:
    for who, status in (("auditor", 403), ("waterland", 404)):
        assert town.client(who).get(f"/encounters/{town.tonight}/referral").status_code == status
    assert ask(town, "auditor").status_code == 403


def test_who_is_asked_reads_the_child_first_and_no_adult(town: Town) -> None:
    town.tonight = town.met(
        "officer",
        {
            "given_names": "Mira",
            "other_names": [{"given_names": "Мира"}],
            "birth_date": "2012",
            "phones": ["+31 6 00001234"],
        },
        interpreter_language="Danish",
        collectors=[{"given_names": "Tomas", "family_name": "Verhagen"}],
    )
    page = read(town, "board", town.refer())
    assert "“Not with him.”" in page
    assert "She is tired." in page
    assert "Mira" in page
    assert "Politie Rijnhaven asks you this" in page
    assert '<span lang="und-Cyrl">Мира</span>' in page
    assert "2026, 02:10" in page  # met, on the clock of the place
    assert "Verhagen" not in page
    assert page.index("Who is at turn") < page.index("What was seen")


def test_a_child_of_whom_nothing_is_known_is_not_called_anything_else(town: Town) -> None:
    town.tonight = town.met("officer", {}, observations=[], child_view={}, partial="2026-03")
    page = read(town, "board", town.refer())
    assert "Child without a name yet" in page
    assert "No indication was recorded. That does not prove there is nothing." in page
    assert "What the child says" not in page
    assert page.count("Not known") >= 3


@pytest.mark.parametrize(
    ("value", "own", "theirs"),
    [
        ("accepted", "takes over", "takes over"),
        ("declined", "cannot take over", "cannot take over"),
        ("asked_back", "wants to know more", "What do you answer?"),
    ],
)
def test_the_answer_stands_on_both_sides(town: Town, value: str, own: str, theirs: str) -> None:
    sent = town.refer()
    with time_machine.travel(after(5), tick=False):
        answer = town.client("board").post(f"/referrals/{sent}", {"value": value, "reason": "We are full."})
    assert answer.status_code == 302
    assert Answer.objects.get().value == value
    assert own in read(town, "officer", sent)
    page = read(town, "board", sent)
    assert theirs in page
    assert "“We are full.”" in page
    assert "M. Kowalczyk, 14 March 2026, 03:46" in page


@pytest.mark.parametrize("given", [{}, {"value": "declined", "reason": " "}, {"value": "perhaps", "reason": "x"}])
def test_an_answer_without_its_reason_comes_back(town: Town, given: dict[str, str]) -> None:
    answer = town.client("board").post(f"/referrals/{town.refer()}", given)
    assert answer.status_code == 422
    assert "where you decline or ask back, write why" in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_second_other_answer_says_that_there_is_one(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "accepted")
    answer = town.client("board").post(f"/referrals/{sent}", {"value": "declined", "reason": "No."})
    assert answer.status_code == 422
    assert "has been answered" in answer.content.decode()


def test_who_is_no_party_finds_nothing(town: Town) -> None:
    sent = town.refer()
    for who in ("shelter", "waterland"):
        assert town.client(who).get(f"/referrals/{sent}").status_code == 404
        assert town.client(who).post(f"/referrals/{sent}", {"value": "accepted"}).status_code == 404
    assert town.client("board").get(f"/referrals/{uuid4()}").status_code == 404
    assert town.client("auditor").get(f"/referrals/{sent}").status_code == 403
    assert town.client("officer").post(f"/referrals/{sent}", {"value": "accepted"}).status_code == 403


def test_every_reading_stands_in_the_ledger_under_its_purpose(town: Town) -> None:
    sent = town.refer()
    read(town, "board", sent)
    entries = Entry.objects.filter(act="read_referral")
    assert {entry.purpose for entry in entries} == {Purpose.PROTECT_CHILD.value}
    assert entries.count() == 2


def test_who_must_answer_reads_first_where_the_child_is_until_when_and_whether_an_adult_asks(town: Town) -> None:
    town.tonight = town.met("officer", {"given_names": "Mira"}, place="Station hall")
    sent = town.refer()
    page = read(town, "board", sent)
    assert "With Politie Rijnhaven. Met at: Station hall." in page
    assert "The hold ends at 08:10," in page
    assert "Nobody wrote down that an adult asks for the child. That can change." in page
    assert page.index("Where the child is now") < page.index("What do you answer?")
    assert f"/encounters/{town.tonight}/handover" in page
    assert "Where the child is now" not in read(town, "officer", sent)


@pytest.mark.parametrize("at_intake", [True, False])
def test_that_an_adult_asks_is_told_and_never_who(town: Town, at_intake: bool) -> None:
    adult = {"given_names": "Tomas", "family_name": "Verhagen"}
    town.tonight = town.met("officer", {}, **({"collectors": [adult]} if at_intake else {}))
    sent = town.refer()
    if not at_intake:
        deciding.ask_gate(
            actor=town.actor("officer"),
            encounter_id=town.tonight,
            collector=Collector(name=PersonName("Tomas", "Verhagen")),
            at=after(2),
        )
    page = read(town, "board", sent)
    assert "An adult is asking for the child." in page
    assert "Verhagen" not in page


def test_after_the_child_left_the_question_says_so_and_a_declined_one_tells_nothing(town: Town) -> None:
    sent = town.refer()
    hand_over(town)
    page = read(town, "board", sent, minute=9)
    assert "The child is no longer with Politie Rijnhaven, since 03:47." in page
    assert "The hold ends" not in page
    town.answer(sent, "declined", reason="Full.", minute=10)
    assert "Where the child is now" not in read(town, "board", sent, minute=11)


def test_without_a_hold_or_after_it_nobody_is_told_that_one_runs(town: Town) -> None:
    sent = town.refer()
    assert "The hold ended at 08:10. Nobody there may hold the child now." in read(
        town, "board", sent, minute=60 * 7
    )
    town.tonight = town.met("officer", {}, custody={"basis": "voluntary"})
    assert "No hold runs that Vangnet knows of." in read(town, "board", town.refer())


def test_what_goes_along_stands_above_the_button(town: Town) -> None:
    page = new_form(town)
    assert page.index("What goes along") < page.index(">Ask it<")
    assert "reads the name at the hand-over itself" in page
