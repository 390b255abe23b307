"""The anchor file: durable, sealed line by line, and honest about what was done to it."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vangnet.trust.ledger import anchors
from vangnet.trust.ledger.anchors import Newest
from vangnet.trust.ledger.chain import Head

KEY = b"k" * 32
AT = datetime(2026, 3, 1, 14, 20, tzinfo=UTC)


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "deep" / "ledger.jsonl"


def write(file: Path, *numbers: int) -> None:
    for number in numbers:
        anchors.append(file, KEY, [("org", Head(number, f"mac-{number}"))], at=AT)


def lines_of(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


def test_heads_come_back_as_they_were_written(file):
    anchors.append(file, KEY, [("a", Head(1, "x")), ("b", Head(7, "y"))], at=AT)
    write(file, 3)
    held = anchors.read(file, KEY)
    assert held.heads == {"a": {1: "x"}, "b": {7: "y"}, "org": {3: "mac-3"}}
    assert held.first_wrong is None
    newest = anchors.newest(file, KEY)
    assert newest.at == AT
    assert held.seals >= {"", newest.seal}
    assert len(held.seals) == 4
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_there_is_no_file_nothing_was_anchored(file):
    assert anchors.newest(file, KEY) == Newest(seal="", at=None)
    held = anchors.read(file, KEY)
    assert (held.heads, held.seals, held.first_wrong) == ({}, {""}, None)


def test_an_empty_file_is_no_anchor(file):
    file.parent.mkdir()
    file.touch()
    assert anchors.newest(file, KEY) == Newest()
    write(file, 1)
    assert anchors.read(file, KEY).first_wrong is None


@pytest.mark.parametrize("index", range(4))
def test_any_edited_line_is_named(file, index):
    write(file, 1, 2, 3, 4)
    lines = lines_of(file)
    lines[index] = lines[index].replace(b'"number":', b'"number":1')
    file.write_bytes(b"".join(lines))
    held = anchors.read(file, KEY)
    assert held.first_wrong == index + 1
    assert set(held.heads["org"]) == {1, 2, 3, 4} - {index + 1}


@pytest.mark.parametrize("index", range(3))
def test_any_line_taken_out_before_the_end_is_named(file, index):
    write(file, 1, 2, 3, 4)
    lines = lines_of(file)
    del lines[index]
    file.write_bytes(b"".join(lines))
    assert anchors.read(file, KEY).first_wrong == index + 1


@pytest.mark.parametrize(
    "junk", [b"junk\n", b"{}\n", b"[]\n", b'{"seal":1}\n', b"\xff\n", b'{"seal":"\xc3\xa9"}\n']
)
def test_a_line_that_is_no_anchor_is_named_and_what_follows_goes_on(file, junk):
    write(file, 1)
    with file.open("ab") as out:
        out.write(junk)
    assert anchors.newest(file, KEY) == Newest()
    write(file, 2, 3)
    held = anchors.read(file, KEY)
    assert held.first_wrong == 2
    assert set(held.heads["org"]) == {1, 2, 3}


def test_a_line_written_twice_is_named(file):
    write(file, 1, 2)
    with file.open("ab") as out:
        out.write(lines_of(file)[0])
    assert anchors.read(file, KEY).first_wrong == 3


def test_of_two_lines_about_one_number_the_first_counts(file):
    anchors.append(file, KEY, [("org", Head(1, "first"))], at=AT)
    anchors.append(file, KEY, [("org", Head(1, "second"))], at=AT)
    assert anchors.read(file, KEY).heads == {"org": {1: "first"}}


def test_a_line_that_a_crash_left_unfinished_is_taken_away(file):
    write(file, 1)
    whole = file.read_bytes()
    with file.open("ab") as out:
        out.write(whole[:40])
    assert anchors.read(file, KEY).first_wrong is None
    assert anchors.newest(file, KEY).at == AT
    write(file, 2)
    held = anchors.read(file, KEY)
    assert held.first_wrong is None
    assert held.heads == {"org": {1: "mac-1", 2: "mac-2"}}


def test_under_another_key_every_line_is_wrong(file):
    write(file, 1)
    assert anchors.read(file, b"o" * 32).first_wrong == 1


def test_a_probe_leaves_nothing_behind(file):
    write(file, 1)
    before = file.read_bytes()
    anchors.probe(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("act", [anchors.probe, lambda file: write(file, 1)])
def test_a_file_that_cannot_be_written_is_an_os_error(file, act):
    file.mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        act(file)


@pytest.mark.parametrize("act", [anchors.probe, lambda file: write(file, 2)])
def test_a_disk_that_fills_up_is_an_os_error_and_leaves_what_was_there(file, act, monkeypatch):
    write(file, 1)
    before = file.read_bytes()
    whole_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: whole_write(handle, data[:10]))
    with pytest.raises(OSError, match="part of a line"):
        act(file)
    monkeypatch.undo()
    anchors.probe(file)
    assert file.read_bytes() == before


def test_a_file_that_cannot_be_read_is_an_os_error(file):
    file.mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        anchors.read(file, KEY)
    with pytest.raises(IsADirectoryError):
        anchors.newest(file, KEY)
