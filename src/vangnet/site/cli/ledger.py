"""`vangnet ledger verify`: is every entry the one that was written, and every decision the one that was made."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.cli.database import actor_named, add_actor_options, ready

if TYPE_CHECKING:
    from vangnet.chain.flow import Verified

EXAMPLE = "example: vangnet ledger verify"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("ledger", help="check the ledger", epilog=EXAMPLE)
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    verify = acts.add_parser(
        "verify", help="check every entry, and every row that an entry vouches for", epilog=EXAMPLE
    )
    verify.add_argument("--json", action="store_true", help="one JSON object on standard output")
    verify.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    add_actor_options(verify, Purpose.ACCOUNT)
    verify.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was checked; exit 1 where something was edited, removed, inserted or forged, 2 where nobody may look."""
    ready()
    found = _verified(args)
    if isinstance(found, Reason):
        print(found.whole.in_(args.language), file=sys.stderr)
        return 2
    _say(args, found)
    return 0 if found.ok else 1


def _verified(args: argparse.Namespace) -> Verified | Reason:
    from vangnet.chain.flow import verify_all  # noqa: PLC0415 - needs Django
    from vangnet.trust.ledger.services import LedgerUnavailableError, anchor  # noqa: PLC0415

    actor = actor_named(args.account)
    if isinstance(actor, Reason):
        return actor
    at = datetime.now(UTC)
    found = verify_all(actor=actor, purpose=args.purpose, at=at)
    with suppress(LedgerUnavailableError):
        anchor(at=at)
    return found


def _say(args: argparse.Namespace, found: Verified) -> None:
    problems = [problem.in_(args.language) for problem in found.problems]
    if args.json:
        answer = {"ok": found.ok, "checked": found.checked, "rows": found.rows, "unprotected": found.unprotected}
        print(json.dumps(answer | {"problems": problems}, ensure_ascii=False))
        return
    print(f"{found.checked} entries and {found.rows} rows checked; after the last anchor: {found.unprotected}.")
    print("\n".join(problems) if problems else "Every entry and every row is the one that was written.")
