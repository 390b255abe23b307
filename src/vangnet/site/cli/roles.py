"""`vangnet database`: give the application's own role its rights; build anew who is the same child."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from vangnet.knowledge.terms import Purpose, Reason
from vangnet.site.cli.database import NoDatabaseError, actor_named, add_actor_options, ready, refused

EXAMPLE = "example: vangnet database grants vangnet_app"
REJOIN = "example: vangnet database rejoin"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "database", help="set a PostgreSQL database up, or build a table anew", epilog=EXAMPLE
    )
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    grants = acts.add_parser(
        "grants",
        help="give the role of the application its rights: it may not change or delete a decision or a ledger entry",
        epilog=EXAMPLE,
    )
    grants.add_argument("role", metavar="ROLE", help="the role that the application logs in with")
    grants.add_argument("--json", action="store_true", help="one JSON object on standard output")
    grants.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    grants.set_defaults(run=run)
    rejoin = acts.add_parser(
        "rejoin",
        help="after damage or repair: build anew from the verdicts which encounters are of one child",
        epilog=REJOIN,
    )
    rejoin.add_argument("--json", action="store_true", help="one JSON object on standard output")
    rejoin.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    add_actor_options(rejoin, Purpose.IDENTIFY_CHILD)
    rejoin.set_defaults(run=run_rejoin)


def run(args: argparse.Namespace) -> int:
    """Run the statements as the owner of the tables and print them; exit 2 where nothing was done."""
    try:
        ready()
    except NoDatabaseError as error:
        return refused(error)
    from vangnet.chain.handovers.grants import grant_to  # noqa: PLC0415 - needs Django

    made = grant_to(args.role)
    if isinstance(made, Reason):
        print(made.whole.in_(args.language), file=sys.stderr)
        return 2
    print(json.dumps({"role": args.role, "statements": made}) if args.json else "\n".join(made))
    return 0


def run_rejoin(args: argparse.Namespace) -> int:
    """Build the table of who is the same child anew; exit 2 where nothing was done."""
    from vangnet.trust.ledger.services import LedgerUnavailableError, anchor  # noqa: PLC0415 - needs Django

    try:
        ready()
        found = _rejoined(args)
        anchor(at=datetime.now(UTC))
    except (NoDatabaseError, LedgerUnavailableError) as error:
        return refused(error)
    if isinstance(found, Reason):
        print(found.whole.in_(args.language), file=sys.stderr)
        return 2
    print(json.dumps({"encounters": found}) if args.json else f"{found} encounters share a child with another.")
    return 0


def _rejoined(args: argparse.Namespace) -> int | Reason:
    from vangnet.chain.flow import rejoin  # noqa: PLC0415 - needs Django

    actor = actor_named(args.account)
    if isinstance(actor, Reason):
        return actor
    return rejoin(actor=actor, purpose=args.purpose, at=datetime.now(UTC))
