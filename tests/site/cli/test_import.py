"""Files into the database: what can be stored is, what cannot is kept with its reason, again changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vangnet.chain.encounters.models import Encounter
from vangnet.site.cli import main
from vangnet.trust.ledger.models import Entry
from vangnet.trust.ledger.services import LedgerUnavailableError

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


def test_rows_of_several_organisations_each_go_to_their_own(desk, tmp_path: Path, capsys, monkeypatch) -> None:
    assert main(["init", "--organisation", "NL-POL-WATERLAND"]) == 0
    monkeypatch.setattr("vangnet.chain.flow.MOST", 2)
    codes = [desk, "NL-POL-WATERLAND", desk, "NL-POL-ELDERS", desk, "NL-POL-WATERLAND", "NL-POL-WATERLAND"]
    file = lines(tmp_path / "all.jsonl", *(GOOD | {"organisation": code} for code in codes))
    assert main(["import", file]) == 1
    assert "6 stored, 0 there already, 1 refused" in capsys.readouterr().out
    stored = Encounter.objects.values_list("organisation__code", flat=True)
    assert sorted(stored) == sorted(code for code in codes if code != "NL-POL-ELDERS")
    kept = Path(f"{file}.refused.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["line"] for row in kept] == [4]


def test_refused_rows_without_room_are_said_and_what_is_stored_stays(
    desk, tmp_path: Path, capsys, monkeypatch
) -> None:
    file = lines(tmp_path / "night.jsonl", GOOD | {"country": "Holland"}, GOOD)
    monkeypatch.setattr("vangnet.site.cli.refused.os.open", no_room)
    assert main(["import", file]) == 2
    said = capsys.readouterr().err
    assert "country code of two letters" in said
    assert "night.jsonl.refused.jsonl cannot be written (No space left on device); make room" in said
    monkeypatch.undo()
    assert main(["import", file]) == 1
    assert Encounter.objects.count() == 1


def no_room(*_: object) -> int:
    raise OSError(28, "No space left on device")


def test_what_an_earlier_run_kept_stays_until_this_one_ends(desk, tmp_path: Path, monkeypatch) -> None:
    file = lines(tmp_path / "night.jsonl", "{broken")
    assert main(["import", file]) == 1
    kept = Path(f"{file}.refused.jsonl")
    assert kept.stat().st_mode & 0o777 == 0o600
    before = kept.read_text(encoding="utf-8")
    lines(tmp_path / "night.jsonl", GOOD)
    monkeypatch.setattr("vangnet.chain.flow.importing.store", unwritable)
    assert main(["import", file]) == 2
    assert kept.read_text(encoding="utf-8") == before
    monkeypatch.undo()
    assert main(["import", file]) == 0
    assert list(tmp_path.glob("*refused*")) == []


def unwritable(**_: object) -> None:
    raise LedgerUnavailableError


def test_a_ledger_that_cannot_write_stops_the_file_with_a_sentence(
    desk, tmp_path: Path, capsys, monkeypatch
) -> None:
    anchored = []
    monkeypatch.setattr("vangnet.chain.flow.importing.store", unwritable)
    monkeypatch.setattr("vangnet.trust.ledger.services.anchor", lambda **known: anchored.append(known))
    assert main(["import", lines(tmp_path / "night.jsonl", GOOD)]) == 2
    assert "The ledger cannot write now" in capsys.readouterr().err
    assert len(anchored) == 1


@pytest.mark.parametrize(("many", "settled"), [(2, 0), (1, 1)])
def test_after_many_rows_the_tables_are_looked_at_anew(
    desk, tmp_path: Path, monkeypatch, many: int, settled: int
) -> None:
    done = []
    monkeypatch.setattr("vangnet.site.cli.import_._MANY", many)
    monkeypatch.setattr("vangnet.chain.crosscheck.services.settle", lambda: done.append(1))
    assert main(["import", lines(tmp_path / "night.jsonl", GOOD)]) == 0
    assert len(done) == settled
