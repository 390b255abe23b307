"""Every plain column on which a duty, a clock or a name rests is bound: who forges one in the file is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from chain.referrals.town import AT, HERE_SINCE, NOOR, NORA, Town, after, told
from chain.town import code_of
from triggers import triggers_away
from vangnet.chain import flow
from vangnet.chain.crosscheck.models import Verdict
from vangnet.chain.duties import services as duties
from vangnet.chain.duties.models import Duty, InternationalCheck
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.models import Account, Encounter, Observation, Opening
from vangnet.chain.flow import Importer, Verified
from vangnet.chain.referrals.models import Answer, Referral
from vangnet.knowledge.terms import ChannelCheck, Purpose
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import Relation, Role
from vangnet.trust.access.services import give_role
from vangnet.trust.ledger.models import Chain, Entry
from vangnet.trust.ledger.receipts import Receipt, missing_since, read_receipts, receipts

OWN: dict[str, Any] = {"purpose": Purpose.PROTECT_CHILD, "relation": Relation.OWN_ENCOUNTER}


@pytest.fixture
def town(db: None) -> Town:
    """A night in which a row of every kind was written, and some of them changed."""
    town = Town.build()
    officer, encounter = town.actor("officer"), town.tonight
    more = {**OWN, "actor": officer, "encounter_id": encounter}
    check = ChannelCheck(channel="sis", state="asked", at=AT, answer="")
    assert isinstance(duties.record_international_check(**more, check=check, at=after(1)), UUID)
    running = Duty.objects.filter(encounter_id=encounter, lapsed_at__isnull=True).first()
    assert running is not None
    assert duties.complete(**more, duty_id=running.id, proof="Called at 3.", at=after(2)) == running.id
    corrected(town, after(3))
    town.answer(town.refer(minute=5), "accepted", minute=9)
    earlier = town.met("officer", NOOR, HERE_SINCE - timedelta(days=2))
    town.judge("specialist", encounter, earlier, "same", minute=10)
    town.judge("specialist", encounter, earlier, "different", minute=11)
    opened = encounters.open_older(
        actor=town.actor("specialist"), encounter_id=earlier, reason="The same paper.", at=after(12)
    )
    assert isinstance(opened, UUID), opened
    give_role(person=town.people["desk"], organisation=town.places["NL-POL-RIJNHAVEN"], role=Role.SERVICE)
    history(town, 3)
    return town


def corrected(town: Town, at: Any) -> None:
    facts = told("NL-POL-RIJNHAVEN", NORA, HERE_SINCE - timedelta(minutes=30), kind="found")
    given = {"actor": town.actor("officer"), "purpose": Purpose.PROTECT_CHILD, "reason": "Asked again.", "at": at}
    done = flow.correct(encounter_id=town.tonight, facts=facts, **given)
    assert isinstance(done, flow.Corrected), done


def history(town: Town, number: int) -> None:
    actor = town.actor("desk")
    taking = Importer(actor=actor, purpose=Purpose.KEEP_REGISTER, history=True, now=lambda: after(13))
    rows = [told("NL-POL-RIJNHAVEN", NORA, HERE_SINCE - timedelta(days=9 + one)) for one in range(number)]
    assert taking.take(rows) == ["stored"] * number


def verified(town: Town, *since: Receipt) -> Verified:
    found = flow.verify_all(actor=town.actor("auditor"), purpose=Purpose.ACCOUNT, since=since, at=after(60))
    assert isinstance(found, Verified), found
    return found


def test_a_night_of_every_kind_of_row_is_whole(town: Town) -> None:
    found = verified(town)
    assert found.problems == ()
    counted = {kind.en: many for kind, many in found.tables}
    assert counted == {
        "encounter": 5,
        "opening of older data": 1,
        "verdict on the same child": 2,
        "duty": Duty.objects.count(),
        "international check": 1,
        "hand-over": 0,
        "referral": 1,
        "answer to a referral": 1,
    }
    assert found.rows == sum(counted.values())


def test_the_state_after_a_change_is_the_one_that_is_bound(town: Town) -> None:
    (standing,) = Verdict.objects.filter(revoked_at__isnull=True)
    revoked = flow.revoke(
        actor=town.actor("specialist"), encounter_id=town.tonight, verdict_id=standing.id, at=after(21)
    )
    assert not isinstance(revoked, tuple)
    corrected(town, after(22))
    assert verified(town).problems == ()


def an_hour(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda row: {name: getattr(row, name) + timedelta(hours=1)}


EDITS: dict[str, tuple[Any, Callable[[Any], dict[str, Any]], str]] = {
    "met_on": (Encounter, lambda _: {"met_on": "2026-03-01"}, "encounter"),
    "met_at": (Encounter, an_hour("met_at"), "encounter"),
    "zone": (Encounter, lambda _: {"zone": "Europe/London"}, "encounter"),
    "kind": (Encounter, lambda _: {"kind": "report"}, "encounter"),
    "is_history": (Encounter, lambda row: {"is_history": not row.is_history}, "encounter"),
    "observed": (Observation, lambda _: {"state": "unknown"}, "encounter"),
    "account": (Account, an_hour("recorded_at"), "encounter"),
    "duty due": (Duty, lambda _: {"due_at": AT + timedelta(days=30)}, "duty"),
    "duty lapsed": (Duty, lambda _: {"lapsed_at": AT + timedelta(days=30)}, "duty"),
    "check": (InternationalCheck, lambda _: {"state": "answered"}, "international check"),
    "verdict": (Verdict, lambda row: {"value": "same" if row.value == "different" else "different"}, "verdict"),
    "opening": (Opening, an_hour("opened_at"), "opening"),
    "referral": (Referral, an_hour("answer_by"), "referral"),
    "answer": (Answer, lambda _: {"value": "declined"}, "answer to a referral"),
    "answered at": (Answer, an_hour("answered_at"), "answer to a referral"),
}


@pytest.mark.parametrize(("table", "edit", "called"), EDITS.values(), ids=EDITS)
def test_an_edit_of_a_plain_column_is_named(
    town: Town, table: Any, edit: Callable[[Any], dict[str, Any]], called: str
) -> None:
    row = table.objects.order_by("pk").last()
    with triggers_away():
        table.objects.filter(pk=row.pk).update(**edit(row))
    (problem,) = verified(town).problems
    named = getattr(row, "encounter_id", row.pk) if called == "encounter" and table is not Encounter else row.pk
    assert str(named) in problem.en
    assert str(named) in problem.nl
    assert f"({called}" in problem.en
    assert "was changed after it was recorded" in problem.en


def test_an_observation_that_was_taken_out_or_put_in_changes_its_encounter(town: Town) -> None:
    row = Observation.objects.filter(encounter_id=town.tonight).first()
    assert row is not None
    row.pk, row.position = uuid4(), 99
    row.save(force_insert=True)
    (problem,) = verified(town).problems
    assert f"Row {town.tonight} (encounter) was changed" in problem.en
    row.delete()
    assert verified(town).ok
    Observation.objects.filter(encounter_id=town.tonight)[0].delete()
    (problem,) = verified(town).problems
    assert f"Row {town.tonight} (encounter) was changed" in problem.en


def test_an_answer_that_nobody_gave_and_one_that_is_gone_are_named(town: Town) -> None:
    row = Answer.objects.get()
    gone = row.pk
    row.delete()
    row.pk = uuid4()
    row.save(force_insert=True)
    assert [problem.en for problem in verified(town).problems] == [
        f"Row {row.pk} (answer to a referral) is not in the ledger: it is forged, or the ledger was set back.",
        f"Row {gone} is in the ledger and is no longer there.",
    ]


def test_another_name_under_what_somebody_recorded_is_named(town: Town) -> None:
    board, nobody = town.people["board"], town.people["shelter"]
    Person.objects.filter(pk__in=[board.pk, nobody.pk]).update(name="P. Anders")
    (problem,) = verified(town).problems
    assert problem.en == f"Account {board.pk} has another name than the one that the ledger knows."
    town.met("waterland", NOOR, HERE_SINCE - timedelta(days=4))
    assert len(verified(town).problems) == 1


def test_who_goes_on_under_a_forged_name_makes_it_no_better(town: Town) -> None:
    Person.objects.filter(pk=town.people["officer"].pk).update(name="P. Anders")
    town.people["officer"].refresh_from_db()
    town.met("officer", NOOR, HERE_SINCE - timedelta(days=5))
    (problem,) = verified(town).problems
    assert str(town.people["officer"].pk) in problem.en


def test_what_is_recorded_while_it_is_verified_is_no_finding(town: Town, monkeypatch: Any) -> None:
    """Rows are read before the entries: a row that comes between the two is looked at once more."""
    vouched = flow.verifying.chain.vouched
    busy = [True]

    def meanwhile() -> Any:
        if busy.pop() if busy else False:
            corrected_again(town)
            town.met("officer", NOOR, HERE_SINCE - timedelta(days=5))
        return vouched()

    monkeypatch.setattr("vangnet.chain.flow.verifying.chain.vouched", meanwhile)
    found = verified(town)
    assert not busy
    assert found.problems == ()


def corrected_again(town: Town) -> None:
    facts = told("NL-POL-RIJNHAVEN", NORA, HERE_SINCE - timedelta(minutes=40), kind="found")
    done = flow.correct(
        actor=town.actor("officer"),
        purpose=Purpose.PROTECT_CHILD,
        encounter_id=town.tonight,
        facts=facts,
        reason="Asked again.",
        at=after(40),
    )
    assert isinstance(done, flow.Corrected)


def set_back(town: Town, keep: int, anchor_file: Path) -> None:
    """Cut the ledger of the station and the anchor file back to an earlier moment, as an administrator can."""
    station = town.places["NL-POL-RIJNHAVEN"]
    with triggers_away():
        Entry.objects.filter(organisation=station, number__gt=keep).delete()
        last = Entry.objects.get(organisation=station, number=keep)
        Chain.objects.filter(pk=station.pk).update(last_number=keep, last_mac=last.mac)
        Entry.objects.filter(organisation=town.places["NL-RVDK-RIJNHAVEN"]).delete()
        Chain.objects.filter(pk=town.places["NL-RVDK-RIJNHAVEN"].pk).delete()
    anchor_file.unlink(missing_ok=True)


def test_a_ledger_that_was_set_back_without_its_rows_names_every_row_without_an_entry(
    town: Town, anchor_file: Path
) -> None:
    set_back(town, 1, anchor_file)
    found = verified(town)
    named = "\n".join(problem.en for problem in found.problems)
    for row in (Answer.objects.get(), Referral.objects.get(), Opening.objects.get(), *Verdict.objects.all()):
        assert str(row.pk) in named
    assert f"Row {town.tonight} (encounter) was changed" in named
    assert named.count("(encounter) is not in the ledger") == 4


def test_everything_set_back_to_one_earlier_moment_is_found_by_a_receipt_alone(town: Town) -> None:
    """Ledger, rows and anchors: as whoever restores an old copy of the machine leaves them."""
    moment = transaction.savepoint()
    town.met("officer", NOOR, HERE_SINCE - timedelta(days=5))
    (kept,) = (one for one in receipts() if one.organisation == "NL-POL-RIJNHAVEN")
    transaction.savepoint_rollback(moment)
    assert verified(town).ok
    (shorter,) = verified(town, replace(kept, number=kept.number + 9)).problems
    assert shorter.en.startswith(f"Ledger of NL-POL-RIJNHAVEN: the receipt names entry {kept.number + 9}, which")
    assert "it was set back or cut" in shorter.en
    town.met("officer", NOOR, HERE_SINCE - timedelta(days=6))
    (differs,) = verified(town, kept).problems
    assert differs.en.startswith(f"Ledger of NL-POL-RIJNHAVEN, entry {kept.number}: this is another entry")


def test_a_receipt_fits_a_ledger_that_went_on_and_no_other(town: Town) -> None:
    kept = receipts()
    assert {one.organisation for one in kept} == {"NL-POL-RIJNHAVEN", "NL-RVDK-RIJNHAVEN"}
    town.met("officer", NOOR, HERE_SINCE - timedelta(days=5))
    assert verified(town, *kept).ok
    other = [replace(one, mac="0" * 64) for one in kept]
    assert [problem.en.split(":")[0] for problem in verified(town, *other).problems] == [
        f"Ledger of {one.organisation}, entry {one.number}" for one in kept
    ]


def test_a_receipt_of_a_chain_that_is_not_there_is_said(town: Town) -> None:
    (told_,) = missing_since([Receipt(organisation="NL-X", number=4, mac="a" * 64)])
    assert "The ledger has 0 entries" in told_.en


def test_a_receipt_is_one_line_and_is_read_from_a_line_or_a_file(town: Town, tmp_path: Path) -> None:
    kept = receipts()
    file = tmp_path / "receipts.txt"
    file.write_text("\n".join(["", *(one.line for one in kept), ""]), encoding="utf-8")
    bare = tuple(replace(one, at=None) for one in kept)
    assert read_receipts([str(file)]) == bare
    assert read_receipts([one.line for one in kept]) == bare
    assert read_receipts([one.line for one in bare]) == bare
    assert read_receipts([]) == ()


@pytest.mark.parametrize("text", ["nothing", "", "NL-POL-AMS:0:" + "a" * 64, "NL-POL-AMS:3:abc", "NL-POL-AMS"])
def test_what_is_no_receipt_is_said(text: str) -> None:
    assert code_of(read_receipts([text])) == "receipt"


def test_a_file_with_a_line_that_is_no_receipt_is_refused_whole(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "receipts.txt"
    file.write_text(f"{receipts()[0].line}\nHello", encoding="utf-8")
    assert code_of(read_receipts([str(file)])) == "receipt"
    file.write_bytes(b"\xff\xfe")
    assert code_of(read_receipts([str(file)])) == "receipt"


def test_receipts_are_given_to_whoever_may_verify_and_that_is_an_entry(town: Town) -> None:
    assert code_of(flow.give_receipts(actor=town.actor("officer"), purpose=Purpose.ACCOUNT, at=AT)) == "role"
    given = flow.give_receipts(actor=town.actor("auditor"), purpose=Purpose.ACCOUNT, at=after(70))
    assert given == receipts()
    last = Entry.objects.filter(organisation=town.places["NL-POL-RIJNHAVEN"]).order_by("-number")[0]
    assert (last.act, last.purpose) == ("give_receipt", "account")
    assert (last.number, last.mac, last.at) in {(one.number, one.mac, one.at) for one in given}
