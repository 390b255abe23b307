"""What the role that the application logs in with may do on PostgreSQL.

The owner of the tables runs these statements after every migration. The role of the application
owns nothing, so it can neither change a decision nor take a trigger away.
"""

from __future__ import annotations

import re

TABLES = ("request", "check", "proposal", "decision", "supersession", "handover", "incident", "pen")
_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def statements(role: str) -> tuple[str, ...]:
    """Give the GRANTs and REVOKEs for a role; raises ValueError where it is not a plain name."""
    if not _ROLE.fullmatch(role):
        raise ValueError("a role is a plain name: a-z, 0-9 and _")
    gate = ", ".join(f"handovers_{table}" for table in TABLES)
    ledger = "ledger_entry"
    return (
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {gate}, {ledger} FROM {role}",
    )
