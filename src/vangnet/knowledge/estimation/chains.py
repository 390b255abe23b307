"""What chains of a Markov sampler say together: whether they agree, and what they give when they do."""

from __future__ import annotations

import numpy as np

from vangnet.knowledge.estimation import sentences
from vangnet.knowledge.estimation.lattice import Floats
from vangnet.knowledge.estimation.results import POSTERIOR, Result, Status
from vangnet.knowledge.estimation.tables import Table
from vangnet.knowledge.terms import Words

MOST_R_HAT = 1.1
"""Past this the chains have not seen the same posterior: Gelman and Rubin, Statistical Science 7 (1992)."""

MOST_APART = 1.5
"""Chains whose medians differ by more than this factor sit on different answers."""


def r_hat(logs: Floats) -> float:
    """Give the split potential scale reduction of chains, shape (chains, draws): one where they agree."""
    half = logs.shape[1] // 2
    parts = np.vstack([logs[:, :half], logs[:, half : 2 * half]])
    within = float(parts.var(axis=1, ddof=1).mean())
    between = float(parts.mean(axis=1).var(ddof=1))
    return float(np.sqrt((half - 1) / half + between / within)) if within else 1.0


def posterior(table: Table, hidden: Floats, *, method: str, source: str, **more: object) -> Result:
    """Give the posterior median and limits of chains of hidden counts, and a warning where they do not agree."""
    agreement = r_hat(np.log(hidden + 1))
    medians = table.observed + np.median(hidden, axis=1)
    apart = float(medians.max() / medians.min())
    status: Status = "ok"
    reason: Words | None = None
    if agreement > MOST_R_HAT or apart > MOST_APART:
        status, reason = "warn_multimodal", sentences.several_answers(float(medians.min()), float(medians.max()))
    lo, middle, hi = (table.observed + float(mark) for mark in np.quantile(hidden, [0.025, 0.5, 0.975]))
    details = {"r_hat": agreement, "chain_medians": medians.tolist(), **more}
    return Result(
        method=method,
        status=status,
        reason=reason,
        estimate=middle,
        lo=lo,
        hi=hi,
        interval=POSTERIOR,
        source=source,
        more=details,
    )
