"""What goes into the gate and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from vangnet.knowledge.terms import Child, ChildView, Collector, KnownFact, Words

Outcome = Literal["not_yet", "refer", "ready_for_two_people"]
Standing = Literal["law", "policy", "advice"]
State = Literal["passed", "failed", "unknown"]

NEVER_CONDITIONS: frozenset[str] = frozenset({"G-11", "G-14", "G-16", "G-17", "G-18"})
"""Listed, never a condition: G-11 and G-14 are never required, G-16 to G-18 belong to the decision and after."""

ABOUT_THE_ADULT: frozenset[str] = frozenset({"G-04", "G-05", "G-08", "G-09", "G-10", "G-12", "G-13"})
"""Checks that are about the adult who asks: in order for one adult is not in order for another. For the jurist to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRequest:
    """Who asks to take the child along; None is nobody. `others` counts those who ask as well."""

    collector: Collector | None = None
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the steps of the chain know at the moment the gate is asked.

    `conflict_risks` and `risks` are ids of observed indicators. `clock_running` is None where no
    hold is known. No text of a name, place, address, vehicle or phone is ever read.
    """

    child: Child = field(default_factory=Child)
    age_certain: bool = False
    view: ChildView = field(default_factory=ChildView)
    facts: Mapping[str, KnownFact] = field(default_factory=lambda: MappingProxyType({}))
    any_indication: bool = False
    conflict_risks: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    collectors_count: int = 0
    clock_running: bool | None = None

    def fact(self, check: str) -> Literal["clear", "indicated", "unknown"]:
        """Say what was found about one check; nothing recorded is unknown."""
        found = self.facts.get(check)
        return "unknown" if found is None else found.state

    def seen(self, *indicators: str) -> bool:
        """Whether one of these indicators was observed."""
        return not set(indicators).isdisjoint({*self.risks, *self.conflict_risks})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one look gives. `mendable`: it can still be put right at this desk."""

    state: State
    reason: Words
    mendable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One check of the table, run or not, with its standing and its reason."""

    check: str
    required_by: Standing
    state: State
    mendable: bool
    reason: Words
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the checks allow people to decide, and why."""

    outcome: Outcome
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One row of the table of checks: what it is, how binding, on what ground, and how it is looked at."""

    id: str
    words: Words
    standing: Standing
    source: str
    look: Callable[[HandoverRequest, Known], Finding]

    def __call__(self, request: HandoverRequest, known: Known) -> CheckResult:
        """Give the result of this check; a look that finds nothing is unknown."""
        found = self.look(request, known)
        return CheckResult(
            check=self.id,
            required_by=standing_of(self, any_indication=known.any_indication),
            state=found.state,
            mendable=found.mendable,
            reason=found.reason,
            source=self.source,
        )


def standing_of(check: Check, *, any_indication: bool) -> Standing:
    """Say how binding a check is: G-09 and G-12 are policy once any indication stands."""
    return "policy" if any_indication and check.id in {"G-09", "G-12"} else check.standing
