"""The import contracts bite: a planted import of each forbidden kind breaks its contract."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = [
    ("rooms", "knowledge/terms/words.py", "import vangnet.trust"),
    ("rooms", "trust/keys/services.py", "import vangnet.chain.persons.models"),
    ("rooms", "chain/persons/models.py", "import vangnet.site.database"),
    ("pure", "knowledge/exchange.py", "import django.conf"),
    *(
        ("pure", "knowledge/terms/dates.py", f"import {name}")
        for name in ("sqlite3", "ninja", "duckdb", "splink", "psycopg", "httpx", "requests", "structlog")
    ),
    ("shelves", "knowledge/exchange.py", "import vangnet.knowledge.assessment"),
    ("shelves", "knowledge/exchange.py", "import vangnet.knowledge.clocks"),
    ("shelves", "knowledge/handover/checks.py", "import vangnet.knowledge.indicators"),
    ("shelves", "knowledge/clocks/rows.py", "import vangnet.knowledge.linkage"),
    ("shelves", "knowledge/terms/dates.py", "import vangnet.knowledge.clocks"),
    ("steps", "chain/persons/models.py", "import vangnet.chain.encounters.models"),
    ("steps", "chain/crosscheck/services.py", "import vangnet.chain.handovers.models"),
    ("steps", "chain/handovers/services.py", "import vangnet.chain.flow"),
    ("steps", "chain/encounters/services.py", "import vangnet.chain.duties.models"),
    ("steps", "chain/duties/services.py", "import vangnet.chain.crosscheck.models"),
    ("steps", "chain/handovers/services.py", "import vangnet.chain.referrals.models"),
    ("trust", "trust/keys/services.py", "import vangnet.trust.ledger.models"),
]


def lint(where: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-cache",
        "--config",
        str(where / "pyproject.toml"),
    ]
    environment = {"PYTHONPATH": str(where / "src"), "PATH": "/usr/bin:/bin", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src", where / "src", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", where)
    return where


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    kept = lint(copy)
    assert kept.returncode == 0, kept.stdout


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_import_breaks_its_contract(copy: Path, contract: str, file: str, line: str) -> None:
    planted = copy / "src" / "vangnet" / file
    before = planted.read_text(encoding="utf-8")
    planted.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        broken = lint(copy)
    finally:
        planted.write_text(before, encoding="utf-8")
    names = {
        "rooms": "You always look down",
        "pure": "pure Python",
        "shelves": "The shelves",
        "steps": "A step",
        "trust": "The ledger",
    }
    assert broken.returncode == 1
    assert f"{names[contract]}" in broken.stdout
    kept_and_broken = [text for text in broken.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(names[contract] in text for text in kept_and_broken), broken.stdout
