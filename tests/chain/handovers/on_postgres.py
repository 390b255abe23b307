"""What only PostgreSQL has: roles, settings of a session, COPY, TRUNCATE, temporary tables, isolation."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from chain.handovers.attempts import insert, one_person, run, undecided
from chain.handovers.night import Night, row_of
from vangnet.chain.handovers.grants import statements
from vangnet.chain.handovers.pen import pen


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as said, transaction.atomic():
        act()
    return str(said.value)


def a_guessed_pen(night: Night) -> str:
    night.decide()

    def act() -> None:
        run("SELECT set_config('vangnet.pen', 'guessed', true)")
        insert(undecided(night))

    return refused(act)


def the_digest_as_pen(night: Night) -> str:
    night.decide()

    def act() -> None:
        run("SELECT set_config('vangnet.pen', (SELECT digest FROM handovers_pen), true)")
        insert(undecided(night))

    return refused(act)


def truncating_the_supersessions(night: Night) -> str:
    night.supersede(night.decide())
    run("SET CONSTRAINTS ALL IMMEDIATE")
    return refused(lambda: run("TRUNCATE handovers_supersession"))


def truncating_all(night: Night) -> str:
    night.decide()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    return refused(lambda: run("TRUNCATE handovers_decision CASCADE"))


def merging(night: Night) -> str:
    night.decide()
    columns = "id, organisation_id, child_id, outcome, first_decider_id, second_decider_id, decision_id"
    return refused(
        lambda: run(
            f"MERGE INTO handovers_handover h USING handovers_decision d ON h.id = d.id"  # noqa: S608
            f" WHEN NOT MATCHED THEN INSERT ({columns}, receipt_sealed, handed_by_id, handed_at)"
            " VALUES (d.id, d.organisation_id, d.child_id, d.outcome, d.first_decider_id, d.second_decider_id,"
            " d.id, ''::bytea, d.first_decider_id, now())"
        )
    )


def copying_in(night: Night) -> str:
    row = undecided(night)
    fields = row._meta.concrete_fields
    columns = ", ".join(field.column for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]

    def act() -> None:
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY handovers_handover ({columns}) FROM STDIN") as copy,
        ):
            copy.write_row(values)

    with pytest.raises((DatabaseError, psycopg.Error)) as said, transaction.atomic():
        act()
    return str(said.value)


def a_temporary_table_of_the_same_name(night: Night) -> str:
    """A session can lay its own table before the real one; the functions of the gate do not see it."""
    decision = night.decide()
    night.supersede(decision)

    def act() -> None:
        run("CREATE TEMP TABLE handovers_supersession (LIKE public.handovers_supersession)")
        with pen():
            insert(row_of(decision))

    return refused(act)


def another_search_path(night: Night) -> str:
    decision = night.decide()
    night.supersede(decision)

    def act() -> None:
        run("CREATE SCHEMA elsewhere")
        run("CREATE TABLE elsewhere.handovers_supersession (LIKE public.handovers_supersession)")
        run("SET LOCAL search_path = elsewhere, public")
        with pen():
            insert(row_of(decision))

    return refused(act)


def as_the_role_of_the_application(night: Night) -> str:
    """The role that the application logs in with may not even try to change a decision."""
    night.decide()

    def act() -> None:
        run("CREATE ROLE vangnet_app_test")
        for statement in statements("vangnet_app_test"):
            run(statement)
        run("SET LOCAL ROLE vangnet_app_test")
        run("UPDATE handovers_decision SET outcome = outcome")

    return refused(act)


def the_role_takes_the_triggers_away(night: Night) -> str:
    night.decide()

    def act() -> None:
        run("CREATE ROLE vangnet_app_test")
        for statement in statements("vangnet_app_test"):
            run(statement)
        run("SET LOCAL ROLE vangnet_app_test")
        run("SET LOCAL session_replication_role = replica")

    return refused(act)


ONLY_HERE = (
    a_guessed_pen,
    the_digest_as_pen,
    truncating_the_supersessions,
    truncating_all,
    merging,
    copying_in,
    a_temporary_table_of_the_same_name,
    another_search_path,
    as_the_role_of_the_application,
    the_role_takes_the_triggers_away,
)


def triggers_asleep(night: Night) -> None:
    """A superuser can put the triggers of a session to sleep: found, not prevented."""
    decision = one_person(night)
    run("SET session_replication_role = replica")
    insert(decision)
    insert(row_of(decision))
    run("SET session_replication_role = origin")


FORGERIES_HERE = (triggers_asleep,)
