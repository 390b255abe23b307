"""Formulas of models with covariates, such as `(S1+S2+S3)^2+Region`: which products of factors they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.terms import Reason

Terms = tuple[frozenset[str], ...]
"""Products of factors, the shorter first; the intercept is not among them."""

_TOKEN = re.compile(r"\s*(?:([+*:^()])|([^\s+*:^()]+))")


class FormulaError(ValueError):
    """A formula cannot be read; the text is the part where reading stopped."""


def default_formula(lists: Sequence[str], covariates: Sequence[str]) -> str:
    """Give the formula that lets every list pair depend, every list reach every stratum as it will, and strata be of any size."""
    every = "+".join(lists)
    if not covariates:
        return f"({every})^2"
    return f"({every})^2+({every}):({'+'.join(covariates)})+{'*'.join(covariates)}"


def read_formula(text: str, names: Sequence[str]) -> Terms | Reason:
    """Read a formula of `+`, `*`, `:`, `^` and brackets over these names; `a*b` is `a+b+a:b`, `(a+b+c)^2` all pairs too."""
    try:
        terms = _Reader(text).whole()
    except FormulaError as error:
        return Reason(code="formula", words=sentences.formula(str(error)))
    for strange in sorted({name for term in terms for name in term} - set(names)):
        return Reason(code="formula", words=sentences.no_such_column(strange, names))
    order = {name: at for at, name in enumerate(names)}
    return tuple(sorted(terms, key=lambda term: (len(term), sorted(order[name] for name in term))))


class _Reader:
    """Reads from the left, one sign at a time."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = [sign or name for sign, name in _TOKEN.findall(text)]
        self.at = 0

    def whole(self) -> set[frozenset[str]]:
        terms = self._sum()
        if self.at < len(self.tokens):
            raise FormulaError(self.tokens[self.at])
        return terms

    def _next(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at] in signs:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _sum(self) -> set[frozenset[str]]:
        terms = self._product()
        while self._next("+"):
            terms |= self._product()
        return terms

    def _product(self) -> set[frozenset[str]]:
        terms = self._power()
        while sign := self._next("*", ":"):
            other = self._power()
            crossed = {one | two for one in terms for two in other}
            terms = crossed if sign == ":" else terms | other | crossed
        return terms

    def _power(self) -> set[frozenset[str]]:
        terms = self._factor()
        while self._next("^"):
            order = self.tokens[self.at] if self.at < len(self.tokens) else ""
            if not order.isdecimal() or int(order) < 1:
                raise FormulaError(f"^{order}")
            self.at += 1
            sizes = range(1, min(int(order), len(terms)) + 1)
            terms = {frozenset().union(*some) for size in sizes for some in combinations(terms, size)}
        return terms

    def _factor(self) -> set[frozenset[str]]:
        if self._next("("):
            terms = self._sum()
            if not self._next(")"):
                raise FormulaError("(")
            return terms
        if self.at >= len(self.tokens) or self.tokens[self.at] in "+*:^)":
            raise FormulaError(self.tokens[self.at] if self.at < len(self.tokens) else "")
        self.at += 1
        return {frozenset({self.tokens[self.at - 1]})}
