"""The lock files name no host, and every pin carries a hash."""

from __future__ import annotations

from pathlib import Path

import pytest
import rules

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def unhashed(text: str) -> list[str]:
    """Give the pins that no hash follows."""
    pins = text.replace("\\\n", " ").splitlines()
    return [pin for pin in pins if "==" in pin and "--hash=sha256:" not in pin]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host_and_hashes_every_pin(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert rules.hosts(text) == []
    assert unhashed(text) == []


def test_both_locks_are_there_and_the_address_book_is_not() -> None:
    assert [lock.name for lock in LOCKS] == ["app.lock", "dev.lock"]
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "--find-links /srv/wheels",
        "thing @ file:///srv/thing.whl",
        "thing @ https://mirror.example/thing.whl",
        "    # via -r http://mirror.example/requirements.txt",
    ],
)
def test_a_planted_host_is_caught(line: str) -> None:
    assert rules.hosts(f"left-pad==1.0 \\\n    --hash=sha256:aa\n{line}\n") == [line]


def test_a_planted_pin_without_hash_is_caught() -> None:
    assert unhashed("left-pad==1.0\nright-pad==1.0 \\\n    --hash=sha256:aa") == ["left-pad==1.0"]
