"""Which dimensions of the ILO's method hold, and by which observations; for the file, never for the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from vangnet.knowledge.indicators.indicator import DIMENSIONS, IloDimension, Indicator, Strength

_ENOUGH: tuple[Mapping[Strength, int], ...] = (
    {"strong": 2},
    {"strong": 1, "medium": 1},
    {"strong": 1, "weak": 1},
    {"medium": 3},
    {"medium": 2, "weak": 1},
)
_RECRUITMENT: tuple[IloDimension, ...] = DIMENSIONS[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Whether a dimension holds, and the observed indicators it was weighed on.

    `proposed` are those of `because` whose grade is this project's, never the ILO's;
    `positive_by_source` is the answer without them.
    """

    positive: bool
    because: tuple[str, ...]
    proposed: tuple[str, ...]
    positive_by_source: bool


def ilo_profile(observed: Sequence[Indicator]) -> Mapping[str, Dimension]:
    """Weigh each of the six dimensions (ILO and European Commission, 2009; thresholds from memory).

    At least 2 strong; or 1 strong and 1 medium or weak; or 3 medium; or 2 medium and 1 weak.
    """
    return MappingProxyType({name: _dimension(name, observed) for name in DIMENSIONS})


def child_case_supported(profile: Mapping[str, Dimension], observed: Sequence[Indicator]) -> bool:
    """Say whether act and exploitation are both there; means are never asked of a child.

    Act: a recruitment dimension, or a fact of moving, housing or passing on. Exploitation: its
    dimension, or an observation that itself tells the intent.
    Source: Palermo art. 3(c), Directive 2011/36 art. 2(5), Sr art. 273f(1)(2).
    """
    elements = {element for indicator in observed for element in indicator.elements}
    act = "movement" in elements or any(profile[name].positive for name in _RECRUITMENT)
    return act and ("intent" in elements or profile["exploitation"].positive)


def _dimension(name: IloDimension, observed: Sequence[Indicator]) -> Dimension:
    within = [one for one in observed if one.ilo_dimension == name]
    return Dimension(
        positive=_is_enough(within),
        because=tuple(one.id for one in within),
        proposed=tuple(one.id for one in within if one.graded_by == "proposed"),
        positive_by_source=_is_enough([one for one in within if one.graded_by == "source"]),
    )


def _is_enough(within: Sequence[Indicator]) -> bool:
    there = Counter(one.strength for one in within)
    return any(all(there[grade] >= least for grade, least in needs.items()) for needs in _ENOUGH)
