"""Numbers and marks of the report: SVG made here, in per cent of its row, so that one page fits phone, desk and paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from vangnet.knowledge.terms import Language

_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 6


def number(value: float | None, language: Language) -> str:
    """Write a number of people with its thousands set apart, as the language does; None is a dash."""
    if value is None:
        return "–"
    text = f"{round(value):,}"
    return text.replace(",", ".") if language == "nl" else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A line from nothing to `top`, with a mark every `step`."""

    top: float
    step: float

    def at(self, value: float) -> float:
        """Give where a number stands, in per cent; what lies beyond stands at the edge."""
        return round(100 * min(max(value / self.top, 0.0), 1.0), 2)

    @property
    def ticks(self) -> list[float]:
        """The marks, nothing included."""
        return [self.step * at for at in range(round(self.top / self.step) + 1)]


def axis_for(values: Iterable[float]) -> Axis:
    """Give an axis on which these numbers fit, in round steps."""
    most = max(values)
    rough = most / _TICKS
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * one for one in _STEPS if unit * one >= rough)
    return Axis(top=step * math.ceil(most / step), step=step)


def row(axis: Axis, body: str, band: tuple[float, float] | None) -> str:
    """Draw one row: the grid, the range as a band behind it, and what the row says."""
    shade = ""
    if band:
        low, high = axis.at(band[0]), axis.at(band[1])
        shade = f'<rect class="c-band" x="{low}%" width="{round(high - low, 2)}%" y="0" height="100%"/>'
    lines = "".join(
        f'<line class="c-ax" x1="{axis.at(tick)}%" x2="{axis.at(tick)}%" y1="0" y2="100%"/>' for tick in axis.ticks
    )
    return f'<svg aria-hidden="true">{shade}{lines}{body}</svg>'


def scale(axis: Axis, language: Language) -> str:
    """Write the numbers under the axis."""
    ends = {0: "start", len(axis.ticks) - 1: "end"}
    marks = "".join(
        f'<text x="{axis.at(tick)}%" y="20" text-anchor="{ends.get(at, "middle")}">{number(tick, language)}</text>'
        for at, tick in enumerate(axis.ticks)
    )
    return f'<svg aria-hidden="true"><line class="c-base" x1="0" x2="100%" y1="0" y2="0"/>{marks}</svg>'


def whisker(axis: Axis, estimate: float, ends: tuple[float | None, float | None], label: str) -> str:
    """Draw a dot with its interval; an end that is open or refused runs to the edge, dashed."""
    low, high = (axis.at(end) if end is not None else None for end in ends)
    dashed = "".join(
        f'<line class="c-no" x1="{start}%" x2="{stop}%" y1="27" y2="27"/>'
        for start, stop in (
            (0, axis.at(estimate)) if low is None else (0, 0),
            (axis.at(estimate), 100) if high is None else (0, 0),
        )
        if start != stop
    )
    solid = f'<line class="c-w" x1="{axis.at(estimate) if low is None else low}%" x2="{axis.at(estimate) if high is None else high}%" y1="27" y2="27"/>'
    dot = f'<circle class="c-d" cx="{axis.at(estimate)}%" cy="27" r="7"/>'
    return dashed + solid + dot + text_at(axis.at(estimate), 14, label)


def text_at(place: float, height: int, label: str) -> str:
    """Write beside a mark, and never over the edge."""
    anchor = "start" if place < 8 else "end" if place > 92 else "middle"
    return f'<text class="b" x="{place}%" y="{height}" text-anchor="{anchor}">{escape(label)}</text>'


def dot(axis: Axis, value: float, label: str) -> str:
    """Draw a number that is counted and not estimated."""
    place = axis.at(value)
    beside = f'<text class="b" x="{place + 2}%" y="32">{escape(label)}</text>'
    return f'<rect class="c-obs" x="{max(place - 0.5, 0)}%" y="18" width="1%" height="18"/>' + beside


