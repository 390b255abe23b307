"""`vangnet openapi`: the OpenAPI document of the HTTP API, without a database."""

from __future__ import annotations

import argparse
import json

EXAMPLE = "example: vangnet openapi > docs/reference/openapi.json"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("openapi", help="the OpenAPI document of the HTTP API", epilog=EXAMPLE)
    parser.add_argument("--json", action="store_true", help="JSON on standard output, as always here")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the document; exit 0."""
    del args
    import django  # noqa: PLC0415 - a command without Django starts without it

    django.setup()
    from vangnet.site.api.urls import document  # noqa: PLC0415 - needs Django

    print(json.dumps(document(), ensure_ascii=False, indent=1))
    return 0
