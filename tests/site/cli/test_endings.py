"""Whatever goes wrong, a command ends with one sentence and exit 2: a table of ways to make it go wrong."""

from __future__ import annotations

import base64
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from vangnet.site.cli import endings, main
from vangnet.site.cli.database import database_sentence
from vangnet.site.cli.rows import UnopenableError
from vangnet.trust.ledger.services import LedgerUnavailableError

ROOT = Path(__file__).parents[3]
EXAMPLES = [str(one) for one in sorted((ROOT / "examples" / "published").glob("*.json"))]
EXAMPLE = EXAMPLES[0]
LEAST = '"organisation": "NL-POL-AMS", "country": "NL"'
CSV = "encounter_id,given_names\n"

BAD_FILES: dict[str, tuple[str, bytes | None]] = {
    "not there": ("a.json", None),
    "empty": ("a.json", b""),
    "binary": ("a.json", bytes(range(256)) * 40),
    "not UTF-8": ("a.json", b'{"a": "\xe9"}'),
    "deep list": ("a.json", b"[" * 200_000 + b"]" * 200_000),
    "deep object": ("a.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "not a number": ("a.json", f'{{{LEAST}, "met_at": NaN}}'.encode()),
    "endless": ("a.json", f'{{{LEAST}, "met_at": "2026", "child": {{"given_names": 1e999}}}}'.encode()),
    "huge number": ("a.json", f'{{{LEAST}, "met_at": {"9" * 10_000}}}'.encode()),
    "half a sign": ("a.json", f'{{{LEAST}, "met_at": "2026", "encounter_id": "a\\ud800"}}'.encode()),
    "a control sign": ("a.json", f'{{{LEAST}, "met_at": "2026", "encounter_id": "a\\u0000"}}'.encode()),
    "year 1": ("a.json", f'{{{LEAST}, "met_at": "0001-01-01T00:00:00+14:00"}}'.encode()),
    "year 9999": ("a.json", f'{{{LEAST}, "met_at": "9999-12-31T23:00:00-14:00"}}'.encode()),
    "a number": ("a.json", b"123"),
    "null": ("a.json", b"null"),
    "one long cell": ("a.csv", CSV.encode() + b"x" * 200_000),
    "a quote without an end": ("a.csv", b'"' + b"a" * 200_000),
    "no such column": ("a.csv", b"name\nx\n"),
    "too wide": ("a.csv", CSV.encode() + b"1,a,b,c\n"),
    "not UTF-8 table": ("a.csv", CSV.encode() + b"\xff\xfe"),
    "junk parquet": ("a.parquet", b"PAR1junkPAR1"),
    "empty parquet": ("a.parquet", b""),
}  # fmt: skip


def sentences(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what was said on standard error, once it is words: a place, a mend, no trace."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err
    assert all(
        line.rstrip().endswith((".", "-h")) or "error:" in line or line.startswith(("usage", " "))
        for line in err.splitlines()
    ), err
    return err


@pytest.mark.parametrize("case", BAD_FILES)
@pytest.mark.parametrize("command", ["assess", "crosscheck", "against"])
def test_a_file_that_cannot_be_read(case: str, command: str, tmp_path: Path, capsys: Any) -> None:
    name, content = BAD_FILES[case]
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    arguments = {
        "assess": ["assess", str(file)],
        "crosscheck": ["crosscheck", str(file), "--against", EXAMPLE],
        "against": ["crosscheck", EXAMPLE, "--against", str(file)],
    }[command]
    code = main(arguments)
    if command == "against" and code != 2:  # rows can be refused one by one; the queries are whole
        out, err = capsys.readouterr()
        assert json.loads(out)["candidates"] == []
        assert "Traceback" not in err
        assert code == (0 if case in {"empty", "a quote without an end"} else 1)
        return
    assert code == 2
    sentences(capsys)


@pytest.mark.parametrize("command", [["assess"], ["crosscheck"], ["crosscheck", EXAMPLE, "--against"]])
def test_a_folder_is_no_file(command: list[str], tmp_path: Path, capsys: Any) -> None:
    assert main([*command, str(tmp_path)]) == 2
    assert f"{tmp_path} cannot be opened (Is a directory)" in sentences(capsys)


@pytest.mark.parametrize(
    "when",
    ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+00:00", "1899-12-31T23:59:59+00:00",
     "2100-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00", "2026-03-01T14:20:00", "2026-02-30T10:00:00Z",
     "2026-03-01T14:20:00+24:00", "20260301", "tomorrow", "", "NaN", "1" * 5000],
)  # fmt: skip
def test_a_time_at_which_nothing_can_be_reckoned(when: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["assess", EXAMPLE, "--at", when])
    assert ended.value.code == 2
    assert "argument --at: " in sentences(capsys)


@pytest.mark.parametrize(
    "when",
    ["1900-01-01T00:00:00+14:00", "2099-12-31T23:59:59-14:00", "2026-03-29T02:30:00+01:00",
     "2026-10-25T02:30:00+01:00", "2026-03-29T02:30:00+23:59", "2026-03-29T02:30:00-23:59", "2026-03-01T14:20:00Z"],
)  # fmt: skip
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: Path(one).stem[:2])
def test_a_time_at_an_end_or_in_a_gap_of_the_clock_is_reckoned(when: str, example: str, capsys: Any) -> None:
    assert main(["assess", example, "--at", when]) == 0
    assert json.loads(capsys.readouterr().out)["handover"]["outcome"] in {
        "not_yet",
        "refer",
        "ready_for_two_people",
    }


