"""The machine on which knowledge is tested keeps an odd time, so no answer can lean on the machine's own zone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

ODD_ZONE = "Pacific/Chatham"
"""Twelve or thirteen hours and three quarters ahead: no other place keeps it."""


@pytest.fixture(scope="module", autouse=True)
def machine_elsewhere() -> Iterator[None]:
    """Set the zone of the machine, and set it back."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = ODD_ZONE
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()
