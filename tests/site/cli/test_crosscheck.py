from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vangnet.knowledge.linkage import Record, record_of_row
from vangnet.site.cli.crosscheck import DatabaseSearch, add_parser, percentiles, run_against_file
from vangnet.site.cli.endings import ended

SMALL = str(Path(__file__).parents[2] / "data" / "linkage_small.csv")
HEADER = "encounter_id,given_names,family_name,birth_date,sex,phone,country,child_id\n"


def run(*arguments: str, database_search: DatabaseSearch | None = None) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers(required=True), database_search)
    args = parser.parse_args(["crosscheck", *arguments])
    return ended(args.run, args)


@pytest.fixture
def queries(tmp_path: Path) -> str:
    lines = Path(SMALL).read_text(encoding="utf-8").splitlines()
    file = tmp_path / "queries.csv"
    file.write_text("\n".join(lines[:6]) + "\n", encoding="utf-8")
    return str(file)


def test_candidates_come_in_the_shape_of_the_contract(queries: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(queries, "--against", SMALL, "--limit", "3", "--json") == 0
    out, err = capsys.readouterr()
    assert err == ""
    answers = [json.loads(line) for line in out.splitlines()]
    assert len(answers) == 5
    for answer in answers:
        assert list(answer) == ["query_id", "prior_weight", "candidates"]
        assert 0 < len(answer["candidates"]) <= 3
        for candidate in answer["candidates"]:
            assert list(candidate) == ["encounter_id", "match_weight", "probability", "explanation"]
            assert candidate["encounter_id"] != answer["query_id"]
            parts = [part["match_weight"] for part in candidate["explanation"]]
            assert math.fsum([answer["prior_weight"], *parts]) == pytest.approx(candidate["match_weight"], abs=1e-9)
            assert all(part["words"].endswith(".") for part in candidate["explanation"])
        weights = [candidate["match_weight"] for candidate in answer["candidates"]]
        assert weights == sorted(weights, reverse=True)


def test_refused_rows_are_named_and_the_rest_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = tmp_path / "r.csv"
    records.write_text(HEADER + "e1,Nora,Lind,2012,F,,NL,c\ne2,Nora,Lind,nooit,F,,NL,c\n", encoding="utf-8")
    asked = tmp_path / "q.csv"
    asked.write_text(HEADER + "q1,Nora,Lind,2012,F,,NL,c\n", encoding="utf-8")
    assert run(str(asked), "--against", str(records), "--language", "nl") == 1
    out, err = capsys.readouterr()
    assert [one["encounter_id"] for one in json.loads(out)["candidates"]] == ["e1"]
    assert f"{records}:3: birth_date" in err
    assert "schrijf" in err


def test_where_nothing_can_be_done_it_says_so(
    tmp_path: Path, queries: str, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text(HEADER, encoding="utf-8")
    assert run(str(empty), "--against", SMALL) == 2
    assert run(queries, "--against", str(tmp_path / "absent.csv")) == 2
    assert run(queries, "--against", SMALL, "--out", str(tmp_path / "absent" / "out.jsonl")) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 3


def test_the_answer_can_go_to_a_file_and_the_timings_to_standard_error(
    tmp_path: Path, queries: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.jsonl"
    assert run(queries, "--against", SMALL, "--out", str(file), "--timings") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert len(file.read_text(encoding="utf-8").splitlines()) == 5
    timings = json.loads(err)
    assert timings["queries"] == 5
    assert list(timings) == ["queries", "p50_ms", "p95_ms", "p99_ms"]


def test_without_a_file_the_database_is_searched(queries: str, capsys: pytest.CaptureFixture[str]) -> None:
    def search(args: argparse.Namespace, records: Iterable[Record]) -> Iterator[dict[str, Any]]:
        return ({"query_id": record.record_id, "prior_weight": 0, "candidates": []} for record in records)

    assert run(queries, "--timings", database_search=search) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 5
    assert json.loads(err)["queries"] == 5


@pytest.mark.parametrize("limit", ["0", "-1", "x"])
def test_a_limit_is_one_or_more(queries: str, limit: str) -> None:
    with pytest.raises(SystemExit):
        run(queries, "--against", SMALL, "--limit", limit)


def test_blanking_where_a_child_is_from_changes_nothing() -> None:
    row = {
        "encounter_id": "q",
        "given_names": "Nora",
        "family_name": "Lind",
        "country": "NL",
        "birth_place": "Zeestad",
    }
    bare = {key: value for key, value in row.items() if key not in ("country", "birth_place")}
    other = record_of_row({"encounter_id": "e", "given_names": "Nora", "country": "BE"})
    assert isinstance(other, Record)
    answers = []
    for one in (row, bare):
        record = record_of_row(one)
        assert isinstance(record, Record)
        answers.append(list(run_against_file([record], [other])))
    assert answers[0] == answers[1]
    assert answers[0][0]["candidates"]


def test_percentiles_take_the_nearest_rank() -> None:
    found = percentiles([number / 1000 for number in range(1, 101)])
    assert found == {"queries": 100, "p50_ms": 50, "p95_ms": 95, "p99_ms": 99}
