"""Entries are only ever added, and a head only moves on by one: triggers on both engines.

SQLite's REPLACE deletes without a word unless recursive_triggers is on, so an insert that would
replace is refused by itself. A table that Django rebuilds on SQLite loses its triggers: a later
migration that alters these tables must create them again (a test looks).
"""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never changed'); END""",
    """CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never deleted'); END""",
    """CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry
    WHEN EXISTS (
        SELECT 1 FROM ledger_entry
        WHERE id = NEW.id OR (organisation_id = NEW.organisation_id AND number = NEW.number)
    )
    BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never replaced'); END""",
    """CREATE TRIGGER ledger_chain_no_return BEFORE UPDATE ON ledger_chain
    WHEN NEW.organisation_id <> OLD.organisation_id OR NEW.last_number <> OLD.last_number + 1
    BEGIN SELECT RAISE(ABORT, 'the head of a chain only moves on by one'); END""",
    """CREATE TRIGGER ledger_chain_no_delete BEFORE DELETE ON ledger_chain
    BEGIN SELECT RAISE(ABORT, 'the head of a chain is never deleted'); END""",
    """CREATE TRIGGER ledger_chain_no_replace BEFORE INSERT ON ledger_chain
    WHEN NEW.last_number <> 0
        OR EXISTS (SELECT 1 FROM ledger_chain WHERE organisation_id = NEW.organisation_id)
    BEGIN SELECT RAISE(ABORT, 'a chain begins once, at zero'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is only ever added to (%)', TG_OP USING ERRCODE = 'raise_exception'; END $$""",
    """CREATE FUNCTION ledger_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM ledger_entry) OR EXISTS (SELECT 1 FROM ledger_chain) THEN
            RAISE EXCEPTION 'the ledger is only ever added to (TRUNCATE)';
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate()""",
    """CREATE TRIGGER ledger_chain_no_return BEFORE UPDATE ON ledger_chain FOR EACH ROW
    WHEN (NEW.organisation_id <> OLD.organisation_id OR NEW.last_number <> OLD.last_number + 1)
    EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_chain_no_delete BEFORE DELETE ON ledger_chain
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_chain_begins BEFORE INSERT ON ledger_chain FOR EACH ROW
    WHEN (NEW.last_number <> 0) EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_chain_no_truncate BEFORE TRUNCATE ON ledger_chain
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate()""",
)


def create(_apps, schema_editor):
    engine = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in engine:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create)]
