"""The coverage gates: every branch of knowledge and of what SQLite reaches of trust; 95 % of the rest."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).parents[1]
GATES = {"knowledge": 100.0, "trust": 100.0, "chain": 95.0, "site": 95.0}


def main() -> int:
    """Print each room with its branch coverage; exit 1 where one lies below its gate."""
    data = Coverage(data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    data.load()
    short = 0
    for room, gate in GATES.items():
        detail = io.StringIO()
        reached = data.report(include=[f"*/vangnet/{room}/*"], file=detail)
        print(f"{room}: {reached:.2f} % of lines and branches, gate {gate:.0f} %")
        if round(reached, 2) < gate:
            print(detail.getvalue())
            short += 1
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
