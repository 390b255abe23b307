"""The anchor file: heads of chains written down outside the database, line by line, each sealed.

A line holds one head (organisation, number, mac, at), the seal of the line before it, and its own
seal: HMAC-SHA256 over RFC 8785 JSON. Entries carry the newest seal of their moment, so a file that
loses its last lines is found out by the entries, and a chain that loses its last entries by the file.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from vangnet.trust.ledger.chain import START, Head, canonical

_TAIL_BYTES = 8192
_PROBE = b" " * 1024


@dataclass(frozen=True, slots=True)
class Newest:
    """The seal and the moment of the last whole line; nothing where there is none that is genuine."""

    seal: str = START
    at: datetime | None = None


@dataclass(slots=True)
class Anchors:
    """What the file holds: heads per organisation, every genuine seal, the first line that is wrong."""

    heads: dict[str, dict[int, str]] = field(default_factory=dict)
    seals: set[str] = field(default_factory=lambda: {START})
    first_wrong: int | None = None


def read(path: Path, key: bytes) -> Anchors:
    """Read the whole file; of two lines about the same number the first one counts.

    A last line without its end was never acknowledged and is left out. Raises OSError where the
    file is there and cannot be read.
    """
    found = Anchors()
    previous = START
    for number, raw in enumerate(_whole_lines(path), start=1):
        line = _genuine(raw, key)
        if line is None or line["previous"] != previous:
            found.first_wrong = found.first_wrong or number
        if line is not None:
            found.heads.setdefault(line["organisation"], {}).setdefault(line["number"], line["mac"])
            found.seals.add(line["seal"])
        previous = START if line is None else line["seal"]
    return found


def newest(path: Path, key: bytes) -> Newest:
    """Read the end of the file: what its last whole line says. Raises OSError."""
    try:
        with path.open("rb") as file:
            return _last(file.fileno(), key)
    except FileNotFoundError:
        return Newest()


def append(path: Path, key: bytes, heads: Iterable[tuple[str, Head]], *, at: datetime) -> None:
    """Write heads behind the last line, durably: on return they are on the disk. Raises OSError."""
    with _held(path) as handle:
        previous = _last(handle, key).seal
        lines = []
        for organisation, head in heads:
            body = {
                "at": at.isoformat(),
                "mac": head.mac,
                "number": head.number,
                "organisation": organisation,
                "previous": previous,
            }
            previous = _seal(body, key)
            lines.append(canonical(body | {"seal": previous}) + b"\n")
        _write(handle, b"".join(lines))


def probe(path: Path) -> None:
    """Show that a line could be written durably now, and leave nothing behind. Raises OSError."""
    with _held(path) as handle:
        end = os.fstat(handle).st_size
        try:
            _write(handle, _PROBE)
        finally:
            os.ftruncate(handle, end)


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """Hold the file alone, without a last line that a crash left unfinished."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        if size == 0:
            _keep_name(path.parent)
        tail = os.pread(handle, _TAIL_BYTES, max(0, size - _TAIL_BYTES))
        os.ftruncate(handle, size - len(tail) + tail.rfind(b"\n") + 1)
        yield handle
    finally:
        os.close(handle)


def _keep_name(folder: Path) -> None:
    """Make sure that a new file is still found in its folder after a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(handle: int, data: bytes) -> None:
    written = os.write(handle, data)
    if written != len(data):
        raise OSError("the anchor file took only part of a line")
    os.fsync(handle)


def _last(handle: int, key: bytes) -> Newest:
    size = os.fstat(handle).st_size
    lines = os.pread(handle, _TAIL_BYTES, max(0, size - _TAIL_BYTES)).split(b"\n")[:-1]
    line = _genuine(lines[-1], key) if lines else None
    return Newest() if line is None else Newest(line["seal"], datetime.fromisoformat(line["at"]))


def _whole_lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from (line for line in file if line.endswith(b"\n"))
    except FileNotFoundError:
        return


def _genuine(raw: bytes, key: bytes) -> dict[str, Any] | None:
    """Read a line; nothing where its seal is not the one that its content gives."""
    try:
        line: dict[str, Any] = json.loads(raw)
        seal = line.pop("seal")
        genuine = hmac.compare_digest(_seal(line, key), seal)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return line | {"seal": seal} if genuine else None


def _seal(body: dict[str, Any], key: bytes) -> str:
    return hmac.new(key, canonical(body), hashlib.sha256).hexdigest()
