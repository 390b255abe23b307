"""From the text of a list-pattern table (CSV) to counts, or everything that is wrong with it, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.tables import MOST_LISTS, Table, table_of, without
from vangnet.knowledge.terms import Reason, Words

COUNT = "count"
NOT_COVARIATES = frozenset(
    {
        *("eth", "ethnicity", "ethnic_group", "race", "religion", "skin_colour", "nationality", "residence_status"),
        *(
            "etniciteit",
            "afkomst",
            "geloof",
            "huidskleur",
            "nationaliteit",
            "verblijfsstatus",
            "family_type",
            "gezinstype",
        ),
    }
)
"""What no figure of this project is broken down by: `docs/reference/fields.md`."""

_WHOLE = re.compile(r"\d+")
_SUPPRESSED = re.compile(r"[<≤*.xX]\s*\d*|n/?a|NA", re.IGNORECASE)
_SPLIT = re.compile(r"\d{1,3}([ .,’'\u00a0\u202f]\d{3})+")
_ROUNDED_FROM = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    line: int
    marks: tuple[int, ...]
    values: tuple[str, ...]
    count: int


def _reason(code: str, words: Words, line: int | None = None) -> Reason:
    return Reason(code=code, where="" if line is None else f"row {line}", words=words)


def read_table(text: str, *, omit: Sequence[str] = ()) -> Table | tuple[Reason, ...]:
    """Read a table, or say everything that is wrong with it; rows are the lines of the file, the header is row 1.

    Columns of 0 and 1 are lists, other columns before `count` are covariates. `omit` names lists to leave out first.
    Nothing is guessed, repaired or dropped. A byte order mark is taken off, and the notices say so.
    """
    marked = text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    head = [name.strip() for name in lines[0]] if lines else []
    if reasons := _reasons_of_head(head, lines):
        return reasons
    rows = [(at, [cell.strip() for cell in line]) for at, line in enumerate(lines[1:], 2) if any(line)]
    listed = _list_columns(head, [line for _, line in rows])
    read, reasons = _rows(head, listed, rows)
    if not reasons:
        reasons = tuple(_reasons_of_rows(read))
    if reasons:
        return reasons
    return _checked(_table([head[at] for at in listed], _covariates(head, listed), read), omit, marked=marked)


def _reasons_of_head(head: list[str], lines: list[list[str]]) -> tuple[Reason, ...]:
    if head and ";" in head[0] and len(head) == 1:
        return (_reason("semicolons", sentences.SEMICOLONS, 1),)
    if not head or head[-1].lower() != COUNT:
        return (_reason("no_count", sentences.NO_COUNT, 1),)
    if reason := _reason_of_names(head):
        return (reason,)
    if not any(any(line) for line in lines[1:]):
        return (_reason("no_rows", sentences.NO_ROWS),)
    return ()


def _reason_of_names(head: list[str]) -> Reason | None:
    if twice := sorted({name for name in head if head.count(name) > 1 or not name}):
        return _reason("columns", sentences.columns(twice[0]), 1)
    if any(mark in name for name in head for mark in ":+"):
        return _reason("columns", sentences.SIGNS_IN_NAMES, 1)
    if banned := next((name for name in head if name.lower() in NOT_COVARIATES), None):
        return _reason("banned", sentences.banned(banned), 1)
    return None


def _list_columns(head: list[str], rows: list[list[str]]) -> list[int]:
    """A column is a list where most of its cells are 0 or 1, so that one slip is named and makes no covariate."""
    found = []
    for at in range(len(head) - 1):
        cells = [row[at] for row in rows if at < len(row)]
        if 2 * sum(cell in {"0", "1"} for cell in cells) > len(cells):
            found.append(at)
    return found


def _covariates(head: list[str], listed: list[int]) -> tuple[str, ...]:
    return tuple(head[at] for at in range(len(head) - 1) if at not in listed)


def _rows(
    head: list[str], listed: list[int], rows: Iterable[tuple[int, list[str]]]
) -> tuple[list[_Row], tuple[Reason, ...]]:
    if not listed or len(listed) > MOST_LISTS:
        return [], (_reason("lists", sentences.number_of_lists(len(listed), MOST_LISTS), 1),)
    read: list[_Row] = []
    reasons: list[Reason] = []
    for line, cells in rows:
        found = _row(head, listed, line, cells)
        if isinstance(found, _Row):
            read.append(found)
        else:
            reasons.append(found)
    return read, tuple(reasons)


def _row(head: list[str], listed: list[int], line: int, cells: list[str]) -> _Row | Reason:
    if len(cells) != len(head):
        return _reason("width", sentences.WIDTH, line)
    for at in listed:
        if cells[at] not in {"0", "1"}:
            return _reason("mark", sentences.mark(head[at], cells[at]), line)
    count = cells[-1]
    if not _WHOLE.fullmatch(count) or not count.isascii():
        return _reason(*_odd_count(count), line)
    marks = tuple(int(cells[at]) for at in listed)
    if not any(marks):
        return _reason("on_no_list", sentences.ON_NO_LIST, line)
    values = tuple(cells[at] for at in range(len(head) - 1) if at not in listed)
    return _Row(line=line, marks=marks, values=values, count=int(count))


def _odd_count(count: str) -> tuple[str, Words]:
    if _SPLIT.fullmatch(count):
        return "split_number", sentences.split_number(count)
    if count.startswith("-"):
        return "negative", sentences.negative(count)
    if _SUPPRESSED.fullmatch(count):
        return "suppressed", sentences.suppressed(count)
    if re.fullmatch(r"\d+[.,]\d+", count):
        return "fraction", sentences.fraction(count)
    return "count", sentences.count(count)


def _reasons_of_rows(rows: Sequence[_Row]) -> Iterator[Reason]:
    first: dict[tuple[tuple[int, ...], tuple[str, ...]], int] = {}
    for row in rows:
        key = (row.marks, row.values)
        if key in first:
            yield _reason("duplicate", sentences.duplicate(first[key]), row.line)
        first.setdefault(key, row.line)
    counts = [row.count for row in rows if row.count]
    if not counts:
        yield _reason("nobody", sentences.NOBODY)
    for base in (10, 5):
        if len(counts) >= _ROUNDED_FROM and all(count % base == 0 for count in counts):
            yield _reason("rounded", sentences.rounded(base))
            return


def _table(lists: list[str], covariates: tuple[str, ...], rows: Sequence[_Row]) -> Table:
    whole = table_of(lists, ((row.marks, row.count) for row in rows))
    if not covariates:
        return whole
    by_values = {
        values: table_of(lists, ((row.marks, row.count) for row in rows if row.values == values)).counts
        for values in sorted({row.values for row in rows})
    }
    return replace(whole, covariates=covariates, strata=MappingProxyType(by_values))


def _checked(table: Table, omit: Sequence[str], *, marked: bool) -> Table | tuple[Reason, ...]:
    for name in omit:
        if name not in table.lists:
            return (_reason("no_such_list", sentences.no_such_list(name, table.lists)),)
        table = without(table, name)
    empty = [name for name, size in table.sizes.items() if not size]
    if empty:
        return tuple(_reason("empty_list", sentences.empty_list(name)) for name in empty)
    start = (_reason("byte_order_mark", sentences.BYTE_ORDER_MARK, 1),) if marked else ()
    return replace(table, notices=(*start, *notices(table)))


def notices(table: Table) -> tuple[Reason, ...]:
    """Say what is odd about a table: too few lists, no overlap, a list inside another, a pair that shares nobody."""
    found = []
    if len(table.lists) < 3:
        found.append(_reason("few_lists", sentences.FEW_LISTS))
    if not table.on_two_or_more:
        found.append(_reason("no_overlap", sentences.NO_OVERLAP))
    for (one, other), both in table.overlaps.items():
        for inner, outer in ((one, other), (other, one)):
            if both == table.sizes[inner]:
                found.append(_reason("contained", sentences.contained(inner, outer)))
        if not both and table.on_two_or_more:
            found.append(_reason("pair_shares_nobody", sentences.shares_nobody(one, other)))
    return tuple(found)
