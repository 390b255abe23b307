"""An entry stands with what it tells of, or neither does; and nothing runs on without anchors."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from vangnet.knowledge.terms import Purpose
from vangnet.trust.access.models import Organisation
from vangnet.trust.ledger import selectors, services
from vangnet.trust.ledger.models import Chain, Entry
from vangnet.trust.ledger.services import LedgerUnavailableError


def lines_of(anchor_file):
    return [json.loads(line) for line in anchor_file.read_text().splitlines()]


def test_an_entry_holds_ids_numbers_and_fixed_words(write, actor, at):
    subjects, row = [uuid4(), uuid4()], uuid4()
    write(subjects=subjects, counts={"candidates": 3}, bindings={row: "ab" * 32})
    entry = Entry.objects.get()
    assert entry.organisation_id == actor.organisation_id
    assert (entry.number, entry.at, entry.actor_id) == (1, at, actor.person_id)
    assert (entry.act, entry.purpose) == ("read_encounter", "protect_child")
    assert entry.subjects == [str(one) for one in subjects]
    assert entry.counts == {"candidates": 3}
    named = services.name_digest(actor.person_id, actor.name)
    assert entry.bindings == {str(row): "ab" * 32, str(actor.person_id): named}
    assert (entry.previous, entry.anchor) == ("", "")
    assert actor.name not in json.dumps(entry.__dict__, default=str)


def test_entries_follow_one_another_and_the_head_follows_them(write):
    for _ in range(3):
        write()
    first, second, third = Entry.objects.order_by("number")
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == ["", first.mac, second.mac]
    head = Chain.objects.get()
    assert (head.last_number, head.last_mac) == (3, third.mac)


def test_an_entry_stands_in_every_chain_that_it_concerns(write, actor, organisation, other_organisation):
    write()
    write(also_in=[other_organisation.id, organisation.id])
    numbers = Entry.objects.order_by("number").values_list("organisation_id", "number")
    assert set(numbers) == {(organisation.id, 1), (organisation.id, 2), (other_organisation.id, 1)}
    assert selectors.verify().ok


def test_chains_are_held_in_the_order_of_their_ids(write, actor, django_assert_num_queries):
    others = [
        Organisation.objects.create(id=UUID(int=number), code=str(number), name="X", country="NL", regime="police")
        for number in (9, 3, 5)
    ]
    write(also_in=[one.id for one in others])
    held = services._held(sorted([one.id for one in others]))
    assert [one.pk.int for one in held] == [3, 5, 9]


def test_an_entry_costs_three_queries(actor, at, write, django_assert_num_queries):
    write()
    with transaction.atomic(), django_assert_num_queries(3):
        services.record(actor=actor, act="judge", purpose=Purpose.IDENTIFY_CHILD, at=at)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subjects": [uuid4()] * 101}, "at most 100 subjects"),
        ({"act": "Nora was here"}, "ACTS_IN_WORDS"),
        ({"act": ""}, "ACTS_IN_WORDS"),
        ({"act": "nora"}, "ACTS_IN_WORDS"),
        ({"counts": {"a" * 41: 1}}, "fixed words"),
        ({"counts": {"Nora": 1}}, "fixed words"),
        ({"counts": {"candidates": "Nora"}}, "whole number"),
        ({"counts": {"candidates": True}}, "whole number"),
        ({"bindings": {uuid4(): "Nora"}}, "64 hexadecimal"),
        ({"subjects": ["Nora"]}, "badly formed"),
        ({"bindings": {"Nora": "ab" * 32}}, "badly formed"),
        ({"purpose": "curiosity"}, "not a valid Purpose"),
    ],
)
def test_a_word_about_a_person_cannot_stand_in_an_entry(write, changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        write(**changes)
    assert not Entry.objects.exists()


def test_a_hundred_subjects_fit(write):
    write(subjects=[uuid4() for _ in range(100)])
    assert len(Entry.objects.get().subjects) == 100


def test_outside_a_transaction_nothing_is_recorded(durable, actor, at):
    with pytest.raises(transaction.TransactionManagementError, match=r"inside transaction.atomic"):
        services.record(actor=actor, act="judge", purpose=Purpose.IDENTIFY_CHILD, at=at)


def test_an_entry_falls_with_the_transaction_it_tells_of(durable, write, anchor_file):
    with pytest.raises(RuntimeError, match="undone"):
        _write_and_undo(write)
    assert not Entry.objects.exists()
    assert not anchor_file.exists() or not anchor_file.read_bytes()
    write()
    assert Entry.objects.get().number == 1
    assert selectors.verify().ok


def _write_and_undo(write):
    with transaction.atomic():
        write()
        raise RuntimeError("undone")


def test_where_the_database_refuses_the_ledger_the_act_is_refused(durable, write, actor):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry RENAME TO ledger_away")
    try:
        with pytest.raises(LedgerUnavailableError, match="nothing was read and nothing was stored") as refused:
            write()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE ledger_away RENAME TO ledger_entry")
    assert isinstance(refused.value.__cause__, DatabaseError)
    assert "niets gelezen" in refused.value.words.nl


def test_who_swallows_the_error_cannot_commit_what_they_did(durable, organisation, actor, at, anchor_file):
    anchor_file.mkdir(parents=True)
    with transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(name="changed")
        with pytest.raises(LedgerUnavailableError):
            services.record(actor=actor, act="judge", purpose=Purpose.IDENTIFY_CHILD, at=at)
    assert Organisation.objects.get(pk=organisation.pk).name == "Politie"


def test_the_first_entry_is_anchored_after_its_commit(durable, write, anchor_file, organisation, at):
    write()
    (line,) = lines_of(anchor_file)
    entry = Entry.objects.get()
    assert (line["organisation"], line["number"], line["mac"]) == (str(organisation.id), 1, entry.mac)
    assert line["at"] == at.isoformat()


def test_the_next_anchor_comes_when_the_last_one_is_a_minute_old(durable, write, anchor_file, at):
    for seconds in (0, 1, 59, 60, 61, 119, 120):
        write(at=at + timedelta(seconds=seconds))
    assert [line["number"] for line in lines_of(anchor_file)] == [1, 4, 7]
    seals = [line["seal"] for line in lines_of(anchor_file)]
    told = list(Entry.objects.order_by("number").values_list("anchor", flat=True))
    assert told == ["", seals[0], seals[0], seals[0], seals[1], seals[1], seals[1]]


def test_a_clock_that_went_back_does_not_keep_anchors_away(durable, write, anchor_file, at):
    write()
    write(at=at - timedelta(days=1))
    assert [line["number"] for line in lines_of(anchor_file)] == [1, 2]


def test_every_chain_that_moved_is_anchored_by_whoever_writes(
    durable, write, actor_of, other_organisation, anchor_file, at
):
    write()
    write(actor=actor_of(other_organisation), at=at + timedelta(seconds=5))
    write(at=at + timedelta(seconds=70))
    anchored = {(line["organisation"], line["number"]) for line in lines_of(anchor_file)}
    assert (str(other_organisation.id), 1) in anchored
    assert len(anchored) == 3


def test_a_command_ends_with_an_anchor_and_writes_no_head_twice(durable, write, anchor_file, at):
    for _ in range(3):
        write()
    assert selectors.verify().unprotected == 2
    services.anchor(at=at)
    services.anchor(at=at)
    assert [line["number"] for line in lines_of(anchor_file)] == [1, 3]
    assert selectors.verify().unprotected == 0


def test_an_anchor_waits_for_the_commit(durable, write, anchor_file, at):
    write()
    with transaction.atomic():
        write()
        services.anchor(at=at)
        assert len(lines_of(anchor_file)) == 1
    assert [line["number"] for line in lines_of(anchor_file)] == [1, 2]


def test_without_any_entry_there_is_nothing_to_anchor(durable, anchor_file, at):
    services.anchor(at=at)
    assert not anchor_file.exists()


def test_with_the_anchor_file_unwritable_nothing_is_recorded(durable, write, anchor_file, at):
    anchor_file.mkdir(parents=True)
    with pytest.raises(LedgerUnavailableError) as refused:
        write()
    assert isinstance(refused.value.__cause__, OSError)
    assert not Entry.objects.exists()
    anchor_file.rmdir()
    write()
    assert selectors.verify().ok


def test_an_anchor_file_that_fails_after_the_commit_stops_the_next_entry(
    durable, write, anchor_file, at, monkeypatch, caplog
):
    write()
    later = at + timedelta(minutes=2)
    with monkeypatch.context() as broken:
        broken.setattr(services.anchors, "append", _full)
        write(at=later)
    assert "cannot be written" in caplog.text
    assert Entry.objects.count() == 2
    with monkeypatch.context() as broken:
        broken.setattr(services.anchors, "probe", _full)
        with pytest.raises(LedgerUnavailableError):
            write(at=later + timedelta(seconds=1))
    write(at=later + timedelta(seconds=2))
    assert [line["number"] for line in lines_of(anchor_file)] == [1, 3]
    assert selectors.verify().unprotected == 0


def test_a_command_is_told_that_its_anchor_failed(durable, write, anchor_file, at, monkeypatch):
    write()
    write()
    monkeypatch.setattr(services.anchors, "append", _full)
    with pytest.raises(LedgerUnavailableError):
        services.anchor(at=at)


def _full(*_args, **_kwargs):
    raise OSError(28, os.strerror(28))


def test_a_digest_is_the_same_for_the_same_content_under_the_same_label():
    assert services.digest("decision", {"b": 1, "a": "x"}) == services.digest("decision", {"a": "x", "b": 1})
    assert services.digest("decision", {"a": 1}) != services.digest("handover", {"a": 1})
    assert services.digest("decision", {"a": 1}) != services.digest("decision", {"a": 2})
    assert len(services.digest("decision", {})) == 64


def test_rows_say_what_they_are(write, organisation):
    write()
    assert str(Entry.objects.get()) == str(Chain.objects.get()) == f"{organisation.id} 1"
