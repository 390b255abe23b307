"""A night of its own for every test, with an anchor file of its own."""

from __future__ import annotations

import pytest

from chain.handovers.night import Night


@pytest.fixture
def night(db: None) -> Night:
    return Night.begin()
