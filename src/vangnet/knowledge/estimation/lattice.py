"""Sums over the subsets of lists: every margin of a table, and every log-linear predictor, by additions alone.

A capture history is a code: bit k is set where the person is on list k. Arrays hold one row per code and one column
per table or model, so that thousands are handled at once. Additions are done in one order on any machine, so the
same input gives the same bytes. Source: the zeta transform, Yates 1937; Björklund and others 2007.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


def subset_sums(values: NDArray[Any]) -> NDArray[Any]:
    """Give for each code the sum over the codes inside it; shape (2^lists, columns)."""
    sums = values.copy()
    for bit in range(len(values).bit_length() - 1):
        halves = sums.reshape(len(values) >> bit + 1, 2, 1 << bit, values.shape[1])
        halves[:, 1] += halves[:, 0]
    return sums


def superset_sums(values: NDArray[Any]) -> NDArray[Any]:
    """Give for each code the sum over the codes that hold it; shape (2^lists, columns)."""
    sums = values.copy()
    for bit in range(len(values).bit_length() - 1):
        halves = sums.reshape(len(values) >> bit + 1, 2, 1 << bit, values.shape[1])
        halves[:, 0] += halves[:, 1]
    return sums


def lists_in(code: int) -> tuple[int, ...]:
    """Give the positions of the lists in a code, ascending."""
    return tuple(bit for bit in range(code.bit_length()) if code >> bit & 1)


def singles(lists: int) -> tuple[int, ...]:
    """Give the codes of one list each."""
    return tuple(1 << at for at in range(lists))


def pairs(lists: int) -> tuple[int, ...]:
    """Give the codes of two lists each, in the order of their lists."""
    return tuple(1 << one | 1 << other for one in range(lists) for other in range(one + 1, lists))
