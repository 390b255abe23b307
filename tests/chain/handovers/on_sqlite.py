"""What only SQLite has: pragmas, REPLACE, and a copy of the file that anyone can open."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from django.db import DatabaseError, connection, transaction

from chain.handovers.attempts import insert, one_person, run, undecided
from chain.handovers.night import Night, row_of
from vangnet.chain.handovers.models import Decision, Supersession
from vangnet.chain.handovers.pen import pen


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as said, transaction.atomic():
        act()
    return str(said.value)


def _copy() -> sqlite3.Connection:
    """Give a copy of the database as a restore would, opened by somebody else."""
    copy = sqlite3.connect(":memory:")
    copy.deserialize(connection.connection.serialize())
    return copy


def _row(night: Night) -> tuple[str, list[object]]:
    row = undecided(night)
    fields = row._meta.concrete_fields
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    columns = ", ".join(field.column for field in fields)
    return f"handovers_handover ({columns}) VALUES ({', '.join('?' * len(values))})", values


def _try_in_a_copy(night: Night, *before: str, verb: str = "INSERT INTO", lend_pen: bool = True) -> str:
    tail, values = _row(night)
    night.decide()
    with closing(_copy()) as copy:
        if lend_pen:
            (digest,) = copy.execute("SELECT digest FROM handovers_pen").fetchone()
            copy.create_function("vangnet_pen", 0, lambda: digest)
        for pragma in before:
            copy.execute(pragma)
        with pytest.raises(sqlite3.Error) as said:
            copy.execute(f"{verb} {tail}", values)
        assert copy.execute("SELECT count(*) FROM handovers_handover").fetchone() == (0,)
        return str(said.value)


def insert_or_replace(night: Night) -> str:
    return refused(lambda: insert(undecided(night), "INSERT OR REPLACE INTO"))


def insert_or_ignore(night: Night) -> str:
    return refused(lambda: insert(undecided(night), "INSERT OR IGNORE INTO"))


def replace_of_a_decision(night: Night) -> str:
    decision = night.decide()
    decision.child_id = night.other.child_id
    return refused(lambda: _with_pen(decision, "REPLACE INTO"))


def replace_of_a_supersession_by_its_rowid(night: Night) -> str:
    decision = night.decide()
    night.supersede(decision)
    other = night.decide()
    forged = Supersession(
        organisation_id=night.police.pk,
        decision=other,
        reason_sealed=b"x",
        superseded_by_id=night.first.person_id,
        superseded_at=other.decided_at,
    )
    said = refused(lambda: _with_rowid(forged))
    assert Supersession.objects.get().decision_id == decision.pk
    return said


def _with_pen(row: Decision | Supersession, verb: str) -> None:
    with pen():
        insert(row, verb)


def _with_rowid(row: Supersession) -> None:
    fields = row._meta.concrete_fields
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    columns = ", ".join(field.column for field in fields)
    marks = ", ".join(["%s"] * len(values))
    with pen():
        run(
            f"REPLACE INTO handovers_supersession (rowid, {columns})"  # noqa: S608
            f" SELECT t.rowid, {marks} FROM handovers_supersession t",
            values,
        )


def restored_copy_without_the_pen(night: Night) -> str:
    return _try_in_a_copy(night, lend_pen=False)


def foreign_keys_off(night: Night) -> str:
    return _try_in_a_copy(night, "PRAGMA foreign_keys = OFF")


def checks_off(night: Night) -> str:
    return _try_in_a_copy(night, "PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON")


def recursive_triggers_off(night: Night) -> str:
    return _try_in_a_copy(night, "PRAGMA recursive_triggers = OFF", verb="REPLACE INTO")


def foreign_keys_deferred(night: Night) -> str:
    return _try_in_a_copy(night, "PRAGMA foreign_keys = ON", "PRAGMA defer_foreign_keys = ON")


def a_temporary_table_of_the_same_name(night: Night) -> str:
    return _try_in_a_copy(
        night,
        "CREATE TEMP TABLE handovers_supersession (id, decision_id)",
        "CREATE TEMP TABLE handovers_check (request_id, number)",
    )


ONLY_HERE = (
    insert_or_replace,
    insert_or_ignore,
    replace_of_a_decision,
    replace_of_a_supersession_by_its_rowid,
    restored_copy_without_the_pen,
    foreign_keys_off,
    checks_off,
    recursive_triggers_off,
    foreign_keys_deferred,
    a_temporary_table_of_the_same_name,
)


def a_function_of_ones_own_as_pen(night: Night) -> None:
    """Whoever opens the file can lend a pen of their own, and then forge a whole chain: found, not prevented."""
    decision = one_person(night)
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM handovers_pen")
        (digest,) = cursor.fetchone()
    connection.connection.create_function("vangnet_pen", 0, lambda: digest)
    insert(decision)
    insert(row_of(decision))
    connection.connection.create_function("vangnet_pen", 0, lambda: None)


FORGERIES_HERE = (a_function_of_ones_own_as_pen,)
