"""The commands that need no file: init, ledger verify, and what the command line itself says."""

from __future__ import annotations

import json
import re
import socket
import stat
from pathlib import Path

import pytest
from django.db import DatabaseError

from vangnet.site.cli import assess, main, parser, serve
from vangnet.site.cli.init import write_once
from vangnet.trust.access.selectors import organisation
from vangnet.trust.ledger.models import Entry
from vangnet.trust.ledger.services import LedgerUnavailableError

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "published").glob("*.json"))


def test_every_command_has_help_with_an_example() -> None:
    top = parser()
    (commands,) = [action.choices for action in top._actions if action.choices]
    assert {"init", "assess", "import", "crosscheck", "ledger", "demo", "serve"} <= set(commands)
    assert all("example: vangnet" in one.format_help() for one in commands.values())


def test_init_makes_an_organisation_once(db, capsys) -> None:
    assert main(["init", "--organisation", "NL-POL-NIEUW"]) == 0
    assert main(["init", "--organisation", "NL-POL-NIEUW"]) == 0
    card = organisation("NL-POL-NIEUW")
    assert card is not None
    assert card.country == "NL"


def test_init_refuses_what_is_no_code(capsys) -> None:
    assert main(["init", "--organisation", "my police"]) == 2
    assert "write one such as NL-POL-AMS" in capsys.readouterr().err


def test_init_without_an_organisation_brings_the_tables_up_to_date(db) -> None:
    assert main(["init"]) == 0


