"""The gate in the database, on SQLite and on PostgreSQL. Hand-written.

Each rule is a condition under which a row is refused, in words that both engines read; `{differs}`
is the comparison in which two NULLs are equal. What they do together:

- nothing here is ever changed or deleted;
- a row is written only with the *pen*: a secret that follows from the master key, which is outside
  the database. The services hold it while they write. Its digest is in `handovers_pen`, written once;
- a decision copies its proposal, another person confirms it, and no newer check stands;
- a hand-over copies its decision, column by column, twice guarded: by these triggers, which hold
  with PRAGMA foreign_keys=OFF and PRAGMA ignore_check_constraints=ON too, and by composite foreign
  keys. A foreign key with a NULL in it is not looked at, so there are two: one without the
  collector, who may be nobody, and one with.

A superuser (on SQLite: whoever can write the file) can drop all this. What they forge after that
stands unbound in the ledger and is found by `vangnet ledger verify`.
"""

from __future__ import annotations

from django.db import migrations

TABLES = ("request", "check", "proposal", "decision", "supersession", "handover", "incident")

_STALE = "EXISTS (SELECT 1 FROM handovers_check c WHERE c.request_id = {request} AND c.number > {seen})"
_OPEN_DECISION = """EXISTS (SELECT 1 FROM handovers_decision d WHERE d.child_id = NEW.child_id
    AND NOT EXISTS (SELECT 1 FROM handovers_supersession s WHERE s.decision_id = d.id)
    AND NOT EXISTS (SELECT 1 FROM handovers_handover h WHERE h.decision_id = d.id))"""
_PROPOSAL = "(SELECT {column} FROM handovers_proposal p WHERE p.id = NEW.proposal_id)"
_DECISION = "(SELECT {column} FROM handovers_decision d WHERE d.id = NEW.decision_id)"
_REQUEST = "(SELECT {column} FROM handovers_request r WHERE r.id = NEW.request_id)"
_CHILD = """(SELECT e.child_id FROM handovers_request r JOIN encounters_encounter e ON e.id = r.encounter_id
    WHERE r.id = NEW.request_id)"""
_HANDOVERS = """('HANDED_TO_AUTHORITY_HOLDER', 'HANDED_TO_GI_OR_NIDOS', 'HANDED_TO_SHELTER_VOLUNTARY',
    'HANDED_TO_RVDK_ARRANGED_PLACE')"""
_INCIDENTS = "('CHILD_LEFT_AT_LEGAL_LIMIT', 'CHILD_WENT_MISSING')"
_ANSWERS = "('not_yet', 'refer', 'ready_for_two_people')"


def _copied(of: str, *columns: str, **named: str) -> tuple[tuple[str, str], ...]:
    """Refuse where a column of the new row is not what stands in the row that it rests on."""
    pairs = {column: column for column in columns} | named
    return tuple(
        (f"{own} is not what was decided", f"NEW.{own} {{differs}} {of.replace('{column}', other)}")
        for own, other in pairs.items()
    )


