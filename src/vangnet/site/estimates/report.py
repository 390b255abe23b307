"""The report of one answer: a page that needs no script, no network and no other file; a table stands beside every chart."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from vangnet.knowledge.estimation import Answer, Result
from vangnet.knowledge.estimation.bounds import rounded
from vangnet.knowledge.estimation.lattice import lists_in
from vangnet.knowledge.estimation.results import BCA, PERCENTILE
from vangnet.knowledge.terms import Language
from vangnet.site.estimates.marks import (
    Axis,
    axis_for,
    bars,
    curve,
    dot,
    fading,
    nothing,
    number,
    row,
    scale,
    upset,
    whisker,
)
from vangnet.site.estimates.texts import INTERVAL_NAMES, METHOD_NAMES, TEXTS

_FURTHEST = 4.0
"""A claim or an interval that runs further than this many times the largest estimate is cut off at the edge."""

_COLUMNS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a party says: its words, who said them and when, and between which numbers they are meant."""

    words: str
    party: str
    low: float
    high: float


def read_claim(text: str) -> Claim:
    """Read `words|who|from|to`; raises ArgumentTypeError with one sentence."""
    parts = [part.strip() for part in text.split("|")]
    try:
        words, party, low, high = parts
        claim = Claim(words=words, party=party, low=float(low), high=float(high))
    except ValueError as error:
        raise argparse.ArgumentTypeError("write it as words|who said it|from|to, with two numbers") from error
    if not 0 <= claim.low < claim.high:
        raise argparse.ArgumentTypeError("the first number must be lower than the second")
    return claim


