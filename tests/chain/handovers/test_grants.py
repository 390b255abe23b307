"""The role of the application gets its rights from the owner, all or none, and never such as could undo a decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from chain.handovers.attempts import run
from chain.handovers.night import Night
from vangnet.chain.handovers.grants import TABLES, grant_to, statements
from vangnet.chain.handovers.models import Decision
from vangnet.knowledge.terms import Reason

ROLE = "vangnet_app_test"


def code(told: object) -> str:
    assert isinstance(told, Reason), told
    return told.code


@pytest.fixture
def role(night: Night) -> str:
    run(f"CREATE ROLE {ROLE}")
    return ROLE


def as_role(sql: str) -> None:
    run(f"SET LOCAL ROLE {ROLE}")
    run(sql)


def test_on_sqlite_there_are_no_roles_and_it_says_so(db: None) -> None:
    if connection.vendor == "sqlite":
        told = grant_to(ROLE)
        assert code(told) == "not_postgres"
        assert isinstance(told, Reason)
        assert "DATABASE_URL" in told.words.en


def test_every_table_of_the_gate_and_the_ledger_are_taken_out() -> None:
    *_, last = statements(ROLE)
    assert last.startswith("REVOKE UPDATE, DELETE, TRUNCATE ON ")
    assert all(f"handovers_{table}" in last for table in TABLES)
    assert "ledger_entry" in last


@pytest.mark.postgres
def test_the_role_reads_and_adds_but_changes_and_deletes_no_decision(night: Night, role: str) -> None:
    decision = night.decide()
    assert grant_to(role) == statements(role)
    for sql in (
        "UPDATE handovers_decision SET outcome = outcome",
        "DELETE FROM handovers_decision",
        "TRUNCATE handovers_review",
        "UPDATE handovers_review SET role = role",
        "INSERT INTO handovers_pen (id, digest) VALUES (1, 'mine')",
        "DELETE FROM ledger_entry",
        "ALTER TABLE handovers_decision DISABLE TRIGGER USER",
        "CREATE TABLE mine (id integer)",
    ):
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            as_role(sql)
    with transaction.atomic():
        run(f"SET LOCAL ROLE {ROLE}")
        assert Decision.objects.get().pk == decision.pk
        run("RESET ROLE")


def _a_superuser(_night: Night) -> str:
    run(f"CREATE ROLE {ROLE} SUPERUSER")
    return ROLE


def _a_member_of_the_owner(_night: Night) -> str:
    run(f"CREATE ROLE {ROLE}")
    run(f'GRANT "{connection.settings_dict["USER"]}" TO {ROLE}')
    return ROLE


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("name", "refused"),
    [
        (_a_superuser, "owns_or_may_all"),
        (_a_member_of_the_owner, "owns_or_may_all"),
        (lambda _: "nobody_here", "no_such_role"),
        (lambda _: "a; DROP TABLE handovers_decision", "not_a_role"),
    ],
)
def test_a_role_that_could_get_round_the_gate_is_refused(
    night: Night, name: Callable[[Night], str], refused: str
) -> None:
    assert code(grant_to(name(night))) == refused


@pytest.mark.postgres
def test_the_role_writes_a_row_of_the_gate_with_the_pen(night: Night, role: str) -> None:
    grant_to(role)
    with transaction.atomic():
        run(f"SET LOCAL ROLE {ROLE}")
        assert night.ask()
        run("RESET ROLE")


@pytest.mark.postgres
def test_who_does_not_own_the_tables_gives_no_rights(night: Night, role: str) -> None:
    run("CREATE ROLE vangnet_other_test")
    run("SET LOCAL ROLE vangnet_other_test")
    assert code(grant_to(role)) == "not_the_owner"
    run("RESET ROLE")
