"""`vangnet crosscheck`: earlier encounters that may be of the same child, each with its reasons."""

from __future__ import annotations

import argparse
import gc
import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from vangnet.knowledge.linkage import Index, Record
from vangnet.knowledge.terms import Language, Purpose
from vangnet.site.cli.candidates import DIGITS, answer
from vangnet.site.cli.database import add_actor_options
from vangnet.site.cli.rows import say_refused
from vangnet.site.cli.search import database_search
from vangnet.site.cli.tables import records_of

EXAMPLE = "example: vangnet crosscheck tonight.jsonl --against history.parquet --limit 20"

DatabaseSearch = Callable[[argparse.Namespace, Iterable[Record]], Iterator[dict[str, Any]]]
"""Searches the database as one account for one purpose and gives what `answer` gives, per query."""


def add_parser(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], database_search: DatabaseSearch = database_search
) -> argparse.ArgumentParser:
    """Declare the command and its options; without `--against` the database is searched."""
    parser = commands.add_parser(
        "crosscheck", help="earlier encounters that may be of the same child", epilog=EXAMPLE
    )
    parser.add_argument(
        "queries", metavar="QUERIES", help="encounters (JSON, JSON Lines) or a linkage table (CSV, Parquet)"
    )
    parser.add_argument(
        "--against",
        metavar="RECORDS",
        help="search this file, no database needed; else the database",
    )
    parser.add_argument("--limit", type=_limit, default=20, metavar="N", help="candidates per query, default 20")
    parser.add_argument("--out", metavar="FILE", help="write here and not to standard output")
    parser.add_argument("--timings", action="store_true", help="p50, p95 and p99 in ms, as JSON on standard error")
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    parser.add_argument("--json", action="store_true", help="JSON Lines, one object per query, as always here")
    add_actor_options(parser, Purpose.IDENTIFY_CHILD)
    parser.set_defaults(run=partial(run, database_search=database_search))
    return parser


def _limit(text: str) -> int:
    if not text.isdecimal() or len(text) > DIGITS or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not possible; give a whole number, 1 or more")
    return int(text)


def run_against_file(
    queries: Iterable[Record],
    records: Iterable[Record],
    *,
    limit: int = 20,
    timings: list[float] | None = None,
    language: Language = "en",
) -> Iterator[dict[str, Any]]:
    """Give for each query its likeliest records; `timings` receives the seconds of each search."""
    index = Index(records)
    gc.collect()
    gc.freeze()  # the index stays; walking through it again and again would stop a search for 90 ms
    for query in queries:
        start = time.perf_counter()
        found = index.nearest(query, limit)
        if timings is not None:
            timings.append(time.perf_counter() - start)
        yield answer(query.record_id, found, language)


class _Taking:
    """Takes the readable rows of a file, and names the refused ones on standard error."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.taken = 0
        self.refused = 0

    def records(self, file: str) -> Iterator[Record]:
        for row, record in records_of(file):
            if isinstance(record, Record):
                self.taken += 1
                yield record
            else:
                self.refused += 1
                say_refused(row, record, self.language)


def percentiles(seconds: Sequence[float]) -> dict[str, float | int]:
    """Give how many searches there were and their p50, p95 and p99 in milliseconds (nearest rank)."""
    ordered = sorted(seconds)
    ranks = {f"p{share}_ms": max(0, math.ceil(len(ordered) * share / 100) - 1) for share in (50, 95, 99)}
    return {"queries": len(ordered), **{name: round(ordered[rank] * 1000, 3) for name, rank in ranks.items()}}


def run(args: argparse.Namespace, *, database_search: DatabaseSearch) -> int:
    """Print one object per query; refused rows are named on standard error. Exit 0, 1 or 2."""
    queries, records = _Taking(args.language), _Taking(args.language)
    seconds: list[float] = []
    asked = list(queries.records(args.queries))
    if not asked:
        print(f"{args.queries} holds no encounter that can be read.", file=sys.stderr)
        return 2
    if args.against:
        found = run_against_file(
            asked, records.records(args.against), limit=args.limit, timings=seconds, language=args.language
        )
    else:
        found = database_search(args, _timed(asked, seconds))
    _write(found, args.out)
    if args.timings and seconds:
        print(json.dumps(percentiles(seconds)), file=sys.stderr)
    return 1 if queries.refused or records.refused else 0


def _timed(queries: Iterable[Record], seconds: list[float]) -> Iterator[Record]:
    """Measure how long whoever takes the queries needs for each."""
    for query in queries:
        start = time.perf_counter()
        yield query
        seconds.append(time.perf_counter() - start)


def _write(found: Iterator[dict[str, Any]], out: str | None) -> None:
    if out is None:
        _print_all(found, sys.stdout)
        return
    target = Path(out)
    if target.exists() and not target.is_file():  # a pipe or a device is written as it comes
        with target.open("w", encoding="utf-8") as file:
            _print_all(found, file)
        return
    _write_whole(found, target)


def _write_whole(found: Iterator[dict[str, Any]], target: Path) -> None:
    """Write a file whole or leave what was there."""
    draft = target.with_name(f"{target.name}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            _print_all(found, file)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _print_all(found: Iterator[dict[str, Any]], file: TextIO) -> None:
    for one in found:
        print(json.dumps(one, ensure_ascii=False), file=file)
