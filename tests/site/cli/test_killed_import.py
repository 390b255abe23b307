"""A kill in the middle of a file: what was confirmed stays, nothing stands half, the file again stores the rest."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

VANGNET = str(Path(sys.executable).with_name("vangnet"))
ROWS = 400
ROW = {
    "organisation": "NL-POL-RIJNHAVEN",
    "country": "NL",
    "met_at": "2026-03-01T14:20:00+01:00",
    "child": {"given_names": "Nora", "family_name": "Visser"},
    "observations": [{"indicator": "I-02", "state": "observed"}],
}
ONCE_EACH = ("encounters_account", "encounters_observation", "crosscheck_features", "persons_reference")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"VANGNET_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "vangnet.site.settings"}


def vangnet(env: dict[str, str], *words: str) -> str:
    command = [VANGNET, *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout  # noqa: S603


def counted(database: Path, table: str) -> int:
    asked = f"SELECT COUNT(*) FROM {table}"  # noqa: S608 - names of our own tables
    with sqlite3.connect(database) as opened:
        return int(opened.execute(asked).fetchone()[0])


def test_a_killed_import_loses_nothing_confirmed_and_leaves_nothing_half(
    env: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "night.jsonl"
    rows = (ROW | {"encounter_id": f"N-{number}"} for number in range(ROWS))
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    vangnet(env, "init", "--organisation", "NL-POL-RIJNHAVEN")
    database = tmp_path / "var" / "vangnet.sqlite3"
    running = subprocess.Popen([VANGNET, "import", str(file)], env=env)  # noqa: S603
    until = time.monotonic() + 60
    while not counted(database, "encounters_encounter") and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    stored = counted(database, "encounters_encounter")
    assert 0 < stored < ROWS
    assert {counted(database, table) for table in ONCE_EACH} == {stored}
    assert counted(database, "ledger_entry") == stored
    again = f"{ROWS - stored} stored, {stored} there already, 0 refused"
    assert again in vangnet(env, "import", str(file))
    assert {counted(database, table) for table in ONCE_EACH} == {ROWS}
    assert "Every entry and every row is the one that was written" in vangnet(env, "ledger", "verify")
