"""Read encounters: asked for with a purpose and a relation, in the ledger before they are given."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from vangnet.chain.encounters import refusals
from vangnet.chain.encounters.models import Account, Encounter, Observation, Opening
from vangnet.chain.persons.selectors import Met, people_of
from vangnet.knowledge import terms
from vangnet.knowledge.exchange import FREE_USE_DAYS, Answer, Regime
from vangnet.knowledge.exchange import answer as answer_of
from vangnet.knowledge.terms import Child, Collector, Companion, PartialDate, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys import services as keys
from vangnet.trust.keys.services import Envelope
from vangnet.trust.ledger import services as ledger

ACCOUNT = "encounters.account"
ACCOUNT_REASON = "encounters.account.reason"
WORDS = "encounters.observation"
WITHDRAWAL = "encounters.observation.withdrawn"
OPENING = "encounters.opening"
MOST = 100
State = Literal["observed", "not_observed", "unknown"]
_ACROSS = {Relation.OPEN_TASK, Relation.DECISION_TO_MAKE, Relation.RECEIVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One observation with the id under which it can be withdrawn."""

    observation_id: UUID
    observation: terms.Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One encounter as a line of work: where and when, never who."""

    id: UUID
    encounter_id: str
    organisation_id: UUID
    organisation: str
    regime: str
    country: str
    municipality: str
    kind: str
    met_on: str
    met_at: datetime | None
    recorded_at: datetime
    recorded_by: UUID
    is_history: bool
    is_opened: bool

    def days_old(self, at: datetime) -> int:
        """Give the days since the first day on which the child can have been met."""
        return max(0, (at.date() - PartialDate.parse(self.met_on).earliest).days)

    def days_held(self, at: datetime) -> int:
        """Give the days since these data were first processed; what was imported counts from the meeting."""
        return self.days_old(at) if self.is_history else max(0, (at - self.recorded_at).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One encounter in the open: its facts, and the ids behind people and observations."""

    summary: Summary
    facts: terms.Encounter
    people: tuple[Met, ...]
    observations: tuple[Seen, ...]
    envelope: Envelope = field(repr=False)


def relation_to(actor: Actor, encounter_id: UUID) -> Relation:
    """Say whether an encounter is of the actor's own organisation; later steps know more relations."""
    own = Encounter.objects.filter(id=encounter_id, organisation_id=actor.organisation_id).exists()
    return Relation.OWN_ENCOUNTER if own else Relation.NONE


def encounter_of(observation_id: UUID) -> UUID | None:
    """Say of which encounter an observation is. Ids only, no words."""
    return Observation.objects.filter(id=observation_id).values_list("encounter_id", flat=True).first()


def facts_of(
    *, actor: Actor, purpose: Purpose, relation: Relation, encounter_id: UUID, at: datetime
) -> terms.Encounter | Reason:
    """Give everything that stands of one encounter; in the ledger before it returns.

    Withdrawn observations and claims are left out. One ledger entry: where a page reads more,
    `flow` does, and writes one for all of it.
    """
    with transaction.atomic():
        found = opened(actor=actor, purpose=purpose, relation=relation, encounter_id=encounter_id, at=at)
        if isinstance(found, Reason):
            return found
        ledger.record(
            actor=actor,
            act="read_encounter",
            purpose=purpose,
            subjects=[encounter_id],
            also_in=_also_in(actor, found.summary),
            at=at,
        )
    return found.facts


def _also_in(actor: Actor, summary: Summary) -> tuple[UUID, ...]:
    return () if summary.organisation_id == actor.organisation_id else (summary.organisation_id,)


def opened(
    *, actor: Actor, purpose: Purpose, relation: Relation, encounter_id: UUID, at: datetime
) -> Opened | Reason:
    """Open one encounter where the actor may; whoever calls this writes the ledger entry itself.

    Only for `flow`, in the transaction of that entry.
    """
    row = _rows().filter(id=encounter_id).first()
    if row is None:
        return refusals.NOT_FOUND
    summary = _summary(row, is_opened=Opening.objects.filter(encounter=row).exists())
    refused = _refused(actor, purpose, relation, summary, at)
    if refused is not None:
        return refused
    try:
        return _open(row, summary)
    except keys.KeyDestroyedError:
        return refusals.DESTROYED


def opened_as_own(encounter_id: UUID) -> Opened:
    """Open an encounter whose content the caller has found that the actor is told; raises where it is destroyed.

    Only for `flow`, in the transaction of the ledger entry that lists it.
    """
    row = _rows().get(id=encounter_id)
    return _open(row, _summary(row, is_opened=Opening.objects.filter(encounter=row).exists()))


def _rows() -> QuerySet[Encounter]:
    return Encounter.objects.select_related("organisation")


