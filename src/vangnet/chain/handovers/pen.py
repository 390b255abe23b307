"""The pen: without it the database takes no row of the gate, whoever writes.

It follows from the master key, which is outside the database; the database keeps only a digest. So
a fixture, an import, a shell or a script that goes round the services is refused. On PostgreSQL the
trigger computes the digest itself. SQLite has no such function: there the connection lends one while
the services write, and whoever can write the file is a superuser whose forgeries `ledger verify` finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection

from vangnet.trust.keys import services as keys

_FIRST = """INSERT INTO handovers_pen (id, digest) SELECT 1, %s
    WHERE NOT EXISTS (SELECT 1 FROM handovers_pen) ON CONFLICT DO NOTHING"""


@contextmanager
def pen() -> Iterator[None]:
    """Hold the pen inside the caller's transaction.

    Only inside `transaction.atomic()`: what fails takes the pen away with its rollback.
    """
    secret = keys.mac("handovers/pen", b"").hex()
    digest = sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [digest])
    if connection.vendor == "sqlite":
        with _lent(digest):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vangnet.pen', %s, true)", [secret])
        yield
        cursor.execute("SELECT set_config('vangnet.pen', '', true)")


@contextmanager
def _lent(digest: str) -> Iterator[None]:
    connection.ensure_connection()
    connection.connection.create_function("vangnet_pen", 0, lambda: digest)
    try:
        yield
    finally:
        connection.connection.create_function("vangnet_pen", 0, lambda: None)
