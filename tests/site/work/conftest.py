"""A town of its own for every test, with an anchor file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chain.referrals.town import Town


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors" / "ledger.jsonl"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()
