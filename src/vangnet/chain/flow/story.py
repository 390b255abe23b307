"""What happened to a child around one encounter: since when it was held, the gate, the way out, the referrals.

Only for whoever was given the content of the encounter; the caller writes the ledger entry.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q

from vangnet.chain.encounters.selectors import Opened
from vangnet.chain.handovers.digests import place_of
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Request
from vangnet.chain.handovers.selectors import departures
from vangnet.chain.referrals.kinds import KINDS
from vangnet.chain.referrals.models import Referral
from vangnet.knowledge.handover import OUTCOMES, EndState, after_leaving, still_standing
from vangnet.knowledge.terms import Custody, Encounter, Words
from vangnet.trust.access.policy import Actor
from vangnet.trust.access.selectors import names_of, organisations_by_id

What = Literal["held", "ordered", "heard", "asked", "decided", "handed_over", "incident", "sent", "answered"]
HEARD = "G-02"


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
    handed = Handover.objects.select_related("first_decider", "second_decider").filter(pk=departure.id).first()
    return Left(
        end=departure.end,
        at=departure.at,
        by=names_of([departure.by]).get(departure.by, ""),
        words=after_leaving(custody, end=departure.end, left_at=departure.at),
        receiver="" if handed is None else _receiver(opened, handed),
        deciders=() if handed is None else (handed.first_decider.name, handed.second_decider.name),
        standing=still_standing(custody),
        ends_the_hold=custody.ordered_at is None,
    )


def _receiver(opened: Opened, handed: Handover) -> str:
    if handed.receiver_id is not None:
        return organisations_by_id([handed.receiver_id])[handed.receiver_id].name
    said = json.loads(opened.envelope.open(bytes(handed.receipt_sealed), context=place_of(handed)))
    return str(said["name"])


def events(actor: Actor, opened: Opened, also: Iterable[tuple[UUID, Encounter]] = ()) -> tuple[Event, ...]:
    """Give what happened around one encounter and around others of the same child that this actor is told, by time.

    The words of the child and the name of a receiver come from the opened encounter alone.
    """
    known = {opened.summary.id: opened.facts, **dict(also)}
    found = (
        *(event for one, facts in known.items() for event in _held(one, facts.custody)),
        *_heard(opened),
        *_at_the_gate(known, opened),
        *_referrals(known, actor),
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.what)))


def _held(encounter_id: UUID, custody: Custody) -> Iterator[Event]:
    since = custody.arrived_at or custody.arrested_at
    if since is not None and custody.basis in {"suspect", "under_12"}:
        yield Event(what="held", at=since, encounter_id=encounter_id, code=custody.basis)
    if custody.ordered_at is not None:
        yield Event(what="ordered", at=custody.ordered_at, encounter_id=encounter_id)


def _heard(opened: Opened) -> Iterator[Event]:
    rows = Check.objects.filter(request__encounter_id=opened.summary.id, check_id=HEARD).select_related("made_by")
    for row in rows:
        yield Event(
            what="heard",
            at=row.made_at,
            encounter_id=opened.summary.id,
            by=(row.made_by.name,),
            code=row.state,
            voice=opened.envelope.open(bytes(row.evidence_sealed), context=place_of(row)),
        )


def _at_the_gate(encounter_ids: Collection[UUID], opened: Opened) -> Iterator[Event]:
    for row in Request.objects.filter(encounter_id__in=encounter_ids).select_related("asked_by"):
        yield Event(
            what="asked",
            at=row.asked_at,
            encounter_id=row.encounter_id,
            by=(row.asked_by.name,),
            code="" if row.collector_id is None else "collector",
        )
    made = Decision.objects.filter(request__encounter_id__in=encounter_ids)
    for decided in made.select_related("request", "first_decider", "second_decider"):
        yield Event(
            what="decided",
            at=decided.decided_at,
            encounter_id=decided.request.encounter_id,
            by=(decided.first_decider.name, decided.second_decider.name),
            words=OUTCOMES[decided.outcome].words,
        )
    yield from _ends(encounter_ids, opened)


def _ends(encounter_ids: Collection[UUID], opened: Opened) -> Iterator[Event]:
    handed = Handover.objects.filter(decision__request__encounter_id__in=encounter_ids)
    for row in handed.select_related("decision__request", "handed_by"):
        own = row.decision.request.encounter_id == opened.summary.id
        yield Event(
            what="handed_over",
            at=row.handed_at,
            encounter_id=row.decision.request.encounter_id,
            by=(row.handed_by.name,),
            organisation=_receiver(opened, row) if own else "",
            words=OUTCOMES[row.outcome].words,
        )
    for incident in Incident.objects.filter(encounter_id__in=encounter_ids).select_related("recorded_by"):
        yield Event(
            what="incident",
            at=incident.recorded_at,
            encounter_id=incident.encounter_id,
            by=(incident.recorded_by.name,),
            code=incident.outcome,
            words=OUTCOMES[incident.outcome].words,
        )


def _referrals(encounter_ids: Collection[UUID], actor: Actor) -> Iterator[Event]:
    """Give the referrals that the actor's organisation sent or got, and their answers; never what they say."""
    ours = Q(organisation_id=actor.organisation_id) | Q(receiver_id=actor.organisation_id)
    rows = Referral.objects.filter(ours, encounter_id__in=encounter_ids)
    for row in rows.select_related("receiver", "sent_by").prefetch_related("answers__answered_by"):
        yield Event(
            what="sent",
            at=row.sent_at,
            encounter_id=row.encounter_id,
            by=(row.sent_by.name,),
            organisation=row.receiver.name,
            words=KINDS[row.kind].words,
        )
        for answer in row.answers.all():
            yield Event(
                what="answered",
                at=answer.answered_at,
                encounter_id=row.encounter_id,
                by=(answer.answered_by.name,),
                organisation=row.receiver.name,
                code=answer.value,
                words=KINDS[row.kind].words,
            )
