"""The cross-check on the database, as a service account, in the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vangnet.site.cli import main
from vangnet.trust.ledger.models import Entry

NORA = {
    "organisation": "NL-POL-RIJNHAVEN",
    "country": "NL",
    "met_at": "2026-11-01T14:20:00+01:00",
    "child": {
        "given_names": "Nora",
        "family_name": "Lindqvist",
        "birth_date": "2013-05-03",
        "phones": ["+31612349870"],
    },
}


@pytest.fixture
def stored(desk, tmp_path: Path) -> str:
    rows = [NORA | {"encounter_id": f"A-{number}"} for number in (1, 2)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["import", str(tmp_path / "rows.jsonl")]) == 0
    return str(tmp_path / "rows.jsonl")


def test_a_child_met_before_is_found_and_its_own_number_is_not(stored: str, capsys) -> None:
    capsys.readouterr()
    assert main(["crosscheck", stored, "--timings"]) == 0
    said = capsys.readouterr()
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert [one["query_id"] for one in answers] == ["A-1", "A-2"]
    assert [[two["encounter_id"] for two in one["candidates"]] for one in answers] == [["A-2"], ["A-1"]]
    assert json.loads(said.err)["queries"] == 2
    assert Entry.objects.filter(act="cross_check").count() == 2


def test_another_organisation_is_told_a_contact_and_no_content(stored: str, capsys) -> None:
    assert main(["init", "--organisation", "NL-RVDK-ELDERS"]) == 0
    capsys.readouterr()
    assert main(["crosscheck", stored, "--as", "service-nl-rvdk-elders"]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[0])
    assert answer["candidates"] == []
    assert {one["answer"] for one in answer["others"]} <= {"contact", "hit"}
    assert "Lindqvist" not in json.dumps(answer["others"])


def test_a_purpose_that_does_not_fit_is_refused_in_a_sentence(stored: str, capsys) -> None:
    assert main(["crosscheck", stored, "--purpose", "research"]) == 2
    assert "does not fit your purpose" in capsys.readouterr().err


def test_without_a_service_account_the_mend_is_said(db, anchored: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "q.jsonl").write_text(json.dumps(NORA), encoding="utf-8")
    assert main(["crosscheck", str(tmp_path / "q.jsonl")]) == 2
    assert "vangnet init" in capsys.readouterr().err
