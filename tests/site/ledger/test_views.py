"""Who saw what, as an auditor reads it: one sentence an entry, no word about a child, nothing in an address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import DatabaseError

from auditing import CHILD, NOW, asked, wrote
from chain.referrals.town import AT, NOOR, Town, after
from triggers import triggers_away
from vangnet.chain import flow
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.pages.matters import number_of
from vangnet.trust.access.models import Membership
from vangnet.trust.ledger import reading, services
from vangnet.trust.ledger.models import Entry


def searched(town: Town, who: str, encounter: UUID) -> None:
    told = flow.cross_check(
        actor=town.actor(who), purpose=Purpose.PROTECT_CHILD, encounter_id=encounter, at=after(2)
    )
    assert not isinstance(told, Reason), told


def rows(town: Town, language: str = "en") -> list[str]:
    return asked(town.client("auditor", language)).split('<li><p class="when">')[1:]


def test_an_entry_says_who_what_for_what_on_what_ground_and_when(town: Town) -> None:
    first = rows(town)[0]
    assert "02:30<small>entry" in first
    assert "<b>J. de Wit</b>" in first
    assert "An encounter was recorded." in first
    assert 'Purpose: protect this child <span class="basis-of">Police Act art. 3; Police Data Act art. 8' in first
    assert f'<p>One number:</p><p class="numbers"><span>{number_of(town.tonight)}</span>' in first
    dutch = rows(town, "nl")[1]
    assert "Een ontmoeting is vastgelegd." in dutch
    assert "Doel: dit kind beschermen" in dutch
    assert "Eén nummer:" in dutch


def test_the_newest_stands_first_under_its_day(town: Town) -> None:
    wrote(town, "desk", "list_work", at=AT + timedelta(hours=20, minutes=30))
    page = asked(town.client("auditor"))
    parts = ("15 March 2026</h2>", "00:11<small>", "S. Brouwer</b>", "14 March 2026</h2>", "J. de Wit</b>")
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)


def test_no_word_about_a_child_and_no_link_to_one(town: Town) -> None:
    town.met("officer", NOOR, met_at=AT - timedelta(days=3))
    searched(town, "officer", town.tonight)
    page = asked(town.client("auditor"))
    assert not any(word in page for word in CHILD)
    assert "/encounters/" not in page
    assert str(town.tonight) not in page


def test_what_was_told_stands_in_words(town: Town) -> None:
    wrote(town, "officer", "cross_check", counts={"content": 1, "contact": 2, "hit": 3})
    wrote(town, "officer", "cross_check", counts={"content": 2, "contact": 1, "hit": 1})
    wrote(town, "officer", "cross_check", counts={"content": 0, "contact": 0, "hit": 0})
    nothing, second, first = rows(town)[:3]
    told = "Told: content of one, whom to call for two, of three only that there is something."
    assert told in first
    assert "content of two, whom to call for one, of one only that there is something." in second
    assert "Told: no earlier encounter." in nothing
    assert "Told" not in rows(town)[-1]


def test_many_numbers_stand_one_press_away(town: Town) -> None:
    ids = [UUID(int=number + 1) for number in range(7)]
    wrote(town, "officer", "list_encounters", subjects=ids)
    first = rows(town)[0]
    before, more = first.split("<details>")
    assert "Seven numbers:" in before
    assert before.count("<span>") == 4
    assert "<summary>and three more</summary>" in more
    wrote(town, "officer", "list_encounters", subjects=ids[:5])
    assert "<details>" not in rows(town)[0]


def test_somebody_elsewhere_is_named_with_their_organisation_and_only_own_records_stand(town: Town) -> None:
    theirs = UUID(int=9)
    own = town.actor("officer").organisation_id
    counts = {"content": 0, "contact": 1, "hit": 4}
    wrote(town, "waterland", "cross_check", subjects=[theirs, town.tonight], counts=counts, also_in=[own])
    first = rows(town)[0]
    assert "<b>T. Veldman</b> Politie Waterland" in first
    assert number_of(town.tonight) in first
    assert number_of(theirs) not in first
    assert "One number:" in first
    assert "Told" not in first
    assert "T. Veldman</b>" not in asked(town.client("auditor"), go="show", person=str(town.people["officer"].id))


def test_who_left_is_still_named(town: Town) -> None:
    Membership.objects.filter(person=town.people["officer"]).delete()
    first = rows(town)[0]
    assert "<b>J. de Wit</b> Has no role here any more" in first
    assert number_of(town.tonight) in first
    wrote(town, "desk", "list_work")
    with triggers_away():
        Entry.objects.filter(act="list_work").update(
            actor_id=UUID(int=5), act="an_older_act", purpose="an_older_one"
        )
    strange = rows(town)[0]
    assert "Somebody who is not known here any more" in strange
    assert "an_older_act" in strange
    assert "Purpose: an_older_one" in strange


def test_another_organisation_s_entries_are_never_shown(town: Town) -> None:
    wrote(town, "waterland", "judge")
    page = asked(town.client("auditor"))
    assert "T. Veldman" not in page
    assert "It was judged whether two encounters are about the same child.</p>" not in page


def test_reading_is_itself_in_the_ledger_and_stands_there_as_entries(town: Town) -> None:
    before = asked(town.client("auditor"))
    entry = Entry.objects.order_by("-at", "-number")[0]
    assert (entry.act, entry.purpose, entry.counts["entries"]) == ("read_ledger", "account", len(entry.subjects))
    assert "G. Haverkamp</b>" not in before
    first = rows(town)[0]
    assert "<b>G. Haverkamp</b>" in first
    assert "The ledger was read." in first
    assert "One entry</p>" in first or "entries</p>" in first
    assert number_of(UUID(entry.subjects[0])) not in first


def test_a_form_narrows_the_list_and_leaves_no_word_in_the_address(town: Town) -> None:
    other = town.met("desk", NOOR)
    client = town.client("auditor")
    with time_machine.travel(NOW, tick=False):
        answer = client.post("/ledger", {"record": number_of(other).lower()})
    assert (answer.status_code, answer["Location"]) == (302, "/ledger")
    page = asked(client)
    assert f"<b>record {number_of(other)}</b>" in page
    assert "One entry fits what you look for." in page
    assert "S. Brouwer</b>" in page
    assert "J. de Wit</b>" not in page
    page = asked(client, go="all")
    assert "J. de Wit</b>" in page


def test_a_day_a_colleague_and_an_act_narrow_together(town: Town) -> None:
    town.met("desk", NOOR, met_at=AT - timedelta(days=3))
    client = town.client("auditor")
    days = {"since_day": "11", "since_month": "3", "since_year": "2026", "until_day": "11", "until_month": "3"}
    page = asked(client, until_year="2026", **days)
    assert "from 11 March 2026, up to and including 11 March 2026" in page
    assert "S. Brouwer</b>" in page
    assert "J. de Wit</b>" not in page
    assert "Counted from 11 March 2026 up to and including 11 March 2026." in page
    page = asked(client, person=str(town.people["officer"].id), act="record_encounter")
    assert "<b>J. de Wit, An encounter was recorded</b>" in page
    assert f'<option value="{town.people["officer"].id}" selected>J. de Wit</option>' in page
    assert "S. Brouwer</b>" not in page
    page = asked(client, act="judge")
    assert "No entry fits this" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"since_day": "31", "since_month": "2", "since_year": "2026"}, "Write this day as day, month and year"),
        ({"until_day": "3"}, "Write this day as day, month and year"),
        ({"since_day": "3", "since_month": "3", "since_year": "26"}, "Write this day as day, month and year"),
        ({"record": "Nora"}, "A number has eight signs"),
        ({"person": "me"}, "Choose a colleague from the list."),
        ({"act": "peek"}, "Choose what happened from the list."),
        (
            {"since_day": "3", "since_month": "3", "since_year": "2026"}
            | {"until_day": "2", "until_month": "3", "until_year": "2026"},
            "The last day is before the first.",
        ),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
    town: Town, fields: dict[str, str], sentence: str
) -> None:
    page = asked(town.client("auditor"), status=422, **fields)
    assert page.count(sentence) >= 1
    assert "One thing is not right yet" in page
    assert '<details class="look" open>' in page
    assert "J. de Wit</b>" in page
    typed = next(iter(fields.values()))
    assert f'value="{typed}"' in page or fields.keys() & {"person", "act"}


def test_a_session_of_another_version_asks_for_everything(town: Town) -> None:
    client = town.client("auditor")
    session = client.session
    session["ledger_asked"] = "odd"
    session["ledger_walk"] = "odd"
    session.save()
    assert "J. de Wit</b>" in asked(client)
    assert "The ledger is whole" in asked(client, "/ledger/check", go="on")


def test_what_stands_out_is_counted_in_words_with_its_rule(town: Town) -> None:
    for second in range(14):
        wrote(town, "officer", "cross_check", at=after(2) + timedelta(seconds=second))
    for _ in range(5):
        wrote(town, "desk", "cross_check")
        wrote(town, "desk", "correct_encounter", subjects=[town.tonight], at=after(150))
    wrote(town, "waterland", "refused_immigration", also_in=[town.actor("officer").organisation_id])
    page = asked(town.client("auditor"))
    assert "J. de Wit searched fourteen times within ten minutes." in page
    assert "03:43<small>14 March 2026</small>" in page
    assert "S. Brouwer searched five times without recording an encounter around it." in page
    assert f"S. Brouwer corrected record {number_of(town.tonight)} five times on this day." in page
    assert "T. Veldman of immigration and removal asked once, and was given nothing." in page
    assert '<p class="src">Politie Waterland</p>' in page
    assert "Ten or more searches by one colleague within ten minutes." in page
    assert "A count says nothing of why." in page
    assert "No count reached its rule" not in page
    assert "No count reached its rule" in asked(town.client("auditor"), person=str(town.people["other"].id))


def test_immigration_asks_and_it_is_written_down_at_every_door(town: Town) -> None:
    client = town.client("immigration")
    for path in ("/", f"/encounters/{town.tonight}/advice", "/ledger"):
        asked(client, path, status=403)
    with time_machine.travel(NOW, tick=False):
        client.get(f"/api/v1/encounters/{town.tonight}")
        client.post("/api/v1/cross-checks", {}, content_type="application/json")
    assert Entry.objects.filter(act="refused_immigration").count() >= 4
    assert "K. Roos of immigration and removal asked" in asked(town.client("auditor"))


def test_too_many_to_count_is_said(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MOST_COUNTED", 0)
    assert "Only the newest" in asked(town.client("auditor"))


def test_pages_lead_on_by_the_number_of_an_entry(town: Town) -> None:
    for _ in range(60):
        wrote(town, "officer", "list_work")
    client = town.client("auditor")
    page = asked(client)
    last = Entry.objects.filter(act="list_work").order_by("-number")[49].number
    assert f'href="/ledger?before={last}"' in page
    assert "Newer entries" not in page
    older = asked(client, f"/ledger?before={last}")
    assert f'href="/ledger?after={last - 1}"' in older
    assert "What stands out" not in older
    assert "What stands out" in asked(client, "/ledger?before=Nora")


@pytest.mark.parametrize("who", ["officer", "desk", "specialist", "board"])
def test_who_may_not_read_is_refused_with_the_reason(town: Town, who: str) -> None:
    before = Entry.objects.count()
    client = town.client(who)
    for path in ("/ledger", "/ledger/check"):
        page = asked(client, path, status=403)
        assert "Asked: read the ledger." in page
        assert "Who may: privacy officer, auditor." in page
    asked(client, "/ledger/export", status=403, go="x")
    asked(client, "/ledger/check", status=403, go="first")
    assert Entry.objects.count() == before
    assert 'href="/ledger"' not in asked(client, "/")


def test_who_reads_the_ledger_finds_it_from_the_first_page(town: Town) -> None:
    page = asked(town.client("auditor"), "/")
    assert page.count('href="/ledger"') == 3
    assert "You can see who saw what, why and when" in page


def test_with_the_ledger_unwritable_nothing_of_it_is_shown(town: Town, monkeypatch: Any) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(services, "_write", broken)
    page = asked(town.client("auditor"), status=503)
    assert "Nothing can be opened now" in page
    assert "J. de Wit</b>" not in page


def made(town: Town, *usernames: str) -> None:
    for who in usernames:
        wrote(town, "auditor", "add_person", subjects=[town.people[who].pk], counts={"assistant_prosecutor": 1})


def test_an_act_on_an_account_names_the_colleague_and_the_role(town: Town) -> None:
    made(town, "desk")
    first = rows(town)[0]
    assert "Somebody was given an account. That was S. Brouwer: assistant public prosecutor." in first
    assert number_of(town.people["desk"].pk) not in first
    wrote(town, "auditor", "end_access", subjects=[town.people["desk"].pk], at=after(2))
    assert "ended. That was S. Brouwer." in rows(town)[0].replace("  ", " ")


@pytest.mark.parametrize(("people", "is_counted"), [(("desk", "other"), True), (("desk",), False)])
def test_a_decision_of_two_accounts_of_one_hand_stands_out(
    town: Town, people: tuple[str, ...], is_counted: bool
) -> None:
    made(town, *people)
    wrote(town, "desk", "propose_decision", subjects=[town.tonight])
    wrote(town, "other", "confirm_decision", subjects=[town.tonight], at=after(2))
    sentence = "L. Smit confirmed one decision of a colleague. One account made both accounts, on one day."
    page = asked(town.client("auditor", "en"))
    assert (sentence in page) is is_counted
    assert "Every decision of two people whose accounts one account made on one day." in page
    only = str(town.people["desk"].pk)
    assert sentence not in asked(town.client("auditor", "en"), person=only)
