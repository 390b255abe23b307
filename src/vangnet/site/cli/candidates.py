"""The candidates of one query, written in the shape of the contract."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from vangnet.knowledge.linkage import Candidate, default_model
from vangnet.knowledge.terms import Language

DIGITS = 6


def answer(query_id: str, candidates: Sequence[Candidate], language: Language) -> dict[str, Any]:
    """Write the candidates of one query in the shape of the contract.

    Weights are rounded to six decimals, and a candidate's weight is the sum of its rounded parts.
    """
    prior = round(default_model().prior_weight, DIGITS)
    return {
        "query_id": query_id,
        "prior_weight": prior,
        "candidates": [_candidate(one, prior, language) for one in candidates],
    }


def _candidate(candidate: Candidate, prior: float, language: Language) -> dict[str, Any]:
    weights = [round(part.match_weight, DIGITS) for part in candidate.explanation]
    return {
        "encounter_id": candidate.record_id,
        "match_weight": math.fsum([prior, *weights]),
        "probability": candidate.probability,
        "explanation": [
            {
                "comparison": part.comparison,
                "level": part.level,
                "left": part.left,
                "right": part.right,
                "match_weight": weight,
                "words": part.words.in_(language),
            }
            for part, weight in zip(candidate.explanation, weights, strict=True)
        ],
    }
