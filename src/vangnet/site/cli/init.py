"""`vangnet init`: the keys and the tables, once; again changes nothing."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.handover import RECEIVING
from vangnet.knowledge.terms import Reason, organisation_code

EXAMPLE = "example: vangnet init --organisation NL-POL-AMS"
NOBODY = "nobody"
REGIMES = tuple(one.value for one in Regime)
COUNTRY = re.compile(r"[A-Z]{2}")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "init", help="write the keys where there are none and bring the tables up to date", epilog=EXAMPLE
    )
    parser.add_argument(
        "--organisation", metavar="CODE", help="make this organisation with a service account for commands"
    )
    parser.add_argument("--country", metavar="CC", help="its country; default the first two letters of its code")
    parser.add_argument("--regime", choices=REGIMES, default="police", help="the law its data stand under")
    parser.add_argument("--name", help="what people call it; default its code")
    parser.add_argument("--municipality", metavar="CODE", default="", help="where it is responsible; CBS code")
    parser.add_argument("--contact", metavar="WORDS", default="", help="whom others ask for, such as: duty desk")
    parser.add_argument("--phone", metavar="NUMBER", default="", help="where others call")
    parser.add_argument(
        "--receives",
        action="append",
        choices=(*RECEIVING, NOBODY),
        help="for which children its card says that it has a place; may be given again; default what the card says",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the session key and the master key, migrate, and make an organisation where one is named; exit 0 or 2."""
    if args.organisation and not organisation_code().fullmatch(args.organisation):
        print(f"{args.organisation} is no code; write one such as NL-POL-AMS.", file=sys.stderr)
        return 2
    if args.country and not COUNTRY.fullmatch(args.country):
        print(f"{args.country} is no country; write two letters such as NL.", file=sys.stderr)
        return 2
    prepare()
    if args.organisation:
        account = add_organisation(
            args.organisation,
            args.country or args.organisation[:2],
            regime=args.regime,
            name=args.name or args.organisation,
            municipality=args.municipality,
            contact_words=args.contact,
            contact_phone=args.phone,
        )
        print(f"{args.organisation} is there; commands act for it as {account}.")
        if refused := _receives(args.organisation, args.receives):
            print(refused.words.en, file=sys.stderr)
            return 2
    else:
        print("The keys and the tables are there.")
    return 0


def _receives(code: str, kinds: list[str] | None) -> Reason | None:
    """Say on the card of an organisation for which children it has a place; without a word it stays as it is."""
    from vangnet.trust.access.services import set_receiving  # noqa: PLC0415 - needs Django

    return None if kinds is None else set_receiving(code=code, kinds=set(kinds) - {NOBODY})


def add_organisation(code: str, country: str, *, regime: str = "police", name: str = "", **card: str) -> str:
    """Make an organisation and the service account that commands act as; what is there stays. Gives its name."""
    from vangnet.trust.access.services import set_up_organisation  # noqa: PLC0415 - needs Django

    set_up_organisation(code=code, name=name or code, country=country, regime=regime, **card)
    return f"service-{code.lower()}"


def prepare() -> None:
    """Make the folder, the keys, the tables and the pen of the gate; what is there stays."""
    import django  # noqa: PLC0415 - a command without a database starts without Django
    from django.conf import settings  # noqa: PLC0415

    write_once(Path(settings.VANGNET_SESSION_KEY_FILE), os.urandom(48).hex())
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from vangnet.chain.handovers.pen import ensure_pen  # noqa: PLC0415
    from vangnet.trust.keys.services import ensure_master_key  # noqa: PLC0415

    ensure_master_key()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    ensure_pen()


def write_once(path: Path, text: str) -> None:
    """Write a secret that only its owner reads, unless it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(text)
