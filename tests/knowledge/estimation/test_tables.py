"""Lists left out, merged and taken as the whole: people are moved, never made or lost but those not seen any more."""

from __future__ import annotations

import pytest

from mse import NAMES, table_named
from vangnet.knowledge.estimation import merged, table_of, within, without
from vangnet.knowledge.estimation.lattice import lists_in, pairs, singles


def test_a_table_takes_its_lists_in_any_order() -> None:
    one = table_of(["B", "A"], [((1, 0), 3), ((1, 1), 2)])
    other = table_of(["A", "B"], [((1, 1), 2), ((0, 1), 3)])
    assert one == other
    assert one.pair(3) == ("A", "B")


@pytest.mark.parametrize("name", NAMES)
def test_leaving_out_a_list_forgets_only_those_on_it_alone(name: str) -> None:
    table = table_named(name)
    for at, listed in enumerate(table.lists):
        left = without(table, listed)
        assert left.observed == table.observed - table.counts[1 << at]
        assert {key: size for key, size in table.sizes.items() if key != listed} == left.sizes


@pytest.mark.parametrize("name", NAMES)
def test_taking_a_list_as_the_whole_keeps_those_who_are_elsewhere_too(name: str) -> None:
    table = table_named(name)
    for at, listed in enumerate(table.lists):
        inside = within(table, listed)
        assert inside.observed == table.sizes[listed] - table.counts[1 << at]


def test_merging_the_published_lists_gives_the_published_table() -> None:
    whole = merged(table_named("UKdat"), "NCA", "PF")
    five = table_named("UKdat_5")
    assert whole.observed == five.observed
    assert sorted(whole.counts) == sorted(five.counts)
    assert whole.sizes["NCA+PF"] == five.sizes["PFNCA"]


def test_codes_of_lists() -> None:
    assert singles(3) == (1, 2, 4)
    assert pairs(3) == (3, 5, 6)
    assert lists_in(5) == (0, 2)
