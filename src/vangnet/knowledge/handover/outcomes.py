"""How it ends for the child: a closed list of six, and there is no state "given to a relative"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from vangnet.knowledge.handover.receiving import RECEIVING
from vangnet.knowledge.terms import Words

Wish = Literal["yes", "no", "unknown"]
"""What the child said about the place to which they would go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndState:
    """One way in which it can end.

    A *handover* needs a decision of two people and a receiver. An *incident* has neither: one
    person records it and it is always reviewed. `needs_ready`: the gate must have said that it is
    ready for two people; for the other receivers a decision of two people is enough. `needs_wish`:
    the child must have agreed to the place. `receivers` are the kinds of place of `RECEIVING` of
    which the organisation must have one; without any, whoever asked receives.
    """

    code: str
    kind: Literal["handover", "incident"]
    title: Words
    needs_ready: bool = False
    needs_wish: bool = False
    receivers: frozenset[str] = frozenset()

    def is_open_to(self, wish: Wish) -> bool:
        """Whether it can end so with what the child said about the place: not known is not a yes."""
        return not self.needs_wish or wish == "yes"

    def is_open_at(self, *, regime: str, receives: Collection[str]) -> bool:
        """Whether an organisation of this regime, with these kinds of place, can receive the child so."""
        return any(code in receives and regime in RECEIVING[code].regimes for code in self.receivers)

    @property
    def words(self) -> Words:
        """How it ended; an incident says that it is always reviewed."""
        if self.kind == "handover":
            return self.title
        return Words(f"{self.title.nl} {_REVIEWED.nl}", f"{self.title.en} {_REVIEWED.en}")


_REVIEWED = Words("Dit wordt altijd nagekeken.", "This is always reviewed.")


OUTCOMES: Mapping[str, EndState] = MappingProxyType(
    {
        end.code: end
        for end in (
            EndState(
                code="HANDED_TO_AUTHORITY_HOLDER",
                kind="handover",
                needs_ready=True,
                title=Words(
                    "Overgedragen aan wie het gezag over het kind heeft.",
                    "Handed to the person who has authority over the child.",
                ),
            ),
            EndState(
                code="HANDED_TO_GI_OR_NIDOS",
                kind="handover",
                receivers=frozenset({"guardianship"}),
                title=Words(
                    "Overgedragen aan een gecertificeerde instelling of Nidos.",
                    "Handed to a certified youth-protection body or Nidos.",
                ),
            ),
            EndState(
                code="HANDED_TO_SHELTER_VOLUNTARY",
                kind="handover",
                needs_wish=True,
                receivers=frozenset({"protected_shelter", "voluntary_place"}),
                title=Words(
                    "Overgedragen aan een veilige plek waar het kind zelf mee instemt.",
                    "Handed to a safe place that the child agrees to.",
                ),
            ),
            EndState(
                code="HANDED_TO_RVDK_ARRANGED_PLACE",
                kind="handover",
                receivers=frozenset({"crisis_foster_care", "protected_shelter"}),
                title=Words(
                    "Overgedragen aan een plek die de Raad voor de Kinderbescherming regelde.",
                    "Handed to a place arranged by the Child Care and Protection Board.",
                ),
            ),
            EndState(
                code="CHILD_LEFT_AT_LEGAL_LIMIT",
                kind="incident",
                title=Words(
                    "Het kind vertrok omdat de wettelijke tijd om was.",
                    "The child left because the legal time had ended.",
                ),
            ),
            EndState(
                code="CHILD_WENT_MISSING",
                kind="incident",
                title=Words(
                    "Het kind is vermist.",
                    "The child is missing.",
                ),
            ),
        )
    }
)
