"""The story, played once, with all that it left behind: rows, logs, addresses, answers that say that something failed."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import override_settings

from chain.referrals.town import Town
from leaks.story import Seen, Story


@dataclass(frozen=True)
class Left:
    """What a thief, an administrator or a passer-by finds after the story."""

    rows: dict[str, bytes]
    dump: bytes
    logs: bytes
    logged: frozenset[str]
    seen: Seen


class _Everything(logging.Handler):
    """Keeps every record of every logger, as any handler could write it, with all that hangs on it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.text = io.StringIO()
        self.names: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.names.add(record.name)
        more = {name: value for name, value in vars(record).items() if name != "request"}
        self.text.write(f"{logging.Formatter().format(record)} {more}\n")


@pytest.fixture(scope="session")
def played(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """Play the story inside a transaction that is taken back, and keep what it left."""
    folder = tmp_path_factory.mktemp("story")
    settings = {
        "VANGNET_ANCHOR_FILE": folder / "anchors.jsonl",
        "STATIC_ROOT": folder,
        "AXES_ENABLED": True,
        "AXES_DISABLE_ACCESS_LOG": False,
        "AXES_VERBOSE": True,
    }
    with override_settings(**settings), django_db_blocker.unblock(), transaction.atomic():
        handler, restore = _listen()
        story = Story(Town.build())
        story.play()
        restore()
        rows = {model._meta.db_table: _rows_of(model._meta.db_table) for model in apps.get_models()}
        rows["django_session"] += b"".join(str(one.get_decoded()).encode() for one in Session.objects.all())
        anchors = Path(settings["VANGNET_ANCHOR_FILE"]).read_bytes()
        dump = _dump() + anchors
        transaction.set_rollback(True)
    return Left(rows, dump, handler.text.getvalue().encode(), frozenset(handler.names), story.seen)


def _listen() -> tuple[_Everything, Any]:
    """Hear every logger that there is, at DEBUG; give the handler, and what puts everything back."""
    handler = _Everything()
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    before = [(one, one.level, one.propagate, one.disabled) for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
        one.propagate, one.disabled = True, False
    logging.getLogger().addHandler(handler)

    def restore() -> None:
        logging.getLogger().removeHandler(handler)
        for one, level, propagate, disabled in before:
            one.setLevel(level)
            one.propagate, one.disabled = propagate, disabled

    return handler, restore


def _rows_of(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of our own
        return b"\n".join(_cell(one) for row in cursor.fetchall() for one in row)


def _cell(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _dump() -> bytes:
    """Give the whole database as its own tools write it out, tables of no model included."""
    if connection.vendor == "sqlite":
        raw = connection.connection
        return bytes(raw.serialize()) + "\n".join(raw.iterdump()).encode()
    with connection.cursor() as cursor:
        copied = []
        for table in connection.introspection.table_names(cursor):
            for shape in ("text", "csv", "binary"):
                with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT {shape})') as copy:
                    copied += [bytes(one) for one in copy]
        return b"".join(copied)


@pytest.fixture
def left(played: Left, db: None) -> Left:
    """Give it to a test; `db` makes the database be there before the story is played."""
    del db
    return played
