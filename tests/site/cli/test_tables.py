from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from vangnet.knowledge.linkage import Record
from vangnet.knowledge.terms import Encounter, PartialDate
from vangnet.site.cli.rows import UnopenableError
from vangnet.site.cli.tables import columns, history_of, is_table, records_of, table_rows

HEADER = "encounter_id,given_names,family_name,birth_date,sex,collector_phone,met_on,child_id\n"


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("file", "table"), [("a.csv", True), ("a.PARQUET", True), ("a.json", False), ("-", False)])
def test_a_table_is_known_by_its_name(file: str, table: bool) -> None:
    assert is_table(file) is table


def test_csv_rows_are_read_with_their_line(tmp_path: Path) -> None:
    file = write(
        tmp_path / "t.csv",
        HEADER + "e1,Nora,Lind,2012,F,,2020-01-01,c1\ne2,Mila,,onbekend,,,,c2\ne3,Bo\n,Bo,,,,,,\n",
    )
    found = list(records_of(file))
    assert [row.line for row, _ in found] == [2, 3, 4, 5]
    assert isinstance(found[0][1], Record)
    refused = [record[0].code for _, record in found[1:] if isinstance(record, tuple)]
    assert refused == ["bad_birth_date", "wrong_width", "no_encounter_id"]


def test_a_line_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "t.csv", "encounter_id,given_names\ne1,Nora,over\n")
    ((row, reasons),) = records_of(file)
    assert isinstance(reasons, tuple)
    assert row.line == 2


def test_parquet_rows_are_read_with_their_number(tmp_path: Path) -> None:
    file = str(tmp_path / "t.parquet")
    parquet.write_table(
        pa.table({"encounter_id": ["e1", "e2"], "given_names": ["Nora", None], "sex": ["F", "vrouw"]}), file
    )
    (first, record), (second, reasons) = records_of(file)
    assert (first.line, second.line) == (1, 2)
    assert isinstance(record, Record)
    assert isinstance(reasons, tuple)


def test_a_file_that_is_no_table_is_said_in_one_sentence(tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.parquet", "not parquet")
    bare = write(tmp_path / "bare.csv", "name\nNora\n")
    empty = write(tmp_path / "empty.csv", "")
    other = str(tmp_path / "other.parquet")
    parquet.write_table(pa.table({"name": ["Nora"]}), other)
    for file in (bad, bare, empty, other, str(tmp_path / "absent.parquet"), str(tmp_path / "absent.csv")):
        with pytest.raises(UnopenableError, match=r"\.$"):
            list(table_rows(file))


def test_encounters_are_read_as_records(tmp_path: Path) -> None:
    known = {"organisation": "NL-POL-AMS", "country": "NL", "met_at": "2020-01"}
    rows = [{**known, "encounter_id": "e1", "child": {"given_names": "Nora"}}, known, {"country": "NL"}]
    file = write(tmp_path / "e.jsonl", "\n".join(map(json.dumps, rows)))
    (_, first), (place, second), (_, third) = records_of(file)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert second.record_id == place.place
    assert isinstance(third, tuple)


def test_a_table_row_becomes_an_encounter_of_the_past(tmp_path: Path) -> None:
    file = write(
        tmp_path / "t.csv",
        HEADER
        + "e1,Nora,Lind,2012-05,unknown,0600002290,2020-01,c1\ne2,Mila,,,,,2020-02-03,c2\ne3,Bo,,,,,soon,c3\ne4\n",
    )
    (_, first), (_, second), (_, third), (_, fourth) = history_of(file, organisation="NL-POL-AMS", country="NL")
    assert isinstance(first, Encounter)
    assert first.met_at == PartialDate(2020, 1)
    assert first.organisation == "NL-POL-AMS"
    assert first.companions[0].phones == ("0600002290",)
    assert "c1" not in repr(first)
    assert isinstance(second, Encounter)
    assert second.companions == ()
    assert isinstance(third, tuple)
    assert isinstance(fourth, tuple)


def test_history_may_be_encounters(tmp_path: Path) -> None:
    known = {"organisation": "NL-POL-AMS", "country": "NL", "met_at": "2020-01"}
    file = write(tmp_path / "e.json", json.dumps(known))
    ((_, found),) = history_of(file, organisation=None, country=None)
    assert isinstance(found, Encounter)


def test_a_row_without_country_is_refused_where_none_is_given(tmp_path: Path) -> None:
    file = write(tmp_path / "t.csv", HEADER + "e1,Nora,Lind,2012-05,F,,2020-01,c1\n")
    ((_, found),) = history_of(file, organisation="NL-POL-AMS", country=None)
    assert isinstance(found, tuple)


def test_a_quote_that_never_ends_is_said_with_its_line_after_the_rows_before_it(tmp_path: Path) -> None:
    file = write(tmp_path / "t.csv", 'encounter_id,given_names\ne1,Nora\ne2,"' + "x" * 140_000)
    rows = table_rows(file)
    assert next(rows).raw == {"encounter_id": "e1", "given_names": "Nora"}
    with pytest.raises(
        UnopenableError, match=r"t\.csv:\d+ cannot be read as CSV; check quotes and commas from that line on\.$"
    ):
        next(rows)


def test_nothing_of_a_file_that_is_no_text_further_on_is_taken(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"encounter_id\n" + b"e1\n" * 600_000 + b"\xff\n")
    with pytest.raises(UnopenableError, match="is not UTF-8 text"):
        next(table_rows(str(tmp_path / "t.csv")))


def test_every_column_that_is_read_is_named_with_what_it_becomes() -> None:
    named = columns()
    assert named["phone"] == "child.phones[0]"
    assert named["met_on"] == "met_at"
    assert named["sex"] == "child.sex"
    assert named["vehicle"] == "companions[0].vehicle"
    assert "role" not in named.values()
    assert "child_id" not in named
