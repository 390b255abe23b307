"""Weights in words and bars: the factor first, the total as a natural frequency, never a per cent.

Bars are SVG attributes in per cent, drawn by the server: each begins where the one before it ends.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, Literal

from django.utils.translation import gettext

from vangnet.site.pages.speaking import language

EDGE: Final = 5.0
HARDLY: Final = 0.2
"""Bits below which a comparison makes no difference that a person could use."""
GROUPS: Final = (1_000, 10_000, 100_000, 1_000_000)
Side = Literal["for", "against", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: which side it speaks for, where it stands, and where it ends; all in per cent."""

    side: Side
    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staircase:
    """The bars of one weighing. `zero` is where as much speaks for as against; `total` runs from there."""

    zero: str
    bars: tuple[Bar, ...]
    total: Bar


def staircase(weights: Sequence[float]) -> Staircase:
    """Draw weights in bits, the prior first, each from where the one before it ended."""
    stands = [0.0, *accumulate(weights)]
    low, high = min(stands), max(stands)
    reach = high - low or 1.0

    def place(value: float) -> float:
        return EDGE + (100 - 2 * EDGE) * (value - low) / reach

    def bar(start: float, end: float, weight: float) -> Bar:
        left, right = sorted((place(start), place(end)))
        return Bar(side=_side(weight), x=_cent(left), width=_cent(right - left), end=_cent(place(end)))

    return Staircase(
        zero=_cent(place(0.0)),
        bars=tuple(bar(*ends, weight) for ends, weight in zip(pairwise(stands), weights, strict=True)),
        total=bar(0.0, stands[-1], stands[-1]),
    )


def _side(bits: float) -> Side:
    if not bits:
        return "nothing"
    return "for" if bits > 0 else "against"


def _cent(value: float) -> str:
    return f"{value:.1f}%"


def figures(number: float) -> str:
    """Write a whole number with the mark for thousands of the reader's language."""
    mark = "," if language() == "en" else "."
    return f"{round(number):,}".replace(",", mark)


def rounded(number: float) -> float:
    """Round to two figures, and from two to ten to one: nobody knows more of it."""
    digits = 1 if 1.95 <= number < 10 else 2
    return float(f"{number:.{digits - 1}e}")


def _times(factor: float) -> str:
    if rounded(factor) < 2:
        return f"{rounded(factor):.1f}".replace(".", "." if language() == "en" else ",")
    return figures(rounded(factor))


def factor_words(bits: float) -> str:
    """Say how much likelier a comparison makes it, as a factor in words."""
    if abs(bits) < HARDLY:
        return gettext("no difference")
    if bits > 0:
        return gettext("%(times)s times as likely") % {"times": _times(2**bits)}
    less = 2**-bits
    known = {2.0: gettext("half as likely"), 3.0: gettext("a third as likely"), 4.0: gettext("a quarter as likely")}
    return known.get(rounded(less)) or gettext("%(times)s times less likely") % {"times": _times(less)}


def prior_words(bits: float) -> str:
    """Say how rare it is that two encounters are of one child, before anything is compared."""
    return gettext("1 in %(many)s") % {"many": figures(rounded(2**-bits + 1))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """Of so many pairs that look like this, about so many are the same child."""

    group: str
    same: str

    @property
    def sentence(self) -> str:
        """The whole sentence; never a per cent, and never a certainty."""
        return gettext("Of %(group)s pairs that look like this, about %(same)s are the same child.") % {
            "group": self.group,
            "same": self.same,
        }

    @property
    def short(self) -> str:
        """The same for the last row of the table."""
        return gettext("About %(same)s of %(group)s") % {"group": self.group, "same": self.same}


def frequency(probability: float) -> Frequency:
    """Turn a probability into a natural frequency; the group grows until neither side is nobody."""
    group = next((one for one in GROUPS if 0.5 <= probability * one <= one - 0.5), GROUPS[-1])
    same = min(max(round(probability * group), 1), group - 1)
    if math.isclose(probability, 0.5, abs_tol=0.0005):
        same = group // 2
    return Frequency(group=figures(group), same=figures(same))
