"""Files into the database: what can be stored is, what cannot is kept with its reason, again changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vangnet.chain.encounters.models import Encounter
from vangnet.site.cli import main
from vangnet.trust.ledger.models import Entry

SMALL = str(Path(__file__).parents[2] / "data" / "linkage_small.csv")
GOOD = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}


def lines(path: Path, *rows: object) -> str:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_what_can_be_stored_is_and_the_rest_is_kept_with_its_reason(desk, tmp_path: Path, capsys) -> None:
    file = lines(
        tmp_path / "night.jsonl", GOOD | {"encounter_id": "A-1"}, GOOD | {"country": "Holland"}, "{broken", ""
    )
    assert main(["import", file, "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == {"file": file, "stored": 1, "there_already": 0, "refused": 2}
    assert "country code of two letters" in said.err
    assert f"{file}:3: This line is not JSON" in said.err
    kept = [json.loads(row) for row in Path(f"{file}.refused.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["line"] for row in kept] == [2, 3]
    assert Encounter.objects.count() == 1


def test_the_same_file_again_changes_nothing(desk, tmp_path: Path, capsys) -> None:
    file = lines(tmp_path / "night.jsonl", GOOD, GOOD, GOOD | {"encounter_id": "A-1"})
    assert main(["import", file]) == 0
    assert main(["import", file]) == 0
    assert "0 stored, 3 there already, 0 refused" in capsys.readouterr().out
    assert Encounter.objects.count() == 3


def test_another_content_under_the_same_number_is_refused(desk, tmp_path: Path, capsys) -> None:
    first = lines(tmp_path / "a.jsonl", GOOD | {"encounter_id": "A-1"})
    other = lines(tmp_path / "b.jsonl", GOOD | {"encounter_id": "A-1", "place": "elders"})
    assert main(["import", first]) == 0
    assert main(["import", other]) == 1
    assert Path(f"{other}.refused.jsonl").exists()
    assert main(["import", first]) == 0
    assert not Path(f"{first}.refused.jsonl").exists()


def test_a_linkage_table_becomes_history_without_duties(desk, tmp_path: Path, capsys) -> None:
    head, *rows = Path(SMALL).read_text(encoding="utf-8").splitlines()
    file = tmp_path / "history.csv"
    file.write_text("\n".join([head, *rows[:20]]), encoding="utf-8")
    assert main(["import", str(file), "--organisation", desk, "--country", "NL"]) == 0
    assert "20 stored" in capsys.readouterr().out
    assert set(Encounter.objects.values_list("is_history", flat=True)) == {True}
    assert set(Entry.objects.values_list("act", flat=True)) == {"import_history"}


def test_an_organisation_without_an_account_is_refused_with_the_mend(desk, tmp_path: Path, capsys) -> None:
    file = lines(tmp_path / "b.jsonl", GOOD | {"organisation": "NL-POL-ELDERS"})
    assert main(["import", file]) == 1
    assert "vangnet init --organisation CODE" in capsys.readouterr().err


def test_a_named_account_acts_only_for_its_own_organisation(desk, tmp_path: Path, capsys) -> None:
    file = lines(tmp_path / "b.jsonl", GOOD | {"organisation": "NL-POL-ELDERS"})
    assert main(["import", file, "--as", f"service-{desk.lower()}"]) == 1
    assert Encounter.objects.count() == 0


def test_a_file_that_is_not_there_is_said_in_a_sentence(desk, capsys) -> None:
    assert main(["import", "/nowhere/at-all.jsonl"]) == 2
    assert "cannot be opened" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00" * 9])
def test_a_file_that_is_no_text_is_refused(desk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(content)
    assert main(["import", str(tmp_path / "x.jsonl")]) in {1, 2}
    assert Encounter.objects.count() == 0
