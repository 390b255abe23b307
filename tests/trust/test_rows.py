"""Many rows at once stand as if each had been saved, on either engine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from vangnet.trust import rows
from vangnet.trust.keys.models import EnvelopeKey
from vangnet.trust.rows import write_rows

AT = datetime(2026, 3, 1, 14, 0, 0, 123456, tzinfo=UTC)
COLUMNS = ("id", "wrapped", "created_at")


def test_rows_stand_as_if_each_had_been_saved(db: None) -> None:
    ids = [uuid4() for _ in range(3)]
    write_rows(EnvelopeKey, COLUMNS, ((one, bytes([0, 10, 255]), AT) for one in ids))
    EnvelopeKey.objects.create(wrapped=bytes([0, 10, 255]), created_at=AT)
    stood = list(EnvelopeKey.objects.values_list("wrapped", "created_at", "destroyed_at"))
    assert [(bytes(wrapped), at, gone) for wrapped, at, gone in stood] == [(bytes([0, 10, 255]), AT, None)] * 4
    assert set(ids) < set(EnvelopeKey.objects.values_list("id", flat=True))
    assert EnvelopeKey.objects.filter(id=ids[0]).exists()


def test_no_rows_are_no_error(db: None) -> None:
    write_rows(EnvelopeKey, COLUMNS, [])
    assert EnvelopeKey.objects.count() == 0


def test_constraints_hold(db: None) -> None:
    one = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(EnvelopeKey, COLUMNS, [(one, b"", AT), (one, b"", AT)])
    assert EnvelopeKey.objects.count() == 0


class FakeCursor:
    """Takes COPY as psycopg does."""

    def __init__(self) -> None:
        self.said = ""
        self.rows: list[list[Any]] = []

    @contextmanager
    def copy(self, said: str) -> Any:
        self.said = said
        yield self

    def write_row(self, row: Sequence[Any]) -> None:
        self.rows.append(list(row))


def test_postgresql_is_given_one_copy_and_its_own_uuids(monkeypatch: Any) -> None:
    cursor, one = FakeCursor(), UUID(int=7)
    monkeypatch.setattr(connection.features, "has_native_uuid_field", True, raising=False)
    monkeypatch.setattr(connection, "vendor", "postgresql", raising=False)
    monkeypatch.setattr(connection, "cursor", lambda: nullcontext(cursor))
    rows.write_rows(EnvelopeKey, ("id", "wrapped"), [(one, b"x")])
    assert cursor.said == 'COPY "keys_envelopekey" ("id", "wrapped") FROM STDIN'
    assert cursor.rows == [[one, b"x"]]


def test_every_row_is_made_before_the_statement_begins(db: None, monkeypatch: Any) -> None:
    begun: list[bool] = []
    monkeypatch.setitem(rows._WRITERS, connection.vendor, lambda *_: begun.append(True))

    def made() -> Any:
        assert not begun
        yield uuid4(), b"", AT

    write_rows(EnvelopeKey, COLUMNS, made())
    assert begun == [True]