def test_a_secret_is_written_once_for_its_owner_alone(tmp_path: Path) -> None:
    secret = tmp_path / "keys" / "session.key"
    write_once(secret, "first")
    write_once(secret, "second")
    assert secret.read_text(encoding="ascii") == "first"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_the_ledger_is_verified_and_an_edit_is_found(desk, tmp_path: Path, capsys) -> None:
    row = {"organisation": desk, "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}
    (tmp_path / "a.json").write_text(json.dumps(row), encoding="utf-8")
    assert main(["import", str(tmp_path / "a.json")]) == 0
    assert main(["ledger", "verify"]) == 0
    assert "Every entry and every row is the one that was written." in capsys.readouterr().out
    from triggers import triggers_away  # noqa: PLC0415 - only this test forges

    with triggers_away():
        Entry.objects.update(act="something_else")
    for _ in range(2):
        assert main(["ledger", "verify", "--json"]) == 1
        found = json.loads(capsys.readouterr().out)
        assert not found["ok"]
        assert found["problems"]


def test_verifying_is_an_act_of_a_named_account_and_an_entry_itself(desk, capsys) -> None:
    assert main(["ledger", "verify", "--as", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    assert main(["ledger", "verify", "--purpose", "research", "--language", "nl"]) == 2
    assert "Dit hoort niet bij uw doel." in capsys.readouterr().err
    assert not Entry.objects.filter(act="verify_ledger").exists()
    assert main(["ledger", "verify"]) == 0
    entry = Entry.objects.get(act="verify_ledger")
    assert (entry.purpose, entry.counts["problems"], entry.subjects) == ("account", 0, [])


def test_a_receipt_is_printed_in_a_line_and_held_against_the_ledger_later(desk, tmp_path: Path, capsys) -> None:
    assert main(["ledger", "receipt"]) == 0
    receipt = capsys.readouterr().out
    assert re.fullmatch(rf"{desk}:1:[0-9a-f]{{64}} [0-9T:+-]+\n", receipt)
    kept = tmp_path / "receipt.txt"
    kept.write_text(receipt, encoding="utf-8")
    assert main(["ledger", "verify", "--since", str(kept)]) == 0
    said = capsys.readouterr().out
    assert receipt.strip() in said
    assert "encounter 0" in said
    assert "The receipts that were kept fit." in said
    assert main(["ledger", "verify", "--since", f"{desk}:1:{'0' * 64}", "--since", f"{desk}:99:{'0' * 64}"]) == 1
    said = capsys.readouterr().out
    assert "entry 1: this is another entry than the receipt names" in said
    assert "the receipt names entry 99, which is not there" in said


def test_without_a_receipt_it_is_said_what_is_not_found(desk, capsys) -> None:
    assert main(["ledger", "verify"]) == 0
    assert "No receipt was given" in capsys.readouterr().out


def test_receipts_as_json_and_the_last_entries_too(desk, capsys) -> None:
    assert main(["ledger", "receipt", "--json"]) == 0
    (receipt,) = json.loads(capsys.readouterr().out)["receipts"]
    assert main(["ledger", "verify", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ends"] == [receipt]
    assert found["tables"]["encounter"] == found["rows"] == 0


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["receipt", "--as", "nobody"], "nobody"),
        (["receipt", "--purpose", "research"], "This does not fit your purpose."),
        (["verify", "--since", "nowhere.txt"], "nowhere.txt is no receipt and no file of receipts"),
    ],
)
def test_what_gives_no_receipt_is_said_in_a_sentence(desk, capsys, options: list[str], part: str) -> None:
    assert main(["ledger", *options]) == 2
    said = capsys.readouterr()
    assert part in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_what_was_found_is_told_also_where_it_cannot_be_written_down(desk, capsys) -> None:
    def unwritable(**_facts: object) -> None:
        raise LedgerUnavailableError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vangnet.trust.ledger.services.record", unwritable)
        assert main(["ledger", "verify"]) == 1
    said = capsys.readouterr().out
    assert "entries and" in said
    assert "The ledger cannot write now." in said


@pytest.mark.parametrize("command", [["ledger", "verify"], ["serve"], ["import", "x.json"]])
def test_a_database_that_does_not_answer_is_said_in_a_sentence(command: list[str], db, monkeypatch, capsys) -> None:
    def gone(*_args: object) -> None:
        raise DatabaseError("no host")

    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.__init__", gone)
    assert main(command) == 2
    assert "The database does not answer" in capsys.readouterr().err


def test_a_database_that_is_behind_names_the_mend(db, monkeypatch, capsys) -> None:
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["one"])
    assert main(["ledger", "verify"]) == 2
    assert "run `vangnet init` first" in capsys.readouterr().err


def test_serve_becomes_a_server_with_the_static_files(db, monkeypatch, settings, tmp_path: Path) -> None:
    started: list[list[str]] = []
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(serve.os, "execv", lambda _program, command: started.append(command))
    assert main(["serve", "--port", "8123"]) == 0
    assert "127.0.0.1:8123" in started[0]
    assert (tmp_path / "static" / "vangnet" / "tokens.css").exists()


def test_assess_gives_one_object_a_line_and_names_what_it_refuses(tmp_path: Path, capsys) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{\n "country": 3,\n', encoding="utf-8")
    assert main(["assess", *map(str, EXAMPLES)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(EXAMPLES)
    assert main(["assess", str(EXAMPLES[0]), str(bad)]) == 1
    assert "bad.json:3: This line is not JSON" in capsys.readouterr().err
    assert main(["assess", str(bad)]) == 2
    assert main(["assess", "/nowhere.json"]) == 2


def test_assess_takes_another_moment_and_language(capsys) -> None:
    at = "2026-03-01T14:20:00+01:00"
    assert main(["assess", str(EXAMPLES[0]), "--at", at, "--language", "nl"]) == 0
    assert "kind" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["assess", str(EXAMPLES[0]), "--at", "2026-03-01T14:20:00"])


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt, 2), (BrokenPipeError, 0)])
def test_a_stopped_command_ends_without_a_trace(stop: type[BaseException], code: int, monkeypatch, capfd) -> None:
    def stopped(*_args: object) -> int:
        raise stop

    monkeypatch.setattr(assess, "encounters_of", stopped)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    assert main(["assess", "x.json"]) == code


def test_a_port_that_is_taken_is_one_sentence(db, capsys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert capsys.readouterr().err == f"Port {port} is in use already; choose another with --port or PORT=.\n"


def test_init_says_what_is_there_and_which_account_commands_act_as(db, capsys) -> None:
    assert main(["init", "--organisation", "NL-POL-NIEUW"]) == 0
    assert "commands act for it as service-nl-pol-nieuw." in capsys.readouterr().out
    assert main(["init", "--organisation", "NL-POL-ANDER"]) == 0
    assert main(["person", "end", "nobody"]) == 2
    assert "name one with --as: service-nl-pol-ander, service-nl-pol-nieuw." in capsys.readouterr().err