RULES = {
    "request": (
        (
            "the request belongs to the organisation of its encounter",
            "NEW.organisation_id {differs} (SELECT e.organisation_id FROM encounters_encounter e WHERE e.id = NEW.encounter_id)",
        ),
    ),
    "check": (
        *_copied(_REQUEST, "organisation_id"),
        (
            "a check follows the last one of its request",
            "NEW.number {differs} (SELECT coalesce(max(c.number), 0) + 1 FROM handovers_check c WHERE c.request_id = NEW.request_id)",
        ),
    ),
    "proposal": (
        *_copied(_REQUEST, "organisation_id"),
        ("outcome is not in the list", f"coalesce(NEW.outcome, '') NOT IN {_HANDOVERS}"),
        ("the machine does not say this", f"coalesce(NEW.machine_outcome, '') NOT IN {_ANSWERS}"),
        (
            "a proposal rests on the last check of its request",
            "NEW.checks_as_of {differs} (SELECT coalesce(max(c.number), 0) FROM handovers_check c WHERE c.request_id = NEW.request_id)",
        ),
    ),
    "decision": (
        *_copied(
            _PROPOSAL,
            "organisation_id",
            "request_id",
            "outcome",
            "machine_outcome",
            "checks_as_of",
            first_decider_id="proposed_by_id",
        ),
        (
            "there is no such proposal",
            "NOT EXISTS (SELECT 1 FROM handovers_proposal p WHERE p.id = NEW.proposal_id)",
        ),
        ("child_id is not the child of the encounter", f"NEW.child_id {{differs}} {_CHILD}"),
        *_copied(_REQUEST, "collector_id"),
        (
            "two different people decide",
            "NEW.second_decider_id IS NULL OR NEW.first_decider_id = NEW.second_decider_id",
        ),
        ("outcome is not in the list", f"coalesce(NEW.outcome, '') NOT IN {_HANDOVERS}"),
        (
            "the gate was not ready",
            """NEW.outcome = 'HANDED_TO_AUTHORITY_HOLDER' AND (NEW.collector_id IS NULL
            OR coalesce(NEW.machine_outcome, '') <> 'ready_for_two_people')""",
        ),
        ("a check changed since", _STALE.format(request="NEW.request_id", seen="NEW.checks_as_of")),
        (
            "this proposal was decided",
            "EXISTS (SELECT 1 FROM handovers_decision d WHERE d.proposal_id = NEW.proposal_id)",
        ),
        ("another decision about this child is open", _OPEN_DECISION),
    ),
    "supersession": (
        *_copied(_DECISION, "organisation_id"),
        (
            "this decision was superseded",
            "EXISTS (SELECT 1 FROM handovers_supersession s WHERE s.decision_id = NEW.decision_id)",
        ),
        (
            "this decision was carried out",
            "EXISTS (SELECT 1 FROM handovers_handover h WHERE h.decision_id = NEW.decision_id)",
        ),
    ),
    "handover": (
        (
            "there is no such decision",
            "NOT EXISTS (SELECT 1 FROM handovers_decision d WHERE d.id = NEW.decision_id)",
        ),
        *_copied(
            _DECISION,
            "organisation_id",
            "child_id",
            "collector_id",
            "outcome",
            "first_decider_id",
            "second_decider_id",
        ),
        (
            "this decision was superseded",
            "EXISTS (SELECT 1 FROM handovers_supersession s WHERE s.decision_id = NEW.decision_id)",
        ),
        (
            "this decision was carried out",
            "EXISTS (SELECT 1 FROM handovers_handover h WHERE h.decision_id = NEW.decision_id)",
        ),
        (
            "a check changed since",
            _STALE.format(
                request=_DECISION.replace("{column}", "d.request_id"),
                seen=_DECISION.replace("{column}", "d.checks_as_of"),
            ),
        ),
    ),
    "incident": (("outcome is not in the list", f"coalesce(NEW.outcome, '') NOT IN {_INCIDENTS}"),),
}

REQUEST_OF = {
    "check": "NEW.request_id",
    "proposal": "NEW.request_id",
    "decision": "NEW.request_id",
    "supersession": _DECISION.replace("{column}", "d.request_id"),
    "handover": _DECISION.replace("{column}", "d.request_id"),
}
"""Which request PostgreSQL holds while it looks, so that no check slips in between."""

_COPIES = (
    "decision_id, child_id, outcome, first_decider_id, second_decider_id",
    "decision_id, child_id, collector_id, outcome, first_decider_id, second_decider_id",
)
FOREIGN_KEYS = tuple(
    f"FOREIGN KEY ({own}) REFERENCES handovers_decision ({own.removeprefix('decision_')})" for own in _COPIES
)


def refuse_sqlite(name: str, event: str, table: str, when: str, words: str) -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON handovers_{table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, 'vangnet gate: {words}'); END"
    )


def close_sqlite(execute) -> None:
    """Write the pen's table, the triggers and the composite foreign keys on SQLite."""
    execute("CREATE TABLE handovers_pen (id integer PRIMARY KEY CHECK (id = 1), digest text NOT NULL)")
    execute(
        refuse_sqlite(
            "gate_pen_once", "INSERT", "pen", "EXISTS (SELECT 1 FROM handovers_pen)", "the pen is written once"
        )
    )
    for table in (*TABLES, "pen"):
        for event in ("UPDATE", "DELETE"):
            execute(
                refuse_sqlite(f"gate_{table}_no_{event.lower()}", event, table, "", "rows are added, never changed")
            )
    for table in TABLES:
        first = (
            (
                "a row is written with the pen",
                "vangnet_pen() IS NOT coalesce((SELECT digest FROM handovers_pen), '')",
            ),
            (
                "a row is never replaced",
                f"EXISTS (SELECT 1 FROM handovers_{table} t WHERE t.id = NEW.id OR t.rowid = NEW.rowid)",  # noqa: S608
            ),
        )
        for number, (words, when) in enumerate((*first, *RULES[table])):
            refused = when.replace("{differs}", "IS NOT")
            execute(refuse_sqlite(f"gate_{table}_{number:02d}", "INSERT", table, refused, words))


