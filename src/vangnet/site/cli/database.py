"""Commands on the database: who acts, for what, and one clear sentence where that cannot be."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vangnet.knowledge.terms import Purpose, Reason

if TYPE_CHECKING:
    from vangnet.trust.access.policy import Actor


class NoDatabaseError(Exception):
    """The database cannot be used; the text is one sentence for people."""


_NO_ANSWER = (
    "The database does not answer; check DATABASE_URL and whether the server runs, or the file and its folder."
)
_KNOWN = {
    "locked": "The database is in use by another command; wait until that one is done and try again.",
    "readonly": "The database can only be read; check the rights of its file and of its folder.",
    "read-only": "The database can only be read; ask whoever runs it.",
    "not a database": "The file of the database is none; check DATABASE_URL or put back a backup.",
    "malformed": "The file of the database is damaged; put back a backup.",
    "full": "The disk of the database is full; make space and try again.",
}


def database_sentence(error: Exception) -> str:
    """Say why the database cannot be used, and how to mend it."""
    text = str(error).lower()
    return next((sentence for part, sentence in _KNOWN.items() if part in text), _NO_ANSWER)


def add_actor_options(parser: argparse.ArgumentParser, purpose: Purpose) -> None:
    """Let a command say as whom and for what it acts."""
    parser.add_argument(
        "--as", dest="account", metavar="ACCOUNT", help="service account; default the only one there is"
    )
    parser.add_argument(
        "--purpose",
        type=Purpose,
        choices=list(Purpose),
        default=purpose,
        metavar="PURPOSE",
        help=f"default {purpose.value}",
    )


_NOT_THERE = (
    "There is no database at {name}; run `vangnet init` first, which makes it, or name the one you have "
    "with DATABASE_URL (or its folder with VANGNET_VAR)."
)
_BEHIND = (
    "The database {name} is not up to date; run `vangnet init` first: it adds what lacks and keeps what is there."
)


def ready() -> None:
    """Start Django and see that the database is there, up to date and under this master key.

    Raises NoDatabaseError, or what `prove_master_key` raises.
    """
    import django  # noqa: PLC0415 - a command without a database starts without Django

    django.setup()
    from django.db import DatabaseError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from vangnet.trust.keys.services import prove_master_key  # noqa: PLC0415

    name = str(connection.settings_dict["NAME"])
    if (
        connection.vendor == "sqlite"
        and name != ":memory:"
        and "mode=memory" not in name
        and not Path(name).exists()
    ):
        raise NoDatabaseError(_NOT_THERE.format(name=name))
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise NoDatabaseError(database_sentence(error)) from error
    if behind:
        raise NoDatabaseError(_BEHIND.format(name=name))
    prove_master_key()


def actor_named(account: str | None, organisation: str | None = None) -> Actor | Reason:
    """Give the service account that acts: by name, by organisation, or the only one there is; else a Reason."""
    from vangnet.trust.access.accounts import service_actor  # noqa: PLC0415

    return service_actor(account, organisation)


def refused(error: Exception) -> int:
    """Say on standard error why nothing could be done; exit 2."""
    print(error, file=sys.stderr)
    return 2
