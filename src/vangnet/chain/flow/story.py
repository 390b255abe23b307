"""What happened to a child around one encounter: since when it was held, the gate, the way out, the referrals.

Only for whoever was given the content of the encounter; the caller writes the ledger entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from vangnet.chain.encounters.selectors import Opened
from vangnet.chain.handovers.happenings import happened, went_with
from vangnet.chain.handovers.recorded import Happened
from vangnet.chain.handovers.selectors import departures
from vangnet.chain.referrals.selectors import Passed, passed
from vangnet.knowledge.handover import OUTCOMES, EndState, after_leaving, still_standing
from vangnet.knowledge.terms import Custody, Encounter, Words
from vangnet.trust.access.policy import Actor
from vangnet.trust.access.selectors import names_of

What = Literal["held", "ordered", "heard", "asked", "decided", "handed_over", "incident", "sent", "answered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """When and how the child left, with whom, on whose decision, and what the law keeps standing."""

    end: EndState
    at: datetime
    by: str
    words: Words
    receiver: str = ""
    deciders: tuple[str, ...] = ()
    standing: Words | None = None
    ends_the_hold: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, who says so and when. `code` is a state or answer of a closed list."""

    what: What
    at: datetime
    encounter_id: UUID
    by: tuple[str, ...] = ()
    organisation: str = ""
    code: str = ""
    words: Words | None = None
    voice: str = ""


def left(opened: Opened) -> Left | None:
    """Say when and how the child left the place of its encounter; None while nothing of the kind is recorded."""
    departure = departures([opened.summary.id]).get(opened.summary.id)
    if departure is None:
        return None
    custody = opened.facts.custody
    receiver, deciders = went_with(departure.id, opened.envelope)
    return Left(
        end=departure.end,
        at=departure.at,
        by=names_of([departure.by]).get(departure.by, ""),
        words=after_leaving(custody, end=departure.end, left_at=departure.at),
        receiver=receiver,
        deciders=deciders,
        standing=still_standing(custody),
        ends_the_hold=custody.ordered_at is None,
    )


def events(actor: Actor, opened: Opened, also: Iterable[tuple[UUID, Encounter]] = ()) -> tuple[Event, ...]:
    """Give what happened around one encounter and around others of the same child that this actor is told, by time.

    The words of the child and the name of a receiver come from the opened encounter alone.
    """
    known = {opened.summary.id: opened.facts, **dict(also)}
    found = (
        *(event for one, facts in known.items() for event in _held(one, facts.custody)),
        *(_at_the_gate(one) for one in happened(known, opened={opened.summary.id: opened.envelope})),
        *(_referral(one) for one in passed(known, actor=actor)),
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.what)))


def _held(encounter_id: UUID, custody: Custody) -> Iterator[Event]:
    since = custody.arrived_at or custody.arrested_at
    if since is not None and custody.basis in {"suspect", "under_12"}:
        yield Event(what="held", at=since, encounter_id=encounter_id, code=custody.basis)
    if custody.ordered_at is not None:
        yield Event(what="ordered", at=custody.ordered_at, encounter_id=encounter_id)


def _at_the_gate(one: Happened) -> Event:
    codes = {"asked": "collector" if one.is_for_somebody else "", "heard": one.outcome, "incident": one.outcome}
    return Event(
        what=one.what,
        at=one.at,
        encounter_id=one.encounter_id,
        by=one.names,
        organisation=one.receiver,
        code=codes.get(one.what, ""),
        words=OUTCOMES[one.outcome].words if one.outcome in OUTCOMES else None,
        voice=one.voice,
    )


def _referral(one: Passed) -> Event:
    """Say a question or an answer that the actor's organisation sent or got; never what it says."""
    return Event(
        what="answered" if one.value else "sent",
        at=one.at,
        encounter_id=one.encounter_id,
        by=(one.by,),
        organisation=one.receiver,
        code=one.value,
        words=one.kind.words,
    )
