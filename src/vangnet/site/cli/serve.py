"""`vangnet serve`: the site on this machine, from the existing database."""

from __future__ import annotations

import argparse
import os
import sys

from vangnet.site.cli.database import NoDatabaseError, ready, refused

EXAMPLE = "example: vangnet serve --port 8000"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("serve", help="the site on 127.0.0.1", epilog=EXAMPLE)
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until it is stopped; exit 2 where the database is not there."""
    try:
        ready()
    except NoDatabaseError as error:
        return refused(error)
    become_server(args.port)
    return 0


def become_server(port: int) -> None:
    """Put gunicorn in the place of this process, with the static files collected first."""
    from django.core.management import call_command  # noqa: PLC0415 - only a server needs it

    call_command("collectstatic", verbosity=0, interactive=False)
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    os.execv(sys.executable, [*command, "--log-level", "warning", "vangnet.site.wsgi:application"])  # noqa: S606
