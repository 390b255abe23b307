"""`vangnet serve`: the site on this machine, from the existing database."""

from __future__ import annotations

import argparse
import os
import socket
import sys

from vangnet.knowledge.terms import Words
from vangnet.site.cli.database import ready

EXAMPLE = "example: vangnet serve --port 8000"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("serve", help="the site on 127.0.0.1", epilog=EXAMPLE)
    parser.add_argument("--port", type=port, default=8000, help="default 8000")
    parser.set_defaults(run=run)


def port(text: str) -> int:
    """Read a port."""
    if not text.isdecimal() or len(text) > 5 or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 1 to 65535")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    ready()
    become_server(args.port)
    return 0


class PortTakenError(Exception):
    """Somebody else listens there; the text is one sentence."""

    def __init__(self, port: int) -> None:
        self.words = Words(
            f"Poort {port} is al in gebruik; kies een andere met --port of PORT=.",
            f"Port {port} is in use already; choose another with --port or PORT=.",
        )
        super().__init__(self.words.en)


def _see_that_it_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise PortTakenError(port) from taken


def become_server(port: int) -> None:
    """Put gunicorn in the place of this process, with the static files collected first. Raises PortTakenError."""
    _see_that_it_is_free(port)
    print(f"\nThe site: http://127.0.0.1:{port}  (Ctrl-C stops it)")
    from django.core.management import call_command  # noqa: PLC0415 - only a server needs it

    call_command("collectstatic", verbosity=0, interactive=False)
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    os.execv(sys.executable, [*command, "--log-level", "warning", "vangnet.site.wsgi:application"])  # noqa: S606
