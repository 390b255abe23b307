"""From records or people to the table of overlaps: counted exactly, or refused with the row; nobody stands in what comes out."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest

from vangnet.knowledge.estimation import Lists, read_people, read_table, table_of, write_table
from vangnet.knowledge.terms import Reason

RECORDS = """person,list,date
k1,Police,2026-01-02
k1,Shelter,2026-01-09
k1,Police,2026-02-01
k2,Shelter,2026-03-01
k3,Board,2025-12-31
k3,Police,2026-01-01
"""
PEOPLE = "person,Police,Shelter,Board\nk1,1,1,0\nk2,0,1,0\nk3,1,0,1\n"


def lists(text: str, **more: date) -> Lists:
    found = read_people(text, **more)
    assert isinstance(found, Lists), found
    return found


def reasons(text: str, **more: date) -> tuple[Reason, ...]:
    found = read_people(text, **more)
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize("text", [RECORDS, PEOPLE, "\ufeff" + PEOPLE, PEOPLE + "\n,,,\n"])
def test_one_row_a_record_and_one_row_a_person_give_the_same_table(text: str) -> None:
    found = lists(text)
    assert found.table.lists == ("Board", "Police", "Shelter")
    assert {code: count for code, count in enumerate(found.table.counts) if count} == {3: 1, 4: 1, 6: 1}
    assert found.records == (6 if text == RECORDS else 5)
    assert (found.recall, found.precision) == (None, None)


def test_a_record_counts_where_its_day_lies_in_the_period_both_ends_with_it() -> None:
    found = lists(RECORDS, since=date(2026, 1, 1), until=date(2026, 1, 9))
    assert found.table.lists == ("Police", "Shelter")
    assert found.table.counts == (0, 1, 0, 1)
    assert lists(RECORDS, until=date(2026, 1, 1)).table.lists == ("Board", "Police")
    assert lists(RECORDS, since=date(2026, 2, 2)).table.observed == 1


def test_a_table_that_was_written_is_read_back_the_same() -> None:
    table = lists(RECORDS).table
    back = read_table(write_table(table))
    assert not isinstance(back, tuple)
    assert (back.lists, back.counts) == (table.lists, table.counts)
    assert write_table(table) == "Board,Police,Shelter,count\n1,1,0,1\n0,0,1,1\n0,1,1,1\n"
    odd = table_of(('A, "new"', "B"), [((1, 1), 4)])
    assert read_table(write_table(odd)).counts == odd.counts  # type: ignore[union-attr]


def test_nobody_stands_in_the_table() -> None:
    text = write_table(lists(RECORDS).table)
    assert not any(person in text for person in ("k1", "k2", "k3"))


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "no_people", "row 1"),
        ("person;list\nk1;A\n", "semicolons", "row 1"),
        ("name,list\nk1,A\n", "no_people", "row 1"),
        ("person\nk1\n", "no_people", "row 1"),
        ("person,list,name\nk1,A,Ada\n", "column", "row 1"),
        ("person,list,list\nk1,A,A\n", "columns", "row 1"),
        ("person,A,\nk1,1,0\n", "columns", "row 1"),
        ("person,A:B\nk1,1\n", "columns", "row 1"),
        ("person,Nationality,A\nk1,1,1\n", "banned", "row 1"),
        ("person,count,A\nk1,1,1\n", "columns", "row 1"),
        ("person,list\n", "no_rows", ""),
        ("person,list\nk1,A,B\n", "width", "row 2"),
        ("person,list\nk1,A\n,A\n", "empty", "row 3"),
        ("person,list\nk1,\n", "empty", "row 2"),
        ("person,list\nk1,A+B\n", "columns", "row 2"),
        ("person,list\nk1,Count\n", "columns", "row 2"),
        ("person,list\nk1,Nationality\n", "banned", "row 2"),
        ("person,list,date\nk1,A,2026-01\n", "date", "row 2"),
        ("person,list,date\nk1,A,\n", "date", "row 2"),
        ("person,list,date\nk1,A,2026-13-01\n", "date", "row 2"),
        ("person,A,B\n,1,1\n", "empty", "row 2"),
        ("person,list,date\nk1,A,20260105\n", "date", "row 2"),
        ("person,A,B\nk1,1,2\n", "mark", "row 2"),
        ("person,A,B\nk1,0,0\n", "on_no_list", "row 2"),
        ("person,A,B\nk1,1,0\nk2,1,1\nk1,0,1\n", "person_twice", "row 4"),
        ("person,A,B\nk1,1,0\n", "empty_list", ""),
        ("person," + ",".join("ABCDEFGHIJK") + "\nk1" + ",1" * 11 + "\n", "lists", ""),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_row(text: str, code: str, where: str) -> None:
    (reason,) = reasons(text)
    assert (reason.code, reason.where) == (code, where)
    assert reason.words.nl
    assert reason.words.en.endswith(".")
    assert "k1" not in reason.words.en


def test_every_wrong_row_is_named() -> None:
    assert [one.where for one in reasons("person,list,date\nk1,A,x\nk2,A,2026-01-01\nk3,,2026-01-01\n")] == [
        "row 2",
        "row 4",
    ]


def test_a_period_needs_days_and_the_right_order_and_somebody_in_it() -> None:
    assert reasons(PEOPLE, since=date(2026, 1, 1))[0].code == "no_dates"
    assert reasons(PEOPLE, until=date(2026, 1, 1))[0].code == "no_dates"
    assert reasons(RECORDS, since=date(2026, 2, 1), until=date(2026, 1, 1))[0].code == "period"
    assert reasons(RECORDS, since=date(2027, 1, 1))[0].code == "nobody_then"
    assert lists(RECORDS, since=date(2026, 1, 1), until=date(2026, 1, 1)).table.observed == 1


def test_what_is_odd_is_said() -> None:
    assert [one.code for one in lists("person,list\nk1,A\nk2,B\n").table.notices] == ["few_lists", "no_overlap"]


def test_recall_and_precision_are_those_of_pairs_on_two_lists_whose_truth_is_known() -> None:
    text = (
        "person,list,truth\n"
        "k1,A,t1\nk1,B,t1\nk1,C,t2\n"  # one right link, two false ones
        "k2,C,t1\n"  # two true pairs that were missed
        "k2,C,t1\nk3,A,\nk3,B,\n"  # said twice, and unlabelled
    )
    found = lists(text)
    assert found.recall == pytest.approx(1 / 3)
    assert found.precision == pytest.approx(1 / 3)
    assert found.table.observed == 3


def test_without_a_true_pair_or_a_link_nothing_is_said_of_them() -> None:
    found = lists("person,list,truth\nk1,A,t1\nk1,B,t2\n")
    assert (found.recall, found.precision) == (None, 0.0)
    found = lists("person,list,truth\nk1,A,t1\nk2,B,t1\n")
    assert (found.recall, found.precision) == (0.0, None)


def test_the_quality_is_what_brute_force_over_all_pairs_finds() -> None:
    rng = np.random.default_rng(5)
    rows = sorted({(f"p{rng.integers(9)}", "ABC"[rng.integers(3)], f"t{rng.integers(9)}") for _ in range(60)})
    across = [(one, other) for one, other in combinations(rows, 2) if one[1] != other[1]]
    right = sum(one[0] == other[0] and one[2] == other[2] for one, other in across)
    found = lists("person,list,truth\n" + "".join(",".join(row) + "\n" for row in rows))
    assert found.recall == right / sum(one[2] == other[2] for one, other in across)
    assert found.precision == right / sum(one[0] == other[0] for one, other in across)
