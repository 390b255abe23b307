"""`vangnet import`: encounters from a file into the database; what is refused is kept with its reason."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vangnet.knowledge.terms import Encounter, Purpose, Reason, Words
from vangnet.site.cli.database import NoDatabaseError, actor_named, add_actor_options, ready, refused
from vangnet.site.cli.refused import Refused
from vangnet.site.cli.rows import Row, UnopenableError, say_refused
from vangnet.site.cli.tables import history_of, is_table

if TYPE_CHECKING:
    from vangnet.chain.flow import Importer

EXAMPLE = "example: vangnet import encounters.jsonl; vangnet import history.parquet --organisation NL-POL-RIJNHAVEN --country NL"
_MOST_WAITING = 2
_MANY = 10_000
"""From so many new rows on the database looks at its tables anew, so that searches stay quick."""


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
    except NoDatabaseError as error:
        return refused(error)
    return _take_files(args)


def _take_files(args: argparse.Namespace) -> int:
    """Take file after file; whatever happens, the ledger is anchored at the end."""
    from vangnet.trust.ledger.services import LedgerUnavailableError  # noqa: PLC0415 - needs Django

    try:
        try:
            tallies = [_take_file(file, args) for file in args.files]
        finally:
            _anchor()
    except (UnopenableError, LedgerUnavailableError) as error:
        return refused(error)
    if sum(tally["stored"] for tally in tallies) >= _MANY:
        _settle()
    return 1 if any(tally["refused"] for tally in tallies) else 0


def _take_file(file: str, args: argparse.Namespace) -> dict[str, int]:
    tally = {"stored": 0, "there_already": 0, "refused": 0}
    with Refused(file, args.language) as kept:
        for row, result in _results(file, args):
            if isinstance(result, str):
                tally[result] += 1
                continue
            tally["refused"] += 1
            say_refused(row, result, args.language)
            kept.add(row, result)
    _say(file, tally, args)
    return tally


_Result = tuple[Row, str | tuple[Reason, ...]]


def _results(file: str, args: argparse.Namespace) -> Iterator[_Result]:
    """Take rows in by the batch, each as the service account of its own organisation unless one is named."""
    taking = _Taking(args, history=is_table(file))
    for row, encounter in history_of(file, organisation=args.organisation, country=args.country):
        if isinstance(encounter, Encounter):
            yield from taking.add(row, encounter)
        else:
            yield row, encounter
    yield from taking.rest()


class _Taking:
    """Rows that wait until a commit is full, by the organisation that they are of; never more than a few commits."""

    def __init__(self, args: argparse.Namespace, *, history: bool) -> None:
        from vangnet.chain.flow import MOST  # noqa: PLC0415 - needs Django

        self._args = args
        self._history = history
        self._most = MOST
        self._takers: dict[str, Importer | Reason] = {}
        self._waiting: dict[str, list[tuple[Row, Encounter]]] = {}
        self._number = 0

    def add(self, row: Row, encounter: Encounter) -> Iterator[_Result]:
        code = encounter.organisation
        if code not in self._takers:
            self._takers[code] = _taker(code, self._args, history=self._history)
        waiting = self._waiting.setdefault(code, [])
        waiting.append((row, encounter))
        self._number += 1
        if len(waiting) == self._most or self._number == _MOST_WAITING * self._most:
            yield from self._take(max(self._waiting, key=lambda one: len(self._waiting[one])))

    def rest(self) -> Iterator[_Result]:
        for code in list(self._waiting):
            yield from self._take(code)

    def _take(self, code: str) -> Iterator[_Result]:
        waiting = self._waiting.pop(code)
        self._number -= len(waiting)
        taker = self._takers[code]
        if isinstance(taker, Reason):
            yield from ((row, (taker,)) for row, _ in waiting)
            return
        answers = taker.take([encounter for _, encounter in waiting])
        yield from ((row, answer) for (row, _), answer in zip(waiting, answers, strict=True))


def _taker(code: str, args: argparse.Namespace, *, history: bool) -> Importer | Reason:
    from django.utils import timezone  # noqa: PLC0415 - needs Django

    from vangnet.chain.flow import Importer  # noqa: PLC0415

    actor = actor_named(args.account, None if args.account else code)
    if isinstance(actor, Reason):
        return actor
    return Importer(actor=actor, purpose=args.purpose, history=history, now=timezone.now)


def _say(file: str, tally: dict[str, int], args: argparse.Namespace) -> None:
    if args.json:
        print(json.dumps({"file": file} | tally))
        return
    stored, again, not_taken = tally["stored"], tally["there_already"], tally["refused"]
    done = Words(
        f"{file}: {stored} opgeslagen, {again} stond er al, {not_taken} geweigerd.",
        f"{file}: {stored} stored, {again} there already, {not_taken} refused.",
    )
    kept = Words(
        f"De geweigerde rijen staan in {file}.refused.jsonl, elk met de reden.",
        f"The refused rows stand in {file}.refused.jsonl, each with its reason.",
    )
    print(done.in_(args.language))
    if not_taken:
        print(kept.in_(args.language), file=sys.stderr)


def _settle() -> None:
    from vangnet.chain.crosscheck.services import settle  # noqa: PLC0415 - needs Django

    settle()


def _anchor() -> None:
    from django.utils import timezone  # noqa: PLC0415 - needs Django

    from vangnet.trust.ledger.services import anchor  # noqa: PLC0415

    anchor(at=timezone.now())
