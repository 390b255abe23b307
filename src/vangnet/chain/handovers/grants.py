"""What the role that the application logs in with may do on PostgreSQL.

The owner of the tables runs these statements after every migration. The role of the application
owns nothing, so it can neither change a decision nor take a trigger away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.db import ProgrammingError, connection, transaction

from vangnet.knowledge.terms import Reason, Words

TABLES = ("request", "check", "proposal", "decision", "supersession", "handover", "incident", "review", "pen")
_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def statements(role: str) -> tuple[str, ...]:
    """Give the GRANTs and REVOKEs for a role; raises ValueError where it is not a plain name."""
    if not _ROLE.fullmatch(role):
        raise ValueError("a role is a plain name: a-z, 0-9 and _")
    gate = ", ".join(f"handovers_{table}" for table in TABLES)
    ledger = "ledger_entry"
    return (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE INSERT ON handovers_pen FROM {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {gate}, {ledger} FROM {role}",
    )


def grant_to(role: str) -> tuple[str, ...] | Reason:
    """Give the role of the application its rights on this database, all or none; the statements that ran, or why not.

    Refused where the role could change a decision all the same: an owner of the tables, or a superuser.
    """
    if connection.vendor != "postgresql":
        return _refused("not_postgres")
    if not _ROLE.fullmatch(role):
        return _refused("not_a_role")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            refused = _not_fit(role)
            if refused is not None:
                return refused
            made = statements(role)
            for statement in made:
                cursor.execute(statement)
    except ProgrammingError:
        return _refused("not_the_owner")
    return made


def _not_fit(role: str) -> Reason | None:
    """Say why a role could get round the gate: it is not there, it may do everything, or the tables are its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            return _refused("no_such_role")
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(%s, tableowner, 'MEMBER')",
            [role],
        )
        (owned,) = cursor.fetchone()
    return _refused("owns_or_may_all") if found[0] or owned else None


_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "not_postgres": Words(
            "Alleen PostgreSQL kent rollen; op SQLite beschermt wie het bestand mag schrijven. Zet DATABASE_URL op PostgreSQL.",
            "Only PostgreSQL has roles; on SQLite the rights on the file protect. Set DATABASE_URL to PostgreSQL.",
        ),
        "not_a_role": Words(
            "De naam van een rol bestaat uit a-z, 0-9 en _, en begint niet met een cijfer.",
            "The name of a role is made of a-z, 0-9 and _, and does not begin with a digit.",
        ),
        "no_such_role": Words(
            "Deze rol is er niet. Maak haar eerst: CREATE ROLE naam LOGIN PASSWORD '...'.",
            "This role is not there. Make it first: CREATE ROLE name LOGIN PASSWORD '...'.",
        ),
        "owns_or_may_all": Words(
            "Deze rol bezit de tabellen of mag alles, en kan dus een besluit veranderen. Neem een andere rol.",
            "This role owns the tables or may do everything, so it could change a decision. Take another role.",
        ),
        "not_the_owner": Words(
            "Alleen de eigenaar van de tabellen kan rechten geven. Zet DATABASE_URL op de rol die de migraties draaide.",
            "Only the owner of the tables can give rights. Set DATABASE_URL to the role that ran the migrations.",
        ),
    }
)


def _refused(code: str) -> Reason:
    return Reason(code=code, words=_WORDS[code])
