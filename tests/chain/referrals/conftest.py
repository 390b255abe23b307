"""A town of its own for every test, with an anchor file of its own."""

from __future__ import annotations

import pytest

from chain.referrals.town import Town


@pytest.fixture
def town(db: None) -> Town:
    return Town.build()
