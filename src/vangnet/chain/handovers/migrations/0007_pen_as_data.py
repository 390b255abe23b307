"""On PostgreSQL the pen comes as data, into a view that keeps nothing. Hand-written.

What is a part of a statement can be read by others in `pg_stat_activity` and in the log. The data of a
COPY stand in neither, while what any role may print into the log is off (`pen.py`). The function sets no search_path of its own: what it sets stays for the transaction.
"""

from __future__ import annotations

from django.db import migrations

VIEW = "CREATE VIEW handovers_held AS SELECT ''::text AS pen"
HOLD = """CREATE FUNCTION gate_hold() RETURNS trigger LANGUAGE plpgsql AS $gate$
    BEGIN PERFORM pg_catalog.set_config('vangnet.pen', NEW.pen, true); RETURN NULL; END $gate$"""
ON_VIEW = "CREATE TRIGGER hold_pen INSTEAD OF INSERT ON handovers_held FOR EACH ROW EXECUTE FUNCTION gate_hold()"


def hold(_apps, schema_editor) -> None:
    """Make the view on PostgreSQL; SQLite needs none."""
    if schema_editor.connection.vendor == "postgresql":
        for sql in (VIEW, HOLD, ON_VIEW):
            schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("handovers", "0006_receiver_is_decided")]
    operations = [migrations.RunPython(hold)]
