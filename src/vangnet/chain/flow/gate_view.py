"""What the gate shows: frozen values, the basis of presence first. Nothing here decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vangnet.chain.duties.selectors import DutyLine
from vangnet.chain.handovers.recorded import Departure
from vangnet.knowledge.assessment import Assessment
from vangnet.knowledge.clocks import HoldClock
from vangnet.knowledge.handover import OUTCOMES, CheckResult, EndState, Outcome, Wish
from vangnet.knowledge.terms import ChildView, Collector, Encounter, Words
from vangnet.trust.access.selectors import OrganisationCard, ReceiverCard

ACCOUNT = "account"
"""Stands among what changed where the account of the encounter was corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody recorded about one check: never that it passed. `evidence` are their own words.

    `elsewhere`: it was recorded at another request about the same child.
    """

    check: str
    number: int
    state: str
    source: str
    evidence: str
    by: str
    at: datetime
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCheck:
    """One row of the table with what was recorded about it, the last answer first."""

    title: Words
    result: CheckResult
    found: tuple[Found, ...] = ()

    @property
    def last(self) -> Found | None:
        """What was recorded last; the earlier answers stay beside it."""
        return self.found[0] if self.found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What one person proposed; `receiver` receives the child, None is whoever asked.

    `changed` are the checks that were recorded after it, and `ACCOUNT`: then it no longer holds.
    """

    proposal_id: UUID
    end: EndState
    reason: str
    by: str
    by_id: UUID
    at: datetime
    changed: tuple[str, ...] = ()
    receiver: ReceiverCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Who stopped a decision that was not carried out, when, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What two people decided, each with a reason; `receiver` receives the child, None is whoever asked.

    It holds while nothing changed and nobody withdrew it.
    """

    decision_id: UUID
    end: EndState
    reason: str
    second_reason: str
    first: str
    second: str
    deciders: tuple[UUID, UUID]
    at: datetime
    changed: tuple[str, ...] = ()
    stopped: Stopped | None = None
    receiver: ReceiverCard | None = None

    @property
    def holds(self) -> bool:
        """Whether a hand-over can still rest on it."""
        return not self.stopped and not self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """With whom the child went, on whose decision; `organisation` where the receiver's takes part in Vangnet."""

    handover_id: UUID
    end: EndState
    receiver: str
    receipt: str
    by: str
    at: datetime
    organisation: OrganisationCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What another person found about an incident, in which role."""

    words: str
    role: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """The child left at the limit or went missing. It is always reviewed: `review` is None until it is."""

    incident_id: UUID
    end: EndState
    words: str
    by: str
    by_id: UUID
    at: datetime
    review: Reviewed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """How this child left an earlier encounter of the same organisation, whoever came; no other child is read."""

    at: datetime
    end: EndState


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """When the account of the encounter was last changed, and by whom."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Another request about the same child: who asked for them, who wrote that down, how it ended.

    `end` is what was decided or done, None where nothing was; `is_open`: decided and not carried out.
    """

    request_id: UUID
    collector: Collector | None
    by: str
    at: datetime
    end: EndState | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GateView:
    """Everything that one page of the gate needs. `may` are the acts that the reader is allowed here.

    `request_id` is None where nobody opened the gate yet. `facts` is the encounter with what was
    found at the gate laid over it. `ended` is how the child left, where that came after this request:
    then nobody is held here and nothing is decided any more. `declined` is why a second person said no
    to the newest proposal. `look_again`: a join that this reader acted on fell apart. `joined` are the
    other encounters that were read for the assessment. `account` is the last change of the account of
    the encounter; `wish` what the child last said about the place; `others` the other requests. `duties` are read only after a hand-over.
    """

    basis_of_presence: Words
    hold: HoldClock | None
    at: datetime
    encounter_id: UUID
    is_own: bool
    may: Mapping[str, bool]
    facts: Encounter
    assessment: Assessment
    checks: tuple[GateCheck, ...]
    contacts: tuple[OrganisationCard, ...] = ()
    receivers: tuple[ReceiverCard, ...] = ()
    request_id: UUID | None = None
    asked_at: datetime | None = None
    collector: Collector | None = None
    proposal: Proposed | None = None
    decision: Decided | None = None
    done: Done | None = None
    incidents: tuple[Happened, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    ended: Departure | None = None
    declined: Found | None = None
    look_again: bool = False
    joined: tuple[UUID, ...] = ()
    account: Told | None = None
    wish: Wish = "unknown"
    others: tuple[Asked, ...] = ()
    duties: tuple[DutyLine, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What the checks allow people to decide."""
        return self.assessment.handover.outcome

    @property
    def child_view(self) -> ChildView:
        """What the child says and wants, as heard last."""
        return self.facts.child_view

    def check(self, id_: str) -> GateCheck:
        """Give one check; raises KeyError for one that is not in the table."""
        return {one.result.check: one for one in self.checks}[id_]

    @property
    def outcomes(self) -> tuple[EndState, ...]:
        """The ends that can be proposed now: one only when the gate is ready for it, one only when the child agreed."""
        ready = self.outcome == "ready_for_two_people"
        fit = (end for end in OUTCOMES.values() if end.kind == "handover" and end.is_open_to(self.wish))
        return tuple(end for end in fit if ready or not end.needs_ready)
