"""`vangnet estimate`: how many people are on no list, from a table of list patterns, or the reason why nobody can say."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from vangnet.knowledge.estimation import METHODS, Answer, Options, Table, estimate, read_table, within
from vangnet.knowledge.terms import Language, Reason, Words
from vangnet.site.cli.rows import UnopenableError, text_of
from vangnet.site.estimates.report import page, read_claim

EXAMPLE = "example: vangnet estimate examples/estimation/UKdat.csv --method stepwise --p 0.02"
_BAR = 30
_TO, _REFUSED = Words(" tot ", " to "), Words("geweigerd", "refused")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("estimate", help="how many people are on no list", epilog=EXAMPLE)
    parser.add_argument(
        "table", metavar="TABLE.csv", help="one 0/1 column per list, covariates, count; - is standard input"
    )
    parser.add_argument(
        "--method",
        choices=["report", *METHODS],
        default="report",
        help="default report: all that the table can carry",
    )
    _about_models(parser)
    _about_links(parser)
    _about_chance(parser)
    _about_output(parser)
    parser.set_defaults(run=run)


def _about_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", metavar="MODEL", default="main", help="for fixed: interactions such as A:B+C:D, or main"
    )
    parser.add_argument("--p", type=_share, default=0.02, metavar="P", help="threshold of the steps, default 0.02")
    parser.add_argument(
        "--max-order", type=_number, default=2, metavar="N", help="most lists in one interaction, default 2"
    )
    parser.add_argument(
        "--select", choices=["stepwise", "bic"], default="stepwise", help="how every draw chooses its model"
    )
    parser.add_argument("--formula", default="", help="for covariates, such as (S1+S2+S3)^2+Region")
    parser.add_argument("--omit", metavar="LIST", action="append", default=[], help="leave this list out")
    parser.add_argument(
        "--truth", metavar="LIST", help="take this list as everybody and estimate it from the others"
    )


def _about_links(parser: argparse.ArgumentParser) -> None:
    """How good the linkage was from which the table was made; `vangnet lists` says so beside its table."""
    parser.add_argument(
        "--recall",
        type=quality,
        default=1.0,
        metavar="R",
        help="share of the true pairs that were linked, default 1",
    )
    parser.add_argument(
        "--precision", type=quality, default=1.0, metavar="R", help="share of the links that are right, default 1"
    )


def _about_chance(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--draws", type=_number, default=1000, metavar="N", help="bootstrap draws, default 1000")
    parser.add_argument(
        "--seed", type=_whole, default=1, metavar="N", help="the same seed gives the same bytes; default 1"
    )
    parser.add_argument(
        "--ntop", type=_number, metavar="N", help="for --select bic: how many of the best models to choose from"
    )
    parser.add_argument("--classes", type=_number, default=10, metavar="N", help="most latent classes, default 10")
    parser.add_argument(
        "--chains", type=_number, default=4, metavar="N", help="chains of a Bayesian method, default 4"
    )


def _about_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--report", metavar="FILE.html", help="write the report as one page that needs nothing else"
    )
    parser.add_argument(
        "--claim",
        type=read_claim,
        metavar="WORDS|WHO|FROM|TO",
        action="append",
        default=[],
        help="for the report: what a party says",
    )
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the sentences")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def _number(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("give 1 or more")
    return number


def _whole(text: str) -> int:
    if (number := int(text)) < 0:
        raise argparse.ArgumentTypeError("give 0 or more")
    return number


def _share(text: str) -> float:
    if not 0 <= (share := float(text)) <= 1:
        raise argparse.ArgumentTypeError("give a number from 0 to 1")
    return share


def quality(text: str) -> float:
    """Read the recall or the precision of a linkage."""
    if not (quality := _share(text)):
        raise argparse.ArgumentTypeError("give a number above 0, at most 1")
    return quality


def run(args: argparse.Namespace) -> int:
    """Print the answer. Exit 0, 1 where a method was refused, 2 where the table cannot be read or used."""
    try:
        table = _table(args)
        if isinstance(table, Table):
            return _answer(table, args)
    except UnopenableError as error:
        print(error, file=sys.stderr)
        return 2
    for reason in table:
        print(sentence(args.table, reason, args.language), file=sys.stderr)
    return 2


def _table(args: argparse.Namespace) -> Table | tuple[Reason, ...]:
    text = text_of(args.table, keep_mark=True)
    omit = tuple(name for given in args.omit for name in given.split(","))
    table = read_table(text, omit=omit)
    if not isinstance(table, Table) or args.truth is None:
        return table
    if args.truth not in table.lists:
        return read_table(text, omit=(*omit, args.truth))
    return within(table, args.truth)


def sentence(file: str, reason: Reason, language: Language) -> str:
    """Write a reason with its place in a file."""
    place = f"{file}, {reason.where}" if reason.where else file
    return f"{place}: {reason.words.in_(language)}"


def _answer(table: Table, args: argparse.Namespace) -> int:
    for notice in table.notices:
        print(sentence(args.table, notice, args.language), file=sys.stderr)
    options = Options(**{one.name: getattr(args, one.name) for one in fields(Options)})
    answer = estimate(table, args.method, options, _progress)
    written = answer.as_json(args.language)
    if args.json:
        print(json.dumps(written, ensure_ascii=False))
    else:
        print("\n".join(_lines(written, args.language)))
    if args.report:
        _write_report(answer, args)
    return 1 if any(one["status"] == "refuse" for one in written["results"]) else 0


def _progress(done: int, of: int) -> None:
    """Show on a terminal how far long work is."""
    if sys.stderr.isatty():
        bar = "#" * (_BAR * done // of)
        print(f"\r[{bar:<{_BAR}}] {done}/{of}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _lines(answer: dict[str, Any], language: Language) -> list[str]:
    """Write an answer for people: the range first, rounded to two figures, then what each method gives."""
    verdict, names = answer["verdict"], ", ".join(answer["lists"])
    seen = Words(
        f"{answer['n_observed']} gezien op {names}. Hieronder staat wat elke methode geeft, niet afgerond.",
        f"{answer['n_observed']} observed on {names}. Below stands what each method gives, not rounded.",
    )
    return [*verdict["because"], "", seen.in_(language), *(_line(one, language) for one in answer["results"])]


def _line(one: dict[str, Any], language: Language) -> str:
    name = f"{one['method']} [{one['model']}]" if one["model"] else one["method"]
    if one["estimate"] is None:
        return f"{name}: {one['reason']}"
    ends = [_REFUSED.in_(language) if end is None else f"{end:.0f}" for end in (one["lo"], one["hi"])]
    between = _TO.in_(language).join(ends)
    return f"{name}: {one['estimate']:.0f}, {between} ({one['interval']}) {one['reason']}".rstrip()


def _write_report(answer: Answer, args: argparse.Namespace) -> None:
    try:
        Path(args.report).write_text(page(answer, args.language, claims=args.claim), encoding="utf-8")
    except OSError as error:
        raise UnopenableError(f"{args.report} cannot be written ({error.strerror}); check the folder.") from error
