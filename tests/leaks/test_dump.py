"""A dump of the database without the key holds no name, date, number or free word of anybody, in any spelling."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from leaks.canaries import found_in
from leaks.conftest import Left

ROOT = Path(__file__).parents[2]
FILLED = (
    "access_person", "axes_accessattempt", "axes_accesslog", "crosscheck_features", "crosscheck_indexkey",
    "crosscheck_verdict", "django_session", "duties_duty", "duties_internationalcheck", "encounters_account",
    "encounters_encounter", "encounters_observation", "encounters_opening", "handovers_check",
    "handovers_decision", "handovers_handover", "handovers_incident", "handovers_proposal", "handovers_request",
    "keys_envelopekey", "keys_organisationkey", "ledger_entry", "persons_claim", "referrals_answer",
    "referrals_referral",
)  # fmt: skip
"""Tables that the story must have written to, or the test looks at nothing."""


def test_the_story_wrote_to_every_table_that_can_hold_a_word(left: Left) -> None:
    tables = {name for name in FILLED if name in left.rows}
    assert {name for name in tables if not left.rows[name]} == set()
    assert set(FILLED) - tables == set()


@pytest.mark.parametrize("table", sorted(model._meta.db_table for model in apps.get_models()))
def test_no_row_of_a_table_holds_a_canary(left: Left, table: str) -> None:
    assert found_in(left.rows[table]) == set()


def test_the_dump_holds_no_canary(left: Left) -> None:
    assert len(left.dump) > 100_000
    assert found_in(left.dump) == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of SQLite")
def test_the_files_on_the_disk_hold_no_canary_also_in_the_log_of_what_was_not_yet_merged(tmp_path: Path) -> None:
    here = tmp_path / "var"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VANGNET_", "DATABASE_URL"))}
    settings = {
        "DJANGO_SETTINGS_MODULE": "vangnet.site.settings",
        "VANGNET_VAR": str(here),
        "VANGNET_SECOND_PROOF": "0",
        "PYTHONPATH": "tests",
    }
    done = subprocess.run(
        [sys.executable, "tests/leaks/story.py"],
        cwd=ROOT, env=kept | settings, capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["pages"] > 60
    files = {file.relative_to(here).as_posix(): file.read_bytes() for file in here.rglob("*") if file.is_file()}
    assert len(files["vangnet.sqlite3-wal"]) > 100_000
    with sqlite3.connect(here / "vangnet.sqlite3") as opened:
        files["iterdump"] = "\n".join(opened.iterdump()).encode()
        assert opened.execute("SELECT COUNT(*) FROM handovers_handover").fetchone() == (1,)
    files["after merging"] = (here / "vangnet.sqlite3").read_bytes()
    assert {name: found_in(content) for name, content in files.items() if found_in(content)} == {}
    assert found_in(done.stderr) == set()