def rebuild_sqlite(schema_editor) -> None:
    """Build the empty hand-over table again with its composite foreign keys; SQLite cannot add them."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'handovers_handover' AND sql IS NOT NULL"
        )
        parts = cursor.fetchall()
    table = next(sql for kind, sql in parts if kind == "table")
    schema_editor.execute("DROP TABLE handovers_handover")
    schema_editor.execute(f"{table.rstrip().removesuffix(')')}, {', '.join(FOREIGN_KEYS)})")
    for kind, sql in parts:
        if kind == "index":
            schema_editor.execute(sql)


PEN = """encode(sha256(convert_to(coalesce(current_setting('vangnet.pen', true), ''), 'UTF8')), 'hex')
    IS DISTINCT FROM (SELECT digest FROM handovers_pen)"""


def refuse_postgres(name: str, body: str, schema: str) -> str:
    return (
        f'CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = "{schema}", pg_temp'
        f" AS $gate$ BEGIN {body} END $gate$"
    )


def raise_(words: str) -> str:
    return f"RAISE EXCEPTION 'vangnet gate: {words}' USING ERRCODE = '23000';"


HOLD = "PERFORM pg_advisory_xact_lock(hashtextextended('vangnet gate ' || ({what})::text, 0));"
COMMITTED = (
    "IF current_setting('transaction_isolation') <> 'read committed' THEN "
    + raise_("a row is written in a transaction that sees what others committed")
    + " END IF;"
)


def close_postgres(execute, schema: str) -> None:
    """Write the pen's table, the triggers and the composite foreign keys on PostgreSQL.

    The functions look in their own schema first and in pg_temp last, so that a temporary table of
    the same name is never taken for the real one.
    """
    execute("CREATE TABLE handovers_pen (id integer PRIMARY KEY CHECK (id = 1), digest text NOT NULL)")
    execute(refuse_postgres("gate_no_change", raise_("rows are added, never changed"), schema))
    emptied = "EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO held;"
    execute(
        f'CREATE FUNCTION gate_no_truncate() RETURNS trigger LANGUAGE plpgsql SET search_path = "{schema}", pg_temp'
        f" AS $gate$ DECLARE held boolean; BEGIN {emptied}"
        f" IF held THEN {raise_('rows are added, never changed')} END IF; RETURN NULL; END $gate$"
    )
    for table in (*TABLES, "pen"):
        execute(
            f"CREATE TRIGGER gate_{table}_no_change BEFORE UPDATE OR DELETE ON handovers_{table}"
            " FOR EACH ROW EXECUTE FUNCTION gate_no_change()"
        )
        execute(
            f"CREATE TRIGGER gate_{table}_no_truncate BEFORE TRUNCATE ON handovers_{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION gate_no_truncate()"
        )
    for table in TABLES:
        lock = REQUEST_OF.get(table)
        held = f"{COMMITTED} {HOLD.format(what=lock)}" if lock else ""
        if table == "decision":
            held += f" {HOLD.format(what='NEW.child_id')}"
        rules = (("a row is written with the pen", PEN), *RULES[table])
        tests = " ".join(
            f"IF {when.replace('{differs}', 'IS DISTINCT FROM')} THEN {raise_(words)} END IF;"
            for words, when in rules
        )
        execute(refuse_postgres(f"gate_{table}", f"{held} {tests} RETURN NEW;", schema))
        execute(
            f"CREATE TRIGGER gate_{table} BEFORE INSERT ON handovers_{table}"
            f" FOR EACH ROW EXECUTE FUNCTION gate_{table}()"
        )
    for number, key in enumerate(FOREIGN_KEYS):
        execute(f"ALTER TABLE handovers_handover ADD CONSTRAINT gate_handover_copies_{number} {key}")


def close(_apps, schema_editor) -> None:
    """Close the gate on whichever engine this is."""
    if schema_editor.connection.vendor == "sqlite":
        rebuild_sqlite(schema_editor)
        close_sqlite(lambda sql: schema_editor.execute(sql, params=None))
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    close_postgres(lambda sql: schema_editor.execute(sql, params=None), schema)


class Migration(migrations.Migration):
    dependencies = [("handovers", "0001_initial")]
    operations = [migrations.RunPython(close)]
