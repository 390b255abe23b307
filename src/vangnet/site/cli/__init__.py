"""The command line: one word per act, the same words as in the contract."""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Sequence
from importlib.metadata import version

from vangnet.site.cli.endings import ended

COMMANDS = (
    "init",
    "person",
    "assess",
    "import_",
    "crosscheck",
    "estimate",
    "lists",
    "ledger",
    "roles",
    "demo",
    "serve",
    "openapi",
    "bench",
)
"""The modules beside this one that declare a command each, in the order of `vangnet --help`."""


def parser() -> argparse.ArgumentParser:
    """Give the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="vangnet", description="The protection chain for minors who are made to steal."
    )
    top.add_argument("--version", action="version", version=f"vangnet {version('vangnet')}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"vangnet.site.cli.{name}").add_parser(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit 0 done, 1 done but something was refused, 2 nothing could be done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.site.settings")
    args = parser().parse_args(arguments)
    return ended(args.run, args)
