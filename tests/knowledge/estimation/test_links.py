"""A population that is known, its records linked badly: the corrected estimate is near where the uncorrected one is not."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from vangnet.knowledge.estimation import Table, corrected, score
from vangnet.knowledge.estimation.sensitivity import linkage_error

PEOPLE = 20_000
CHANCES = (0.12, 0.1, 0.15, 0.08)


def linked(recall: float, seed: int) -> Table:
    """Draw who is on which list, link each pair of a person's records with this chance, and count what is joined.

    Pairs are linked one by one and joined through each other, which is how linkage works and not what the correction assumes.
    """
    rng = np.random.default_rng(seed)
    on = rng.random((PEOPLE, len(CHANCES))) < CHANCES
    counts: Counter[int] = Counter()
    for person in on[on.any(axis=1)]:
        groups = [1 << int(at) for at in np.flatnonzero(person)]
        records = list(groups)
        for one in range(len(records)):
            for other in range(one):
                if rng.random() < recall:
                    left = next(group for group in groups if group & records[one])
                    right = next(group for group in groups if group & records[other])
                    if left != right:
                        groups = [group for group in groups if group not in (left, right)] + [left | right]
        counts.update(groups)
    return Table(lists=("A", "B", "C", "D"), counts=tuple(counts[code] for code in range(16)))


def estimated(counts: np.ndarray) -> float:
    return float(counts.sum() + score([()], counts).hidden[0, 0])


PERFECT = estimated(linked(1.0, seed=11).array)
"""What the same lists of the same people give when every link is found: chance in who is on a list is then the same."""


def test_with_every_link_the_estimate_is_as_near_the_truth_as_chance_allows() -> None:
    assert abs(PERFECT / PEOPLE - 1) < 0.1


@pytest.mark.parametrize(("recall", "off"), [(0.9, 0.03), (0.7, 0.1)])
def test_at_this_recall_the_correction_takes_most_of_the_error_away(recall: float, off: float) -> None:
    table = linked(recall, seed=11)
    raw, mended = estimated(table.array), estimated(corrected(table.array, recall=recall).counts)
    assert raw > PERFECT * (1 + 0.7 * (1 - recall))
    assert abs(mended / PERFECT - 1) < off
    assert abs(mended - PERFECT) < abs(raw - PERFECT) / 3


def test_at_a_recall_of_two_fifths_the_estimate_is_far_too_high_and_is_refused() -> None:
    table = linked(0.4, seed=11)
    assert estimated(table.array) > 1.7 * PERFECT
    rows = {(row["recall"], row["precision"]): row for row in linkage_error(table, ())}
    assert rows[0.4, 1.0]["estimate"] is None
    assert "below 50%" in rows[0.4, 1.0]["reason"].en
