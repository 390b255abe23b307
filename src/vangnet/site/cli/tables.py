"""Linkage tables as CSV or Parquet, and encounters as JSON: row by row, each with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from vangnet.knowledge.linkage import Record, record_of, record_of_row
from vangnet.knowledge.terms import Encounter, Reason, Words, organisation_code, read_encounter
from vangnet.site.cli.rows import NO_TEXT, NOT_OPENED, Row, UnopenableError, encounters_of, text_of

_SUFFIXES = (".csv", ".parquet")
_BATCH = 4096
_SIGNS = 1 << 20


def is_table(file: str) -> bool:
    """Whether a file is a linkage table, by the end of its name."""
    return Path(file).suffix.lower() in _SUFFIXES


def _csv_rows(file: str) -> Iterator[Row]:
    """Give the rows of a CSV file with a header; `line` is the line in the file where a row ends."""
    with _opened(file) as lines:
        reader = csv.DictReader(lines)
        if "encounter_id" not in (reader.fieldnames or ()):
            raise UnopenableError(
                f"{file} has no column encounter_id; put the names of the columns on its first line."
            )
        for values in _values(file, reader):
            if None in values or None in values.values():
                yield Row(file=file, line=reader.line_num, raw=values, reason=_wrong_width())
            else:
                yield Row(file=file, line=reader.line_num, raw=values)


def _values(file: str, reader: csv.DictReader[str]) -> Iterator[dict[str, Any]]:
    try:
        yield from reader
    except csv.Error as error:
        raise UnopenableError(
            f"{file}:{reader.line_num} cannot be read as CSV; check quotes and commas from that line on."
        ) from error


def _opened(file: str) -> IO[str]:
    """Open a text that was read through once, so that nothing of a file that is no text is ever taken."""
    if file == "-":
        return io.StringIO(text_of(file), newline="")
    try:
        with Path(file).open(encoding="utf-8-sig") as text:
            while text.read(_SIGNS):
                pass
        return Path(file).open(encoding="utf-8-sig", newline="")
    except UnicodeDecodeError as error:
        raise UnopenableError(NO_TEXT.format(file=file)) from error
    except OSError as error:
        raise UnopenableError(NOT_OPENED.format(file=file, why=error.strerror)) from error


def _parquet_rows(file: str) -> Iterator[Row]:
    """Give the rows of a Parquet file; `line` is the number of the row, the first is 1."""
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 - slow to import, and only tables need it

    try:
        table = parquet.ParquetFile(file)
        if "encounter_id" not in table.schema_arrow.names:
            raise UnopenableError(f"{file} has no column encounter_id.")
        batches = table.iter_batches(batch_size=_BATCH)
        values = (one for batch in batches for one in batch.to_pylist())
        yield from (Row(file=file, line=line, raw=one) for line, one in enumerate(values, start=1))
    except (OSError, ArrowException, UnicodeDecodeError) as error:
        raise UnopenableError(
            f"{file} cannot be read as Parquet; check the name and whether it is whole."
        ) from error


def _wrong_width() -> Reason:
    words = Words(
        "Deze regel heeft meer of minder kolommen dan de eerste; kijk komma's en aanhalingstekens na.",
        "This line has more or fewer columns than the first; check commas and quotes.",
    )
    return Reason(code="wrong_width", words=words)


def table_rows(file: str) -> Iterator[Row]:
    """Give every row of a linkage table; raises UnopenableError with one sentence."""
    return _csv_rows(file) if file.lower().endswith(".csv") else _parquet_rows(file)


def records_of(file: str) -> Iterator[tuple[Row, Record | tuple[Reason, ...]]]:
    """Read every row of a table, or every encounter of a JSON file, for comparison.

    An encounter without a number of its own stands under its place in the file.
    """
    if is_table(file):
        for row in table_rows(file):
            record = row.reason or record_of_row(row.raw)
            yield row, (record,) if isinstance(record, Reason) else record
        return
    for row, encounter in encounters_of([file]):
        if isinstance(encounter, Encounter):
            record = record_of(encounter)
            yield row, record if record.record_id else replace(record, record_id=row.place)
        else:
            yield row, encounter


def _without_empty(value: Any) -> Any:
    """Leave out what is empty, at every depth: absent is unknown."""
    if isinstance(value, dict):
        return {key: kept for key, one in value.items() if (kept := _without_empty(one))}
    if isinstance(value, list):
        return [kept for one in value if (kept := _without_empty(one))]
    return value


def _as_encounter(cell: Callable[[str], str]) -> dict[str, Any]:
    """Shape one row of a linkage table as an encounter; `child_id` and unknown columns are left out."""
    adult = _without_empty({"phones": [cell("collector_phone")], "vehicle": cell("vehicle")})
    shaped: dict[str, Any] = _without_empty(
        {
            "encounter_id": cell("encounter_id"),
            "organisation": cell("organisation"),
            "country": cell("country"),
            "met_at": cell("met_on"),
            "child": {
                "given_names": cell("given_names"),
                "family_name": cell("family_name"),
                "birth_date": cell("birth_date"),
                "sex": cell("sex").upper().replace("UNKNOWN", ""),
                "birth_place": cell("birth_place"),
                "phones": [cell("phone")],
                "address": cell("address"),
                "documents": [{"number": cell("document_number")}],
                "biometric_references": [{"reference": cell("biometric_reference")}],
            },
            "companions": [{"role": "adult", **adult}] if adult else [],
        }
    )
    return shaped


def columns() -> dict[str, str]:
    """Give the columns of a linkage table that an import reads, each with the field of an encounter that it becomes."""
    return {name.lower(): path for path, name in _leaves(_as_encounter(lambda name: name), "")}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _leaves(one, f"{path}[{at}]")
    else:
        for key, one in value.items():
            if key != "role":
                yield from _leaves(one, f"{path}.{key}" if path else key)


def history_of(
    file: str, *, organisation: str | None, country: str | None
) -> Iterator[tuple[Row, Encounter | tuple[Reason, ...]]]:
    """Read every encounter of a file; rows of a linkage table are shaped as encounters first.

    `organisation` and `country` fill the rows of a table that lack them, or whose organisation is
    no code; `met_on` becomes a partial `met_at`.
    """
    if not is_table(file):
        yield from encounters_of([file])
        return
    filling = {"organisation": organisation or "", "country": country or ""}
    for row in table_rows(file):
        if row.reason:
            yield row, (row.reason,)
            continue

        def cell(name: str, row: Row = row) -> str:
            said = str(row.raw.get(name) or "").strip()
            usable = name != "organisation" or not filling[name] or organisation_code().fullmatch(said)
            return said if said and usable else filling.get(name, "")

        yield row, read_encounter(_as_encounter(cell))
