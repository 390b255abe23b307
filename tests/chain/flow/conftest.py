"""A desk of its own for every test that asks for one."""

from __future__ import annotations

import pytest

from chain.flow.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.open()
