"""The published tables of overlapping lists, as `examples/estimation` holds them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vangnet.knowledge.estimation import Table, read_table

FOLDER = Path(__file__).parents[1] / "examples" / "estimation"
NAMES = tuple(path.stem for path in sorted(FOLDER.glob("*.csv")))
UP_TO_FIVE = tuple(name for name in NAMES if name not in {"UKdat", "Ned", "NewOrl", "NewOrl_v2"})


@cache
def table_named(name: str) -> Table:
    table = read_table((FOLDER / f"{name}.csv").read_text(encoding="utf-8"))
    assert isinstance(table, Table), table
    return table
