"""Verdicts make components: those of the graph where nothing contradicts, never two judged different."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from vangnet.chain.crosscheck.components import Said, components, joins, ordered

ONES = [UUID(int=number) for number in range(1, 9)]
A, B, C, D, *_ = ONES
POLICE, BOARD = UUID(int=100), UUID(int=200)
AT = datetime(2026, 3, 1, tzinfo=UTC)
PAIRS = st.sampled_from(list(combinations(ONES, 2)))


def said(pair: tuple[UUID, UUID], value: str = "same", side: UUID = POLICE, minute: int = 0) -> Said:
    return Said(verdict_id=UUID(int=minute), side=side, pair=pair, value=value, at=AT + timedelta(minutes=minute))


@given(st.lists(PAIRS, max_size=12))
def test_without_a_contradiction_it_is_what_networkx_says(same: list[tuple[UUID, UUID]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(ONES)
    graph.add_edges_from(same)
    found = components(ONES, same, ())
    assert found.refused == ()
    assert {found.members(child) for child in found.child_of.values()} == {
        frozenset(one) for one in nx.connected_components(graph)
    }
    assert all(child == min(found.members(child)) for child in found.child_of.values())


@given(st.lists(PAIRS, max_size=12), st.sets(PAIRS, max_size=5))
def test_two_judged_different_are_never_one_child(
    same: list[tuple[UUID, UUID]], different: set[tuple[UUID, UUID]]
) -> None:
    found = components(ONES, same, different)
    whole = components(ONES, same, ())
    assert all(found.child_of[left] != found.child_of[right] for left, right in different)
    for child in set(found.child_of.values()):
        members = found.members(child)
        assert len({whole.child_of[one] for one in members}) == 1
    assert all(
        found.child_of[left] == found.child_of[right] for left, right in same if (left, right) not in found.refused
    )


def test_the_earlier_joins_stand_where_verdicts_contradict() -> None:
    found = components([A, B, C], [(A, B), (B, C)], [(A, C)])
    assert found.child_of == {A: A, B: A, C: C}
    assert found.refused == ((B, C),)


def test_within_one_organisation_one_same_is_enough_and_across_two_both_say_it() -> None:
    sides = {A: POLICE, B: POLICE, C: BOARD}
    own, ours, theirs = said((A, B)), said((B, C), minute=2), said((B, C), side=BOARD, minute=1)
    assert joins([own, ours], sides) == ((A, B),)
    assert joins([ours, theirs, own], sides) == ((A, B), (B, C))


def test_unsure_joins_nothing_and_different_by_either_side_neither() -> None:
    sides = {A: POLICE, B: POLICE, C: BOARD}
    assert joins([said((A, B), "unsure")], sides) == ()
    assert joins([said((B, C)), said((B, C), "different", BOARD)], sides) == ()


def test_a_pair_is_kept_one_way() -> None:
    assert ordered(B, A) == ordered(A, B) == (A, B)