@given(st.text(max_size=40))
def test_no_text_for_a_time_ends_in_a_trace(when: str) -> None:
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main(["assess", EXAMPLE, "--at", f" {when}"]))
    assert ended.value.code == 2


@pytest.mark.parametrize("limit", ["0", "-1", "x", "", "1e3", "²", "9" * 30, "1.5"])
def test_a_limit_that_cannot_be(limit: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["crosscheck", EXAMPLE, "--against", EXAMPLE, f"--limit={limit}"])
    assert ended.value.code == 2
    assert "give a whole number, 1 or more" in sentences(capsys)


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["0", "-1", "65536", "x", "9" * 5000])
def test_a_port_that_cannot_be(command: str, port: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, f"--port={port}"])
    assert ended.value.code == 2
    assert "give a number from 1 to 65535" in sentences(capsys)


def test_a_country_that_cannot_be(capsys: Any) -> None:
    assert main(["init", "--organisation", "NL-POL-NIEUW", "--country", "Netherlands"]) == 2
    assert "write two letters such as NL" in sentences(capsys)


# Of their own process: what the machine, the settings or somebody at the keyboard does.


def vangnet(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the command itself, with its output where the caller says."""
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "vangnet.site.settings"}  # those of the tests are not installed
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": own} | more
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", "from vangnet.site.cli import main; raise SystemExit(main())", *arguments],
        text=True, check=False, timeout=60, **settings,
    )  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [["assess", *EXAMPLES], ["crosscheck", EXAMPLE, "--against", EXAMPLE], ["openapi"]],
    ids=lambda one: one[0],
)
def test_a_full_disk_on_standard_output(command: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = vangnet(*command, stdout=full)
    assert (done.returncode, done.stderr) == (
        2,
        "The output cannot be written (No space left on device); check the space and where it goes.\n",
    )


@pytest.mark.parametrize("command", [["assess", *EXAMPLES], ["openapi"]], ids=lambda one: one[0])
def test_a_pipe_that_was_closed_ends_quietly(command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = vangnet(*command, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_nobody_can_hear_the_sentence_and_the_code_still_says_it() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert vangnet("assess", "/nosuch", stdout=full, stderr=full).returncode == 2


@pytest.mark.parametrize("language", ["C", "POSIX"])
def test_any_sign_can_be_written_in_any_locale(language: str, tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text(CSV + "1,Żółćńka\n", encoding="utf-8")
    other = {"LC_ALL": language, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = vangnet("crosscheck", str(file), "--against", str(file), env=os.environ | other)
    assert (done.returncode, done.stderr) == (0, "")


def test_who_stops_it_gets_a_sentence_and_no_half_file(tmp_path: Path) -> None:
    pipe = tmp_path / "asked.json"
    os.mkfifo(pipe)
    out = tmp_path / "out.jsonl"
    running = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", ("import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
         "from vangnet.site.cli import main; raise SystemExit(main())"),
         "crosscheck", EXAMPLE, "--against", str(pipe), "--out", str(out)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    writing = os.open(pipe, os.O_WRONLY)  # waits until it reads
    time.sleep(0.2)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    os.close(writing)
    assert (running.returncode, said) == (2, "Stopped. What was said to be done is done; the rest is not.\n")
    assert [one.name for one in tmp_path.iterdir()] == ["asked.json"]


def test_what_stood_in_a_file_stays_where_the_new_text_cannot_be_made(tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("kept", encoding="utf-8")
    assert main(["crosscheck", EXAMPLE, "--against", str(tmp_path / "absent.json"), "--out", str(out)]) == 2
    assert "cannot be opened" in sentences(capsys)
    assert out.read_text(encoding="utf-8") == "kept"
    assert main(["crosscheck", EXAMPLE, "--against", EXAMPLE, "--out", str(tmp_path)]) == 2
    assert "Is a directory" in sentences(capsys)
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]


MASTER = Path("keys") / "master.key"
BROKEN: dict[str, tuple[Callable[[Path], object], dict[str, str], str]] = {
    "no folder": (lambda _: None, {"VANGNET_VAR": "/proc/nosuch"}, "no database at /proc/nosuch/vangnet.sqlite3; run `vangnet init` first"),
    "nothing there": (lambda here: (here / "vangnet.sqlite3").unlink(), {}, "run `vangnet init` first"),
    "a folder for a database": (
        lambda here: ((here / "vangnet.sqlite3").unlink(), (here / "vangnet.sqlite3").mkdir()),
        {}, "The database does not answer"),
    "junk for a database": (
        lambda here: (here / "vangnet.sqlite3").write_bytes(b"junk" * 5000), {}, "The file of the database is none"),
    "a damaged database": (
        lambda here: _damage(here / "vangnet.sqlite3"), {}, "The file of the database is damaged"),
    "another kind of address": (lambda _: None, {"DATABASE_URL": "mysql://x"}, "DATABASE_URL cannot be read"),
    "no address": (lambda _: None, {"DATABASE_URL": "postgres://[x"}, "DATABASE_URL cannot be read"),
    "proxies that are no number": (lambda _: None, {"VANGNET_PROXIES": "one"}, "check DATABASE_URL, VANGNET_PROXIES"),
    "no server": (
        lambda _: None, {"DATABASE_URL": "postgres://x@127.0.0.1:9/x"}, "The database does not answer"),
    "no key": (lambda here: (here / MASTER).unlink(), {}, "is missing"),
    "an open key": (lambda here: (here / MASTER).chmod(0o644), {}, "set it to 0600"),
    "a junk key": (lambda here: (here / MASTER).write_bytes(b"\xff\xfe!"), {}, "is not base64"),
    "a short key": (lambda here: (here / MASTER).write_bytes(b"QUJD"), {}, "is not 32 bytes long"),
    "a folder for a key": (lambda here: ((here / MASTER).unlink(), (here / MASTER).mkdir()), {}, "cannot be read"),
    "a junk session key": (
        lambda here: (here / "keys" / "session.key").write_bytes(b"\xff\xfe\x00"), {}, "The settings cannot be used"),
    "a folder for a session key": (
        lambda here: ((here / "keys" / "session.key").unlink(), (here / "keys" / "session.key").mkdir()),
        {}, "Is a directory"),
    "a folder for the anchors": (
        lambda here: (
            (here / "keys" / "ledger.anchors.jsonl").unlink(missing_ok=True),
            (here / "keys" / "ledger.anchors.jsonl").mkdir()),
        {}, "cannot be opened or written (Is a directory)"),
}  # fmt: skip


def _damage(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one installation with an organisation, to be broken in copies."""
    here = tmp_path_factory.mktemp("var")
    done = vangnet("init", "--organisation", "NL-POL-AMS", env=_settings_of(here))
    assert done.returncode == 0, done.stderr
    (here / "one.json").write_text(f'{{{LEAST}, "met_at": "2026-03-01T10:00:00+01:00"}}', encoding="utf-8")
    taken = vangnet("import", str(here / "one.json"), env=_settings_of(here))
    assert taken.returncode == 0, taken.stderr
    return here


def _settings_of(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VANGNET_", "DATABASE_URL"))}
    return kept | {"DJANGO_SETTINGS_MODULE": "vangnet.site.settings", "VANGNET_VAR": str(folder)} | more


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_installation(case: str, installed: Path, tmp_path: Path) -> None:
    break_it, settings, part = BROKEN[case]
    here = tmp_path / "var"
    _copy(installed, here)
    break_it(here)
    done = vangnet("ledger", "verify", env=_settings_of(here, **settings))
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert part in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def _copy(source: Path, target: Path) -> None:
    for file in source.rglob("*"):
        if file.is_file():
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
            copy.chmod(file.stat().st_mode)


def test_another_master_key_opens_nothing_and_says_so(installed: Path, tmp_path: Path) -> None:
    here = tmp_path / "var"
    _copy(installed, here)
    (here / MASTER).write_bytes(base64.b64encode(os.urandom(32)))
    done = vangnet("crosscheck", EXAMPLE, env=_settings_of(here))
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "under another master key" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


DATABASE_SAYS = {
    "database is locked": "in use by another command",
    "attempt to write a readonly database": "can only be read",
    "cannot execute INSERT in a read-only transaction": "can only be read",
    "file is not a database": "is none",
    "database disk image is malformed": "is damaged",
    "database or disk is full": "is full",
    "could not translate host name": "does not answer",
}


@pytest.mark.parametrize("text", DATABASE_SAYS)
def test_what_a_database_says_becomes_a_sentence_with_a_mend(text: str) -> None:
    sentence = database_sentence(OperationalError(text))
    assert DATABASE_SAYS[text] in sentence
    assert endings.sentence_of(OperationalError(text)) == sentence
    assert text not in sentence


ERRORS: list[tuple[Exception, str]] = [
    (UnopenableError("x is no file."), "x is no file."),
    (LedgerUnavailableError(), LedgerUnavailableError.words.en),
    (PermissionError(13, "Permission denied", "/x"), "/x cannot be opened or written (Permission denied);"),
    (OSError(), "The output cannot be written (it failed);"),
    (ImproperlyConfigured("Nora"), "The settings cannot be used;"),
    (MemoryError(), "There is not enough memory"),
    (KeyError("Nora Lindqvist"), "Vangnet made a mistake of its own (KeyError at ?:0)."),
    (RecursionError("Nora Lindqvist"), "Vangnet made a mistake of its own (RecursionError at ?:0)."),
]


@pytest.mark.parametrize(("error", "part"), ERRORS, ids=lambda one: type(one).__name__)
def test_every_kind_of_error_has_a_sentence_without_what_was_read(error: Exception, part: str) -> None:
    sentence = endings.sentence_of(error)
    assert sentence.startswith(part)
    assert "Nora" not in sentence
    assert sentence.endswith(".")


def test_a_mistake_of_our_own_names_the_place_in_the_code_and_no_value(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def wrong(*_args: object, **_more: object) -> None:
        raise ValueError("Nora Lindqvist")

    monkeypatch.setattr("vangnet.site.cli.assess.assess", wrong)
    assert main(["assess", EXAMPLE]) == 2
    said = sentences(capsys)
    assert "(ValueError at test_endings.py:" in said
    assert "Nora" not in said
