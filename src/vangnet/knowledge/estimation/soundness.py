"""Of many fits, those that a table can carry: full rank first, then the fit itself as the proof that it exists."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from vangnet.knowledge.estimation.existence import exists, is_identifiable, reduced
from vangnet.knowledge.estimation.fitting import Fits, Tasks, fit
from vangnet.knowledge.estimation.lattice import Flags, Floats


@lru_cache(maxsize=1 << 17)
def _full_rank(lists: int, finite: bytes, gone: bytes) -> bool:
    finite_terms = tuple(np.frombuffer(finite, dtype=np.int64).tolist())
    gone_terms = np.frombuffer(gone, dtype=np.int64)
    codes = np.arange(1, 1 << lists)[:, None]
    kept = tuple(codes[~(codes & gone_terms == gone_terms).any(axis=1), 0].tolist())
    return is_identifiable(finite_terms, kept)


def identifiable(tasks: Tasks) -> Flags:
    """Say of each task whether its design has full rank; only parameters at minus infinity can spoil it."""
    gone = tasks.present & ~tasks.finite
    lists = len(tasks.counts).bit_length() - 1
    sound = np.ones(len(gone), dtype=np.bool_)
    for at in np.flatnonzero(gone.any(axis=1) | (tasks.present.sum(axis=1) >= len(tasks.counts))):
        terms = np.sort(tasks.terms[at][tasks.finite[at]])
        lost = np.sort(tasks.terms[at][gone[at]])
        sound[at] = _full_rank(lists, terms.tobytes(), lost.tobytes())
    return sound


def proven(fits: Fits) -> Flags:
    """Say of each fit whether the estimate exists: by the fit itself, else by the linear programme."""
    sure = fits.certain.copy()
    tasks = fits.tasks
    for at in np.flatnonzero(~sure):
        seen = tasks.counts[:, at] > 0
        terms, kept = reduced(sorted(tasks.terms[at][tasks.present[at]].tolist()), seen)
        sure[at] = exists(terms, kept, seen[list(kept)].tobytes())
    return sure


def fit_sound(tasks: Tasks, start: Floats | None = None) -> tuple[Flags, Fits]:
    """Fit what can be fitted: say which tasks are sound, and give the fits of those alone, in their order."""
    sound = identifiable(tasks)
    tried = np.flatnonzero(sound)
    fits = fit(tasks.only(tried), None if start is None else start[:, tried])
    there = proven(fits)
    sound[tried] = there
    late = there & ~fits.certain
    if late.any():
        more = fit(fits.tasks.only(late), fits.coefficients[:, late], patient=True)
        fits.coefficients[:, late], fits.expected[:, late] = more.coefficients, more.expected
    return sound, fits if there.all() else fits.only(there)
