"""`vangnet assess`: screening, gate and duties of an encounter, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime

from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import Encounter
from vangnet.site.cli.rows import encounters_of, say_refused

EXAMPLE = "example: vangnet assess examples/published/*.json"
EXAMPLE_TIME = "2026-03-01T14:20:00+01:00"
YEARS = range(1900, 2100)
"""The years in which an encounter can be; the schema of an encounter has the same."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "assess", help="screening, hand-over gate and duties, without a database", epilog=EXAMPLE
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="encounters as JSON or JSON Lines; - is standard input"
    )
    parser.add_argument(
        "--at", type=_time, metavar="TIME", help="reckon at this time (ISO 8601 with zone); default met_at"
    )
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    parser.add_argument("--json", action="store_true", help="JSON Lines on standard output, as always here")
    parser.set_defaults(run=run)


def _time(text: str) -> datetime:
    """Read a time as an encounter has them, so that every term can be reckoned from it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write for example {EXAMPLE_TIME}") from unreadable
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no zone; write for example {EXAMPLE_TIME}")
    if moment.year not in YEARS:
        raise argparse.ArgumentTypeError(f"{text} lies outside {YEARS[0]} to {YEARS[-1]}; give a year between them")
    return moment


def run(args: argparse.Namespace) -> int:
    """Print one object per encounter; refused ones are named on standard error. Exit 0, 1 or 2."""
    taken = refused = 0
    for row, encounter in encounters_of(args.files):
        if isinstance(encounter, Encounter):
            answer = assess(encounter, at=args.at).as_json(args.language)
            print(json.dumps(answer, ensure_ascii=False))
            taken += 1
        else:
            say_refused(row, encounter, args.language)
            refused += 1
    if not taken:
        print("No encounter could be read.", file=sys.stderr)
        return 2
    return 1 if refused else 0
