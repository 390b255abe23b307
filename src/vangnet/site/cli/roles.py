"""`vangnet database grants ROLE`: what the application's own role may do on PostgreSQL."""

from __future__ import annotations

import argparse
import json
import sys

from vangnet.knowledge.terms import Reason
from vangnet.site.cli.database import NoDatabaseError, ready, refused

EXAMPLE = "example: vangnet database grants vangnet_app"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("database", help="set a PostgreSQL database up", epilog=EXAMPLE)
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
