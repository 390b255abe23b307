"""Who receives the child is part of what two people decide. Hand-written triggers and a third composite key.

The new columns may be NULL, so that SQLite adds them in place and the triggers of 0002 to 0004 stand.
SQLite cannot add a foreign key to a table: there the hand-over is built anew with what stands in it,
and each of its triggers is written again as it was.
"""

from __future__ import annotations

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

gate = import_module("vangnet.chain.handovers.migrations.0002_gate")

REGIMES = {
    "HANDED_TO_GI_OR_NIDOS": ("youth_care",),
    "HANDED_TO_SHELTER_VOLUNTARY": ("shelter",),
    "HANDED_TO_RVDK_ARRANGED_PLACE": ("shelter", "youth_care"),
}
"""Which organisations can receive, by the outcome; for any other whoever asked receives."""

_REGIME = "(SELECT o.regime FROM access_organisation o WHERE o.id = NEW.receiver_id)"
_UNFIT = " OR ".join(
    f"(NEW.outcome = '{outcome}' AND coalesce({_REGIME}, '') NOT IN ({', '.join(repr(one) for one in regimes)}))"
    for outcome, regimes in REGIMES.items()
)
_NEEDED = f"NEW.outcome IN ({', '.join(repr(one) for one in REGIMES)})"
SAID = (
    ("who receives the child is not said", f"{_NEEDED} AND NEW.receiver_id IS NULL"),
    ("whoever asked receives the child", f"NOT ({_NEEDED}) AND NEW.receiver_id IS NOT NULL"),
)
RULES = {
    "proposal": (
        *SAID,
        ("this organisation cannot receive the child", f"NEW.receiver_id IS NOT NULL AND ({_UNFIT})"),
    ),
    "decision": (
        *SAID,
        (
            "receiver_id is not what was proposed",
            "NEW.receiver_id {differs} (SELECT p.receiver_id FROM handovers_proposal p WHERE p.id = NEW.proposal_id)",
        ),
    ),
    "handover": (
        *SAID,
        (
            "receiver_id is not what was decided",
            "NEW.receiver_id {differs} (SELECT d.receiver_id FROM handovers_decision d WHERE d.id = NEW.decision_id)",
        ),
    ),
}
POINTED_AT = "CREATE UNIQUE INDEX gate_decision_receiver ON handovers_decision (id, receiver_id)"
KEY = "FOREIGN KEY (decision_id, receiver_id) REFERENCES handovers_decision (id, receiver_id)"


def close_sqlite(schema_editor) -> None:
    """Write the key and the triggers on SQLite."""
    rebuild_sqlite(schema_editor)
    for table, rules in RULES.items():
        for number, (words, when) in enumerate(rules):
            refused = when.replace("{differs}", "IS NOT")
            name = f"gate_{table}_receiver_{number}"
            schema_editor.execute(gate.refuse_sqlite(name, "INSERT", table, refused, words), params=None)


def rebuild_sqlite(schema_editor) -> None:
    """Build the hand-over table anew with the key; its rows, indexes and triggers stay as they were."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'handovers_handover' AND sql IS NOT NULL"
        )
        parts = cursor.fetchall()
    table = next(sql for kind, sql in parts if kind == "table")
    for sql in (
        POINTED_AT,
        "CREATE TABLE handovers_handover_kept AS SELECT * FROM handovers_handover",
        "DROP TABLE handovers_handover",
        f"{table.rstrip().removesuffix(')')}, {KEY})",
        "INSERT INTO handovers_handover SELECT * FROM handovers_handover_kept",
        "DROP TABLE handovers_handover_kept",
        *(sql for kind, sql in parts if kind != "table"),
    ):
        schema_editor.execute(sql, params=None)


def close_postgres(execute, schema: str) -> None:
    """Write the key and the triggers on PostgreSQL; each comes after the one of its table by name, which holds."""
    execute(POINTED_AT)
    execute(f"ALTER TABLE handovers_handover ADD CONSTRAINT gate_handover_receiver {KEY}")
    for table, rules in RULES.items():
        name = f"gate_{table}_receiver"
        tests = " ".join(
            f"IF {when.replace('{differs}', 'IS DISTINCT FROM')} THEN {gate.raise_(words)} END IF;"
            for words, when in rules
        )
        execute(gate.refuse_postgres(name, f"{tests} RETURN NEW;", schema))
        execute(f"CREATE TRIGGER {name} BEFORE INSERT ON handovers_{table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def close(_apps, schema_editor) -> None:
    """Close the gate for who receives, on whichever engine this is."""
    if schema_editor.connection.vendor == "sqlite":
        close_sqlite(schema_editor)
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    close_postgres(lambda sql: schema_editor.execute(sql, params=None), schema)


def _receiver() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisation"
    )


class Migration(migrations.Migration):
    dependencies = [("handovers", "0005_looks_at_the_child"), ("access", "0001_initial")]
    operations = [
        migrations.AddField("proposal", "receiver", _receiver()),
        migrations.AddField("decision", "receiver", _receiver()),
        migrations.RunPython(close),
    ]
