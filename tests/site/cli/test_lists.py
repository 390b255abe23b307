"""`vangnet lists`: records in, the table of overlaps out, with the quality of the linkage beside it; nobody stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vangnet.site.cli import main

RECORDS = "person,list,date,truth\n" + "".join(
    f"k{at},{name},2026-03-0{1 + at % 9},t{at}\n"
    for at in range(40)
    for name in "ABC"
    if (at + ord(name)) % 3 or at < 9
)


def written(tmp_path: Path, text: str = RECORDS) -> tuple[str, Path]:
    file = tmp_path / "records.csv"
    file.write_text(text, encoding="utf-8")
    return str(file), tmp_path / "table.csv"


def test_the_table_is_one_that_estimate_reads(tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path)
    assert main(["lists", file, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"vangnet estimate {out} --recall 1 --precision 1" in said
    assert "40 people" in said
    assert main(["estimate", str(out), "--method", "stepwise"]) == 0
    assert not any(f"k{at}," in out.read_text(encoding="utf-8") for at in range(40))


def test_beside_the_table_stands_how_it_was_made(tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path)
    assert main(["lists", file, "--from", "2026-03-02", "--to", "2026-03-05", "--out", str(out), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == json.loads(Path(f"{out}.json").read_text(encoding="utf-8"))
    assert shown["from"] == "2026-03-02"
    assert shown["to"] == "2026-03-05"
    assert shown["lists"] == ["A", "B", "C"]
    assert 0 < shown["people"] < 40
    assert shown["records"] > shown["people"]
    assert (shown["recall"], shown["precision"]) == (1.0, 1.0)
    assert shown["lowest_recall"] == 0.5


def test_the_quality_can_be_given(tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path)
    assert main(["lists", file, "--out", str(out), "--recall", "0.83", "--precision", "0.97"]) == 0
    assert f"vangnet estimate {out} --recall 0.83 --precision 0.97" in capsys.readouterr().out


def test_where_the_quality_is_not_known_that_is_said(tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path, "person,A,B,C\nk1,1,1,0\nk2,0,1,1\nk3,1,0,1\n")
    assert main(["lists", file, "--out", str(out)]) == 0
    assert "Nobody knows how well" in capsys.readouterr().out
    assert json.loads(Path(f"{out}.json").read_text(encoding="utf-8"))["recall"] is None


def test_below_the_lowest_recall_it_says_that_a_figure_is_refused(tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path)
    assert main(["lists", file, "--out", str(out), "--recall", "0.4", "--language", "nl"]) == 1
    assert "onder 50%" in capsys.readouterr().out
    assert out.exists()


def test_what_is_odd_about_the_table_is_said(tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path, "person,A,B\nk1,1,0\nk2,0,1\n")
    assert main(["lists", file, "--out", str(out)]) == 0
    err = capsys.readouterr().err
    assert "Find a third list" in err
    assert "Nobody is on two lists" in err


def test_what_cannot_be_counted_is_named_with_its_row_and_nothing_is_written(tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path, "person,list,date\nk1,A,2026-01\nk2,,2026-01-02\n")
    assert main(["lists", file, "--out", str(out)]) == 2
    err = capsys.readouterr().err
    assert f"{file}, row 2: This row has no whole date" in err
    assert f"{file}, row 3:" in err
    assert not out.exists()


def test_a_file_that_is_not_there_and_a_folder_that_is_not_there(tmp_path: Path, capsys) -> None:
    file, _ = written(tmp_path)
    assert main(["lists", str(tmp_path / "none.csv"), "--out", "x.csv"]) == 2
    assert "cannot be opened" in capsys.readouterr().err
    assert main(["lists", file, "--out", str(tmp_path / "no" / "table.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "20260101"])
def test_a_day_that_is_none_is_refused(day: str, tmp_path: Path, capsys) -> None:
    file, out = written(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["lists", file, "--from", day, "--out", str(out)])
    assert ended.value.code == 2
    assert "write a day as 2026-01-31" in capsys.readouterr().err
