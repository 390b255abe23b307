"""The one assessment of a stored encounter: advice, correction, gate and referral all say what this says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from vangnet.chain.duties.selectors import ChannelState, international_state
from vangnet.chain.encounters.selectors import Opened, Summary, answer_at_home
from vangnet.chain.flow.supporting import earlier_facts
from vangnet.knowledge.assessment import Assessment, assess
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.indicators import supported_by
from vangnet.knowledge.terms import Encounter, Purpose

Overlay = Callable[[Encounter], Encounter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What follows from a stored encounter, from which facts, and which others were read for it.

    `facts` carry the international check as it stands now, and what was found at the gate.
    """

    facts: Encounter
    channels: tuple[ChannelState, ...]
    joined: tuple[UUID, ...]
    assessment: Assessment
    is_history: bool

    @property
    def screened(self) -> Assessment | None:
        """The assessment; None for history, which is never screened."""
        return None if self.is_history else self.assessment


def assessed(opened: Opened, *, purpose: Purpose, at: datetime, overlay: Overlay | None = None) -> Assessed:
    """Say what follows from a stored encounter now; the same whoever of those who may read it asks.

    Signs of recurrence rest on the encounters that *same* verdicts joined to it, as far as the
    organisation that recorded it is told them: two people of two organisations decide on one answer.
    Must run in a transaction that lists `joined` in the ledger.
    """

    def told(other: Summary) -> Answer:
        is_theirs = other.organisation_id == opened.summary.organisation_id
        return answer_at_home(purpose, other, at) if is_theirs else Answer.NOTHING

    joined = earlier_facts(opened.summary.id, told=told)
    supported = supported_by(opened.facts, [facts for _, facts in joined])
    channels = international_state(opened.summary.id, opened.envelope)
    facts = replace(opened.facts, international_check=tuple(one.as_check for one in channels))
    facts = overlay(facts) if overlay else facts
    return Assessed(
        facts=facts,
        channels=channels,
        joined=tuple(one for one, _ in joined),
        assessment=assess(facts, at=at, supported=supported),
        is_history=opened.summary.is_history,
    )


def assessed_at_first(facts: Encounter, *, at: datetime) -> Assessment:
    """Say what follows from an encounter that was recorded just now, without reading it again.

    Nobody judged it yet, and of other countries stands what it says itself: `assessed` says the same.
    """
    return assess(facts, at=at)
