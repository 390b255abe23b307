"""The reference pages that are written from the data: every indicator, clock, check, command and endpoint.

`.venv/bin/python tests/docs/reference.py` writes them; `test_reference.py` compares.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from vangnet.knowledge import clocks, handover, indicators
from vangnet.site.cli import parser
from vangnet.site.cli.tables import columns

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
        (
            "code",
            "how it ended",
            "in Dutch",
            "kind",
            "who receives",
            "only when the gate is ready",
            "only when the child agreed",
        ),
        (
            (
                one.code,
                one.words.en,
                one.words.nl,
                one.kind,
                _receives(one),
                _yes(one.needs_ready),
                _yes(one.needs_wish),
            )
            for one in handover.OUTCOMES.values()
        ),
    )
    intro = (
        f"Who may take the child along. {WRITTEN} Unknown is never passed. The gate never decides: it says `not_yet`, "
        "`refer` or `ready_for_two_people`, and two named people decide. The standing of a check is policy, for the "
        "jurist to change."
    )
    receiving = _table(
        ("code", "place for a child", "in Dutch", "regime", "for the ends", "source"),
        (
            (
                one.code,
                one.words.en,
                one.words.nl,
                ", ".join(sorted(one.regimes)),
                ", ".join(end.code for end in handover.OUTCOMES.values() if one.code in end.receivers),
                one.source,
            )
            for one in handover.RECEIVING.values()
        ),
    )
    return (
        f"# The hand-over gate\n\n{intro}\n\n{checks}\n\n## How it can end\n\nA closed list.\n\n{ends}\n\n"
        f"## Who can receive\n\nWhat the card of an organisation says. Without any it receives nobody.\n\n{receiving}\n"
    )


def _receives(end: handover.EndState) -> str:
    """Say who can receive the child at this end: organisations by their regime, whoever asked, or nobody."""
    nobody = "whoever asked" if end.kind == "handover" else "nobody"
    return ", ".join(f"`{one}`" for one in sorted(end.receivers)) or nobody


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
    more = _columns() if one.prog == "vangnet import" else ""
    return f"## {one.prog}\n{table}{more}\n```text\n{example}\n```\n"


def _columns() -> str:
    """Write which columns of a linkage table are read, and what each becomes."""
    rows = ((f"`{name}`", f"`{field}`") for name, field in columns().items())
    return (
        "\nA linkage table (CSV or Parquet) may have these columns; `encounter_id` is needed, what is empty is unknown, "
        f"and any other column is left out.\n\n{_table(('column', 'becomes, in the encounter'), rows)}\n"
    )


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


RESULTS = Path(__file__).parents[2] / "bench" / "results"
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _intakes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what was measured of intake, by the name of the database."""
    for file in sorted(RESULTS.glob("intake-*.json"), reverse=True):
        found = json.loads(file.read_text(encoding="utf-8"))
        engine = next(name for name in _NAMES if name in found["versions"])
        yield f"{_NAMES[engine]} {found['versions'][engine].split(' ')[0]}", found


def _targets() -> dict[str, Any]:
    file = RESULTS / "targets.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def _measured(name: str, found: dict[str, Any]) -> tuple[str, ...]:
    taken, advice, empty, read = (found[key] for key in ("take_in", "advice", "empty_page", "import"))
    times = found["times_an_empty_page"]
    return (
        name,
        f"{found['encounters']:,}",
        f"{taken['p50_ms']} / {taken['p95_ms']} ({taken['cpu_p95_ms']})",
        f"{advice['p50_ms']} / {advice['p95_ms']} ({advice['cpu_p95_ms']})",
        f"{empty['p50_ms']} / {empty['p95_ms']}",
        f"{times['take_in']} and {times['advice']}",
        f"{read['rows_per_second']:,} ({read['cpu_seconds']} s for {read['rows']:,})",
        f"{found['peak_mib']}",
        f"{found['share_of_others']:.0%} and {read['share_of_others']:.0%}",
        f"{found['promises']['take_in']}; {found['promises']['advice']}",
        f"{found['processors']} × {found['processor']}, {found['at'][:10]}, {found['commit']}",
    )


def speed_page() -> str:
    """Write the page of what was measured."""
    head = (
        "database", "encounters in it", "take-in, ms p50 / p95 (processor p95)", "advice page, same", "empty page, ms",
        "take-in and advice, times an empty page", "import, rows a second (processor)", "memory, MiB",
        "others had of the machine: pages, import", "promises", "where and when",
    )  # fmt: skip
    figures = _table(head, (_measured(*one) for one in _intakes()))
    targets = _table(
        ("command", "seconds (processor)", "others had of the machine", "promise"),
        (
            (
                f"`{words}`",
                f"{one['seconds']} ({one['cpu_seconds']})",
                f"{one['share_of_others']:.0%}",
                one["promise"],
            )
            for name, words in (("demo", "make demo SERVE=0"), ("test", "make test"))
            if (one := _targets().get(name))
        ),
    )
    shown = (
        targets if _targets() else "Not measured on this form of the program yet: `vangnet bench targets --keep`."
    )
    return _SPEED.format(written=WRITTEN, figures=figures, targets=shown)


_SPEED = """# Speed

{written} The figures are those of `bench/results`; `make bench` measures them anew.

| promise | p95 |
| --- | --- |
| taking an encounter in, with encryption, index, duties and a ledger that is on the disk | under 60 ms |
| the advice page, through the whole site with its login, 100,000 encounters in the database | under 150 ms |

{figures}

Processor time is that of the site alone. A promise that does not hold while others have more than a tenth of the machine
is *not claimed*: neither kept nor broken. The history comes from a linkage table whose folder `VANGNET_LINKAGE_DATA`
names. Where it is not set, `bench/invented.py` makes the rows, and the output says so.

## To begin

{targets}

In a clean copy, from a warm package cache: the demo within three minutes with its installation, the tests within ten.

## Importing

`vangnet import` writes history by at most 5,000 rows under one commit, and encounters by at most 0.2 seconds under one.
What a commit confirmed stays after a kill; what it did not is not there at all. The same file again stores the rest.
Each encounter is named in a ledger entry, at most a hundred in one. Memory stays the same however long a CSV, Parquet
or JSON Lines file is, save that a JSON file is read whole. After 10,000 new rows the database looks at its tables anew.

## What limits each database

| | SQLite | PostgreSQL |
| --- | --- | --- |
| who writes | one at a time; the others wait, up to 20 seconds | many at once; only those of one organisation wait for each other's ledger entry |
| during an import | a desk waits for the commit that runs, some seconds at most | a desk waits only while its own organisation's entries are written |
| reading advice | holds the writer's place, because reading is written in the ledger | holds the ledger of the own organisation for the last milliseconds |
| memory | 32 MiB of pages for each connection | what the server was given; the site keeps one connection for each thread |
| made for | one desk, the demo, the tests | more than one desk |

A key that more than 2,000 encounters share says little: it is counted up to 2,001 and not followed, unless a query has
no rarer one. The rarest keys of a query are followed first, up to 20,000 encounters together. So a common name is found
by what stands beside it, and a query that holds nothing but a very common name is the one that is searched less deeply.
"""


PAGES: dict[str, Callable[[], str]] = {
    "indicators.md": indicators_page,
    "clocks.md": clocks_page,
    "gate.md": gate_page,
    "commands.md": commands_page,
    "api.md": api_page,
    "speed.md": speed_page,
}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")
    sys.path.insert(0, str(REFERENCE.parents[1] / "tests"))
    import django  # noqa: PLC0415 - only the page of endpoints needs it

    django.setup()
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
