"""`vangnet bench NAME`: one measured promise with its figure."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

EXAMPLE = "example: vangnet bench intake --encounters 1000 --rounds 50"
BENCHES = Path("bench")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("bench", help="one measured promise with its figure", epilog=EXAMPLE)
    parser.add_argument("name", metavar="NAME", help="a file of the folder bench, such as intake")
    parser.add_argument("options", nargs=argparse.REMAINDER, metavar="…", help="options of that bench")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the bench from the root of the repository; exit 0, 1 where a promise breaks, 2 where there is no such bench."""
    file = BENCHES / f"{args.name}.py"
    if not args.name.isidentifier() or not file.exists():
        print(f"There is no bench {args.name}; run it in the root of the repository.", file=sys.stderr)
        return 2
    return subprocess.run([sys.executable, str(file), *args.options], check=False).returncode  # noqa: S603 - our own file
