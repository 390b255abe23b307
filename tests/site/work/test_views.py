"""My work now, in both languages: time, title, who is at turn; and no word about a child."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.urls import reverse

from chain.flow.leaving import MAN, hand_over
from chain.referrals.town import AT, NOOR, Town, after
from vangnet.chain.flow import deciding
from vangnet.chain.flow.tasks import Task, Work
from vangnet.chain.flow.working import MOST
from vangnet.knowledge.terms import Collector, PersonName, Reason, Words
from vangnet.site.pages.matters import due_in_words, left_until, number_of
from vangnet.site.work import pages
from vangnet.trust.ledger.models import Entry


def read(town: Town, who: str, path: str = "/", minute: int = 0, language: str = "en") -> str:
    with time_machine.travel(after(minute), tick=False):
        answer = town.client(who, language).get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(("language", "title"), [("nl", "Mijn werk nu"), ("en", "My work now")])
def test_the_landing_page_is_ones_own_work(town: Town, language: str, title: str) -> None:
    page = read(town, "officer", language=language)
    assert f"<h1>{title}</h1>" in page
    assert number_of(town.tonight) in page


def test_no_name_and_no_place_stands_in_the_list(town: Town) -> None:
    town.refer()
    for who in ("officer", "desk", "board"):
        page = read(town, who, minute=2)
        assert not any(word in page for word in ("Nora", "Lindqvist", "SPECI", "Cash", "tired"))


def test_a_referral_says_when_and_who_asked(town: Town) -> None:
    sent = town.refer()
    page = read(town, "board", minute=2)
    assert "Answer: urgent request to the Board" in page
    assert "04:42" not in page
    assert "05:42<small>in 1 h 59</small>" in page  # asked at 03:42 here, two hours to answer
    assert "Asked at 03:42 by Politie Rijnhaven" in page
    assert f"/referrals/{sent}" in page
    waiting = read(town, "desk", minute=2)
    assert "Raad Rijnhaven spoed answers. Asked at 03:42" in waiting
    late = read(town, "board", minute=1 + 150)
    assert "was 05:42<small>30 min ago</small>" in late


def test_who_asked_back_and_who_was_asked_back_both_read_so(town: Town) -> None:
    town.answer(town.refer(), "asked_back", reason="How old?")
    assert "You asked back. It is still your turn." in read(town, "board", minute=6)
    assert "Raad Rijnhaven spoed asked back" in read(town, "officer", minute=6)


def test_the_end_of_a_hold_is_never_made_later(town: Town) -> None:
    page = read(town, "officer")
    assert "The hold ends, even if something is missing" in page
    assert "The hold ended. Record how" in read(town, "officer", minute=60 * 30)


def test_what_has_no_hours_says_how_long_it_runs(town: Town) -> None:
    page = read(town, "officer")
    assert "as soon as possible<small>running" in page
    assert "As soon as possible. The law gives no hours" in page
    assert "Not asked: SIS, Prüm, SIENA, Interpol." in page
    assert "Not known here" not in page
    assert "Encounter recorded by a colleague." in read(town, "desk")


def test_the_lawyer_is_never_hidden_behind_a_count(town: Town) -> None:
    page = read(town, "officer")
    assert "The child gets a lawyer and cannot waive that" in page
    assert "Tell the parent or guardian." in page
    assert "more dut" not in page


def test_the_phone_has_a_way_to_record_an_encounter(town: Town) -> None:
    page = read(town, "officer")
    assert 'phone-only" href="/encounters/new"' in page
    assert 'phone-only" href="/encounters/new"' not in read(town, "auditor")


def test_after_the_hand_over_no_hold_runs_in_the_list_and_what_was_not_told_is_asked(town: Town) -> None:
    hand_over(town)
    page = read(town, "officer", minute=10)
    assert "The hold ends, even if something is missing" not in page
    assert "not recorded<small>the hold ended 4 min ago" in page
    assert "The child is no longer here. Record what was done, or who does it now." in page
    assert "The child gets a lawyer" in page
    assert "as soon as possible<small>running 1 h 41" not in page


def test_what_is_open_from_longer_ago_has_an_owner_and_a_page(town: Town) -> None:
    old = town.met("officer", NOOR, met_at=AT - timedelta(days=200))
    assert "At one encounter from longer ago something was not recorded as done." in read(town, "desk")
    page = read(town, "desk", "/older")
    assert number_of(old) in page
    assert "The assistant prosecutor on duty goes through them, the oldest first." in page
    assert "Encounter recorded by a colleague." in page
    assert f"/encounters/{old}/advice#duties" in page
    own = read(town, "officer", "/older")
    assert "You recorded these." in own
    assert "Encounter recorded by you." in own
    assert "Noor" not in own
    assert "Nothing is open from longer ago." in read(town, "waterland", "/older")
    assert town.client("auditor").get("/older").status_code == 403
    assert any(str(old) in one.subjects for one in Entry.objects.filter(act="list_work"))


def test_a_decision_waits_for_the_second_person(town: Town) -> None:
    asked = deciding.ask_gate(
        actor=town.actor("officer"),
        encounter_id=town.tonight,
        collector=Collector(name=PersonName("T.", "Verhagen")),
        at=after(2),
    )
    assert isinstance(asked, UUID)
    deciding.propose(
        actor=town.actor("desk"),
        request_id=asked,
        outcome="HANDED_TO_RVDK_ARRANGED_PLACE",
        receiver_id=town.places["NL-OPV-LINDENHOF"].id,
        reason="Not settled.",
        at=after(3),
    )
    page = read(town, "other", minute=4)
    assert "Decide on the hand-over" in page
    assert reverse("handovers:decision", args=[asked]) in page
    assert "Decide on the hand-over" not in read(town, "desk", minute=4)


def test_judging_and_looking_again_lead_to_their_pages(town: Town) -> None:
    theirs = town.met("waterland", NOOR, met_at=AT - timedelta(days=20))
    town.judge("specialist", town.tonight, theirs, "same")
    page = read(town, "waterland", minute=4)
    assert reverse("crosscheck:compare", args=[theirs, town.tonight]) in page
    earlier = town.met("officer", NOOR, met_at=AT - timedelta(days=30))
    town.judge("specialist", town.tonight, earlier, "same", minute=5)
    town.refer(minute=6)
    town.judge("specialist", town.tonight, earlier, "different", minute=7)
    again = read(town, "officer", minute=8)
    assert "Look again at what you did" in again
    assert "/candidates" in again


def test_who_took_over_reads_what_is_asked_next_and_never_an_empty_list(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "accepted")
    page = read(town, "board", minute=65)
    assert "Taken over by you" in page
    assert "Nothing waits for you." not in page
    assert f"/referrals/{sent}" in page
    assert "Look whether a child-protection measure is needed" in page
    assert "taken over<small>1 h 00 ago" in page


def test_the_specialist_has_a_door_to_judge_the_indications(town: Town) -> None:
    page = read(town, "specialist")
    assert "Judge the indications" in page
    door = f"/encounters/{town.tonight}/advice#seen"
    assert door in page
    assert 'id="seen"' in read(town, "specialist", door.removesuffix("#seen"))


def test_a_row_says_when_the_child_was_met_and_the_lists_explain_the_channels(town: Town) -> None:
    page = read(town, "officer")
    assert f"{number_of(town.tonight)}, child met 02:10." in page
    assert "SIENA: messages through Europol." in page
    assert "SIENA: messages" not in read(town, "waterland")


def test_what_runs_for_days_stands_apart_and_nobody_says_that_no_one_waits(town: Town) -> None:
    assert 'id="long"' not in read(town, "officer", minute=60)
    late = read(town, "officer", minute=60 * 24 * 9)
    assert "Open for two days or longer. The law gives no hours" in late
    assert 'id="asap"' not in late
    assert "Nobody is waiting" not in read(town, "officer", minute=60 * 24 * 40)


def test_nothing_waits(town: Town) -> None:
    page = read(town, "shelter")
    assert "Nothing waits for you." in page
    assert "If something comes, it stands here" in page
    assert 'href="#waiting"' not in page


def test_who_has_no_work_with_children_reads_why(town: Town) -> None:
    page = read(town, "auditor")
    assert "An auditor reads the ledger, never the record of a child." in page
    assert 'href="/encounters"' not in page
    refused = town.client("immigration").get("/")
    assert refused.status_code == 403
    assert "This stays with protection" in refused.content.decode()


def task(**more: Any) -> Task:
    given: dict[str, Any] = {"kind": "sent", "encounter_id": uuid4(), "target_id": uuid4(), "since": AT}
    return Task(**(given | {"words": Words("Iets", "Something")} | more))


def work_of(*waiting: Task, mine: tuple[Task, ...] = (), left_out: int = 0, older: int = 0) -> Work:
    return Work(at=AT, mine=mine, waiting=waiting, left_out=left_out, older=older)


def test_what_waits_for_another_is_counted_where_nothing_waits_for_me(db: None) -> None:
    assert "wacht" not in pages.work_page(work_of()).nothing
    one = pages.work_page(work_of(task()))
    assert one.nothing.endswith("Eén zaak wacht op een ander.")
    assert pages.work_page(work_of(task(), task())).nothing.endswith("Twee zaken wachten op een ander.")
    assert [group.id for group in one.groups] == ["waiting"]


def test_what_is_left_out_or_older_is_counted() -> None:
    page = pages.work_page(work_of(left_out=3, older=1))
    assert page.left_out.startswith("Drie andere")
    assert page.older.startswith("Bij één ontmoeting van langer geleden")
    assert "124" in pages.work_page(work_of(older=124)).older


def test_the_groups_are_stretches_of_time() -> None:
    tasks = tuple(task(kind="answer", due_at=AT + timedelta(hours=hours)) for hours in (-1, 3, 9, 60))
    groups = pages.work_page(
        work_of(
            mine=(
                *tasks,
                task(
                    kind="duty",
                    holder=Words("Raad", "Board"),
                    further=(Words("Bel", "Call"), Words("Vraag", "Ask")),
                ),
            )
        )
    ).groups
    assert [(group.id, len(group.lines)) for group in groups] == [
        ("now", 2),
        ("today", 1),
        ("asap", 1),
        ("later", 1),
    ]
    assert groups[2].lines[0].further == ("Bel", "Vraag")


def test_a_refusal_of_one_sentence_is_said_whole() -> None:
    assert (
        pages.without_work(Reason(code="role", words=Words("Niet hier.", "Not here.")), reads_ledger=False).nothing
        == "Niet hier."
    )


def test_a_deadline_that_passed_says_so() -> None:
    assert due_in_words(AT - timedelta(hours=1), AT) == "was 02:41"
    assert left_until(AT - timedelta(hours=1), AT) == "1 u 00 geleden"
    assert left_until(AT + timedelta(hours=1), AT) == "over 1 u 00"


def test_the_encounters_of_the_organisation_by_number_and_time(town: Town) -> None:
    theirs = town.met("desk", {"given_names": "Mira"}, met_at=AT - timedelta(days=2))
    page = read(town, "officer", "/encounters")
    assert number_of(town.tonight) in page
    assert number_of(theirs) in page
    assert "Encounter recorded by you." in page
    assert "Encounter recorded by a colleague." in page
    assert "12 March 2026" in page
    assert not any(word in page for word in ("Nora", "Mira", "Lindqvist"))
    assert Entry.objects.filter(act="list_encounters").count() == 1
    assert "No encounter was recorded yet." in read(town, "waterland", "/encounters")


def test_the_list_of_encounters_is_refused_where_the_role_does_not_fit(town: Town) -> None:
    answer = town.client("auditor").get("/encounters")
    assert answer.status_code == 403


def test_an_encounter_of_which_only_the_day_is_known(town: Town) -> None:
    town.met("officer", {"given_names": "Mira"}, partial="2026-03-01")
    assert "1 March 2026" in read(town, "officer", "/encounters")


def test_a_visitor_logs_in_first(client: Any, db: None) -> None:
    for path in ("/", "/encounters"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login")


def test_so_many_and_no_more_are_shown() -> None:
    assert MOST <= 60


def test_a_refusal_stands_above_all_else_and_leads_to_what_to_do(town: Town) -> None:
    sent = town.refer()
    town.answer(sent, "declined", reason="Full.")
    page = read(town, "officer", minute=6)
    assert "Refused: ask another</h2>" in page
    assert "refused<small>1 min ago" in page
    assert "Ask another: urgent request to the Board" in page
    assert "It is your turn. Raad Rijnhaven spoed refused at 03:46" in page
    assert page.index("Ask another: urgent") < page.index('id="asap"')
    assert f'href="/referrals/{sent}"' in page
    assert "Geweigerd: vraag een ander" in read(town, "officer", minute=6, language="nl")


def test_what_two_people_decided_leads_to_recording_the_hand_over(town: Town) -> None:
    asked = deciding.ask_gate(actor=town.actor("officer"), encounter_id=town.tonight, collector=MAN, at=after(2))
    assert isinstance(asked, UUID)
    made = deciding.propose(
        actor=town.actor("desk"),
        request_id=asked,
        outcome="HANDED_TO_RVDK_ARRANGED_PLACE",
        receiver_id=town.places["NL-OPV-LINDENHOF"].id,
        reason="Not settled.",
        at=after(3),
    )
    assert isinstance(made, UUID), made
    deciding.confirm(actor=town.actor("other"), request_id=asked, proposal_id=made, reason="So do we.", at=after(4))
    page = read(town, "officer", minute=6)
    assert "Record the hand-over" in page
    assert f'href="{reverse("handovers:record", args=[asked])}"' in page
    assert "Two people decided at 03:45, L. Smit as the second" in page


def test_who_took_over_reads_until_when_another_holds_the_child(town: Town) -> None:
    town.answer(town.refer(), "accepted")
    page = read(town, "board", minute=65)
    assert "At Politie Rijnhaven the hold ends at 08:10, even if something is missing." in page
    late = read(town, "board", minute=60 * 7)
    assert "The hold ended at 08:10. Nobody there may hold the child now." in late


@pytest.mark.parametrize(
    ("language", "term", "start"), [("en", "term", "start not known"), ("nl", "termijn", "begin niet bekend")]
)
def test_a_term_of_which_the_start_is_not_known_is_said_the_same_in_the_list_and_in_the_advice(
    town: Town, language: str, term: str, start: str
) -> None:
    custody = {"basis": "suspect", "pretrial_detention_offence": "yes"}
    town.tonight = town.met("desk", {}, partial="2026-03-14", custody=custody)
    page = read(town, "desk", language=language)
    here = page[page.index('id="now"') :]
    row = next(one for one in here.split("<li>") if start in one)
    assert f"{term}<small>{start}" in row
    assert number_of(town.tonight) in row
    assert start in read(town, "desk", f"/encounters/{town.tonight}/advice", language=language)


def test_looking_again_is_ticked_off_at_its_row(town: Town) -> None:
    earlier = town.met("officer", NOOR, met_at=AT - timedelta(days=30))
    town.judge("specialist", town.tonight, earlier, "same", minute=5)
    town.refer(minute=6)
    town.judge("specialist", town.tonight, earlier, "different", minute=7)
    row = next(one for one in read(town, "officer", minute=8).split("<li>") if "Look again at what you did" in one)
    assert "I looked at it again" in row
    (door,) = re.findall(r'action="([^"]+)"', row)
    with time_machine.travel(after(9), tick=False):
        assert town.client("officer").post(door).status_code == 302
    assert "Look again at what you did" not in read(town, "officer", minute=10)


def test_a_judgement_that_adds_nothing_is_not_taken_for_recorded_and_one_in_words_ends_the_row(town: Town) -> None:
    door, given = f"/encounters/{town.tonight}/add", {"reason": "The indication stands."}
    with time_machine.travel(after(1), tick=False):
        client = town.client("specialist")
        empty = client.post(door, given)
        assert empty.status_code == 422
        assert "This stands already, so nothing was recorded." in empty.content.decode()
    assert "Judge the indications" in read(town, "specialist", minute=2)
    with time_machine.travel(after(3), tick=False):
        written = given | {"seen_I-02": "observed", "words_I-02": "Cash to an adult; the indication stands."}
        assert client.post(door, written).status_code == 302
    assert "Judge the indications" not in read(town, "specialist", minute=4)
