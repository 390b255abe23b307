"""One night at one clock, on the addresses of the gate alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine

from chain.flow.desk import Desk, after


@pytest.fixture(autouse=True)
def small_site(settings: Any, tmp_path: Path) -> None:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


@pytest.fixture(autouse=True)
def night() -> Any:
    with time_machine.travel(after(30), tick=False):
        yield


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.open()
