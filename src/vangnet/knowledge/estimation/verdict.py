"""Whether a figure may be published, between which numbers, and why: in words for those who decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.bounds import Bound, rounded, rounded_down
from vangnet.knowledge.estimation.sensitivity import Consistency
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.terms import Words

WIDEST = 10.0
"""An interval whose upper limit is more than this many times its lower one says too little to publish."""

MOST_TIMES_SEEN = 1000.0
"""An estimate above this many times those observed is no estimate any more."""


class Quality(NamedTuple):
    """How well the records were linked: the share of true pairs found, and the share of links that are true."""

    recall: float
    precision: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The figure that a verdict is about. A limit that is None is open or refused; a reason stands against it.

    `given` says that the limits take the model as given.
    """

    estimate: float | None
    lo: float | None
    hi: float | None
    reason: Words | None = None
    given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Publish or not, with the range rounded to two figures, the reasons, and what can be said in any case."""

    publish: bool
    range: tuple[int, int] | None
    because: tuple[Words, ...]
    at_least: int

    def as_json(self) -> dict[str, Any]:
        """Write it in the shape of the contract; sentences still stand in both languages."""
        return {
            "publish": self.publish,
            "range": list(self.range) if self.range else None,
            "because": list(self.because),
            "at_least": self.at_least,
        }


def judge(
    table: Table,
    headline: Headline,
    consistency: Sequence[Consistency],
    bound: Bound | None,
    links: Quality | None = None,
) -> Verdict:
    """Say whether a figure may be published; every reason against it is named, and what holds in any case.

    Where links are not perfect, the bound and the number of rows count somebody twice; of them only the longest list stands.
    """
    seen = max(table.sizes.values()) if links else table.observed
    against = tuple(_against(table, headline, consistency))
    at_least = _at_least(seen, headline, None if links else bound)
    if against or headline.lo is None or headline.hi is None:
        return Verdict(
            publish=False, range=None, because=(*against, sentences.at_least(at_least)), at_least=at_least
        )
    low, high = max(rounded(headline.lo), seen), rounded(headline.hi)
    given = (sentences.MODEL_AS_GIVEN,) if headline.given else ()
    mended = (sentences.links_corrected(*links),) if links else ()
    because = (sentences.between(low, high), *given, *mended, *_known(consistency), sentences.ASSUMPTION)
    return Verdict(publish=True, range=(low, high), because=because, at_least=at_least)


def _against(table: Table, headline: Headline, consistency: Sequence[Consistency]) -> list[Words]:
    if headline.estimate is None:
        return [headline.reason or sentences.NO_MODEL]
    against = [headline.reason] if headline.reason else []
    if headline.lo is None or headline.hi is None:
        against.append(sentences.OPEN_INTERVAL)
    elif headline.hi > WIDEST * headline.lo:
        against.append(sentences.too_wide(rounded(headline.lo), rounded(headline.hi)))
    tested, missed = _missed(consistency)
    if len(missed) > 1 and 2 * len(missed) > len(tested):
        against.append(_inconsistent(tested, missed))
    if headline.estimate > MOST_TIMES_SEEN * table.observed:
        against.append(sentences.TOO_MANY_TIMES)
    return against


def _missed(consistency: Sequence[Consistency]) -> tuple[list[Consistency], list[Consistency]]:
    tested = [one for one in consistency if one.inside is not None]
    return tested, [one for one in tested if not one.inside]


def _inconsistent(tested: list[Consistency], missed: list[Consistency]) -> Words:
    low = [one for one in missed if (one.result.estimate or 0) < one.truth]
    worst = min(missed, key=lambda one: abs(one.result.estimate or 0) / one.truth)
    return sentences.inconsistent(
        missed=len(missed),
        tested=len(tested),
        name=worst.list,
        truth=worst.truth,
        estimate=round(worst.result.estimate or 0),
        low=2 * len(low) > len(missed),
    )


def _known(consistency: Sequence[Consistency]) -> tuple[Words, ...]:
    tested, missed = _missed(consistency)
    return (sentences.consistent(len(tested) - len(missed), len(tested)),) if tested else ()


def _at_least(seen: int, headline: Headline, bound: Bound | None) -> int:
    """Give what holds in any case: the lowest of the lower limits, rounded down, and never fewer than were seen."""
    limits = [limit for limit in (bound.lo if bound else None, headline.lo) if limit is not None]
    return max(rounded_down(min(limits)) if limits else 0, seen)