def fading(axis: Axis, low: float, high: float, name: str) -> str:
    """Draw words: a bar whose ends fade, because words have no sharp edge."""
    start, stop = axis.at(low), axis.at(high)
    stops = "".join(
        f'<stop class="{kind}" offset="{at}"/>'
        for kind, at in (("c-g0", 0), ("c-g1", 0.35), ("c-g1", 0.65), ("c-g0", 1))
    )
    bar = f'<rect fill="url(#{name})" x="{start}%" y="20" width="{round(max(stop - start, 1), 2)}%" height="14"/>'
    return f'<defs><linearGradient id="{name}">{stops}</linearGradient></defs>{bar}'


def nothing(label: str) -> str:
    """Draw a refusal: the row stays, and says that there is no figure."""
    return f'<line class="c-no" x1="0" x2="100%" y1="27" y2="27"/><text class="b" x="78%" y="21" text-anchor="middle">{escape(label)}</text>'


def bars(edges: Sequence[float], counts: Sequence[int], marks: Sequence[tuple[float, str]]) -> str:
    """Draw a histogram with some numbers marked on it."""
    first, last, tallest = edges[0], edges[-1], max(*counts, 1)
    width = last - first or 1.0

    def at(value: float) -> float:
        return round(100 * min(max((value - first) / width, 0.0), 1.0), 2)

    columns = "".join(
        f'<rect class="c-bar" x="{at(edges[index])}%" width="{round(max(100 * (edges[index + 1] - edges[index]) / width - 0.2, 0.1), 2)}%" '
        f'y="{round(130 - 100 * count / tallest, 1)}" height="{round(100 * count / tallest, 1)}"/>'
        for index, count in enumerate(counts)
    )
    lines = "".join(
        f'<line class="c-ink" x1="{at(value)}%" x2="{at(value)}%" y1="{22 + 14 * (index % 2)}" y2="130"/>{text_at(at(value), 16 + 14 * (index % 2), label)}'
        for index, (value, label) in enumerate(marks)
    )
    return f'<svg class="hist" aria-hidden="true">{columns}<line class="c-base" x1="0" x2="100%" y1="130" y2="130"/>{lines}</svg>'


def upset(lists: Sequence[str], rows: Sequence[tuple[frozenset[str], int]], language: Language) -> str:
    """Draw which combinations of lists how many people are on: a column per combination, dots for its lists."""
    wide, high, tallest = 46, 24, max(count for _, count in rows)
    parts = []
    for at, (on, count) in enumerate(rows):
        middle = 120 + wide * at
        tall = max(90 * count / tallest, 1)
        parts.append(f'<rect class="c-bar" x="{middle - 14}" width="28" y="{110 - tall:.1f}" height="{tall:.1f}"/>')
        parts.append(
            f'<text class="b" x="{middle}" y="{104 - tall:.1f}" text-anchor="middle">{number(count, language)}</text>'
        )
        for place, name in enumerate(lists):
            kind = "c-d" if name in on else "c-off"
            parts.append(f'<circle class="{kind}" cx="{middle}" cy="{132 + high * place}" r="6"/>')
    names = "".join(
        f'<text x="0" y="{137 + high * place}">{escape(name)}</text>' for place, name in enumerate(lists)
    )
    size = f"0 0 {120 + wide * len(rows)} {130 + high * len(lists)}"
    return f'<svg class="upset" viewBox="{size}" aria-hidden="true">{names}{"".join(parts)}</svg>'


def curve(points: Sequence[tuple[float, float]], axis: Axis) -> str:
    """Draw how the whole population grows with an assumed odds ratio; both axes as they are, left to right and upwards."""
    most = max(x for x, _ in points)
    marks = [(round(100 * x / most, 2), round(140 - 1.2 * axis.at(y), 1)) for x, y in points]
    lines = "".join(
        f'<line class="c-w" x1="{one[0]}%" y1="{one[1]}" x2="{two[0]}%" y2="{two[1]}"/>'
        for one, two in pairwise(marks)
    )
    dots = "".join(f'<circle class="c-d" cx="{x}%" cy="{y}" r="4"/>' for x, y in marks)
    return f'<svg class="hist" aria-hidden="true"><line class="c-base" x1="0" x2="100%" y1="140" y2="140"/>{lines}{dots}</svg>'
