"""A database for commands: one organisation with its service account, an anchor file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from vangnet.site.cli.init import add_organisation

CODE = "NL-POL-RIJNHAVEN"


@pytest.fixture
def anchored(settings, tmp_path: Path) -> Path:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors" / "ledger.jsonl"
    return settings.VANGNET_ANCHOR_FILE


@pytest.fixture
def desk(db, anchored: Path) -> str:
    add_organisation(CODE, "NL")
    return CODE
