"""A proposal is numbered within its request: which came last is counted, not read from a clock.

The new column may be NULL and its constraint is an index, so that SQLite adds both in place and the
triggers of 0002 stand.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

gate = import_module("vangnet.chain.handovers.migrations.0002_gate")

NUMBERED = (
    "a proposal follows the last one of its request",
    "NEW.number {differs} (SELECT count(*) + 1 FROM handovers_proposal p WHERE p.request_id = NEW.request_id)",
)
NAME = "gate_proposal_number"


def close_sqlite(execute) -> None:
    """Write the trigger on SQLite."""
    words, when = NUMBERED
    execute(gate.refuse_sqlite(NAME, "INSERT", "proposal", when.replace("{differs}", "IS NOT"), words))


def close_postgres(execute, schema: str) -> None:
    """Write the trigger on PostgreSQL; it comes after `gate_proposal` by name, which holds the request."""
    words, when = NUMBERED
    test = f"IF {when.replace('{differs}', 'IS DISTINCT FROM')} THEN {gate.raise_(words)} END IF;"
    execute(gate.refuse_postgres(NAME, f"{test} RETURN NEW;", schema))
    execute(f"CREATE TRIGGER {NAME} BEFORE INSERT ON handovers_proposal FOR EACH ROW EXECUTE FUNCTION {NAME}()")


def close(_apps, schema_editor) -> None:
    """Close the gate for the number, on whichever engine this is."""
    if schema_editor.connection.vendor == "sqlite":
        close_sqlite(lambda sql: schema_editor.execute(sql, params=None))
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    close_postgres(lambda sql: schema_editor.execute(sql, params=None), schema)


class Migration(migrations.Migration):
    dependencies = [("handovers", "0003_second_reason_and_review")]
    operations = [
        migrations.AddField("proposal", "number", models.PositiveIntegerField(null=True)),
        migrations.AddConstraint(
            "proposal",
            models.UniqueConstraint(
                fields=["request", "number"],
                condition=models.Q(number__isnull=False),
                name="handovers_proposal_numbered",
            ),
        ),
        migrations.RunPython(close),
    ]
