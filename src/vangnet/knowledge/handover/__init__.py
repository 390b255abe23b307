"""The hand-over gate: is this ready for two people to decide? It never decides itself."""

from vangnet.knowledge.handover.afterwards import after_leaving, grounds_of, still_standing, still_to_ask
from vangnet.knowledge.handover.checks import CHECKS, standing
from vangnet.knowledge.handover.decision import decide, outcome_of
from vangnet.knowledge.handover.found import found_in
from vangnet.knowledge.handover.outcomes import OUTCOMES, EndState, Wish
from vangnet.knowledge.handover.presence import Presence, basis_of_presence
from vangnet.knowledge.handover.receiving import RECEIVING, Receiving
from vangnet.knowledge.handover.shapes import (
    ABOUT_THE_ADULT,
    NEVER_CONDITIONS,
    Check,
    CheckResult,
    Decision,
    Finding,
    HandoverRequest,
    Known,
    Outcome,
    Standing,
    State,
)

__all__ = [
    "ABOUT_THE_ADULT",
    "CHECKS",
    "NEVER_CONDITIONS",
    "OUTCOMES",
    "RECEIVING",
    "Check",
    "CheckResult",
    "Decision",
    "EndState",
    "Finding",
    "HandoverRequest",
    "Known",
    "Outcome",
    "Presence",
    "Receiving",
    "Standing",
    "State",
    "Wish",
    "after_leaving",
    "basis_of_presence",
    "decide",
    "found_in",
    "grounds_of",
    "outcome_of",
    "standing",
    "still_standing",
    "still_to_ask",
]
