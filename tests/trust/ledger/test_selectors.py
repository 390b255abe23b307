"""Whatever is done to the tables behind the triggers' back, or to the anchor file, is found and located."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from triggers import triggers_away
from vangnet.trust.ledger import selectors
from vangnet.trust.ledger.chain import Break
from vangnet.trust.ledger.models import Chain, Entry


@pytest.fixture
def five(durable, write, at):
    """Five entries, an anchor at the first and one at the fourth."""
    for number in range(5):
        write(subjects=[uuid4()], at=at + timedelta(seconds=20 * number))


def first_bad() -> tuple[str, int, Break]:
    found = selectors.verify()
    assert not found.ok
    assert found.first_bad is not None
    assert found.first_bad == found.findings[0]
    return found.first_bad.organisation, found.first_bad.number, found.first_bad.broken


def entries():
    return Entry.objects.order_by("number")


def test_an_untouched_ledger_is_whole_and_says_what_is_not_yet_anchored(five):
    found = selectors.verify()
    assert (found.ok, found.checked, found.first_bad, found.unprotected) == (True, 5, None, 1)


def test_an_empty_ledger_is_whole(db):
    found = selectors.verify()
    assert (found.ok, found.checked, found.unprotected) == (True, 0, 0)


EDITS = {
    "at": lambda row: row.at + timedelta(microseconds=1),
    "actor_id": lambda _: UUID(int=1),
    "act": lambda _: "judge",
    "purpose": lambda _: "research",
    "subjects": lambda _: [],
    "counts": lambda _: {"candidates": 1},
    "bindings": lambda _: {str(UUID(int=1)): "ab" * 32},
    "anchor": lambda _: "",
    "previous": lambda _: "0" * 64,
    "mac": lambda _: "0" * 64,
}


@pytest.mark.parametrize("field", EDITS)
@pytest.mark.parametrize("number", [2, 5])
def test_any_edited_column_is_located(five, field, number):
    row = entries().get(number=number)
    with triggers_away():
        entries().filter(number=number).update(**{field: EDITS[field](row)})
    assert first_bad() == ("NL-POL-AMS", number, Break.CHANGED)


def test_an_entry_under_another_id_is_located(five):
    with triggers_away():
        entries().filter(number=3).update(id=uuid4())
    assert first_bad() == ("NL-POL-AMS", 3, Break.CHANGED)


@pytest.mark.parametrize("number", [1, 3])
def test_a_deletion_is_located(five, number):
    with triggers_away():
        entries().filter(number=number).delete()
    assert first_bad() == ("NL-POL-AMS", number, Break.MISSING)


def test_a_cut_tail_is_found_by_the_head(five):
    with triggers_away():
        entries().filter(number__gte=5).delete()
    assert first_bad() == ("NL-POL-AMS", 5, Break.TAIL_CUT)


def test_a_cut_tail_whose_head_was_set_back_is_found_by_the_anchor(five):
    with triggers_away():
        entries().filter(number__gte=3).delete()
        Chain.objects.update(last_number=2, last_mac=entries().get(number=2).mac)
    assert first_bad() == ("NL-POL-AMS", 3, Break.TAIL_CUT)


def test_what_came_after_the_last_anchor_is_named_as_unprotected_because_it_can_be_cut(five):
    assert selectors.verify().unprotected == 1
    with triggers_away():
        entries().filter(number=5).delete()
        Chain.objects.update(last_number=4, last_mac=entries().get(number=4).mac)
    assert selectors.verify().ok


def test_an_insertion_is_located(five):
    with triggers_away():
        for row in entries().filter(number__gte=3).order_by("-number"):
            entries().filter(pk=row.pk).update(number=row.number + 1)
        row = entries().get(number=2)
        row.pk, row.number = uuid4(), 3
        row.save(force_insert=True)
        Chain.objects.update(last_number=6)
    assert first_bad() == ("NL-POL-AMS", 3, Break.CHANGED)


def test_an_entry_put_at_the_end_is_located(five):
    row = entries().get(number=5)
    row.pk, row.number, row.previous = uuid4(), 6, row.mac
    row.save(force_insert=True)
    assert first_bad() == ("NL-POL-AMS", 6, Break.CHANGED)


def test_a_swap_is_located(five):
    two, four = entries().get(number=2), entries().get(number=4)
    with triggers_away():
        entries().filter(pk=two.pk).update(number=99)
        entries().filter(pk=four.pk).update(number=2)
        entries().filter(pk=two.pk).update(number=4)
    assert first_bad() == ("NL-POL-AMS", 2, Break.CHANGED)


def test_an_entry_moved_to_another_chain_is_located_in_both(five, other_organisation):
    with triggers_away():
        entries().filter(number=5).update(organisation=other_organisation, number=1)
    found = selectors.verify()
    assert {(one.organisation, one.number, one.broken) for one in found.findings} == {
        ("NL-POL-AMS", 5, Break.TAIL_CUT),
        ("NL-RVDK-AMS", 1, Break.CHANGED),
    }


@pytest.mark.parametrize(
    ("change", "number", "broken"),
    [
        ({"last_number": 3}, 4, Break.HEAD_FORGED),
        ({"last_mac": "0" * 64}, 5, Break.HEAD_FORGED),
        ({"last_number": 9}, 6, Break.TAIL_CUT),
    ],
)
def test_a_forged_head_is_located(five, change, number, broken):
    with triggers_away():
        Chain.objects.update(**change)
    assert first_bad() == ("NL-POL-AMS", number, broken)


def test_a_missing_head_is_located(five):
    with triggers_away():
        Chain.objects.all().delete()
    assert first_bad() == ("NL-POL-AMS", 5, Break.HEAD_MISSING)


def test_a_chain_that_is_gone_is_named(five):
    with triggers_away():
        Entry.objects.all().delete()
        Chain.objects.all().delete()
    assert first_bad() == ("NL-POL-AMS", 1, Break.TAIL_CUT)


def test_a_chain_that_is_gone_with_its_organisation_is_named_by_its_id(five, organisation, actor):
    with triggers_away():
        Entry.objects.all().delete()
        Chain.objects.all().delete()
    organisation.memberships.all().delete()
    organisation.delete()
    assert first_bad() == (str(actor.organisation_id), 1, Break.TAIL_CUT)


def test_a_chain_begun_anew_is_found_by_the_anchor(five, write, at):
    with triggers_away():
        Entry.objects.all().delete()
        Chain.objects.all().delete()
    for _ in range(5):
        write(at=at + timedelta(seconds=81))
    assert first_bad() == ("NL-POL-AMS", 1, Break.ANCHOR_DIFFERS)


def test_every_chain_is_walked_and_the_first_in_the_order_of_codes_is_named_first(
    five, write, actor_of, other_organisation
):
    write(actor=actor_of(other_organisation))
    with triggers_away():
        Entry.objects.filter(number=1).update(act="judge")
    found = selectors.verify()
    assert [(one.organisation, one.number) for one in found.findings] == [("NL-POL-AMS", 1), ("NL-RVDK-AMS", 1)]


def test_the_finding_says_in_two_languages_where_and_why(five):
    with triggers_away():
        entries().filter(number=2).update(act="judge")
    found = selectors.verify().first_bad
    assert found is not None
    assert found.words.nl == (
        "Logboek van NL-POL-AMS, regel 2: deze regel is veranderd, verplaatst of later toegevoegd."
    )
    assert found.words.en == ("Ledger of NL-POL-AMS, entry 2: this entry was changed, moved or put in later.")


@pytest.mark.parametrize("column", ["at", "subjects", "actor_id"])
def test_what_cannot_be_read_any_more_is_located(five, column, monkeypatch):
    real = selectors.body_from

    def broken(values):
        body = dict(zip(selectors.FIELDS, values, strict=True))
        if body["number"] == 3:
            raise {"at": AttributeError, "subjects": ValueError, "actor_id": DatabaseError}[column](column)
        return real(values)

    monkeypatch.setattr(selectors, "body_from", broken)
    assert first_bad() == ("NL-POL-AMS", 3, Break.UNREADABLE)


def lines(anchor_file) -> list[str]:
    return anchor_file.read_text().splitlines(keepends=True)


def test_an_edited_anchor_file_is_found(five, anchor_file):
    line = json.loads(lines(anchor_file)[1])
    anchor_file.write_text(lines(anchor_file)[0] + json.dumps(line | {"number": 3}) + "\n")
    assert first_bad() == ("", 2, Break.ANCHORS_BROKEN)
    found = selectors.verify().first_bad
    assert found is not None
    assert found.words.en.startswith("Line 2 of the anchor file")
    assert found.words.nl.startswith("Regel 2 van het ankerbestand")


def test_an_anchor_file_without_its_first_line_is_found(five, anchor_file):
    anchor_file.write_text(lines(anchor_file)[1])
    assert first_bad() == ("", 1, Break.ANCHORS_BROKEN)


def test_an_anchor_file_without_its_last_line_is_found_by_the_entries(five, anchor_file):
    anchor_file.write_text(lines(anchor_file)[0])
    assert first_bad() == ("NL-POL-AMS", 5, Break.ANCHOR_UNKNOWN)


def test_an_anchor_file_that_is_gone_is_found_by_the_entries(five, anchor_file, write, at):
    anchor_file.unlink()
    assert first_bad() == ("NL-POL-AMS", 2, Break.ANCHOR_UNKNOWN)
    write(at=at + timedelta(minutes=5))
    assert first_bad() == ("NL-POL-AMS", 2, Break.ANCHOR_UNKNOWN)


def test_what_is_written_during_the_walk_is_walked_too(five, write, at, monkeypatch):
    real, written = selectors.follow, []

    def busy(*given):
        walked = real(*given)
        if not written:
            written.append(True)
            write(at=at + timedelta(minutes=5))
            write(at=at + timedelta(minutes=5, seconds=1))
        return walked

    monkeypatch.setattr(selectors, "follow", busy)
    found = selectors.verify()
    assert (found.ok, found.checked) == (True, 7)


def test_an_edit_in_what_is_written_during_the_walk_is_located(five, write, monkeypatch):
    real, written = selectors.follow, []

    def busy(*given):
        walked = real(*given)
        if not written:
            written.append(True)
            write()
            with triggers_away():
                entries().filter(number=6).update(act="judge")
        return walked

    monkeypatch.setattr(selectors, "follow", busy)
    assert first_bad() == ("NL-POL-AMS", 6, Break.CHANGED)


ATTEMPTS = {
    "update": lambda: entries().filter(number=2).update(act="judge"),
    "save": lambda: entries().get(number=2).save(),
    "delete": lambda: entries().filter(number=5).delete(),
    "delete one": lambda: entries().get(number=5).delete(),
    "bulk update": lambda: Entry.objects.bulk_update([entries().get(number=2)], ["act"]),
    "the same number": lambda: again(number=5),
    "the same id": lambda: again(pk=entries().get(number=5).pk, number=6),
    "head back": lambda: Chain.objects.update(last_number=4),
    "head ahead": lambda: Chain.objects.update(last_number=7),
    "head stays": lambda: Chain.objects.update(last_mac="0" * 64),
    "head deleted": lambda: Chain.objects.all().delete(),
    "raw update": lambda: raw("UPDATE ledger_entry SET act = 'judge'"),
    "raw delete": lambda: raw("DELETE FROM ledger_entry"),
    "raw head": lambda: raw("DELETE FROM ledger_chain"),
}
ATTEMPTS_OF = {
    "sqlite": {
        "replace": lambda: raw("INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE number = 2"),
        "replace head": lambda: raw(
            "INSERT OR REPLACE INTO ledger_chain SELECT organisation_id, 0, '' FROM ledger_chain"
        ),
        "upsert": lambda: raw(
            "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE number = 2 "
            "ON CONFLICT(id) DO UPDATE SET act = 'judge'"
        ),
    },
    "postgresql": {
        "truncate": lambda: raw("TRUNCATE ledger_entry"),
        "truncate both": lambda: raw("TRUNCATE ledger_chain, ledger_entry"),
        "upsert": lambda: raw(
            "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE number = 2 "
            "ON CONFLICT(id) DO UPDATE SET act = 'judge'"
        ),
    },
}


def again(**changes):
    row = entries().get(number=5)
    row.pk = uuid4()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def refused(attempt) -> bool:
    try:
        with transaction.atomic():
            attempt()
    except DatabaseError:
        return True
    return False


def raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_no_path_through_the_application_changes_what_was_written(five):
    attempts = ATTEMPTS | ATTEMPTS_OF[connection.vendor]
    assert [name for name, attempt in attempts.items() if not refused(attempt)] == []
    assert selectors.verify().ok


def test_a_chain_begins_at_zero(db, organisation):
    with pytest.raises(DatabaseError), transaction.atomic():
        Chain.objects.create(organisation=organisation, last_number=7, last_mac="0" * 64)


def test_an_auditor_reads_the_newest_entries_first(five, organisation, actor, at):
    page = selectors.entries_of(organisation.id, limit=2)
    assert [one.number for one in page] == [5, 4]
    assert [one.number for one in selectors.entries_of(organisation.id, before=4)] == [3, 2, 1]
    assert (page[0].actor_id, page[0].act, page[0].purpose) == (
        actor.person_id,
        "read_encounter",
        "protect_child",
    )
    assert page[0].at == at + timedelta(seconds=80)
    assert all(isinstance(one, UUID) for one in page[0].subjects)
    assert dict(page[0].counts) == {}
    assert selectors.entries_of(uuid4()) == ()
