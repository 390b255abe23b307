"""The match model: how often each comparison level stands between two encounters of one child, and of two."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vangnet.knowledge.linkage.transliteration import knowledge_file

MISSING = "missing"
RECURRING = "recurring"
UNWEIGHED = frozenset({MISSING, RECURRING})
"""Levels that count for nothing, in every comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One comparison level: its probability among pairs of one child (m) and of two children (u)."""

    m: float
    u: float
    term: float = 0.0

    @property
    def match_weight(self) -> float:
        """The weight of evidence in bits: log2(m / u)."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The whole match model. `levels` is comparison -> level; weights are in bits (log2).

    `term` of a level says how far a rarer or commoner value changes its weight (0 not, 1 fully);
    `usual_frequency` is the share of records that the u of such a level stands for. A number that
    stands in more than `recurring_above` records belongs to a service and carries no weight.
    `prior_weight` is the log2 of the odds of the prior probability.
    """

    version: str
    source: str
    prior_probability: float
    levels: Mapping[str, Mapping[str, Level]]
    usual_frequency: Mapping[str, float]
    recurring_above: int
    weights: Mapping[str, Mapping[str, float]]
    prior_weight: float


def read_model(raw: Mapping[str, Any]) -> Model:
    """Read a model from its JSON; raises KeyError or ValueError where it is none."""
    levels = {
        comparison: {level: Level(**numbers) for level, numbers in table["levels"].items()}
        for comparison, table in raw["comparisons"].items()
    }
    prior = raw["prior_probability"]
    nothing = dict.fromkeys(UNWEIGHED, 0.0)
    return Model(
        version=raw["version"],
        source=raw["source"],
        prior_probability=prior,
        prior_weight=math.log2(prior / (1 - prior)),
        levels=levels,
        usual_frequency={
            comparison: table["usual_frequency"]
            for comparison, table in raw["comparisons"].items()
            if "usual_frequency" in table
        },
        recurring_above=raw["recurring_above"],
        weights={
            comparison: {**nothing, **{name: level.match_weight for name, level in table.items()}}
            for comparison, table in levels.items()
        },
    )


@lru_cache(maxsize=1)
def default_model() -> Model:
    """Give the model that ships with the package; its `source` says where each number comes from."""
    return read_model(knowledge_file("model.json"))


def probability_of(match_weight: float) -> float:
    """Turn a match weight in bits into a probability, without overflow."""
    if match_weight >= 0:
        return 1 / (1 + math.exp2(-match_weight))
    odds = math.exp2(match_weight)
    return odds / (1 + odds)
