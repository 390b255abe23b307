"""What every test may lean on."""

from __future__ import annotations

import gc
import os
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None)  # no test leans on how quick the machine is
settings.register_profile("deep", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Write the pen of the gate once the tables are there, as `vangnet init` does."""
    from vangnet.chain.handovers.pen import ensure_pen  # noqa: PLC0415 - needs Django

    with django_db_blocker.unblock():
        ensure_pen()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to `make test-postgres` and `make journeys` what only they can run."""
    left = {"postgres": not ON_POSTGRES, "journey": os.environ.get("VANGNET_JOURNEYS") != "1"}
    away = [item for item in items if any(left[mark] and item.get_closest_marker(mark) for mark in left)]
    if away:
        config.hook.pytest_deselected(items=away)
        items[:] = [item for item in items if item not in set(away)]


def pytest_collection_finish() -> None:
    """Set apart what was loaded, as the server does: thousands of tests would wait for the walk through it."""
    gc.collect()
    gc.freeze()
