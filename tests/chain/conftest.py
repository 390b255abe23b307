"""A town of its own for every test, with an anchor file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chain.town import Town


@pytest.fixture(autouse=True)
def anchor_file(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "anchors" / "ledger.jsonl"
    settings.VANGNET_ANCHOR_FILE = path
    return path


@pytest.fixture
def town(db: None) -> Town:
    return Town.begin()
