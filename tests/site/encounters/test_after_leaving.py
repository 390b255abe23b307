"""After the child left every page says so: advice and timeline, in both languages; and what was done is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine

from browsing import kept, plain
from chain.flow.leaving import hand_over, went_missing
from chain.referrals.town import NOOR, Town, after
from vangnet.chain.duties.models import Duty
from vangnet.chain.duties.services import PROOF
from vangnet.trust.keys.services import Place, envelope
from vangnet.trust.ledger.models import Entry


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()


def read(town: Town, page: str, *, who: str = "officer", language: str = "en", minute: int = 20) -> str:
    with time_machine.travel(after(minute), tick=False):
        answer = town.client(who, language).get(f"/encounters/{town.tonight}/{page}")
    assert answer.status_code == 200
    return kept(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "here", "received", "yet"),
    [
        ("nl", "Nora is hier niet meer", "Ontvangen door Opvang Lindenhof, om 03:47.", "Nog niet meegeven."),
        ("en", "Nora is no longer here", "Received by Opvang Lindenhof, at 03:47.", "Do not hand over yet."),
    ],
)
def test_the_advice_says_with_whom_instead_of_not_yet(
    town: Town, language: str, here: str, received: str, yet: str
) -> None:
    before = plain(read(town, "advice", language=language, minute=1))
    assert yet in before
    assert here not in before
    hand_over(town)
    page = read(town, "advice", language=language)
    assert here in plain(page)
    assert received in plain(page)
    assert yet not in plain(page)
    assert "hx-get" not in page.replace("hx-get-", "")
    assert "S. Brouwer" in plain(page)
    assert "L. Smit" in plain(page)


def test_the_timeline_has_the_night_with_its_sources(town: Town) -> None:
    town.answer(town.refer(minute=0), "declined", reason="Full.", minute=1)
    hand_over(town)
    page = plain(read(town, "timeline"))
    order = (
        "Received by Opvang Lindenhof",
        "Two people decided",
        "The child was heard",
        "The hand-over was begun",
        "Raad Rijnhaven spoed cannot take over",
        "Asked Raad Rijnhaven spoed",
        "The hold began",
        "Met by Politie Rijnhaven",
    )
    places = [page.index(one, page.index("What happened, newest first")) for one in order]
    assert places == sorted(places)
    assert "“Not with that man.”" in page
    assert "The child is no longer here: handed over at 03:47 on 14 March 2026. The hold here has ended." in page
    assert "S. Brouwer, L. Smit" in page


def test_verdicts_stand_on_the_timeline_and_another_side_by_its_organisation(town: Town) -> None:
    own = town.met("desk", NOOR, met_at=after(-60 * 24))
    town.judge("specialist", town.tonight, own, "same")
    page = plain(read(town, "timeline"))
    assert "Judged: the same child" in page
    assert "A. Okkerse, Politie Rijnhaven" in page


def test_a_missing_child_is_said_first_with_the_board_to_call(town: Town) -> None:
    went_missing(town)
    page = plain(read(town, "advice"))
    assert "Where is Nora?" in page
    assert "The child is missing. This is always reviewed." in page
    assert "Call the Board 088 000 01 23" in page
    assert "The child is missing" in plain(read(town, "timeline"))


def test_who_decides_stands_on_every_page_about_a_child(town: Town) -> None:
    for page in ("advice", "timeline", "candidates", "referral"):
        assert "Who decides?" in plain(read(town, page))


def duty(town: Town, clock: str = "CLK-09") -> Duty:
    return Duty.objects.get(encounter_id=town.tonight, clock=clock)


def done(town: Town, proof: str, *, who: str = "officer", row: Duty | None = None) -> Any:
    one = row or duty(town)
    with time_machine.travel(after(9), tick=False):
        return town.client(who).post(f"/encounters/{town.tonight}/duties/{one.id}/done", {"proof": proof})


def test_what_was_done_is_recorded_with_what_shows_it(town: Town) -> None:
    assert f'action="/encounters/{town.tonight}/duties/{duty(town).id}/done"' in read(town, "advice", minute=1)
    answer = done(town, "Legal Aid Board, 03:50, L-12.")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/advice#duties")
    row = duty(town)
    assert row.done_at == after(9)
    sealed = bytes(row.proof_sealed or b"")
    assert (
        envelope(row.encounter.envelope_id).open(sealed, context=Place(PROOF, row.id))
        == "Legal Aid Board, 03:50, L-12."
    )
    assert Entry.objects.filter(act="complete_duty").count() == 1
    page = read(town, "advice")
    assert "By J. de Wit." in plain(page)
    assert "Arrange the lawyer" not in plain(page)
    assert "Tell the parent or guardian, unless that harms the child" in plain(page)
    assert f"duties/{row.id}/done" not in page


def test_nothing_is_done_without_what_shows_it(town: Town) -> None:
    answer = done(town, "  ")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write what shows that it was done: who, when, number." in page
    assert f'id="proof-{duty(town).id}"' in page
    assert duty(town).done_at is None


def test_a_stranger_records_nothing(town: Town) -> None:
    assert done(town, "Done.", who="waterland").status_code in {403, 404}
    assert done(town, "Done.", who="auditor").status_code == 403
    assert duty(town).done_at is None


def test_a_duty_of_another_encounter_is_not_found_at_this_one(town: Town) -> None:
    theirs = town.met("waterland", NOOR)
    foreign = Duty.objects.get(encounter_id=theirs, clock="CLK-09")
    town.refer()
    for who in ("officer", "board"):
        assert done(town, "Done.", who=who, row=foreign).status_code == 404
    foreign.refresh_from_db()
    assert foreign.done_at is None


def test_parent_and_lawyer_stand_in_what_to_do_now_until_they_are_recorded(town: Town) -> None:
    hand_over(town)
    now = plain(read(town, "advice")).partition("Do this now")[2].partition("What ended and what still stands")[0]
    assert "The child gets a lawyer and cannot waive that Not recorded. Do it now" in now
    assert "Tell the parent or guardian" in now
    lawyer = Duty.objects.get(encounter_id=town.tonight, clock="CLK-09")
    with time_machine.travel(after(21), tick=False):
        town.client("desk").post(f"/encounters/{town.tonight}/duties/{lawyer.id}/done", {"proof": "Called, 03:59."})
    later = plain(read(town, "advice", minute=22)).partition("Do this now")[2].partition("What ended")[0]
    assert "lawyer" not in later
    assert "Tell the parent or guardian" in later


def test_the_question_of_no_punishment_has_a_door(town: Town) -> None:
    page = read(town, "advice", minute=1)
    door = f"/encounters/{town.tonight}/referral?kind=non_punishment"
    assert door in page
    assert 'value="non_punishment" checked' in read(town, "referral?kind=non_punishment", minute=1)
