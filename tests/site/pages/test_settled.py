"""A process that serves: the collector of cycles leaves alone what was loaded."""

from __future__ import annotations

import os
import subprocess
import sys

LOOK = """
import gc
before = gc.get_freeze_count()
import vangnet.site.wsgi, sys
print(before, gc.get_freeze_count(), gc.get_threshold()[0], "vangnet.site.encounters.reading" in sys.modules)
"""


def test_what_was_loaded_is_set_apart_and_the_views_are_among_it() -> None:
    as_served = os.environ | {"DJANGO_SETTINGS_MODULE": "vangnet.site.settings"}
    command = [sys.executable, "-c", LOOK]
    done = subprocess.run(command, env=as_served, capture_output=True, text=True, check=True)  # noqa: S603
    before, apart, waits, has_views = done.stdout.split()
    assert before == "0"
    assert int(apart) > 100_000
    assert int(waits) > 100_000
    assert has_views == "True"
