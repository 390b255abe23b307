"""`vangnet ledger`: is every entry and every row the one that was written; and a receipt to keep elsewhere."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.cli.database import actor_named, add_actor_options, ready

if TYPE_CHECKING:
    from vangnet.chain.flow import Verified
    from vangnet.trust.ledger.receipts import Receipt

EXAMPLE = "example: vangnet ledger verify"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("ledger", help="check the ledger", epilog=EXAMPLE)
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    verify = acts.add_parser(
        "verify", help="check every entry, and every row that an entry vouches for", epilog=EXAMPLE
    )
    verify.add_argument(
        "--since",
        metavar="RECEIPT",
        action="append",
        default=[],
        help="a line of `vangnet ledger receipt`, or a file of such lines, kept elsewhere; may be given again",
    )
    _add_options(verify)
    verify.set_defaults(run=run)
    receipt = acts.add_parser(
        "receipt",
        help="print how far each chain has come, one line each, to keep on another machine or on paper",
        epilog="example: vangnet ledger receipt > receipt.txt",
    )
    _add_options(receipt)
    receipt.set_defaults(run=run_receipt)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    add_actor_options(parser, Purpose.ACCOUNT)


def run(args: argparse.Namespace) -> int:
    """Print what was checked; exit 1 where something was edited, removed, inserted or forged, 2 where nobody may look."""
    ready()
    found = _verified(args)
    if isinstance(found, Reason):
        return _told(found, args)
    _say(args, found)
    return 0 if found.ok else 1


def run_receipt(args: argparse.Namespace) -> int:
    """Print a receipt of every chain; exit 0, or 2 with one sentence where nobody may have it."""
    ready()
    given = _given(args)
    if isinstance(given, Reason):
        return _told(given, args)
    lines = [one.line for one in given]
    print(json.dumps({"receipts": lines}) if args.json else "\n".join(lines))
    return 0


def _told(reason: Reason, args: argparse.Namespace) -> int:
    print(reason.whole.in_(args.language), file=sys.stderr)
    return 2


def _verified(args: argparse.Namespace) -> Verified | Reason:
    from vangnet.chain.flow import verify_all  # noqa: PLC0415 - needs Django
    from vangnet.trust.ledger.receipts import read_receipts  # noqa: PLC0415
    from vangnet.trust.ledger.services import LedgerUnavailableError, anchor  # noqa: PLC0415

    actor, since = actor_named(args.account), read_receipts(args.since)
    if isinstance(actor, Reason):
        return actor
    if isinstance(since, Reason):
        return since
    at = datetime.now(UTC)
    found = verify_all(actor=actor, purpose=args.purpose, since=since, at=at)
    with suppress(LedgerUnavailableError):
        anchor(at=at)
    return found


def _given(args: argparse.Namespace) -> tuple[Receipt, ...] | Reason:
    from vangnet.chain.flow import give_receipts  # noqa: PLC0415 - needs Django
    from vangnet.trust.ledger.services import anchor  # noqa: PLC0415

    actor = actor_named(args.account)
    if isinstance(actor, Reason):
        return actor
    at = datetime.now(UTC)
    given = give_receipts(actor=actor, purpose=args.purpose, at=at)
    anchor(at=at)
    return given


def _say(args: argparse.Namespace, found: Verified) -> None:
    problems = [problem.in_(args.language) for problem in found.problems]
    ends = [one.line for one in found.ends]
    if args.json:
        answer = {"ok": found.ok, "checked": found.checked, "rows": found.rows, "unprotected": found.unprotected}
        tables = {kind.en: many for kind, many in found.tables}
        print(json.dumps(answer | {"tables": tables, "ends": ends, "problems": problems}, ensure_ascii=False))
        return
    print(f"{found.checked} entries and {found.rows} rows checked; after the last anchor: {found.unprotected}.")
    print(f"Rows: {', '.join(f'{kind.in_(args.language)} {many}' for kind, many in found.tables)}.")
    print("The last entry of each organisation (code:number:head, time):")
    print("\n".join([*ends, *_concluded(args, problems)]))


def _concluded(args: argparse.Namespace, problems: Sequence[str]) -> list[str]:
    if problems:
        return list(problems)
    kept = (
        "The receipts that were kept fit."
        if args.since
        else "No receipt was given; the ledger may have been set back."
    )
    return ["Every entry and every row is the one that was written.", kept]
