"""The gate looks at the child: what any request found, the account of the encounter, what the child agreed to.

Hand-written. The rules of 0002 are written anew where they looked at one request; the new columns may
be NULL, so that SQLite adds them in place and the other triggers stand. A row from before keeps its
number within its request: a decision that rests on it can only become stale, and as its
`accounts_as_of` is NULL, nothing rests on it any more.

PostgreSQL holds one lock while it looks, on the child, for every row of the gate but a request, an
incident and its review. So no two rows wait for each other, and nothing slips in between.

A later migration that writes one of these triggers again begins with `RULES` here, not in 0002.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

gate = import_module("vangnet.chain.handovers.migrations.0002_gate")

_OF_REQUEST = """(SELECT e.child_id FROM handovers_request r JOIN encounters_encounter e ON e.id = r.encounter_id
    WHERE r.id = NEW.request_id)"""
_OF_DECISION = "(SELECT d.child_id FROM handovers_decision d WHERE d.id = NEW.decision_id)"
_CHECKS = """handovers_check c JOIN handovers_request q ON q.id = c.request_id
    JOIN encounters_encounter m ON m.id = q.encounter_id WHERE m.child_id = {child}"""
_LAST_CHECK = f"(SELECT coalesce(max(c.number), 0) FROM {_CHECKS})"  # noqa: S608
_LAST_ACCOUNT = """(SELECT coalesce(max(a.number), 0) FROM encounters_account a
    JOIN encounters_encounter m ON m.id = a.encounter_id WHERE m.child_id = {child})"""
_SAID = f"""(SELECT c.state FROM {_CHECKS} AND (c.check_id = 'G-15' OR c.state = 'does_not_want_to_go')
    ORDER BY c.number DESC, c.made_at DESC LIMIT 1)"""  # noqa: S608
_SEEN = "(SELECT d.{column} FROM handovers_decision d WHERE d.id = NEW.decision_id)"


def _agreed(child: str) -> tuple[str, str]:
    """Refuse a place that the child must agree to where their last word about it was no yes."""
    return (
        "the child did not agree to this place",
        f"NEW.outcome = 'HANDED_TO_SHELTER_VOLUNTARY' AND coalesce({_SAID.format(child=child)}, '') <> 'child_agrees'",
    )


def _changed(child: str, checks: str, accounts: str) -> tuple[tuple[str, str], ...]:
    """Refuse what rests on another check, or another account, than the last one of the child."""
    return (
        ("a check changed since", f"{checks} {{differs}} {_LAST_CHECK.format(child=child)}"),
        ("the account changed since", f"{accounts} {{differs}} {_LAST_ACCOUNT.format(child=child)}"),
    )


FOLLOWS = (
    "a check follows the last one of its child",
    f"NEW.number {{differs}} {_LAST_CHECK.format(child=_OF_REQUEST)} + 1",
)
RESTS = (
    "a proposal rests on the last check of its child",
    f"NEW.checks_as_of {{differs}} {_LAST_CHECK.format(child=_OF_REQUEST)}",
)
READ = (
    "a proposal rests on the last account of the encounter",
    f"NEW.accounts_as_of {{differs}} {_LAST_ACCOUNT.format(child=_OF_REQUEST)}",
)
COPIED = (
    "accounts_as_of is not what was decided",
    "NEW.accounts_as_of {differs} (SELECT p.accounts_as_of FROM handovers_proposal p WHERE p.id = NEW.proposal_id)",
)
GONE: dict[str, str] = {
    "check": "a check follows the last one of its request",
    "proposal": "a proposal rests on the last check of its request",
    "decision": "a check changed since",
    "handover": "a check changed since",
}
"""The rule of each table that looked at one request."""

ADDED: dict[str, tuple[tuple[str, str], ...]] = {
    "check": (FOLLOWS,),
    "proposal": (RESTS, READ, _agreed(_OF_REQUEST)),
    "decision": (
        COPIED,
        *_changed("NEW.child_id", "NEW.checks_as_of", "NEW.accounts_as_of"),
        _agreed("NEW.child_id"),
    ),
    "handover": (
        *_changed("NEW.child_id", _SEEN.format(column="checks_as_of"), _SEEN.format(column="accounts_as_of")),
        _agreed("NEW.child_id"),
    ),
}
RULES: dict[str, tuple[tuple[str, str], ...]] = {
    table: (*(rule for rule in rules if rule[0] != GONE.get(table)), *ADDED.get(table, ()))
    for table, rules in gate.RULES.items()
}
CHILD_OF = {
    "check": _OF_REQUEST,
    "proposal": _OF_REQUEST,
    "decision": "NEW.child_id",
    "supersession": _OF_DECISION,
    "handover": "NEW.child_id",
}
"""Which child PostgreSQL holds while it looks."""

_BEFORE = 2
"""SQLite numbers the rules of a table after two of its own: the pen, and that no row is replaced."""


def open_sqlite(execute) -> None:
    """Take the rules away that looked at one request."""
    for table, words in GONE.items():
        number = _BEFORE + [rule[0] for rule in gate.RULES[table]].index(words)
        execute(f"DROP TRIGGER gate_{table}_{number:02d}")


def close_sqlite(execute) -> None:
    """Write the rules that look at the child on SQLite."""
    for table, rules in ADDED.items():
        for number, (words, when) in enumerate(rules):
            refused = when.replace("{differs}", "IS NOT")
            execute(gate.refuse_sqlite(f"gate_{table}_child_{number}", "INSERT", table, refused, words))


def close_postgres(execute, schema: str) -> None:
    """Write the functions of the rules anew on PostgreSQL; their triggers stand."""
    for table, child in CHILD_OF.items():
        tests = " ".join(
            f"IF {when.replace('{differs}', 'IS DISTINCT FROM')} THEN {gate.raise_(words)} END IF;"
            for words, when in (("a row is written with the pen", gate.PEN), *RULES[table])
        )
        body = f"{gate.COMMITTED} {gate.HOLD.format(what=child)} {tests} RETURN NEW;"
        made = gate.refuse_postgres(f"gate_{table}", body, schema)
        execute(made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))


def close(_apps, schema_editor) -> None:
    """Let the gate look at the child, on whichever engine this is."""

    def execute(sql: str) -> None:
        schema_editor.execute(sql, params=None)

    if schema_editor.connection.vendor == "sqlite":
        open_sqlite(execute)
        close_sqlite(execute)
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    close_postgres(execute, schema)


class Migration(migrations.Migration):
    dependencies = [("handovers", "0004_numbered_proposals"), ("encounters", "0002_observer_is_a_code")]
    operations = [
        migrations.AddField("proposal", "accounts_as_of", models.PositiveIntegerField(null=True)),
        migrations.AddField("decision", "accounts_as_of", models.PositiveIntegerField(null=True)),
        migrations.RunPython(close),
    ]
