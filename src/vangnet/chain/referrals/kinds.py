"""What one organisation can ask of another in this first chain, and when an answer is awaited.

The terms are agreements for the partners to set, not law; where a law gives one its clock is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from vangnet.knowledge.terms import Words

FINAL = ("accepted", "declined")
"""Answers after which nothing is asked any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of referral: what is asked, of which roles, and how long an answer may take.

    `part` is what stands in the code of every organisation that can get it: only a Board answers
    an urgent question to the Board.
    """

    code: str
    words: Words
    receivers: frozenset[str]
    answer_within: timedelta
    ground: Words
    part: str = ""

    def takes(self, *, regime: str, code: str) -> bool:
        """Whether an organisation of this regime and code can get this question."""
        return regime in self.receivers and self.part in f"{code}-"


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            code="board_urgent",
            words=Words("Spoedvraag aan de Raad", "Urgent request to the Board"),
            receivers=frozenset({"youth_care"}),
            part="-RVDK-",
            answer_within=timedelta(hours=2),
            ground=Words("Afspraak, geen wettelijke termijn.", "Agreed between partners, not a term in law."),
        ),
        Kind(
            code="guardianship",
            words=Words("Vraag om een voogd of begeleiding", "Request for a guardian"),
            receivers=frozenset({"youth_care"}),
            answer_within=timedelta(hours=24),
            ground=Words("Afspraak, geen wettelijke termijn.", "Agreed between partners, not a term in law."),
        ),
        Kind(
            code="placement",
            words=Words("Vraag om een veilige plek", "Request for a safe place"),
            receivers=frozenset({"shelter", "youth_care"}),
            answer_within=timedelta(hours=2),
            ground=Words("Afspraak, geen wettelijke termijn.", "Agreed between partners, not a term in law."),
        ),
    )
}
