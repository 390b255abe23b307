"""What the recorded observations say: indications, the ILO profile, hand-over risks. Never a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vangnet.knowledge.indicators.indicator import GradedBy, Indicator, Strength
from vangnet.knowledge.indicators.profile import Dimension, child_case_supported, ilo_profile
from vangnet.knowledge.indicators.reading import catalogue
from vangnet.knowledge.terms import Observation, Words


class UnknownIndicatorError(ValueError):
    """An observation or a verdict names an indicator that the catalogue does not have there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indication:
    """One observed indicator, with its grade, who gave that, and whether it opens the duties."""

    indicator: str
    strength: Strength | None
    graded_by: GradedBy
    opens_duties: bool
    opens_reason: Words
    sources: tuple[str, ...]
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One observed indicator that matters for whom the child may go with."""

    indicator: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What was observed and what follows from it; every tuple stands in the order of the catalogue.

    `not_observed` and `unknown` are what was recorded so and never observed: they lower nothing.
    """

    catalogue_version: str
    any_indication: bool
    indications: tuple[Indication, ...]
    ilo_profile: Mapping[str, Dimension]
    child_case_supported: bool
    handover_risks: tuple[Risk, ...]
    conflict_risks: tuple[str, ...]
    not_observed: tuple[str, ...]
    unknown: tuple[str, ...]


def screen(observations: Sequence[Observation], *, supported: frozenset[str] = frozenset()) -> Screening:
    """Say what the observations of one encounter indicate.

    Several observations of one indicator are claims; one that observed it is enough. `supported`
    are recurrence indicators that a human verdict *same* supports; a candidate never counts.
    Reads nothing of an observation but its indicator and its state.
    Raises UnknownIndicatorError for an id that the catalogue does not have.
    """
    known = catalogue()
    states = _states(observations, supported, known.indicators)
    observed = [one for one in known.indicators.values() if "observed" in states.get(one.id, ())]
    profile = ilo_profile(observed)
    return Screening(
        catalogue_version=known.version,
        any_indication=any(one.opens_duties for one in observed),
        indications=tuple(_indication(one) for one in observed),
        ilo_profile=profile,
        child_case_supported=child_case_supported(profile, observed),
        handover_risks=tuple(Risk(indicator=o.id, words=o.words) for o in observed if o.raises_handover_risk),
        conflict_risks=tuple(one.id for one in observed if one.conflict_of_interest),
        not_observed=_only("not_observed", states),
        unknown=_only("unknown", states),
    )


_OUTWEIGHED_BY = {"not_observed": {"observed"}, "unknown": {"observed", "not_observed"}}


def _only(state: str, states: Mapping[str, set[str]]) -> tuple[str, ...]:
    return tuple(sorted(id_ for id_, said in states.items() if state in said and not said & _OUTWEIGHED_BY[state]))


def _states(
    observations: Sequence[Observation], supported: frozenset[str], known: Mapping[str, Indicator]
) -> dict[str, set[str]]:
    states: dict[str, set[str]] = {}
    for observation in observations:
        if observation.indicator not in known:
            raise UnknownIndicatorError(f"{observation.indicator!r} is not an indicator of the catalogue")
        states.setdefault(observation.indicator, set()).add(observation.state)
    for id_ in sorted(supported):
        if id_ not in known or known[id_].category != "recurrence":
            raise UnknownIndicatorError(f"{id_!r} is not a recurrence indicator, so no verdict supports it")
        states.setdefault(id_, set()).add("observed")
    return states


def _indication(one: Indicator) -> Indication:
    return Indication(
        indicator=one.id,
        strength=one.strength,
        graded_by=one.graded_by,
        opens_duties=one.opens_duties,
        opens_reason=one.opens_reason,
        sources=one.sources,
        words=one.words,
    )
