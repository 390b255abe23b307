"""Entries to take along hold no word of a child; the check says how far it came, and the first place that is not whole."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import time_machine
from django.test import Client

from auditing import CHILD, NOW, asked, wrote
from chain.referrals.town import Town, after
from triggers import triggers_away
from vangnet.trust.ledger import reading
from vangnet.trust.ledger.models import Entry


def table(town: Town, client: Client) -> list[dict[str, str]]:
    with time_machine.travel(NOW, tick=False):
        answer = client.post("/ledger/export")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="ledger.csv"'
    text = answer.content.decode()
    assert not any(word in text for word in CHILD if word != "2013")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_entries_looked_for_can_be_taken_along(town: Town) -> None:
    town.people["desk"].name = "=S. Brouwer"
    town.people["desk"].save()
    counts = {"content": 1, "contact": 2, "hit": 3}
    wrote(town, "desk", "cross_check", subjects=[town.tonight], counts=counts)
    wrote(town, "waterland", "cross_check", counts=counts, also_in=[town.actor("officer").organisation_id])
    client = town.client("auditor")
    asked(client, act="cross_check")
    theirs, own = table(town, client)
    assert own == {
        "entry": own["entry"],
        "at": "2026-03-14T02:42:00+00:00",
        "person_id": str(town.people["desk"].id),
        "person": "'=S. Brouwer",
        "organisations": "Politie Rijnhaven",
        "act": "cross_check",
        "purpose": "protect_child",
        "records": str(town.tonight),
        "content": "1",
        "contact": "2",
        "hit": "3",
    }
    assert (theirs["organisations"], theirs["content"], theirs["records"]) == ("Politie Waterland", "", "")
    entry = Entry.objects.filter(act="export_ledger").get()
    assert entry.counts == {"entries": 2}
    asked(client, go="all")
    everything = table(town, client)
    exported = next(one for one in everything if one["act"] == "export_ledger")
    assert (exported["records"], exported["person"]) == ("", "G. Haverkamp")


def test_too_long_a_list_is_not_taken_along(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MOST_EXPORTED", 0)
    page = asked(town.client("auditor"), "/ledger/export", status=422, go="x")
    assert "Choose a shorter period, or a colleague." in page
    assert not Entry.objects.filter(act="export_ledger").exists()


def test_the_check_says_how_far_and_until_when(town: Town) -> None:
    client = town.client("auditor")
    page = asked(client, "/ledger/check")
    assert "Check the ledger now" in page
    assert "10 000 entries at a time" in page
    many = Entry.objects.filter(organisation_id=town.actor("auditor").organisation_id).count()
    page = asked(client, "/ledger/check", go="first")
    assert "<h1>The ledger is whole</h1>" in page
    assert f"Every entry is the one that was written: 1 to {many}." in page
    assert "What you can do" not in page


def test_what_came_after_the_anchor_is_said(town: Town, settings: Any) -> None:
    settings.VANGNET_ANCHOR_FILE.unlink(missing_ok=True)
    with triggers_away():
        Entry.objects.update(anchor="")
    page = asked(town.client("auditor"), "/ledger/check", go="first")
    assert "Nothing of it is anchored outside the database yet." in page


def test_a_long_ledger_is_checked_in_more_presses(
    town: Town, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(reading, "MOST_WALKED", 2)
    for minute in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            wrote(town, "officer", "list_work", at=after(1 + minute))
    wrote(town, "officer", "list_work", at=after(5))
    client = town.client("auditor")
    page = asked(client, "/ledger/check", go="first")
    assert "<h1>Whole so far</h1>" in page
    assert "Entries 1 to 2 of 6 were checked. Go on for the rest." in page
    assert "Entries 1 to 4 of 7 were checked" in asked(client, "/ledger/check", go="on")
    page = to_the_end(client, asked(client, "/ledger/check", go="on"))
    assert "<h1>The ledger is whole</h1>" in page
    assert "Anchored outside the database up to entry 5, of 14 March 2026, 03:45." in page
    assert re.search(r"After it came \d+ entries; those could still be cut off unseen.", page)
    with triggers_away():
        Entry.objects.filter(act="list_work", at=after(1)).update(act="judge")
    page = to_the_end(client, asked(client, "/ledger/check", go="first"))
    assert "<h1>The ledger is not whole</h1>" in page
    assert "entry 2: this entry was changed, moved or put in later." in page
    assert "What you can do" in page


def to_the_end(client: Client, page: str) -> str:
    while "Go on with the check" in page:
        page = asked(client, "/ledger/check", go="on")
    return page


def test_one_entry_after_the_anchor(town: Town, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        wrote(town, "officer", "list_work")
    assert "cut off" not in asked(town.client("auditor"), "/ledger/check", go="first")
    assert "After it came one entry" in asked(town.client("auditor"), "/ledger/check", go="first")
