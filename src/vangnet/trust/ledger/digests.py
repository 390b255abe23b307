"""The digest of a row, as an entry of the ledger binds it: two rows that differ in any column differ here."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models

from vangnet.trust.ledger import services as ledger


def columns_of(table: type[models.Model]) -> tuple[str, ...]:
    """Name every column of a table, in its order."""
    return tuple(field.attname for field in table._meta.concrete_fields)  # noqa: SLF001 - the public underscore of Django


def values_of(row: models.Model) -> list[Any]:
    """Give what stands in every column of a row, in the order of `columns_of`."""
    return [getattr(row, name) for name in columns_of(type(row))]


def digest_of(row: models.Model, *, added: Collection[str] = ()) -> str:
    """Give the digest (hex) of every column of a row; of `added` one that is NULL is left out."""
    content = {name: plain(getattr(row, name)) for name in columns_of(type(row))}
    for column in added:
        if content[column] is None:
            del content[column]
    return ledger.digest(row._meta.label_lower, content)  # noqa: SLF001 - the public underscore of Django


def digest_together(label: str, rows: Iterable[Sequence[Any]]) -> str:
    """Give one digest (hex) for rows that are told together; their order does not matter."""
    told = sorted(json.dumps([plain(value) for value in row]) for row in rows)
    return ledger.digest(label, {"rows": told})


def plain(value: Any) -> str | int | None:
    """Write a value as the JSON that a digest covers; bytes as their SHA-256."""
    match value:
        case None | int() | str():
            return value
        case UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case _:
            return sha256(bytes(value)).hexdigest()


def digests_in(table: type[models.Model]) -> Iterator[tuple[UUID, str]]:
    """Give every row of a table with the digest of what stands there now, for comparing with the ledger."""
    for row in table._default_manager.all().iterator(chunk_size=2000):  # noqa: SLF001 - the public underscore of Django
        yield row.pk, digest_of(row)
