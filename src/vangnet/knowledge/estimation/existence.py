"""Whether a table can carry a model at all: that the maximum likelihood estimate exists, and that it is the only one.

Both depend on nothing but which counts are zero, so the answers are remembered. Source: Fienberg and Rinaldo, Annals of Statistics 40 (2012) 996-1023; for interactions whose lists share nobody Chan, Silverman and Vincent, JASA 116 (2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.optimize import linprog

from vangnet.knowledge.estimation.lattice import Flags, Floats, superset_sums
from vangnet.knowledge.estimation.models import Model, terms_of

Code = Literal[0, 1, 2, 3]
"""0 the table carries the model, 1 the estimate does not exist, 2 it is not identifiable, 3 both."""

_ABOVE_ZERO = 1e-7
_REMEMBERED = 1 << 17


def code_of(model: Model, seen: Flags) -> Code:
    """Say whether a table carries a model; `seen` marks the histories that somebody has, shape (2^lists,)."""
    lists = len(seen).bit_length() - 1
    terms, kept = reduced(terms_of(model, lists), seen)
    missing = not exists(terms, kept, seen[list(kept)].tobytes())
    return _CODES[missing, not is_identifiable(terms, kept)]


_CODES: dict[tuple[bool, bool], Code] = {(False, False): 0, (True, False): 1, (False, True): 2, (True, True): 3}


def reduced(terms: Sequence[int], seen: Flags) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the parameters that stay finite, and the histories that then remain.

    A parameter whose lists share nobody is minus infinity: the histories that hold it are impossible under the model.
    """
    margins = superset_sums(seen[:, None].astype(np.int64))[:, 0]
    gone = [term for term in terms if not margins[term]]
    kept = tuple(code for code in range(1, len(seen)) if not any(code & term == term for term in gone))
    return tuple(term for term in terms if margins[term]), kept


def _design(terms: Sequence[int], kept: Sequence[int]) -> Floats:
    columns, rows = np.array(terms), np.array(kept)
    design: Floats = ((rows[:, None] & columns) == columns).astype(np.float64)
    return design


@lru_cache(maxsize=_REMEMBERED)
def exists(terms: tuple[int, ...], kept: tuple[int, ...], support: bytes) -> bool:
    """Whether the maximum likelihood estimate exists; `support` holds one true or false per kept history."""
    return interior(_design(terms, kept), np.frombuffer(support, dtype=np.bool_))


def interior(design: Floats, seen: Flags) -> bool:
    """Whether some table without zeros has the same sufficient statistics: then the estimate exists, and only then.

    The linear programme maximises the smallest count of such a table; only its being zero matters, so every count
    that is not zero is taken as one. `design` has shape (histories, parameters).
    """
    cells, size = design.shape
    found = linprog(
        np.r_[np.zeros(cells), -1.0],
        A_ub=np.c_[-np.eye(cells), np.ones(cells)],
        b_ub=np.zeros(cells),
        A_eq=np.c_[design.T, np.zeros(size)],
        b_eq=design.T @ seen,
        bounds=[(0, None)] * cells + [(0, 1)],
        method="highs",
    )
    return bool(-found.fun > _ABOVE_ZERO)


@lru_cache(maxsize=_REMEMBERED)
def is_identifiable(terms: tuple[int, ...], kept: tuple[int, ...]) -> bool:
    """Whether no other parameters give the same expected counts: the rank of the design is full."""
    if not terms or len(terms) > len(kept):
        return False
    return bool(np.linalg.matrix_rank(_design(terms, kept)) == len(terms))
