"""Which ages a child can have, and which clocks that leaves possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from vangnet.knowledge.clocks import sentences
from vangnet.knowledge.clocks.zones import zone_of
from vangnet.knowledge.terms import Age, Child, CustodyBasis, Encounter, Words, ages_on, days_of

Group = Literal["under_12", "from_12"]
ADULT = 18
ANSWERABLE = 12


def ages_at(encounter: Encounter, at: datetime) -> Age | None:
    """Give every age the claimed birth date allows at a moment, in the encounter's place.

    A birthday begins at 00:00 there. None where no birth date is claimed: then any age is
    possible. Nothing is presumed here; `groups_between` does that.
    """
    birth = encounter.child.birth_date
    return None if birth is None else ages_on(birth, *days_of(at, zone_of(encounter.country)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The age groups a person may belong to, and what was assumed to say so; no group is an adult."""

    possible: frozenset[Group]
    assumed: tuple[Words, ...] = ()

    @property
    def may_be_under_12(self) -> bool:
        """Whether the rules for children under twelve may hold."""
        return "under_12" in self.possible

    @property
    def may_be_from_12(self) -> bool:
        """Whether the rules for children of twelve to seventeen may hold."""
        return "from_12" in self.possible


def groups_between(child: Child, first: date, last: date, *, basis: CustodyBasis = "unknown") -> Groups:
    """Say which age groups are possible on the local days of a stay, first and last included.

    - No birth date: every group is.
    - A child that turns 12 or 18 in between keeps the stricter group beside the other.
    - Eighteen or older throughout is an adult only where a document says so. A stated or assessed
      age, or one without a basis, is uncertain; then the person is presumed a child of twelve or
      older (Directive 2011/36 art. 13(2)).
    - A stated age below 18 is taken as stated: it decides only which child clock runs.
    - A stay on the ground `under_12` is never counted by another clock than that for under
      twelve, whatever the birth date says.
    """
    found = _by_birth_date(child, first, last)
    if basis == "under_12" and not found.may_be_under_12:
        return Groups(possible=found.possible | {"under_12"}, assumed=(sentences.AGE_AGAINST_BASIS,))
    return found


def _by_birth_date(child: Child, first: date, last: date) -> Groups:
    birth = child.birth_date
    if birth is None:
        return Groups(possible=frozenset({"under_12", "from_12"}), assumed=(sentences.AGE_UNKNOWN,))
    age = ages_on(birth, first, last)
    if age.low >= ADULT:
        return _said_adult(child)
    possible: set[Group] = set()
    if age.may_be_under(ANSWERABLE):
        possible.add("under_12")
    if age.may_be_at_least(ANSWERABLE):
        possible.add("from_12")
    return Groups(possible=frozenset(possible), assumed=_crossing(age, is_full=birth.is_full))


def _said_adult(child: Child) -> Groups:
    if child.birth_date_basis == "document":
        return Groups(possible=frozenset())
    return Groups(possible=frozenset({"from_12"}), assumed=(sentences.PRESUMED_CHILD,))


def _crossing(age: Age, *, is_full: bool) -> tuple[Words, ...]:
    if age.low < ANSWERABLE <= age.high:
        return (sentences.TURNS_12 if is_full else sentences.AGE_PARTIAL,)
    if age.may_be_at_least(ADULT):
        return (sentences.TURNS_18 if is_full else sentences.AGE_PARTIAL_18,)
    return ()
