"""One honest parent at the gate, for the tests of this shelf; everything is invented."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vangnet.knowledge.handover import CheckResult, HandoverRequest, Known, decide
from vangnet.knowledge.terms import (
    Authority,
    Child,
    ChildView,
    Collector,
    Identity,
    KnownFact,
    PartialDate,
    PersonName,
)

CLEAR = ("G-03", "G-07", "G-09", "G-12", "G-13")
HONEST = Known(
    child=Child(
        name=PersonName("Nora", "Bakker"), birth_date=PartialDate(2012, 5, 17), birth_date_basis="document"
    ),
    age_certain=True,
    view=ChildView(heard_alone=True, interpreter="none", wants_to_go="yes"),
    facts={check: KnownFact(state="clear") for check in CLEAR},
    collectors_count=1,
    clock_running=True,
)


def collector(
    *,
    identity: str = "verified",
    authority: str = "verified",
    source: str = "authority_register",
    conflict: str = "none_found",
) -> Collector:
    return Collector(
        name=PersonName("Anna", "Bakker"),
        claimed_relation="parent",
        identity=Identity(state=identity),  # type: ignore[arg-type]
        authority=Authority(state=authority, source=source),  # type: ignore[arg-type]
        conflict_of_interest=conflict,  # type: ignore[arg-type]
    )


PARENT = collector()


def request(one: Collector = PARENT, others: int = 0) -> HandoverRequest:
    return HandoverRequest(collector=one, others=others)


def known(**changes: Any) -> Known:
    return replace(HONEST, **changes)


def result(check: str, what: Known, asked: HandoverRequest | None = None) -> CheckResult:
    found = {one.check: one for one in decide(asked or request(), what).checks}
    return found[check]
