"""What stands recorded at the gate, as frozen values: nothing that can be changed or that reads more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from vangnet.chain.handovers.answers import CheckMade
from vangnet.knowledge.handover import EndState


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMade:
    """Who opened the gate and when; `collector_id` is None where nobody asks for the child."""

    id: UUID
    encounter_id: UUID
    organisation_id: UUID
    collector_id: UUID | None
    asked_by: UUID
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade:
    """What one person proposed and why; `is_stale`: a check of the child or the account changed after it."""

    id: UUID
    outcome: str
    receiver_id: UUID | None
    machine_outcome: str
    reason: str
    proposed_by: UUID
    proposed_by_name: str
    proposed_at: datetime
    checks_as_of: int
    accounts_as_of: int
    is_stale: bool
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMade:
    """Who withdrew a decision that was not carried out, when, and why."""

    by_name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade:
    """What two people decided, each with a reason. It can be carried out where nobody stopped it and it is not used or stale."""

    id: UUID
    proposal_id: UUID
    outcome: str
    receiver_id: UUID | None
    reason: str
    second_reason: str
    first_decider: str
    second_decider: str
    deciders: tuple[UUID, UUID]
    decided_at: datetime
    checks_as_of: int
    accounts_as_of: int
    is_stale: bool
    stopped: StopMade | None
    handed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverMade:
    """With whom the child went, on which decision."""

    id: UUID
    decision_id: UUID
    outcome: str
    receiver: str
    receiver_id: UUID | None
    receipt: str
    handed_by_name: str
    handed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMade:
    """What another person found about an incident, in which role."""

    words: str
    role: str
    reviewed_by_name: str
    reviewed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMade:
    """The child left at the legal limit or went missing. It is reviewed, or `review` is still None."""

    id: UUID
    outcome: str
    words: str
    recorded_by: UUID
    recorded_by_name: str
    recorded_at: datetime
    review: ReviewMade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMade:
    """One account of the encounter: the how-manieth, when, and by whom; not a word of it."""

    number: int
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRequest:
    """Another request about the same child: who asked for them, who wrote that down, and how it ended.

    `outcome` is that of the hand-over or decision, where there is one; `is_handed`, `is_open`: which.
    """

    id: UUID
    collector_id: UUID | None
    by_name: str
    at: datetime
    outcome: str = ""
    is_handed: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Everything recorded at the gate for one request, the newest last.

    `checks` and `evidence` are of every request about the child: each check says for which it was made.
    `left_at` is when the child last left before this request; None where the child was here since.
    """

    request: RequestMade
    checks: tuple[CheckMade, ...]
    evidence: dict[UUID, str]
    left_at: datetime | None
    accounts: tuple[AccountMade, ...]
    others: tuple[OtherRequest, ...]
    proposals: tuple[ProposalMade, ...]
    decisions: tuple[DecisionMade, ...]
    handovers: tuple[HandoverMade, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing of the gate in the story of an encounter, by whom.

    `outcome` is an end of the closed list, or the state of what the child said. `voice` (what the
    child said) and `receiver` stand there only for an encounter that the caller opened.
    """

    id: UUID
    encounter_id: UUID
    organisation_id: UUID
    what: Literal["asked", "heard", "decided", "handed_over", "incident"]
    at: datetime
    people: tuple[UUID, ...]
    names: tuple[str, ...]
    outcome: str = ""
    is_for_somebody: bool = False
    voice: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConfirm:
    """A proposal that holds and waits for a second person, or a decision that waits to be carried out.

    Nothing about the child; `by` proposed it, or decided it as the second person.
    """

    request_id: UUID
    encounter_id: UUID
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """When and how a child left the place of an encounter: the hold there ended with it.

    After a hand-over `receiver_id` is the organisation that received the child, None where it takes
    no part in Vangnet. After an incident nobody received the child, and `at` is when it was recorded.
    """

    id: UUID
    encounter_id: UUID
    end: EndState
    at: datetime
    by: UUID
    receiver_id: UUID | None = None

    @property
    def is_incident(self) -> bool:
        """Whether the child left without a receiver: at the legal limit, or missing."""
        return self.end.kind == "incident"
