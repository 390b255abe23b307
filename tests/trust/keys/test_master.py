"""The master key file: made once, never again, and one sentence where it fails."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

import pytest

from vangnet.trust.keys import master, services
from vangnet.trust.keys.ciphers import derive
from vangnet.trust.keys.master import MasterKeyError


@pytest.fixture
def key_file(settings, tmp_path) -> Path:
    settings.VANGNET_MASTER_KEY_FILE = tmp_path / "keys" / "master.key"
    return settings.VANGNET_MASTER_KEY_FILE


def test_the_file_is_made_once_and_only_its_owner_may_read_it(key_file):
    assert services.ensure_master_key() == key_file
    first = key_file.read_bytes()
    assert len(base64.b64decode(first)) == 32
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    services.ensure_master_key()
    assert key_file.read_bytes() == first
    assert [one.name for one in key_file.parent.iterdir()] == ["master.key"]


def test_of_two_that_write_at_once_the_first_counts(key_file, monkeypatch):
    services.ensure_master_key()
    first = key_file.read_bytes()
    master._write_once(key_file)
    assert key_file.read_bytes() == first
    assert [one.name for one in key_file.parent.iterdir()] == ["master.key"]


def test_a_missing_key_is_said_in_one_sentence(key_file):
    with pytest.raises(MasterKeyError) as refused:
        services.mac("label", b"data")
    assert str(refused.value) == f"The master key {key_file} is missing."
    assert refused.value.words.nl == f"De hoofdsleutel {key_file} ontbreekt."


@pytest.mark.parametrize(
    ("content", "mode", "sentence"),
    [
        (base64.b64encode(b"x" * 31), 0o600, "is not 32 bytes long"),
        (b"", 0o600, "is not 32 bytes long"),
        (b"no base64 at all!", 0o600, "is not base64"),
        (base64.b64encode(b"x" * 32), 0o640, "is open to others"),
        (base64.b64encode(b"x" * 32), 0o604, "is open to others"),
    ],
)
def test_a_file_that_is_no_key_is_refused_and_never_overwritten(key_file, content, mode, sentence):
    key_file.parent.mkdir()
    key_file.write_bytes(content)
    key_file.chmod(mode)
    with pytest.raises(MasterKeyError, match=sentence):
        services.ensure_master_key()
    assert key_file.read_bytes() == content


def test_a_key_that_cannot_be_read_is_said_in_one_sentence(key_file):
    key_file.mkdir(parents=True, mode=0o700)
    with pytest.raises(MasterKeyError, match="cannot be read"):
        services.ensure_master_key()


def test_a_key_may_end_in_a_line_end_or_not(key_file):
    key_file.parent.mkdir()
    key_file.touch(0o600)
    key_file.write_bytes(base64.b64encode(b"k" * 32))
    assert master.read(key_file) == b"k" * 32
    key_file.write_bytes(base64.b64encode(b"k" * 32) + b"\n")
    assert master.read(key_file) == b"k" * 32


def test_labels_give_keys_of_their_own_and_none_is_the_master_key(key_file):
    services.ensure_master_key()
    material = master.read(key_file)
    keys = {services.subkey(label) for label in ("ledger", "anchor", "index")}
    keys |= {master.subkey("vangnet/index"), master.subkey("vangnet/wrap"), material}
    assert len(keys) == 6
    assert services.subkey("ledger") == derive(material, info=b"vangnet/mac/ledger")


def test_derived_keys_stay_in_the_process_until_they_are_forgotten(key_file):
    services.ensure_master_key()
    before = services.mac("label", b"data")
    key_file.unlink()
    assert services.mac("label", b"data") == before
    services.forget()
    with pytest.raises(MasterKeyError):
        services.mac("label", b"data")


def test_another_file_gives_other_keys(key_file, settings, tmp_path):
    services.ensure_master_key()
    first = services.mac("label", b"data")
    settings.VANGNET_MASTER_KEY_FILE = tmp_path / "other.key"
    services.ensure_master_key()
    assert services.mac("label", b"data") != first


def test_a_draft_that_a_crash_left_is_not_taken_for_a_key(key_file):
    key_file.parent.mkdir()
    draft = key_file.with_name(f"{key_file.name}.{os.getpid() + 1}")
    draft.write_bytes(b"half")
    services.ensure_master_key()
    assert len(master.read(key_file)) == 32
