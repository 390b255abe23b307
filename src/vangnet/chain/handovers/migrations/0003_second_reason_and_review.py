"""The second person says why, and an incident is reviewed by somebody else. Hand-written triggers.

The new column may be NULL, so that SQLite adds it in place and the triggers of 0002 stand.
"""

from __future__ import annotations

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

gate = import_module("vangnet.chain.handovers.migrations.0002_gate")

_INCIDENT = "(SELECT i.{column} FROM handovers_incident i WHERE i.id = NEW.incident_id)"
SECOND_REASON = (
    "the second person says why",
    "NEW.reason_sealed IS NULL OR length(NEW.reason_sealed) = 0",
)
REVIEW = (
    ("there is no such incident", "NOT EXISTS (SELECT 1 FROM handovers_incident i WHERE i.id = NEW.incident_id)"),
    (
        "organisation_id is not that of the incident",
        f"NEW.organisation_id {{differs}} {_INCIDENT.format(column='organisation_id')}",
    ),
    (
        "another person reviews it",
        f"NEW.reviewed_by_id IS NULL OR NEW.reviewed_by_id = {_INCIDENT.format(column='recorded_by_id')}",
    ),
    (
        "this incident was reviewed",
        "EXISTS (SELECT 1 FROM handovers_review r WHERE r.incident_id = NEW.incident_id)",
    ),
    ("a review says what was found", "NEW.words_sealed IS NULL OR length(NEW.words_sealed) = 0"),
)
_PEN = ("a row is written with the pen", "vangnet_pen() IS NOT coalesce((SELECT digest FROM handovers_pen), '')")
_REPLACED = (
    "a row is never replaced",
    "EXISTS (SELECT 1 FROM handovers_review t WHERE t.id = NEW.id OR t.rowid = NEW.rowid)",
)


def close_sqlite(execute) -> None:
    """Write the triggers of the review and of the second reason on SQLite."""
    for event in ("UPDATE", "DELETE"):
        words = "rows are added, never changed"
        execute(gate.refuse_sqlite(f"gate_review_no_{event.lower()}", event, "review", "", words))
    for number, (words, when) in enumerate((_PEN, _REPLACED, *REVIEW)):
        refused = when.replace("{differs}", "IS NOT")
        execute(gate.refuse_sqlite(f"gate_review_{number:02d}", "INSERT", "review", refused, words))
    words, when = SECOND_REASON
    execute(gate.refuse_sqlite("gate_decision_reason", "INSERT", "decision", when, words))


def close_postgres(execute, schema: str) -> None:
    """Write the triggers of the review and of the second reason on PostgreSQL."""
    execute(
        "CREATE TRIGGER gate_review_no_change BEFORE UPDATE OR DELETE ON handovers_review"
        " FOR EACH ROW EXECUTE FUNCTION gate_no_change()"
    )
    execute(
        "CREATE TRIGGER gate_review_no_truncate BEFORE TRUNCATE ON handovers_review"
        " FOR EACH STATEMENT EXECUTE FUNCTION gate_no_truncate()"
    )
    rules = {
        ("gate_review", "review"): (("a row is written with the pen", gate.PEN), *REVIEW),
        ("gate_decision_reason", "decision"): (SECOND_REASON,),
    }
    for (name, table), these in rules.items():
        tests = " ".join(
            f"IF {when.replace('{differs}', 'IS DISTINCT FROM')} THEN {gate.raise_(words)} END IF;"
            for words, when in these
        )
        execute(gate.refuse_postgres(name, f"{tests} RETURN NEW;", schema))
        execute(f"CREATE TRIGGER {name} BEFORE INSERT ON handovers_{table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def close(_apps, schema_editor) -> None:
    """Close the gate for what is new, on whichever engine this is."""
    if schema_editor.connection.vendor == "sqlite":
        close_sqlite(lambda sql: schema_editor.execute(sql, params=None))
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    close_postgres(lambda sql: schema_editor.execute(sql, params=None), schema)


def _one_of(model: str, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0002_gate"),
        ("access", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("decision", "reason_sealed", models.BinaryField(null=True)),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=30)),
                ("words_sealed", models.BinaryField()),
                ("reviewed_at", models.DateTimeField()),
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="handovers.incident",
                    ),
                ),
                ("organisation", _one_of("access.organisation")),
                ("reviewed_by", _one_of(settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunPython(close),
    ]
