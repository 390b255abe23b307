"""The reference pages that are written from the data: every indicator, clock, check, command and endpoint.

`.venv/bin/python tests/docs/reference.py` writes them; `test_reference.py` compares.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from vangnet.knowledge import clocks, handover, indicators
from vangnet.site.cli import parser

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
WRITTEN = "This page is written from the data by `tests/docs/reference.py`."


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *[list(row) for row in rows]]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"


def indicators_page() -> str:
    """Write the page of indicators."""
    every = indicators.catalogue().indicators.values()
    graded = _table(
        ("id", "indicator", "in Dutch", "category", "strength (graded by)", "opens duties", "why", "sources"),
        (
            (
                one.id,
                one.words.en,
                one.words.nl,
                one.category,
                f"{one.strength or 'act at once'} ({one.graded_by})",
                _yes(one.opens_duties),
                one.opens_reason.en,
                ", ".join(one.sources),
            )
            for one in every
        ),
    )
    asked = _table(
        ("id", "an officer may ask", "when it is seen", "who can see it", "when"),
        (
            (one.id, one.question.en, one.action.en, ", ".join(one.observers), ", ".join(one.moments))
            for one in every
        ),
    )
    intro = (
        f"The catalogue of observations, version {indicators.catalogue().version}. {WRITTEN} A grade marked *proposed* "
        "is this project's, never the ILO's. What opens the duties is policy, for the jurist to change."
    )
    return f"# Indicators\n\n{intro}\n\n{graded}\n\n## Asking and acting\n\n{asked}\n"


def clocks_page() -> str:
    """Write the page of clocks."""
    rows = _table(
        ("id", "duty", "in Dutch", "holder", "from", "term", "gives a deadline", "source", "certainty"),
        (
            (
                one.id,
                one.words.en,
                one.words.nl,
                one.holder.en,
                one.starts.en,
                one.limit_words.en,
                _deadline(one),
                one.source,
                one.certainty,
            )
            for one in clocks.table().values()
        ),
    )
    intro = (
        f"The statutory terms of the Netherlands, version {clocks.table_version()}. {WRITTEN} Only a hard one gives a "
        "deadline, and its hours are real hours; one that was not read in its source says that a lawyer must check it. "
        f"{', '.join(sorted(clocks.LEGAL_STATUS_DUTIES))} hang on the legal-status record alone."
    )
    return f"# Clocks\n\n{intro}\n\n{rows}\n"


def _deadline(one: clocks.Clock) -> str:
    if not one.gives_deadline:
        return "no"
    return "yes, to be checked by a lawyer" if one.needs_lawyer else "yes"


def gate_page() -> str:
    """Write the page of the gate's checks and end states."""
    checks = _table(
        ("id", "check", "in Dutch", "standing", "a condition", "source"),
        (
            (
                one.id,
                one.words.en,
                one.words.nl,
                _standing(one),
                _yes(one.id not in handover.NEVER_CONDITIONS),
                one.source,
            )
            for one in handover.CHECKS
        ),
    )
    ends = _table(
        ("code", "how it ended", "in Dutch", "kind", "only when the gate is ready"),
        (
            (one.code, one.words.en, one.words.nl, one.kind, _yes(one.needs_ready))
            for one in handover.OUTCOMES.values()
        ),
    )
    intro = (
        f"Who may take the child along. {WRITTEN} Unknown is never passed. The gate never decides: it says `not_yet`, "
        "`refer` or `ready_for_two_people`, and two named people decide. The standing of a check is policy, for the "
        "jurist to change."
    )
    return f"# The hand-over gate\n\n{intro}\n\n{checks}\n\n## How it can end\n\nA closed list.\n\n{ends}\n"


def _standing(check: handover.Check) -> str:
    without, with_one = (handover.standing(check.id, any_indication=seen) for seen in (False, True))
    return without if without == with_one else f"{without}; {with_one} once any indication stands"


def _commands(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Give every command, those within a command after it."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield one
                yield from _commands(one)


def commands() -> tuple[argparse.ArgumentParser, ...]:
    """Give every command that does something by itself."""
    return tuple(one for one in _commands(parser()) if one.get_default("run"))


def _option(action: argparse.Action) -> tuple[str, str]:
    name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    value = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
    allowed = f" (one of {', '.join(map(str, action.choices))})" if action.choices else ""
    shown = f"{name} {value}" if action.option_strings and value else name
    return f"`{shown}`", f"{action.help or ''}{allowed}".strip() or "needed"


def _command(one: argparse.ArgumentParser) -> str:
    options = [
        _option(action)
        for action in one._actions
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
    ]
    table = f"\n{_table(('argument', 'what'), options)}\n" if options else ""
    example = str(one.epilog).removeprefix("example: ")
    return f"## {one.prog}\n{table}\n```text\n{example}\n```\n"


def commands_page() -> str:
    """Write the page of commands."""
    intro = (
        f"{WRITTEN} Every command knows `--help`. Results go to standard output, notices to standard error. "
        "Exit 0: done. 1: done, but something in the input was refused, and it says what. 2: nothing could be done."
    )
    return f"# Commands\n\n{intro}\n\n" + "\n".join(_command(one) for one in commands())


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give the path, the method and the description of every endpoint."""
    from vangnet.site.api.urls import document  # noqa: PLC0415 - needs Django

    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def api_page() -> str:
    """Write the page of endpoints."""
    from vangnet.site.api.door import ABOUT, VERSION  # noqa: PLC0415 - needs Django

    endpoints = _table(
        ("method and address", "what", "headers", "answers"),
        (
            (
                f"`{method.upper()} /api/v1{path}`",
                operation["description"],
                ", ".join(f"`{one['name']}`" for one in operation["parameters"] if one["in"] == "header"),
                ", ".join(sorted(operation["responses"])),
            )
            for path, method, operation in operations()
        ),
    )
    rest = (
        "A failure is `application/problem+json`: `type`, `title`, `status`, `detail` and `reasons`, each with a code, "
        "the place in what was sent and a sentence. No address holds anything about a person; nothing answered here "
        "may be kept in a cache. The whole description stands in `openapi.json` beside this page and at "
        "`/api/v1/openapi.json`."
    )
    return f"# HTTP API\n\nVersion {VERSION}. {WRITTEN}\n\n{ABOUT}\n\n{endpoints}\n\n{rest}\n"


PAGES: dict[str, Callable[[], str]] = {
    "indicators.md": indicators_page,
    "clocks.md": clocks_page,
    "gate.md": gate_page,
    "commands.md": commands_page,
    "api.md": api_page,
}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.site.settings_test")
    import django  # noqa: PLC0415 - only the page of endpoints needs it

    django.setup()
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
