"""The reference pages that are written from the data: every indicator, clock, check and command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from vangnet.knowledge import clocks, handover, indicators
from vangnet.site.cli import parser

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *[list(row) for row in rows]]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in line) + " |" for line in lines
    )


def indicators_page() -> str:
    """Write the page of indicators."""
    rows = [
        (
            one.id,
            one.words.en,
            one.words.nl,
            one.category,
            f"{one.strength or 'act at once'} ({one.graded_by})",
            "yes" if one.opens_duties else "no",
            one.opens_reason.en,
            ", ".join(one.sources),
        )
        for one in indicators.catalogue().indicators.values()
    ]
    head = ("id", "indicator", "in Dutch", "category", "strength (graded by)", "opens duties", "why", "sources")
    intro = (
        "The catalogue of observations, version "
        f"{indicators.catalogue().version}. A grade marked *proposed* is this project's, never the ILO's. "
        "What opens the duties is policy, for the jurist to change."
    )
    return f"# Indicators\n\n{intro}\n\n{_table(head, rows)}\n"


def clocks_page() -> str:
    """Write the page of clocks."""
    rows = [
        (
            one.id,
            one.words.en,
            one.words.nl,
            one.holder.en,
            "yes" if one.is_hard else "no",
            one.source,
            one.certainty,
        )
        for one in clocks.table().values()
    ]
    head = ("id", "duty", "in Dutch", "holder", "gives a deadline", "source", "certainty")
    intro = "The statutory terms. Only a hard one gives a deadline; one that was not read says that a lawyer must check it."
    return f"# Clocks\n\n{intro}\n\n{_table(head, rows)}\n"


def checks_page() -> str:
    """Write the page of the gate's checks and end states."""
    rows = [(check.id, check.words.en, check.words.nl, check.standing, check.source) for check in handover.CHECKS]
    head = ("id", "check", "in Dutch", "standing", "source")
    ends = "\n".join(f"- `{name}`: {state.words.en}" for name, state in handover.OUTCOMES.items())
    return f"# The hand-over gate\n\n{_table(head, rows)}\n\n## How it can end\n\n{ends}\n"


def commands_page() -> str:
    """Write the page of commands."""
    top = parser()
    commands = next(action for action in top._actions if hasattr(action, "choices") and action.choices)
    assert isinstance(commands.choices, dict)
    parts = [
        f"## vangnet {name}\n\n```text\n{one.format_help().strip()}\n```\n"
        for name, one in commands.choices.items()
    ]
    return "# Commands\n\n" + "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "indicators.md": indicators_page,
    "clocks.md": clocks_page,
    "gate.md": checks_page,
    "commands.md": commands_page,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
