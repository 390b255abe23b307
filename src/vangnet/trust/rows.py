"""Write many rows of one table at once: COPY on PostgreSQL, one prepared statement on SQLite.

For bulk loading alone, where making a model instance for each row costs more than storing it.
Constraints and triggers of the database hold as always; defaults of a model do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection, models

_SameAsStored = (models.CharField, models.BinaryField, models.BooleanField, models.IntegerField)


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each with the values of `columns` in that order, inside the caller's transaction.

    `columns` are attribute names (`organisation_id`). Values have the type that the field has in
    Python; bytes for binary fields. Every row is made before the statement begins: to make one may
    ask the database something, and during a COPY it would wait for ever.
    """
    by_name = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django documents it
    fields = [by_name[name] for name in columns]
    named = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    ready = list(_stored(fields, rows))
    with connection.cursor() as cursor:
        _WRITERS[connection.vendor](cursor, table, named, ready)


def _stored(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """Give the rows as this database stores them."""
    change = [(place, to) for place, field in enumerate(fields) if (to := _change(field)) is not None]
    for row in rows:
        values = list(row)
        for place, to in change:
            values[place] = to(values[place])
        yield values


def _change(field: Any) -> Callable[[Any], Any] | None:
    """Give what turns a value into what is stored; None where they are the same."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, _SameAsStored):
        return None
    if isinstance(target, models.UUIDField) and connection.features.has_native_uuid_field:
        return None
    if isinstance(target, models.UUIDField):
        return attrgetter("hex")
    return lru_cache(maxsize=8)(lambda value: target.get_db_prep_save(value, connection))


def _prepared(cursor: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    places = ", ".join("%s" for _ in columns.split(", "))
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 - names of our own tables


def _copied(cursor: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


_WRITERS: dict[str, Callable[[Any, str, str, Iterable[Sequence[Any]]], None]] = {
    "sqlite": _prepared,
    "postgresql": _copied,
}
