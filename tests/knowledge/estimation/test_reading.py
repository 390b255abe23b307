"""A table is read exactly, or refused with the row and what to do; nothing is guessed, repaired or dropped."""

from __future__ import annotations

import pytest

from mse import NAMES, table_named
from vangnet.knowledge.estimation import Table, read_table, reading
from vangnet.knowledge.terms import Reason

GOOD = "B,A,count\n1,0,7\n0,1,5\n1,1,2\n"


def reasons(text: str, **more: object) -> tuple[Reason, ...]:
    found = read_table(text, **more)  # type: ignore[arg-type]
    assert isinstance(found, tuple), found
    return found


def read(text: str, **more: object) -> Table:
    found = read_table(text, **more)  # type: ignore[arg-type]
    assert isinstance(found, Table), found
    return found


def test_lists_are_sorted_and_counts_stand_by_code() -> None:
    table = read(GOOD)
    assert table.lists == ("A", "B")
    assert table.counts == (0, 5, 7, 2)
    assert table.observed == 14
    assert dict(table.sizes) == {"A": 7, "B": 9}
    assert table.overlaps == {("A", "B"): 2}
    assert table.on_two_or_more == 2


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("A;B;count\n1;0;7\n", "semicolons", "row 1"),
        ("", "no_count", "row 1"),
        ("A,B\n1,0\n", "no_count", "row 1"),
        ("A,A,count\n1,0,7\n", "columns", "row 1"),
        ("A,,count\n1,0,7\n", "columns", "row 1"),
        ("A:B,C,count\n1,0,7\n", "columns", "row 1"),
        ("A,B,Nationality,count\n1,0,x,7\n", "banned", "row 1"),
        ("A,B,count\n", "no_rows", ""),
        ("A,B,count\n1,0,7\n0,1,5,6\n", "width", "row 3"),
        ("A,B,count\n1,0,7\n0,1,5\n1,2,5\n", "mark", "row 4"),
        ("region,count\nnorth,7\n", "lists", "row 1"),
        (",".join([*"ABCDEFGHIJK", "count"]) + "\n" + "1," * 11 + "7\n", "lists", "row 1"),
        ("A,B,count\n1,0,1 000\n0,1,5\n", "split_number", "row 2"),
        ("A,B,count\n1,0,1.000\n0,1,5\n", "split_number", "row 2"),
        ("A,B,count\n1,0,-3\n0,1,5\n", "negative", "row 2"),
        ("A,B,count\n1,0,3.5\n0,1,5\n", "fraction", "row 2"),
        ("A,B,count\n1,0,<5\n0,1,5\n", "suppressed", "row 2"),
        ("A,B,count\n1,0,*\n0,1,5\n", "suppressed", "row 2"),
        ("A,B,count\n1,0,many\n0,1,5\n", "count", "row 2"),
        ("A,B,count\n1,0,٣\n0,1,5\n", "count", "row 2"),
        ("A,B,count\n0,0,3\n0,1,5\n1,0,5\n", "on_no_list", "row 2"),
        ("A,B,count\n1,0,3\n0,1,5\n1,0,4\n", "duplicate", "row 4"),
        ("A,B,count\n1,0,0\n0,1,0\n", "nobody", ""),
        ("A,B,C,count\n1,0,0,5\n0,1,0,10\n0,0,1,15\n1,1,0,5\n1,0,1,5\n0,1,1,5\n", "rounded", ""),
        ("A,B,C,count\n1,0,0,50\n0,1,0,10\n0,0,1,20\n1,1,0,10\n1,0,1,10\n0,1,1,30\n", "rounded", ""),
        ("A,B,C,count\n1,0,0,3\n0,1,0,5\n1,1,0,2\n", "empty_list", ""),
    ],
)
def test_what_is_wrong_is_named_with_its_row(text: str, code: str, where: str) -> None:
    found = reasons(text)
    assert [(one.code, one.where) for one in found] == [(code, where)]
    assert found[0].words.nl.endswith((".", "(--omit C)."))
    assert found[0].words.en != found[0].words.nl


def test_every_wrong_row_is_named() -> None:
    found = reasons("A,B,count\n1,0,1 000\n0,1,-5\n1,1,2.5\n")
    assert [one.where for one in found] == ["row 2", "row 3", "row 4"]
    assert "write 1000" in found[0].words.en


def test_empty_lines_are_passed_over_and_keep_the_rows_right() -> None:
    assert reasons("A,B,count\n1,0,7\n\n0,1,-5\n")[0].where == "row 4"


def test_a_byte_order_mark_is_taken_off_and_said() -> None:
    table = read("\ufeff" + GOOD)
    assert table.counts == read(GOOD).counts
    assert [one.code for one in table.notices] == ["byte_order_mark", "few_lists"]


def test_what_is_odd_is_said_and_not_refused() -> None:
    contained = read("A,B,C,count\n0,1,0,5\n1,1,0,2\n0,0,1,4\n0,1,1,3\n")
    assert [one.code for one in contained.notices] == ["contained", "pair_shares_nobody"]
    assert "Everybody on A is on B too" in contained.notices[0].words.en
    apart = read("A,B,C,count\n1,0,0,5\n0,1,0,4\n0,0,1,3\n")
    assert [one.code for one in apart.notices] == ["no_overlap"]


def test_a_list_can_be_left_out_first() -> None:
    text = "A,B,C,count\n1,0,0,3\n0,1,0,5\n1,1,0,2\n"
    assert read(text, omit=("C",)).lists == ("A", "B")
    assert reasons(text, omit=("D",))[0].code == "no_such_list"


def test_covariates_make_strata_and_the_same_history_may_stand_in_each() -> None:
    table = read("A,B,region,count\n1,0,north,3\n0,1,north,5\n1,0,south,4\n1,1,south,2\n")
    assert table.covariates == ("region",)
    assert dict(table.strata) == {("north",): (0, 3, 5, 0), ("south",): (0, 4, 0, 2)}
    assert table.counts == (0, 7, 5, 2)
    assert reading.notices(table)[0].code == "few_lists"


@pytest.mark.parametrize("name", NAMES)
def test_every_published_table_is_read(name: str) -> None:
    assert table_named(name).observed > 90


def test_the_published_table_with_a_doubled_row_is_refused() -> None:
    text = "I,K,O,P,R,Z,count\n0,0,0,0,1,1,2\n0,0,0,1,0,1,125\n0,0,0,0,1,1,2\n"
    (reason,) = reasons(text)
    assert (reason.code, reason.where) == ("duplicate", "row 4")
    assert "row 2" in reason.words.en
