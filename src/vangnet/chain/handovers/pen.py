"""The pen: without it the database takes no row of the gate, whoever writes.

It follows from the master key, which is outside the database; the database keeps only a digest, which
`vangnet init` writes. So a fixture, an import, a shell or a script that goes round the services is
refused. On PostgreSQL the trigger computes the digest itself. SQLite has no such function: there the
connection lends one while the services write, and whoever can write the file is a superuser whose
forgeries `ledger verify` finds.

On PostgreSQL the pen is handed over as the data of a COPY into a view that keeps nothing, never as a
part of a statement: so neither the list of running statements nor the log of the server holds it. What
any role may switch on for itself to see more in that log is off meanwhile. A superuser of the server
can still have it written there, with `auto_explain` over nested statements, and is a superuser.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection

from vangnet.trust.keys import services as keys

_FIRST = """INSERT INTO handovers_pen (id, digest) SELECT 1, %s
    WHERE NOT EXISTS (SELECT 1 FROM handovers_pen) ON CONFLICT DO NOTHING"""

_QUIET = "; ".join(f"SET LOCAL debug_print_{what} = off" for what in ("parse", "rewritten", "plan"))
"""What is printed so stands in the log beside the data of the COPY."""


def ensure_pen() -> None:
    """Write the digest of the pen, once; for the owner of the tables, when they were made."""
    if not has_pen():
        with connection.cursor() as cursor:
            cursor.execute(_FIRST, [_digest(_secret())])


def has_pen() -> bool:
    """Whether the digest stands there, so that a row can be written with the pen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM handovers_pen)")
        (found,) = cursor.fetchone()
    return bool(found)


@contextmanager
def pen() -> Iterator[None]:
    """Hold the pen inside the caller's transaction.

    Only inside `transaction.atomic()`: what fails takes the pen away with its rollback.
    """
    if connection.vendor == "sqlite":
        with _lent(_digest(_secret())):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_QUIET)
        with cursor.copy("COPY handovers_held (pen) FROM STDIN") as copy:
            copy.write_row([_secret()])
        yield
        cursor.execute("SELECT set_config('vangnet.pen', '', true)")


def _secret() -> str:
    return keys.mac("handovers/pen", b"").hex()


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@contextmanager
def _lent(digest: str) -> Iterator[None]:
    connection.ensure_connection()
    connection.connection.create_function("vangnet_pen", 0, lambda: digest)
    try:
        yield
    finally:
        connection.connection.create_function("vangnet_pen", 0, lambda: None)
