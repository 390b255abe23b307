"""The master key: one file outside the database, read once per process, and the keys derived from it."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import stat
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from vangnet.knowledge.terms import Words
from vangnet.trust.keys.ciphers import KEY_BYTES, derive, new_key


class MasterKeyError(Exception):
    """The master key is missing, cannot be read, lies open to others, or is no key."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def ensure() -> Path:
    """Make the master key file where there is none, and say where it lies.

    The file holds 32 random bytes in base64 and only its owner may read it (0600). A file that
    is there already is never written again; one that is no key raises MasterKeyError.
    """
    path = location()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path)
    read(path)
    return path


def _write_once(path: Path) -> None:
    """Write a fresh key whole or not at all; of two at once the first one counts."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(new_key()) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def read(path: Path) -> bytes:
    """Read a master key file; raises MasterKeyError with one sentence where that fails."""
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()
    except FileNotFoundError as missing:
        raise MasterKeyError(_sentence(path, "ontbreekt", "is missing")) from missing
    except OSError as unreadable:
        raise MasterKeyError(_sentence(path, "is niet te lezen", "cannot be read")) from unreadable
    if stat.S_IMODE(mode) & 0o077:
        raise MasterKeyError(
            _sentence(path, "is ook voor anderen te lezen (zet op 0600)", "is open to others (set it to 0600)")
        )
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as wrong:
        raise MasterKeyError(_sentence(path, "is geen base64", "is not base64")) from wrong
    if len(key) != KEY_BYTES:
        raise MasterKeyError(_sentence(path, "is niet 32 bytes lang", "is not 32 bytes long"))
    return key


def subkey(info: str) -> bytes:
    """Derive one key from the master key; kept in the process until `forget`."""
    return _derived(place(), info)


def forget() -> None:
    """Drop every derived key from this process."""
    _derived.cache_clear()


@lru_cache(maxsize=32)
def _derived(path: str, info: str) -> bytes:
    return derive(read(Path(path)), info=info.encode())


def location() -> Path:
    """Say where the master key lies."""
    return Path(place())


def place() -> str:
    """Say where the master key lies, as text: asked for every key of the index, so nothing is parsed."""
    return str(settings.VANGNET_MASTER_KEY_FILE)


def _sentence(path: Path, nl: str, en: str) -> Words:
    return Words(f"De hoofdsleutel {path} {nl}.", f"The master key {path} {en}.")
