"""`vangnet person`: who may come in, in which role; a password that works once; the end of access."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vangnet.knowledge.terms import Reason, Words
from vangnet.site.cli.database import NoDatabaseError, actor_named, ready, refused

if TYPE_CHECKING:
    from vangnet.site.accounts.people import Listed
    from vangnet.trust.access.policy import Actor

EXAMPLE = 'example: vangnet person add j.dewit --name "J. de Wit" --role officer --as service-nl-pol-ams'
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its acts."""
    parser = commands.add_parser("person", help="who may come in, and in which role", epilog=EXAMPLE)
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    add = _act(acts, "add", "make somebody who can come in; prints a password that works once", EXAMPLE)
    add.add_argument("--name", required=True, help="as colleagues know them")
    add.add_argument("--role", required=True, help="such as officer, assistant_prosecutor or rvdk")
    add.add_argument("--language", choices=["nl", "en"], default="nl", help="of their pages; default nl")
    for word, what in (("give", "give somebody a role"), ("take", "take a role away")):
        example = f"example: vangnet person {word} j.dewit --role specialist"
        _act(acts, word, what, example).add_argument("--role", required=True, help="such as officer")
    _act(acts, "list", "who has a role here, and who made their account", "example: vangnet person list", on=None)
    for word, what in (
        ("end", "end somebody's access to this organisation"),
        ("reset", "a new password for once and a new second proof, where phone or password is gone"),
    ):
        _act(acts, word, what, f"example: vangnet person {word} j.dewit")


def _act(
    acts: argparse._SubParsersAction[argparse.ArgumentParser],
    word: str,
    what: str,
    example: str,
    on: str | None = "the name to log in with: a-z, 0-9, dots and dashes",
) -> argparse.ArgumentParser:
    parser = acts.add_parser(word, help=what, epilog=example)
    if on is not None:
        parser.add_argument("username", metavar="USERNAME", help=on)
    parser.add_argument("--as", dest="account", metavar="ACCOUNT", help="service account; default the only one")
    parser.set_defaults(run=run, act=word)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do one act as the service account of an organisation; exit 0, or 2 with one sentence."""
    try:
        ready()
    except NoDatabaseError as error:
        return refused(error)
    actor = actor_named(args.account)
    do = _list if args.act == "list" else _done
    done = actor if isinstance(actor, Reason) else do(args, actor)
    if isinstance(done, Reason):
        print(done.whole.en, file=sys.stderr)
        return 2
    print(done)
    return 0


def _done(args: argparse.Namespace, actor: Actor) -> str | Reason:
    from vangnet.site.accounts import people  # noqa: PLC0415 - needs Django
    from vangnet.trust.access.policy import Role  # noqa: PLC0415
    from vangnet.trust.ledger.services import anchor  # noqa: PLC0415

    at = datetime.now(UTC)
    wrong = _wrong(args, [role.value for role in people.GIVEN])
    if wrong is not None:
        return wrong
    who = {"actor": actor, "username": args.username, "at": at}
    made: people.Once | Reason | None
    match args.act:
        case "add":
            made = people.add_person(**who, name=args.name.strip(), role=Role(args.role), language=args.language)
        case "give" | "take":
            made = people.change_role(**who, role=Role(args.role), is_given=args.act == "give")
        case "end":
            made = people.end_access(**who)
        case _:
            made = people.reset(**who)
    if isinstance(made, Reason):
        return made
    anchor(at=at)
    return _said(args, made)


def _list(_args: argparse.Namespace, actor: Actor) -> str | Reason:
    from vangnet.site.accounts import people  # noqa: PLC0415 - needs Django

    found = people.listed(actor=actor)
    return found if isinstance(found, Reason) else "\n".join(map(_line, found))


def _line(one: Listed) -> str:
    who = one.colleague
    made = "" if one.made_at is None else f"; account made {one.made_at.date().isoformat()} by {one.made_by}"
    return f"{who.username}: {who.name}, {', '.join(who.roles)}{made}"


def _said(args: argparse.Namespace, made: object) -> str:
    password = getattr(made, "password", "")
    if password:
        once = f"{args.username} can log in once with {password}, within 72 hours,"
        return f"{once} and then chooses a password of their own."
    sentences = {"give": "has the role now", "take": "no longer has the role", "end": "can no longer come in here"}
    return f"{args.username} {sentences[args.act]}."


def _wrong(args: argparse.Namespace, roles: list[str]) -> Reason | None:
    if not _USERNAME.fullmatch(args.username):
        text = f"{args.username} is no name to log in with; use a-z, 0-9, dots and dashes, such as j.dewit."
        return Reason(code="username", where="username", words=Words(text, text))
    if getattr(args, "role", roles[0]) not in roles:
        text = f"{args.role} is no role; choose one of {', '.join(roles)}."
        return Reason(code="role", where="role", words=Words(text, text))
    if not getattr(args, "name", "x").strip():
        return Reason(code="name", where="name", words=Words("Give a name.", "Give a name."))
    return None
