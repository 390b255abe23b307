"""From linked records, or one row per person, to the table of who is on which lists; nobody stands in what comes out."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation import sentences_of_people as said
from vangnet.knowledge.estimation.reading import COUNT, NOT_COVARIATES, notices
from vangnet.knowledge.estimation.tables import MOST_LISTS, Table, table_of
from vangnet.knowledge.terms import Reason, Words

PERSON, LIST, DATE, TRUTH = "person", "list", "date", "truth"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The table of a period, out of how many records, and how well these were linked where a truth is known.

    `recall` is the share of true pairs of records on two lists that were linked, `precision` the share of such links
    that are true; None where nothing tells.
    """

    table: Table
    records: int
    recall: float | None = None
    precision: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    person: str
    list: str
    on: date | None = None
    truth: str = ""


_Read = Callable[[Sequence[str], Sequence[str]], list[_Record] | Reason]


def read_people(text: str, *, since: date | None = None, until: date | None = None) -> Lists | tuple[Reason, ...]:
    """Count who is on which lists, or say everything that is wrong, row by row; the header is row 1.

    With a column `list` every row is a record: `person` (who the linkage says it is), `list`, and where there are any
    `date` and `truth` (who it really is, of a labelled sample). Without, every row is a person, with a 0/1 column per list.
    Both ends of the period count. Nothing is guessed, repaired or dropped.
    """
    rows = [
        [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    ]
    head = rows[0] if rows else []
    if words := _wrong_head(head):
        return (_reason(*words, row=1),)
    if words := _wrong_period(head, since, until):
        return (_reason(*words),)
    read = _records if LIST in head else _marks
    found, reasons = _read_rows(head, rows[1:], read)
    if reasons:
        return reasons
    within = [one for one in found if _within(one.on, since, until)]
    if not within:
        return (_reason("nobody_then", said.NOBODY_THEN),)
    return _counted(head, within)


def write_table(table: Table) -> str:
    """Write a table as CSV: a column of 0 and 1 per list, and `count`; combinations with nobody are left out."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*table.lists, COUNT])
    for code, count in enumerate(table.counts):
        if count:
            writer.writerow([*(code >> at & 1 for at in range(len(table.lists))), count])
    return file.getvalue()


def _reason(code: str, words: Words, *, row: int | None = None) -> Reason:
    return Reason(code=code, where="" if row is None else f"row {row}", words=words)


def _wrong_head(head: Sequence[str]) -> tuple[str, Words] | None:
    if len(head) == 1 and ";" in head[0]:
        return "semicolons", sentences.SEMICOLONS
    if PERSON not in head or len(head) < 2:
        return "no_people", said.NO_PEOPLE
    if twice := sorted({name for name in head if head.count(name) > 1 or not name}):
        return "columns", sentences.columns(twice[0])
    if LIST not in head:
        return next((wrong for name in head if (wrong := _wrong_name(name))), None)
    other = next((name for name in head if name not in {PERSON, LIST, DATE, TRUTH}), None)
    return ("column", said.column(other)) if other else None


def _wrong_name(name: str) -> tuple[str, Words] | None:
    """Say why a list cannot be called so."""
    if any(mark in name for mark in ":+"):
        return "columns", sentences.SIGNS_IN_NAMES
    if name.lower() == COUNT:
        return "columns", said.NAMED_COUNT
    return ("banned", sentences.banned(name)) if name.lower() in NOT_COVARIATES else None


def _wrong_period(head: Sequence[str], since: date | None, until: date | None) -> tuple[str, Words] | None:
    if since and until and since > until:
        return "period", said.PERIOD
    if (since or until) and (LIST not in head or DATE not in head):
        return "no_dates", said.NO_DATES
    return None


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def _read_rows(
    head: Sequence[str], rows: Iterable[Sequence[str]], read: _Read
) -> tuple[list[_Record], tuple[Reason, ...]]:
    found: list[_Record] = []
    reasons: list[Reason] = []
    before: set[str] = set()
    for row, cells in enumerate(rows, 2):
        if not any(cells):
            continue
        got = read(head, cells) if len(cells) == len(head) else _reason("width", sentences.WIDTH)
        if not isinstance(got, Reason) and LIST not in head and got[0].person in before:
            got = _reason("person_twice", said.PERSON_TWICE)
        if isinstance(got, Reason):
            reasons.append(replace(got, where=f"row {row}"))
            continue
        found += got
        before.add(got[0].person)
    return found, tuple(reasons) if found or reasons else (_reason("no_rows", said.NO_ROWS),)


def _records(head: Sequence[str], cells: Sequence[str]) -> list[_Record] | Reason:
    """Read one record."""
    cell = dict(zip(head, cells, strict=True))
    if not cell[PERSON] or not cell[LIST]:
        return _reason("empty", said.EMPTY)
    if wrong := _wrong_name(cell[LIST]):
        return _reason(*wrong)
    day = _day(cell[DATE]) if DATE in cell else None
    if isinstance(day, Reason):
        return day
    return [_Record(person=cell[PERSON], list=cell[LIST], on=day, truth=cell.get(TRUTH, ""))]


def _day(text: str) -> date | Reason:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    return _reason("date", said.DAY)


def _marks(head: Sequence[str], cells: Sequence[str]) -> list[_Record] | Reason:
    """Read one person as a record per list."""
    person = cells[head.index(PERSON)]
    if not person:
        return _reason("empty", said.EMPTY)
    marks = [(name, mark) for name, mark in zip(head, cells, strict=True) if name != PERSON]
    for name, mark in marks:
        if mark not in {"0", "1"}:
            return _reason("mark", sentences.mark(name, mark))
    on = [_Record(person=person, list=name) for name, mark in marks if mark == "1"]
    return on or _reason("on_no_list", said.ON_NO_LIST)


def _counted(head: Sequence[str], records: Sequence[_Record]) -> Lists | tuple[Reason, ...]:
    names = sorted({one.list for one in records})
    if LIST not in head and (empty := [name for name in head if name not in {PERSON, *names}]):
        return tuple(_reason("empty_list", sentences.empty_list(name)) for name in empty)
    if len(names) > MOST_LISTS:
        return (_reason("lists", sentences.number_of_lists(len(names), MOST_LISTS)),)
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for one in records:
        seen[one.person].add(one.list)
    histories = Counter(tuple(int(name in on) for name in names) for on in seen.values())
    table = table_of(names, histories.items())
    recall, precision = _quality(records)
    return Lists(
        table=replace(table, notices=notices(table)), records=len(records), recall=recall, precision=precision
    )


def _quality(records: Sequence[_Record]) -> tuple[float | None, float | None]:
    labelled = sorted({(one.person, one.list, one.truth) for one in records if one.truth})
    linked = _pairs(labelled, 0)
    true = _pairs(labelled, 2)
    right = len(linked & true)
    return right / len(true) if true else None, right / len(linked) if linked else None


def _pairs(records: Sequence[tuple[str, str, str]], by: int) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give the pairs of records on two lists that agree on the person, or on the truth."""
    together: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for record in records:
        together[record[by]].append(record)
    return {
        (one, other) for some in together.values() for one, other in combinations(some, 2) if one[1] != other[1]
    }
