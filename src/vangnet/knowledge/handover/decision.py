"""From eighteen checks to one of three answers."""

from __future__ import annotations

from collections.abc import Iterable

from vangnet.knowledge.handover.checks import CHECKS
from vangnet.knowledge.handover.shapes import (
    NEVER_CONDITIONS,
    CheckResult,
    Decision,
    HandoverRequest,
    Known,
    Outcome,
)


def decide(request: HandoverRequest, known: Known) -> Decision:
    """Say what two people may decide about a child and the person who asks for them.

    A check that was not run is unknown, and unknown is never passed. Kinship that is claimed but
    not shown is never enough. Nobody asking for the child is *not yet*.
    """
    results = tuple(check(request, known) for check in CHECKS)
    outcome = outcome_of(results) if request.collector is not None else "not_yet"
    return Decision(outcome=outcome, checks=results)


def outcome_of(results: Iterable[CheckResult]) -> Outcome:
    """Give the answer that results of checks allow; advice and the five never-conditions do not count.

    Refer: one failed that cannot be put right at this desk. Not yet: one is open or failed.
    """
    required = [one for one in results if one.required_by != "advice" and one.check not in NEVER_CONDITIONS]
    if any(one.state == "failed" and not one.mendable for one in required):
        return "refer"
    return "ready_for_two_people" if all(one.state == "passed" for one in required) else "not_yet"
