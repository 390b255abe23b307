"""Which encounters are of the same child, as verdicts have it. Pure: nothing here reads a database.

*Same* joins, *different* keeps apart. Where the two contradict each other the earlier joins stand
and the join that would bring together what was judged different does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One standing verdict: of which side, about which pair (left before right), what and when."""

    verdict_id: UUID
    side: UUID
    pair: Pair
    value: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """To which child each encounter belongs (the smallest id of its component), and what could not be joined."""

    child_of: Mapping[UUID, UUID]
    refused: tuple[Pair, ...]

    def members(self, child_id: UUID) -> frozenset[UUID]:
        """Give the encounters of one child."""
        return frozenset(one for one, child in self.child_of.items() if child == child_id)


def ordered(one: UUID, other: UUID) -> Pair:
    """Write a pair the one way in which it is kept."""
    return (one, other) if one < other else (other, one)


def joins(said: Iterable[Said], sides: Mapping[UUID, UUID]) -> tuple[Pair, ...]:
    """Give the pairs that count as the same, oldest first.

    `sides` names the organisation of each encounter. Within one organisation one *same* is
    enough; across two both sides must have said it. A pair that anybody judged different is none.
    """
    found: dict[Pair, dict[UUID, datetime]] = {}
    kept_apart = apart(said := tuple(said))
    for one in said:
        if one.value == "same" and one.pair not in kept_apart:
            found.setdefault(one.pair, {})[one.side] = one.at
    full = {
        pair: max(agreed.values())
        for pair, agreed in found.items()
        if {sides[encounter] for encounter in pair} <= agreed.keys()
    }
    return tuple(sorted(full, key=lambda pair: (full[pair], pair)))


def apart(said: Iterable[Said]) -> frozenset[Pair]:
    """Give the pairs that anybody judged different."""
    return frozenset(one.pair for one in said if one.value == "different")


def components(encounters: Iterable[UUID], same: Sequence[Pair], different: Iterable[Pair]) -> Components:
    """Join encounters by *same*, in the order given, never two that were judged different.

    Union-find over sets: the smaller set moves. Without a contradiction these are the connected
    components of the *same* pairs.
    """
    sets = {one: {one} for one in encounters}
    enemies: dict[UUID, set[UUID]] = {}
    for left, right in different:
        enemies.setdefault(left, set()).add(right)
        enemies.setdefault(right, set()).add(left)
    refused = tuple(pair for pair in same if not _join(sets, enemies, pair))
    return Components(child_of={one: min(members) for one, members in sets.items()}, refused=refused)


def _join(sets: dict[UUID, set[UUID]], enemies: Mapping[UUID, set[UUID]], pair: Pair) -> bool:
    """Join two sets unless somebody in one was judged different from somebody in the other."""
    small, large = sorted((sets[pair[0]], sets[pair[1]]), key=len)
    if small is large:
        return True
    if any(not large.isdisjoint(enemies.get(one, ())) for one in small):
        return False
    large |= small
    sets.update(dict.fromkeys(small, large))
    return True
