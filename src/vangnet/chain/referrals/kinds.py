"""What one organisation can ask of another in this first chain, and when an answer is awaited.

The terms are agreements for the partners to set, not law; where a law gives one its clock is named.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from vangnet.knowledge.terms import Words

FINAL = ("accepted", "declined")
"""Answers after which nothing is asked any more."""


Event = Literal["handed_over", "received"]
"""What is recorded at the gate: the child went with a receiver; that receiver is the organisation itself."""


@dataclass(frozen=True, slots=True)
class Next:
    """One thing that is asked after a yes. `until` is the recorded event by which it is done; empty: there is none."""

    words: Words
    until: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of referral: what is asked, of which roles, and how long an answer may take.

    `then` is what is asked of whoever took it over, for as long as nobody closes the matter; agreed
    between partners too. `takes_over`: a yes takes the care for the child over; else it takes a question on,
    and who asked stays responsible for the child. `keeps_back` never goes along: what a child said for their protection goes to a
    prosecutor by a decision about it, not by this. `ends_with_a_receiver`: nothing is asked any more once the
    child went with a receiver. `part` is what stands in the code of every organisation that can get it: only a Board answers
    an urgent question to the Board.
    """

    code: str
    words: Words
    receivers: frozenset[str]
    answer_within: timedelta
    ground: Words
    then: tuple[Next, ...]
    part: str = ""
    takes_over: bool = True
    ends_with_a_receiver: bool = False
    keeps_back: frozenset[str] = frozenset()

    def asked_after(self, events: Collection[Event]) -> tuple[Words, ...]:
        """Say what is still asked of whoever said yes, after these events; nothing that is recorded as done."""
        return tuple(one.words for one in self.then if one.until not in events)

    def takes(self, *, regime: str, code: str) -> bool:
        """Whether an organisation of this regime and code can get this question."""
        return regime in self.receivers and self.part in f"{code}-"


_AGREED = Words("Afspraak, geen wettelijke termijn.", "Agreed between partners, not a term in law.")

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            code="board_urgent",
            words=Words("Spoedvraag aan de Raad", "Urgent request to the Board"),
            receivers=frozenset({"youth_care"}),
            part="-RVDK-",
            answer_within=timedelta(hours=2),
            ground=_AGREED,
            then=(
                Next(Words("Zeg waar het kind nu blijft", "Say where the child stays now"), "handed_over"),
                Next(Words("Zoek uit wie het gezag heeft", "Find out who has authority")),
                Next(
                    Words(
                        "Bekijk of een kinderbeschermingsmaatregel nodig is",
                        "Look whether a child-protection measure is needed",
                    )
                ),
            ),
        ),
        Kind(
            code="guardianship",
            words=Words("Vraag om een voogd of begeleiding", "Request for a guardian"),
            receivers=frozenset({"youth_care"}),
            answer_within=timedelta(hours=24),
            ground=_AGREED,
            then=(
                Next(Words("Bel of bezoek het kind", "Call or visit the child")),
                Next(Words("Zeg wie namens het kind spreekt", "Say who speaks for the child")),
            ),
        ),
        Kind(
            code="placement",
            words=Words("Vraag om een veilige plek", "Request for a safe place"),
            receivers=frozenset({"shelter", "youth_care"}),
            ends_with_a_receiver=True,
            answer_within=timedelta(hours=2),
            ground=_AGREED,
            then=(
                Next(
                    Words("Ontvang het kind en teken de ontvangst", "Receive the child and sign the receipt"),
                    "received",
                ),
                Next(Words("Is het kind weg? Bel meteen de politie", "Is the child gone? Call the police at once")),
            ),
        ),
        Kind(
            code="non_punishment",
            words=Words("Vraag aan de officier: niet straffen?", "Question to the prosecutor: no punishment?"),
            receivers=frozenset({"prosecution"}),
            takes_over=False,
            keeps_back=frozenset({"child_view"}),
            answer_within=timedelta(hours=24),
            ground=_AGREED,
            then=(
                Next(Words("Beslis of het kind niet gestraft wordt", "Decide whether the child is not punished")),
                Next(
                    Words(
                        "Vertel het besluit aan de advocaat van het kind",
                        "Tell the child's lawyer what was decided",
                    )
                ),
            ),
        ),
        Kind(
            code="care_coordination",
            words=Words("Vraag om zorgcoördinatie", "Request for care coordination"),
            receivers=frozenset({"coordination"}),
            answer_within=timedelta(hours=24),
            ground=_AGREED,
            then=(
                Next(Words("Zeg wie welke hulp geeft", "Say who gives which help")),
                Next(
                    Words(
                        "Bespreek met het kind of het bij CoMensha wordt aangemeld",
                        "Discuss with the child whether they are registered with CoMensha",
                    )
                ),
            ),
        ),
    )
}