def _refused(actor: Actor, purpose: Purpose, relation: Relation, summary: Summary, at: datetime) -> Reason | None:
    """Say why this encounter is not read; that it exists is told only to who may know."""
    allowed = permit(actor, "read_encounter", purpose, relation)
    if allowed.reason is not None:
        return allowed.reason
    own = summary.organisation_id == actor.organisation_id
    if not own and relation not in _ACROSS:
        return refusals.NOT_FOUND
    return refusals.OVER_A_YEAR if own and not _is_free(actor, purpose, relation, summary, at) else None


def _is_free(actor: Actor, purpose: Purpose, relation: Relation, summary: Summary, at: datetime) -> bool:
    """Whether one's own encounter may still be read, or somebody has a task or decision that needs it."""
    told = answer_of(
        same_controller=True,
        asker=Regime(actor.regime),
        holder=Regime(summary.regime),
        days_old=summary.days_held(at),
        purpose=purpose,
        opened=summary.is_opened,
    )
    return relation in _ACROSS or told is not Answer.HIT


def _open(row: Encounter, summary: Summary) -> Opened:
    envelope = keys.envelope(row.envelope_id)
    account = Account.objects.filter(encounter=row).order_by("-number")[0]
    told = terms.read_encounter(json.loads(envelope.open(bytes(account.facts_sealed), context=ACCOUNT)))
    assert isinstance(told, terms.Encounter)  # noqa: S101 - it was read once before it was sealed
    people = people_of(envelope)
    standing = Observation.objects.filter(encounter=row, withdrawn_at__isnull=True).order_by("position")
    seen = seen_in(standing, envelope)
    return Opened(
        summary=summary, facts=_whole(told, people, seen), people=people, observations=seen, envelope=envelope
    )


def _whole(told: terms.Encounter, people: Iterable[Met], seen: Iterable[Seen]) -> terms.Encounter:
    everybody = [one.person for one in people]
    return replace(
        told,
        child=next((one for one in everybody if isinstance(one, Child)), Child()),
        companions=tuple(one for one in everybody if isinstance(one, Companion)),
        collectors=tuple(one for one in everybody if isinstance(one, Collector)),
        observations=tuple(one.observation for one in seen),
    )


def seen_in(rows: Iterable[Observation], envelope: Envelope) -> tuple[Seen, ...]:
    """Open observations."""
    return tuple(Seen(observation_id=row.id, observation=_observation(row, envelope)) for row in rows)


def _observation(row: Observation, envelope: Envelope) -> terms.Observation:
    return terms.Observation(
        indicator=row.indicator,
        state=cast("State", row.state),
        observer=row.observer,
        at=terms.parse_moment(row.at_text) if row.at_text else None,
        words=envelope.open(bytes(row.words_sealed), context=WORDS),
    )


def summaries(encounter_ids: Iterable[UUID]) -> dict[UUID, Summary]:
    """Give where and when these encounters were, in two queries; for selectors of later steps."""
    rows = list(_rows().filter(id__in=set(encounter_ids)))
    opened_ids = set(Opening.objects.filter(encounter__in=rows).values_list("encounter_id", flat=True))
    return {row.id: _summary(row, is_opened=row.id in opened_ids) for row in rows}


def _summary(row: Encounter, *, is_opened: bool) -> Summary:
    return Summary(
        id=row.id,
        encounter_id=row.encounter_id,
        organisation_id=row.organisation_id,
        organisation=row.organisation.code,
        regime=row.organisation.regime,
        country=row.country,
        municipality=row.municipality,
        kind=row.kind,
        met_on=row.met_on,
        met_at=row.met_at,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by_id,
        is_history=row.is_history,
        is_opened=is_opened,
    )


def encounters_visible_to(
    *, actor: Actor, purpose: Purpose, at: datetime, limit: int = 50
) -> tuple[Summary, ...] | Reason:
    """List the encounters that the actor's organisation recorded, the newest first; at most 100.

    History and what is older than the police may read freely are left out. In the ledger first.
    """
    allowed = permit(actor, "read_encounter", purpose, Relation.OWN_ENCOUNTER)
    if allowed.reason is not None:
        return allowed.reason
    rows = _rows().filter(organisation_id=actor.organisation_id, is_history=False)
    if actor.regime == Regime.POLICE:
        rows = rows.filter(recorded_at__gte=at - timedelta(days=FREE_USE_DAYS))
    with transaction.atomic():
        found = tuple(
            _summary(row, is_opened=False) for row in rows.order_by("-recorded_at", "id")[: min(limit, MOST)]
        )
        ledger.record(
            actor=actor,
            act="list_encounters",
            purpose=purpose,
            subjects=[one.id for one in found],
            at=at,
        )
    return found