class _Page:
    """Writes the parts of one page in one language."""

    def __init__(self, answer: Answer, language: Language, claims: Sequence[Claim]) -> None:
        self.answer, self.language, self.claims = answer, language, claims
        self.written = answer.as_json(language)
        points = [one.estimate for one in answer.results if one.estimate is not None]
        most = max([*points, answer.table.observed])
        wide = [end for one in answer.results if (end := one.hi) is not None]
        wide += [claim.high for claim in claims]
        self.axis = axis_for([most, *(end for end in wide if end <= _FURTHEST * most), answer.verdict.at_least])

    def say(self, name: str, **filled: object) -> str:
        """Give a sentence of the page, safe to stand in it."""
        return escape(TEXTS[name].in_(self.language).format(**filled))

    def num(self, value: float | None) -> str:
        """Give a number of people in words of this language."""
        return number(value, self.language)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
        """Write a table: the first column names its row, numbers stand to the right."""
        head = "".join(
            f'<th scope="col"{"" if at == 0 else " class=n" if name[0] == "#" else ""}>{self.say(name.lstrip("#"))}</th>'
            for at, name in enumerate(heads)
        )
        body = "".join(
            f"<tr>{''.join(self._cell(at, heads[at], cell) for at, cell in enumerate(cells))}</tr>"
            for cells in rows
        )
        return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'

    def _cell(self, at: int, head: str, cell: object) -> str:
        text = (
            self.num(cell)
            if head[0] == "#" and (cell is None or isinstance(cell, int | float))
            else escape(str(cell))
        )
        if at == 0:
            return f'<th scope="row">{text}</th>'
        return f'<td class="n">{text}</td>' if head[0] == "#" else f"<td>{text}</td>"

    def heading(self) -> str:
        """Say the range first, then what is known, estimated and not known."""
        verdict, table = self.answer.verdict, self.answer.table
        if verdict.range:
            low, high = verdict.range
            title = self.say("range", low=self.num(low), high=self.num(high))
            ends = [max(rounded(end - table.observed), 0) for end in verdict.range]
            guess = self.say("estimated_is", low=self.num(ends[0]), high=self.num(ends[1]))
        else:
            title = self.say("none", least=self.num(verdict.at_least))
            guess = self.say("estimated_not")
        lead = self.say("lead", observed=self.num(table.observed), lists=len(table.lists)) if verdict.range else ""
        blocks = (
            ("known", self.say("known_is", observed=self.num(table.observed), two=self.num(table.on_two_or_more))),
            ("estimated", guess),
            ("unknown", self.say("unknown_is")),
        )
        three = "".join(f"<section><h3>{self.say(name)}</h3><p>{text}</p></section>" for name, text in blocks)
        kicker = f'<p class="small">{self.say("kicker")}: {escape(", ".join(table.lists))}</p>'
        return f'{kicker}<h1>{title}</h1><p class="lead">{lead}</p><section class="known">{three}</section>'

    def why(self) -> str:
        """Say why it may be published or not."""
        because = "".join(f"<p>{escape(text)}</p>" for text in self.written["verdict"]["because"])
        return f'<section class="panel"><h2>{self.say("why")}</h2>{because}</section>'

    def line(self) -> str:
        """Put what was counted, what parties say and what each method gives on one axis."""
        seen = self.answer.table.observed
        counted = dot(self.axis, seen, self.num(seen))
        rows = [self._head("counted"), self._row(self.say("on_a_list"), self.say("without_doubles"), counted)]
        if self.claims:
            rows.append(self._head("said"))
            rows += [
                self._row(
                    f"“{escape(claim.words)}”",
                    escape(claim.party),
                    fading(self.axis, claim.low, claim.high, f"claim{at}"),
                )
                for at, claim in enumerate(self.claims)
            ]
        rows.append(self._head("methods"))
        rows += [self._row(self._name(one), self._beside(one), self._mark(one)) for one in self.answer.results]
        rows.append(
            f'<li><div class="lab"><span>{self.say("people")}</span></div>{scale(self.axis, self.language)}</li>'
        )
        edge = f'<figcaption class="small">{self.say("edge")}</figcaption>' if self.claims else ""
        return f'<figure><h2>{self.say("line")}</h2><ul class="est">{"".join(rows)}</ul>{edge}</figure>{self._claims()}{self._methods()}'

    def _head(self, name: str) -> str:
        return f'<li class="hd"><div class="lab">{self.say(name)}</div>{row(self.axis, "", self.answer.verdict.range)}</li>'

    def _row(self, label: str, below: str, mark: str) -> str:
        return f'<li><div class="lab">{label}<span>{below}</span></div>{row(self.axis, mark, self.answer.verdict.range)}</li>'

    def _name(self, one: Result) -> str:
        name = escape(METHOD_NAMES[one.method].in_(self.language))
        interval = escape(INTERVAL_NAMES[one.interval].in_(self.language))
        return f"{name}, {interval}" if one.method == "bootstrap" and one.estimate is not None else name

    def _beside(self, one: Result) -> str:
        if one.estimate is None:
            return escape(one.reason.in_(self.language)) if one.reason else ""
        warning = f"; {escape(one.reason.in_(self.language))}" if one.reason and one.status != "ok" else ""
        return f"{self.num(one.lo)} – {self.num(one.hi)}{warning}"

    def _mark(self, one: Result) -> str:
        if one.estimate is None:
            return nothing(self.say("no_figure"))
        return whisker(self.axis, one.estimate, (one.lo, one.hi), self.num(one.estimate))

    def _methods(self) -> str:
        rows = [
            (
                METHOD_NAMES[one.method].in_(self.language),
                one.estimate,
                one.lo,
                one.hi,
                INTERVAL_NAMES[one.interval].in_(self.language),
                one.model or "",
                one.reason.in_(self.language) if one.reason else "",
            )
            for one in self.answer.results
        ]
        heads = ("method", "#estimate", "#lower", "#upper", "interval", "model", "reason")
        return f"<section><h2>{self.say('same')}</h2>{self.table(heads, rows)}</section>"

    def _claims(self) -> str:
        if not self.claims:
            return ""
        rows = [
            (f"“{one.words}”", one.party, one.low, one.high, TEXTS[self._fit(one)].in_(self.language))
            for one in self.claims
        ]
        return f"<section><h2>{self.say('said')}</h2>{self.table(('claim', 'party', '#lower', '#upper', 'fits'), rows)}</section>"

    def _fit(self, claim: Claim) -> str:
        """Say how a claim lies beside the range; where there is none, only what is too low can be said."""
        verdict = self.answer.verdict
        if verdict.range is None:
            return "fit_below" if claim.high < verdict.at_least else "fit_open"
        low, high = verdict.range
        if claim.high < low:
            return "fit_below"
        if claim.low > high:
            return "fit_above"
        return "fit_inside" if claim.low <= low and high <= claim.high else "fit_partly"

    def overlaps(self) -> str:
        """Show which combinations of lists people are on."""
        table = self.answer.table
        seen = sorted(((count, code) for code, count in enumerate(table.counts) if count), reverse=True)
        named = [(frozenset(table.lists[at] for at in lists_in(code)), count) for count, code in seen]
        picture = upset(table.lists, named[:_COLUMNS], self.language)
        rows = [(" + ".join(sorted(on)), count) for on, count in named]
        return f"<section><h2>{self.say('overlaps')}</h2>{picture}{self.table(('lists', '#count'), rows)}</section>"

    def bootstrap(self) -> str:
        """Show the draws, with the ends of both intervals and the levels that were really asked for."""
        drawn = {
            one.interval: one
            for one in self.answer.results
            if one.method == "bootstrap" and one.estimate is not None
        }
        if not drawn:
            return ""
        first = drawn[PERCENTILE]
        said = self.say(
            "bootstrap_is",
            draws=self.num(first.parameters["draws"]),
            without=self.num(first.more["draws_without_estimate"]),
        )
        marks = [(end, self.num(end)) for end in (first.lo, first.estimate, first.hi) if end is not None]
        histogram = bars(first.more["histogram"]["edges"], first.more["histogram"]["counts"], sorted(marks))
        rows = []
        for name in (PERCENTILE, BCA):
            one = drawn[name]
            for end, level, why in zip((one.lo, one.hi), one.more["levels"], one.more["refused_ends"], strict=True):
                asked = "–" if level is None else f"{level:.4f}"
                rows.append(
                    (INTERVAL_NAMES[name].in_(self.language), asked, end, why.in_(self.language) if why else "")
                )
        return f"<section><h2>{self.say('bootstrap')}</h2><p>{said}</p>{histogram}{self.table(('interval', 'level', '#estimate', 'reason'), rows)}</section>"

    def sensitivity(self) -> str:
        """Show what the answer hangs on, every part with its table."""
        found = self.written["sensitivity"]
        if not found:
            return ""
        parts = (self._own_test, self._leave, self._odds, self._models, self._threshold, self._merge, self._links)
        return "".join(part(found) for part in parts)

    def _compared(self, heads: Sequence[str], rows: Iterable[tuple[str, dict[str, Any]]]) -> str:
        return self.table(
            (*heads, "#estimate", "#lower", "#upper", "reason"),
            [(name, one["estimate"], one["lo"], one["hi"], one["reason"] or "") for name, one in rows],
        )

    def _own_test(self, found: dict[str, Any]) -> str:
        said = {True: "yes", False: "no", None: "untested"}
        rows = [
            (
                one["list"],
                one["truth"],
                one["estimate"],
                one["lo"],
                one["hi"],
                TEXTS[said[one["inside"]]].in_(self.language),
            )
            for one in found["internal_consistency"]
        ]
        heads = ("list", "#truth", "#estimate", "#lower", "#upper", "inside")
        return f"<section><h2>{self.say('own_test')}</h2><p>{self.say('own_test_is')}</p>{self.table(heads, rows)}</section>"

    def _leave(self, found: dict[str, Any]) -> str:
        rows = found["leave_one_out"]
        have = [one["estimate"] for one in rows if one["estimate"] is not None]
        said = (
            f"<p>{self.say('leave_is', low=self.num(rounded(min(have))), high=self.num(rounded(max(have))))}</p>"
            if have
            else ""
        )
        axis = Axis(top=1.0, step=1.0) if not have else axis_for(have)
        marks = "".join(
            f'<li><div class="lab">{self.say("left_out")} {escape(one["list"])}</div>{row(axis, nothing(self.say("no_figure")) if one["estimate"] is None else whisker(axis, one["estimate"], (one["lo"], one["hi"]), self.num(one["estimate"])), None)}</li>'
            for one in rows
        )
        table = self._compared(("left_out",), ((one["list"], one) for one in rows))
        return f'<section><h2>{self.say("leave")}</h2>{said}<ul class="est">{marks}</ul>{table}</section>'

    def _odds(self, found: dict[str, Any]) -> str:
        rows = found["odds_ratio"]
        if not rows:
            return ""
        picture = curve(
            [(one["odds_ratio"], one["estimate"]) for one in rows], axis_for(one["estimate"] for one in rows)
        )
        table = self.table(("odds_ratio", "#estimate"), [(one["odds_ratio"], one["estimate"]) for one in rows])
        return f"<section><h2>{self.say('odds')}</h2><p>{self.say('odds_is')}</p>{picture}{table}</section>"

    def _models(self, found: dict[str, Any]) -> str:
        spread = found["all_models"]
        if not spread["carried"]:
            return ""
        said = self.say(
            "models_is",
            tried=self.num(spread["tried"]),
            carried=self.num(spread["carried"]),
            low=self.num(spread["min"]),
            high=self.num(spread["max"]),
        )
        return f"<section><h2>{self.say('models')}</h2><p>{said}</p></section>"

    def _threshold(self, found: dict[str, Any]) -> str:
        rows = ((str(one["p"]), one) for one in found["threshold_path"])
        return f"<section><h2>{self.say('threshold')}</h2>{self._compared(('p',), rows)}</section>"

    def _merge(self, found: dict[str, Any]) -> str:
        rows = ((" + ".join(one["lists"]), one) for one in found["merge_pairs"])
        return f"<section><h2>{self.say('merge')}</h2>{self._compared(('lists',), rows)}</section>"

    def _links(self, found: dict[str, Any]) -> str:
        rows = [
            (f"{one['recall']:.0%}", f"{one['precision']:.0%}", one["estimate"], one["reason"] or "")
            for one in found["linkage_error"]
        ]
        return f"<section><h2>{self.say('links')}</h2><p>{self.say('links_is')}</p>{self.table(('recall', 'precision', '#estimate', 'reason'), rows)}</section>"

    def ending(self) -> str:
        """Say what the press should know, and where the methods come from."""
        sources = "".join(f"<li>{escape(one)}</li>" for one in sorted({one.source for one in self.answer.results}))
        press = f'<section class="panel"><h2>{self.say("press")}</h2><p>{self.say("press_is")}</p></section>'
        return f'{press}<section class="small"><h2>{self.say("sources")}</h2><ul>{sources}</ul></section>'


@cache
def _style() -> str:
    """Give the style sheet: the tokens of the site without its fonts, and what this page needs."""
    tokens = files("vangnet.site").joinpath("static/vangnet/tokens.css").read_text(encoding="utf-8")
    own = files("vangnet.site.estimates").joinpath("report.css").read_text(encoding="utf-8")
    return "\n".join(
        line for line in (*tokens.splitlines(), *own.splitlines()) if not line.startswith("@font-face")
    )


def page(answer: Answer, language: Language, *, claims: Sequence[Claim] = ()) -> str:
    """Write the whole page."""
    parts = _Page(answer, language, claims)
    body = "".join(
        (
            parts.heading(),
            parts.why(),
            parts.line(),
            parts.overlaps(),
            parts.bootstrap(),
            parts.sensitivity(),
            parts.ending(),
        )
    )
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{parts.say("kicker")} – Vangnet</title>'
    return f'<!doctype html>\n<html lang="{language}"><head>{head}<style>{_style()}</style></head><body><main>{body}</main></body></html>\n'
