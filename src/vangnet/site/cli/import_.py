"""`vangnet import`: encounters from a file into the database; what is refused is kept with its reason."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from vangnet.knowledge.terms import Encounter, Purpose, Reason
from vangnet.site.cli.database import NoDatabaseError, actor_named, add_actor_options, ready, refused
from vangnet.site.cli.rows import Row, UnopenableError, say_refused
from vangnet.site.cli.tables import history_of, is_table

EXAMPLE = "example: vangnet import encounters.jsonl; vangnet import history.parquet --organisation NL-POL-RIJNHAVEN --country NL"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("import", help="encounters or a linkage table into the database", epilog=EXAMPLE)
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="JSON, JSON Lines, or a linkage table as CSV or Parquet"
    )
    parser.add_argument("--organisation", metavar="ID", help="code for the rows of a table that lack one")
    parser.add_argument("--country", metavar="CC", help="country for the rows of a table that lack one")
    parser.add_argument("--json", action="store_true", help="one JSON object a file on standard output")
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    add_actor_options(parser, Purpose.KEEP_REGISTER)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Store what can be stored; refused rows go to FILE.refused.jsonl. Exit 0, 1 or 2."""
    try:
        ready()
        tallies = [_take_file(file, args) for file in args.files]
    except (NoDatabaseError, UnopenableError) as error:
        return refused(error)
    _anchor()
    return 1 if any(tally["refused"] for tally in tallies) else 0


def _take_file(file: str, args: argparse.Namespace) -> dict[str, int]:
    tally = {"stored": 0, "there_already": 0, "refused": 0}
    kept: list[dict[str, Any]] = []
    for row, result in _results(file, args):
        if isinstance(result, str):
            tally[result] += 1
            continue
        tally["refused"] += 1
        say_refused(row, result, args.language)
        kept.append({"line": row.line, "reasons": [one.words.in_(args.language) for one in result], "row": row.raw})
    _keep_refused(Path(f"{file}.refused.jsonl"), kept)
    _say(file, tally, as_json=args.json)
    return tally


def _results(file: str, args: argparse.Namespace) -> Iterator[tuple[Row, str | tuple[Reason, ...]]]:
    """Take in row after row, each as the service account of its own organisation unless one is named."""
    takers: dict[str, _Taker] = {}
    for row, encounter in history_of(file, organisation=args.organisation, country=args.country):
        if not isinstance(encounter, Encounter):
            yield row, encounter
            continue
        code = encounter.organisation
        if code not in takers:
            takers[code] = _taker(code, args, history=is_table(file))
        yield row, takers[code](encounter)


_Taker = Callable[[Encounter], str | tuple[Reason, ...]]


def _taker(code: str, args: argparse.Namespace, *, history: bool) -> _Taker:
    from django.utils import timezone  # noqa: PLC0415 - needs Django

    from vangnet.chain.flow import importing  # noqa: PLC0415

    actor = actor_named(args.account, None if args.account else code)
    if isinstance(actor, Reason):
        reason = actor
        return lambda _encounter: (reason,)
    return importing(actor=actor, purpose=args.purpose, history=history, now=timezone.now)


def _keep_refused(path: Path, kept: list[dict[str, Any]]) -> None:
    if kept:
        lines = [json.dumps(one, default=str) for one in kept]
        path.touch(mode=0o600)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _say(file: str, tally: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"file": file} | tally))
        return
    stored, again, not_taken = tally["stored"], tally["there_already"], tally["refused"]
    print(f"{file}: {stored} stored, {again} there already, {not_taken} refused.")
    if not_taken:
        print(f"The refused rows stand in {file}.refused.jsonl, each with its reason.", file=sys.stderr)


def _anchor() -> None:
    from django.utils import timezone  # noqa: PLC0415 - needs Django

    from vangnet.trust.ledger.services import anchor  # noqa: PLC0415

    anchor(at=timezone.now())
