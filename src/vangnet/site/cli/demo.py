"""`vangnet demo`: an invented world, one encounter through the whole chain, then the site."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from vangnet.knowledge.assessment import assess
from vangnet.knowledge.terms import Encounter, read_encounter
from vangnet.site.cli.init import prepare
from vangnet.site.cli.serve import become_server, port

if TYPE_CHECKING:
    from vangnet.site.demo.story import Told

EXAMPLE = "example: vangnet demo --no-serve"
EXAMPLES = Path("examples") / "published"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "demo", help="an invented world, the chain from encounter to referral, the site", epilog=EXAMPLE
    )
    parser.add_argument("--port", type=port, default=8000, help="default 8000")
    parser.add_argument("--no-serve", action="store_true", help="end after the summary")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build the world where it is not there, tell the story, and serve. Exit 0, or 2 where something was refused."""
    os.environ["VANGNET_DEMO"] = "1"
    prepare()
    from vangnet.site.demo import building  # noqa: PLC0415 - needs Django

    try:
        building.refuse_a_real_place()
        _build()
        for number, told in enumerate(_story(), start=1):
            _say(number, told)
    except building.WorldError as error:
        print(f"The demo stopped: {error}", file=sys.stderr)
        return 2
    _examples()
    _accounts()
    if args.no_serve:
        print("\nTo look at it: VANGNET_DEMO=1 make run")
    else:
        become_server(args.port)
    return 0


def _build() -> None:
    from django.utils import timezone  # noqa: PLC0415

    from vangnet.site.demo import building, oddities  # noqa: PLC0415

    if building.is_there():
        print("The invented world is there already; the story is told again in it.\n")
        return
    started = time.monotonic()
    building.people_it()
    count = building.fill_it(_progress)
    oddities.plant((timezone.localtime() - timedelta(days=1)).replace(hour=3, minute=10, second=0, microsecond=0))
    print(
        f"An invented world: {count} encounters over three years, taken in within {time.monotonic() - started:.0f} s.\n"
    )


def _progress(number: int, of: int) -> None:
    if sys.stderr.isatty() and (number % 50 == 0 or number == of):
        print(f"\r{number} of {of}", end="\n" if number == of else "", file=sys.stderr, flush=True)


def _story() -> Iterator[Told]:
    from django.utils import timezone  # noqa: PLC0415

    from vangnet.site.demo.story import story  # noqa: PLC0415
    from vangnet.trust.ledger.services import anchor  # noqa: PLC0415

    yield from story(timezone.now() - timedelta(minutes=30))
    anchor(at=timezone.now())


def _say(number: int, told: Told) -> None:
    print(f"{number}. {told.step}")
    print("".join(f"     {line}\n" for line in told.lines), end="")


def _examples() -> None:
    """Run the encounters invented after published accounts and hold each against its reasoned result."""
    files = sorted(EXAMPLES.glob("*.json"))
    right = sum(_as_reasoned(file) for file in files)
    if files:
        print(f"\n{right} of {len(files)} encounters invented after published accounts give the reasoned result.")


def _as_reasoned(file: Path) -> bool:
    encounter = read_encounter(json.loads(file.read_text(encoding="utf-8")))
    expected = json.loads((EXAMPLES / "expected" / file.name).read_text(encoding="utf-8"))["expect"]
    if not isinstance(encounter, Encounter):
        return False
    found = assess(encounter).as_json("en")
    return bool(
        found["any_indication"] == expected["any_indication"]
        and found["handover"]["outcome"] == expected["outcome"]
        and [duty["duty"] for duty in found["duties"]] == expected["duties"]
    )


def _accounts() -> None:
    from vangnet.site.demo.building import password_of  # noqa: PLC0415
    from vangnet.site.demo.world import setting  # noqa: PLC0415

    print("\nDemo accounts (all invented; user name, password, role, organisation):")
    for one in setting()["accounts"]:
        name = one["username"]
        print(f"  {name:<12} {password_of(name):<24} {one['role']:<22} {one['organisation']}")
    print("Commands act as a service account, such as --as service-nl-pol-rijnhaven: one for each organisation.")
