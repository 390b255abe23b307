"""What errors in linking do to a table, and how to take them out: missed links push the estimate up, false links down.

Each record of a person is found back among that person's others with the same chance, so that two records are linked
with the recall; a record that is not found stands on its list alone. Of the links made, a share (the precision) is right;
the others joined two people. Source: the model of Ding and Fienberg, Survey Methodology 20 (1994) 149-158, for any number of lists.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vangnet.knowledge.estimation.lattice import Flags, Floats, superset_sums

LOWEST_RECALL = 0.5
"""Below this recall of the linkage a figure is refused: more overlap would then be reckoned than was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Tables with the errors of linking taken out, one column each; counts need not be whole.

    `sound` is false of a table where more people would have to be on two lists than a list holds.
    """

    counts: Floats
    sound: Flags


def corrected(counts: Floats, *, recall: float, precision: float = 1.0) -> Corrected:
    """Take missed and false links out of tables (one column each).

    `recall` is the share of true pairs of records that were linked, `precision` the share of links that are true.
    """
    orders = _orders(len(counts))
    found = float(np.sqrt(recall))
    whole = counts * precision ** np.maximum(orders - 1, 0)
    for bit in range(len(counts).bit_length() - 1):
        halves = whole.reshape(-1, 2, 1 << bit, counts.shape[1])
        halves[:, 1] /= found
        halves[:, 0] -= (1 - found) * halves[:, 1]
    shared = np.where(orders > 1, np.maximum(whole, 0.0), 0.0)
    alone = _alone(counts, shared)
    sound: Flags = np.all(alone >= 0, axis=0)
    return Corrected(counts=shared + np.maximum(alone, 0.0), sound=sound)


def blurred(counts: Floats, *, recall: float) -> Floats:
    """Give the table that linking with this recall is expected to show: the way back from `corrected`."""
    found = float(np.sqrt(recall))
    linked = counts.copy()
    for bit in range(len(counts).bit_length() - 1):
        halves = linked.reshape(-1, 2, 1 << bit, counts.shape[1])
        halves[:, 0] += (1 - found) * halves[:, 1]
        halves[:, 1] *= found
    shared: Floats = np.where(_orders(len(counts)) > 1, linked, 0.0)
    return shared + _alone(counts, shared)


def _orders(size: int) -> Floats:
    return np.array([code.bit_count() for code in range(size)], dtype=np.float64)[:, None]


def _alone(counts: Floats, shared: Floats) -> Floats:
    """Give who stands on one list alone: the records of each list, less those that were joined to others."""
    left: Floats = np.where(_orders(len(counts)) == 1, superset_sums(counts) - superset_sums(shared), 0.0)
    return left
