"""`vangnet lists`: from linked records to the table of overlaps of a period, with the quality of the linkage beside it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from vangnet.knowledge.estimation import LOWEST_RECALL, Lists, read_people, write_table
from vangnet.knowledge.estimation.sentences import recall_too_low
from vangnet.knowledge.terms import Reason, Words
from vangnet.site.cli.estimate import quality, sentence
from vangnet.site.cli.rows import UnopenableError, text_of

EXAMPLE = "example: vangnet lists records.csv --from 2026-01-01 --to 2026-12-31 --out table.csv"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSIDE = Words(
    "De tabel bevat aantallen van één persoon. Houd haar binnen de eigen organisatie; publiceer alleen wat het verdict toestaat.",
    "The table holds counts of one person. Keep it inside the own organisation; publish only what the verdict allows.",
)
NOT_KNOWN = Words(
    "Niemand weet hoe goed er is gekoppeld: gemiste koppelingen maken de schatting te hoog. Meet het aan een steekproef (kolom truth).",
    "Nobody knows how well it was linked: missed links make the estimate too high. Measure it on a sample (column truth).",
)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("lists", help="the table of overlaps, from linked records", epilog=EXAMPLE)
    parser.add_argument(
        "records",
        metavar="RECORDS.csv",
        help="columns person, list, date, truth; or person and one 0/1 column per list; - is standard input",
    )
    parser.add_argument("--from", dest="since", type=_day, metavar="DATE", help="first day that counts")
    parser.add_argument("--to", dest="until", type=_day, metavar="DATE", help="last day that counts")
    parser.add_argument(
        "--out", required=True, metavar="TABLE.csv", help="the table; TABLE.csv.json says how it was made"
    )
    parser.add_argument(
        "--recall",
        type=quality,
        metavar="R",
        help="share of the true pairs that were linked; default as truth has it",
    )
    parser.add_argument(
        "--precision", type=quality, metavar="R", help="share of the links that are right; default as truth has it"
    )
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(run=run)


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is no day; write a day as 2026-01-31")


def run(args: argparse.Namespace) -> int:
    """Write the table. Exit 0, 1 where the linkage is too poor for any figure, 2 where the file cannot be read or used."""
    try:
        found = read_people(text_of(args.records), since=args.since, until=args.until)
        if isinstance(found, Lists):
            return _written(found, args)
    except UnopenableError as error:
        print(error, file=sys.stderr)
        return 2
    _say(found, args)
    return 2


def _say(reasons: tuple[Reason, ...], args: argparse.Namespace) -> None:
    for reason in reasons:
        print(sentence(args.records, reason, args.language), file=sys.stderr)


def _written(found: Lists, args: argparse.Namespace) -> int:
    _say(found.table.notices, args)
    beside = _beside(found, args)
    _write(args.out, write_table(found.table))
    _write(f"{args.out}.json", json.dumps(beside, ensure_ascii=False, indent=1) + "\n")
    print(json.dumps(beside, ensure_ascii=False) if args.json else "\n".join(_lines(beside, args)))
    recall = beside["recall"]
    return 1 if recall is not None and recall < LOWEST_RECALL else 0


def _beside(found: Lists, args: argparse.Namespace) -> dict[str, Any]:
    return {
        "from": args.since.isoformat() if args.since else None,
        "to": args.until.isoformat() if args.until else None,
        "lists": list(found.table.lists),
        "people": found.table.observed,
        "on_two_or_more": found.table.on_two_or_more,
        "records": found.records,
        "recall": found.recall if args.recall is None else args.recall,
        "precision": found.precision if args.precision is None else args.precision,
        "lowest_recall": LOWEST_RECALL,
    }


def _lines(beside: dict[str, Any], args: argparse.Namespace) -> list[str]:
    """Say what was counted, how good the linkage is, and what comes next."""
    people, records, names = beside["people"], beside["records"], ", ".join(beside["lists"])
    counted = Words(
        f"{people} mensen uit {records} registraties op {names}.",
        f"{people} people from {records} records on {names}.",
    )
    lines = [counted, INSIDE]
    recall, precision = beside["recall"], beside["precision"]
    if recall is None or precision is None:
        lines.append(NOT_KNOWN)
    if recall is not None and recall < LOWEST_RECALL:
        lines.append(recall_too_low(recall, LOWEST_RECALL))
    given = {"--recall": recall, "--precision": precision}
    options = "".join(f" {name} {share:.3g}" for name, share in given.items() if share)
    return [*(one.in_(args.language) for one in lines), f"vangnet estimate {args.out}{options}"]


def _write(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnopenableError(f"{file} cannot be written ({error.strerror}); check the folder.") from error
