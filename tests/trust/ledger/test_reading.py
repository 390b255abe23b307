"""An auditor reads the chain of the own organisation alone, and each reading is an entry of that chain."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from triggers import triggers_away
from vangnet.knowledge.terms import Reason
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import Role
from vangnet.trust.access.selectors import people_by_id
from vangnet.trust.access.services import actor_for, create_person, give_role
from vangnet.trust.ledger import anchors, reading, selectors, services
from vangnet.trust.ledger.chain import Break, Head
from vangnet.trust.ledger.models import Entry
from vangnet.trust.ledger.selectors import Wanted

HERE = ZoneInfo("Europe/Amsterdam")
RECORD = UUID("00000000-0000-4000-8000-00004f2a09bc")


@pytest.fixture
def auditor(organisation):
    person = create_person(username="auditor", name="G. Haverkamp")
    give_role(person=person, organisation=organisation, role=Role.AUDITOR)
    return actor_for(person)


@pytest.fixture
def page(auditor, at):
    def read(**changes):
        given = {"actor": auditor, "wanted": Wanted(), "zone": HERE, "at": at + timedelta(hours=1)}
        return reading.read(**given | changes)

    return read


def newest() -> Entry:
    return Entry.objects.order_by("-number")[0]


def numbers(shown) -> list[int]:
    return [one.number for one in shown.entries]


def test_who_may_not_read_gets_the_reason_and_nothing_is_written(write, actor, page, at):
    write()
    for refused in (
        page(actor=actor),
        reading.export(actor=actor, wanted=Wanted(), at=at),
        reading.walk(actor=actor, since=Head(), at=at),
    ):
        assert isinstance(refused, Reason)
        assert refused.code == "role"
    assert Entry.objects.count() == 1


def test_a_page_is_in_the_ledger_with_the_entries_it_showed(write, page, auditor):
    write()
    write(act="cross_check")
    shown = page()
    assert numbers(shown) == [2, 1]
    assert (shown.many, shown.newer, shown.older, shown.is_cut) == (2, None, None, False)
    entry = newest()
    assert (entry.act, entry.purpose, entry.actor_id) == ("read_ledger", "account", auditor.person_id)
    assert entry.subjects == [str(one.id) for one in shown.entries]
    assert entry.counts == {"entries": 2}
    assert page().people == {auditor.person_id, newest().actor_id, shown.entries[0].actor_id}


def test_another_organisation_s_chain_is_never_shown(write, page, actor_of, other_organisation):
    stranger = actor_of(other_organisation)
    write(actor=stranger)
    assert numbers(page()) == []
    write(actor=stranger, also_in=[stranger.organisation_id])
    assert stranger.person_id not in page().people


def test_pages_of_fifty_lead_to_each_other(write, page):
    for _ in range(120):
        write()
    first = page()
    assert numbers(first) == list(range(120, 70, -1))
    assert (first.newer, first.older) == (None, 71)
    second = page(before=71)
    assert numbers(second) == list(range(70, 20, -1))
    assert (second.newer, second.older) == (70, 21)
    last = page(before=21)
    assert (numbers(last), last.newer, last.older) == (list(range(20, 0, -1)), 20, None)
    back = page(after=20)
    assert (numbers(back), back.newer, back.older) == (numbers(second), 70, 21)
    top = page(after=Entry.objects.count() - 10)
    assert (len(top.entries), top.newer, top.older) == (10, None, Entry.objects.count() - 10)
    assert (page(before=1).entries, page(before=1).newer, page(before=1).older) == ((), None, None)


def test_an_entry_is_found_by_time_colleague_act_and_record(write, page, at, auditor, actor):
    write(at=at - timedelta(days=2), subjects=[RECORD, uuid4()])
    write(act="cross_check", subjects=[uuid4()])
    write(actor=auditor, act="verify_ledger")
    for wanted, found in (
        (Wanted(since=at), [3, 2]),
        (Wanted(until=at), [1]),
        (Wanted(actor_id=auditor.person_id, until=at + timedelta(minutes=1)), [3]),
        (Wanted(acts=frozenset({"cross_check"})), [2]),
        (Wanted(ending="4f2a09bc"), [1]),
        (Wanted(ending="4f2a09bc", actor_id=auditor.person_id), []),
    ):
        shown = page(wanted=wanted)
        assert (numbers(shown), shown.many) == (found, len(found))


def test_the_counts_cover_the_period_whatever_act_is_looked_for(write, page, at, monkeypatch):
    for second in range(10):
        write(act="cross_check", at=at + timedelta(seconds=second))
    shown = page(wanted=Wanted(acts=frozenset({"read_encounter"})))
    assert {one.rule: one.many for one in shown.noticed} == {"many_at_once": 10, "without_encounter": 10}
    assert shown.counted_since == at + timedelta(hours=1) - timedelta(days=7)
    assert page(at=at + timedelta(days=8)).noticed == ()
    since = at - timedelta(days=60)
    assert page(wanted=Wanted(since=since), at=at + timedelta(days=8)).counted_since == since
    assert page(wanted=Wanted(until=at)).counted_since == at - timedelta(days=7)
    monkeypatch.setattr(reading, "MOST_COUNTED", 9)
    cut = page()
    assert (cut.is_cut, [one.many for one in cut.noticed]) == (True, [9])


def test_an_export_names_every_entry_a_hundred_in_an_entry(write, auditor, at):
    for _ in range(101):
        write()
    found = reading.export(actor=auditor, wanted=Wanted(), at=at)
    assert [one.number for one in found] == list(range(101, 0, -1))
    exported = Entry.objects.filter(act="export_ledger").order_by("number")
    assert [len(one.subjects) for one in exported] == [100, 1]
    assert [one.counts for one in exported] == [{"entries": 100}, {"entries": 1}]
    assert [*exported[0].subjects, *exported[1].subjects] == [str(one.id) for one in found]
    assert reading.export(actor=auditor, wanted=Wanted(ending="0" * 8), at=at) == ()
    assert newest().counts == {"entries": 0}


def test_too_long_an_export_gives_nothing_and_says_how_to_narrow(write, auditor, at, monkeypatch):
    monkeypatch.setattr(reading, "MOST_EXPORTED", 2)
    for _ in range(2):
        write()
    assert len(reading.export(actor=auditor, wanted=Wanted(), at=at)) == 2
    refused = reading.export(actor=auditor, wanted=Wanted(), at=at)
    assert isinstance(refused, Reason)
    assert (refused.code, refused.where) == ("too_many", "period")
    assert Entry.objects.count() == 3


def test_a_refusal_of_immigration_is_written_without_a_subject(actor, at):
    reading.write_refusal(actor=actor, at=at)
    assert (newest().act, newest().subjects, newest().counts) == ("refused_immigration", [], {})


@pytest.fixture
def seven(durable, write, at):
    """Seven entries; the first, the fourth and the seventh are anchored."""
    for number in range(7):
        write(at=at + timedelta(seconds=20 * number))


BEGIN = Head()


def walk(auditor, at, since=BEGIN, most=3):
    return selectors.part_of(auditor.organisation_id, auditor.organisation_code, since=since, most=most)


def test_a_chain_is_walked_in_parts(seven, auditor, at):
    first = walk(auditor, at)
    assert (first.reached.number, first.last, first.is_done, first.first_bad) == (3, 7, False, None)
    assert (first.anchored, first.anchored_at) == (7, at + timedelta(seconds=120))
    second = walk(auditor, at, first.reached)
    third = walk(auditor, at, second.reached)
    assert (second.reached.number, second.is_done) == (6, False)
    assert (third.reached.number, third.is_done, third.first_bad) == (7, True, None)
    exact = walk(auditor, at, most=7)
    assert (exact.reached.number, exact.is_done, exact.first_bad) == (7, True, None)


def test_a_check_is_itself_in_the_ledger(seven, auditor, at):
    part = reading.walk(actor=auditor, since=Head(), at=at)
    assert (part.reached.number, part.is_done) == (7, True)
    assert (newest().act, newest().counts) == ("verify_ledger", {"entries": 7, "wrong": 0})
    again = reading.walk(actor=auditor, since=part.reached, at=at)
    assert again.reached.number == 8
    assert newest().counts == {"entries": 1, "wrong": 0}


@pytest.mark.parametrize("number", [2, 5, 7])
def test_the_first_place_that_is_not_whole_is_found_in_its_part(seven, auditor, at, number):
    with triggers_away():
        Entry.objects.filter(number=number).update(act="judge")
    since, part = Head(), walk(auditor, at)
    while not part.is_done:
        since, part = part.reached, walk(auditor, at, part.reached)
    assert since.number < number
    assert part.reached.number == number - 1
    assert (part.first_bad.organisation, part.first_bad.number) == ("NL-POL-AMS", number)
    assert part.first_bad.broken is Break.CHANGED
    reading.walk(actor=auditor, since=Head(), at=at)
    assert newest().counts == {"entries": number - 1, "wrong": 1}


def test_a_cut_tail_and_a_forged_head_are_found_at_the_end(seven, auditor, at):
    with triggers_away():
        Entry.objects.filter(number=7).delete()
    assert walk(auditor, at, most=10).first_bad.broken is Break.TAIL_CUT
    assert walk(auditor, at, most=6).first_bad.broken is Break.TAIL_CUT
    longer = walk(auditor, at, Head(9, "00"), most=3)
    assert longer.first_bad is not None


def test_what_cannot_be_read_is_located(seven, auditor, at, monkeypatch):
    real = selectors.body_from

    def broken(values):
        if dict(zip(selectors.FIELDS, values, strict=True))["number"] == 5:
            raise ValueError
        return real(values)

    monkeypatch.setattr(selectors, "body_from", broken)
    first = walk(auditor, at)
    assert first.first_bad is None
    second = walk(auditor, at, first.reached)
    assert (second.first_bad.number, second.reached.number) == (5, 4)
    assert second.first_bad.broken is Break.UNREADABLE


def test_a_broken_anchor_file_comes_first(seven, auditor, at, anchor_file):
    lines = anchor_file.read_text().splitlines(keepends=True)
    anchor_file.write_text("".join([lines[0].replace("1", "2"), *lines[1:]]))
    part = walk(auditor, at)
    assert (part.first_bad.organisation, part.first_bad.number) == ("", 1)
    assert part.is_done


def test_an_anchor_file_that_cannot_be_read_is_the_ledger_being_unavailable(seven, auditor, at, monkeypatch):
    def broken(*_):
        raise PermissionError

    monkeypatch.setattr(anchors, "read", broken)
    with pytest.raises(services.LedgerUnavailableError):
        reading.walk(actor=auditor, since=Head(), at=at)


def test_an_empty_chain_is_whole_and_not_anchored(auditor, at):
    part = walk(auditor, at)
    assert (part.reached, part.last, part.first_bad, part.anchored, part.anchored_at) == (Head(), 0, None, 0, None)
    assert part.is_done


def test_people_come_with_the_places_where_they_work_now(organisation, other_organisation, actor):
    give_role(person=Person.objects.get(pk=actor.person_id), organisation=other_organisation, role=Role.GI)
    gone = create_person(username="gone", name="P. Vos")
    cards = people_by_id([actor.person_id, gone.id, uuid4()])
    assert set(cards) == {actor.person_id, gone.id}
    places = {organisation.id: "Politie", other_organisation.id: "Raad"}
    assert (cards[actor.person_id].name, dict(cards[actor.person_id].organisations)) == ("Robin de Boer", places)
    assert (cards[gone.id].name, dict(cards[gone.id].organisations)) == ("P. Vos", {})
