"""A yes about the place counts only until the child leaves. Hand-written triggers beside those of 0005.

Whether the child was handed over since is read from the numbers of the checks, never from a clock: what
two people decided rests on the last check of that moment. An incident rests on no check, so there the two
times are compared; of the same instant the child left after the yes.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

gate = import_module("vangnet.chain.handovers.migrations.0002_gate")
child = import_module("vangnet.chain.handovers.migrations.0005_looks_at_the_child")

_HANDED = """SELECT 1 FROM handovers_handover h JOIN handovers_decision x ON x.id = h.decision_id
    WHERE h.child_id = {child} AND x.checks_as_of >= c.number"""
_INCIDENT = """SELECT 1 FROM handovers_incident i JOIN encounters_encounter k ON k.id = i.encounter_id
    WHERE k.child_id = {child} AND i.recorded_at >= c.made_at"""
_YES = f"""SELECT 1 FROM handovers_check c JOIN handovers_request q ON q.id = c.request_id
    JOIN encounters_encounter m ON m.id = q.encounter_id
    WHERE m.child_id = {{child}} AND c.check_id = 'G-15' AND c.state = 'child_agrees'
    AND NOT EXISTS ({_HANDED}) AND NOT EXISTS ({_INCIDENT})"""  # noqa: S608
WORDS = "the child did not agree to this place since they last left"
TABLES = ("proposal", "decision", "handover")


def rules_of(table: str) -> tuple[tuple[str, str], ...]:
    """Give the rule of a table: a place that the child must agree to needs a yes since they last left."""
    yes = _YES.format(child=child.CHILD_OF[table])
    return ((WORDS, f"NEW.outcome = 'HANDED_TO_SHELTER_VOLUNTARY' AND NOT EXISTS ({yes})"),)


def add(schema_editor, name: str, rules: dict[str, tuple[tuple[str, str], ...]]) -> None:
    """Put more rules beside those that tables have, on whichever engine this is.

    On PostgreSQL their trigger comes after the one of its table by name, which holds the child.
    """
    if schema_editor.connection.vendor == "sqlite":
        for table, of_table in rules.items():
            for number, (words, when) in enumerate(of_table):
                made = gate.refuse_sqlite(f"gate_{table}_{name}_{number}", "INSERT", table, when, words)
                schema_editor.execute(made, params=None)
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    for table, of_table in rules.items():
        whole = f"gate_{table}_{name}"
        tests = " ".join(f"IF {when} THEN {gate.raise_(words)} END IF;" for words, when in of_table)
        schema_editor.execute(gate.refuse_postgres(whole, f"{tests} RETURN NEW;", schema), params=None)
        on = f"BEFORE INSERT ON handovers_{table} FOR EACH ROW EXECUTE FUNCTION {whole}()"
        schema_editor.execute(f"CREATE TRIGGER {whole} {on}", params=None)


def close(_apps, schema_editor) -> None:
    """Let a yes end when the child leaves."""
    add(schema_editor, "left", {table: rules_of(table) for table in TABLES})


class Migration(migrations.Migration):
    dependencies = [("handovers", "0007_pen_as_data")]
    operations = [migrations.RunPython(close)]
