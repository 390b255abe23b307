"""Read encounters: asked for with a purpose and a relation, in the ledger before they are given."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from vangnet.chain.encounters import refusals
from vangnet.chain.encounters.models import Account, Encounter, Observation, Opening, ShortNumber
from vangnet.chain.persons.selectors import Met, people_of
from vangnet.knowledge import terms
from vangnet.knowledge.exchange import Answer, Regime, free_days
from vangnet.knowledge.exchange import answer as answer_of
from vangnet.knowledge.terms import NOT_FOUND, Child, Collector, Companion, PartialDate, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, is_only_officer, permit
from vangnet.trust.keys import services as keys
from vangnet.trust.keys.services import Envelope, Place
from vangnet.trust.ledger import services as ledger

ACCOUNT = "encounters.account"
ACCOUNT_REASON = "encounters.account.reason"
WORDS = "encounters.observation"
WITHDRAWAL = "encounters.observation.withdrawn"
OPENING = "encounters.opening"
MOST = 100
_SHORT = re.compile(r"[0-9a-f]{8}")
State = Literal["observed", "not_observed", "unknown"]
_ACROSS = {Relation.OPEN_TASK, Relation.DECISION_TO_MAKE, Relation.RECEIVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One observation with the id of its row."""

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

    def days_held(self, at: datetime) -> int:
        """Give the days since these data were first processed, which is what the law counts (Wpg 8(1)).

        What is recorded here is first processed then, however long ago the child was met. History was
        processed elsewhere before: it counts from the first day on which the child can have been met,
        the strictest there can be.
        """
        met_on = PartialDate.parse(self.met_on).earliest
        return max(0, (at.date() - met_on).days if self.is_history else (at - self.recorded_at).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One encounter in the open: its facts, and the ids behind people and observations."""

    summary: Summary
    facts: terms.Encounter
    people: tuple[Met, ...]
    observations: tuple[Seen, ...]
    envelope: Envelope = field(repr=False)


def is_own(actor: Actor, encounter_id: UUID) -> bool:
    """Whether an encounter is of the actor's own organisation. How else they stand to it, later steps know."""
    return Encounter.objects.filter(id=encounter_id, organisation_id=actor.organisation_id).exists()


def opened(
    *, actor: Actor, purpose: Purpose, relation: Relation, encounter_id: UUID, at: datetime
) -> Opened | Reason:
    """Open one encounter where the actor may; whoever calls this writes the ledger entry itself.

    Only for `flow`, in the transaction of that entry.
    """
    row = _rows().filter(id=encounter_id).first()
    if row is None:
        return NOT_FOUND
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
    refused = permit(actor, "read_encounter", purpose, relation).reason
    if refused is not None:
        return refused
    if summary.organisation_id != actor.organisation_id and relation not in _ACROSS:
        return NOT_FOUND
    return _closed(actor, purpose, relation, summary, at)


def closed(
    *, actor: Actor, purpose: Purpose, relation: Relation, encounter_id: UUID, at: datetime
) -> Reason | None:
    """Say why an encounter is closed to this actor by its age; None where it is open, or where there is none.

    The one rule behind reading an encounter, reading what was sent of it, and adding to it: who may not
    read what stands there adds nothing to it either. A task, a decision or a referral that needs it
    keeps it open.
    """
    summary = summaries([encounter_id]).get(encounter_id)
    return None if summary is None else _closed(actor, purpose, relation, summary, at)


def _closed(actor: Actor, purpose: Purpose, relation: Relation, summary: Summary, at: datetime) -> Reason | None:
    is_own = summary.organisation_id == actor.organisation_id and relation not in _ACROSS
    is_hit = is_own and answer_about(actor, purpose, summary, at) is Answer.HIT
    return refusals.OVER_A_YEAR if is_hit else None


def answer_about(actor: Actor, purpose: Purpose, summary: Summary, at: datetime) -> Answer:
    """Say how much of an encounter this actor is told: the one rule behind reading, judging and every list."""
    return _told(actor.organisation_id, Regime(actor.regime), purpose, summary, at)


def answer_at_home(purpose: Purpose, summary: Summary, at: datetime) -> Answer:
    """Say how much of an encounter the organisation that recorded it is told itself."""
    return _told(summary.organisation_id, Regime(summary.regime), purpose, summary, at)


def _told(organisation_id: UUID, asker: Regime, purpose: Purpose, summary: Summary, at: datetime) -> Answer:
    return answer_of(
        same_controller=summary.organisation_id == organisation_id,
        asker=asker,
        holder=Regime(summary.regime),
        days_held=summary.days_held(at),
        purpose=purpose,
        opened=summary.is_opened,
    )


def _open(row: Encounter, summary: Summary) -> Opened:
    envelope = keys.envelope(row.envelope_id)
    account = Account.objects.filter(encounter=row).order_by("-number")[0]
    told = stated_in(account, envelope)
    people = people_of(envelope)
    standing = Observation.objects.filter(encounter=row, withdrawn_at__isnull=True).order_by("position")
    seen = seen_in(standing, envelope)
    return Opened(
        summary=summary, facts=_whole(told, people, seen), people=people, observations=seen, envelope=envelope
    )


def stated_in(account: Account, envelope: Envelope) -> terms.Encounter:
    """Open one account: everything that it says but who was met and what was seen."""
    told = terms.read_encounter(
        json.loads(envelope.open(bytes(account.facts_sealed), context=Place(ACCOUNT, account.id)))
    )
    assert isinstance(told, terms.Encounter)  # noqa: S101 - it was read once before it was sealed
    return told


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
        words=envelope.open(bytes(row.words_sealed), context=Place(WORDS, row.id)),
    )


def summaries(encounter_ids: Iterable[UUID]) -> dict[UUID, Summary]:
    """Give where and when these encounters were, in two queries; for selectors of later steps."""
    rows = list(_rows().filter(id__in=set(encounter_ids)))
    opened_ids = set(Opening.objects.filter(encounter__in=rows).values_list("encounter_id", flat=True))
    return {row.id: _summary(row, is_opened=row.id in opened_ids) for row in rows}


def recent_for(*, actor: Actor, since: datetime, limit: int) -> tuple[Summary, ...]:
    """Give the newest encounters of an organisation, an officer's own alone, where and when; no history.

    For `flow`, which asked for the right.
    """
    rows = _rows().filter(organisation_id=actor.organisation_id, is_history=False, recorded_at__gte=since)
    if is_only_officer(actor):
        rows = rows.filter(recorded_by_id=actor.person_id)
    return tuple(_summary(row, is_opened=False) for row in rows.order_by("-recorded_at", "id")[:limit])


def unjudged_for(*, actor: Actor, indicators: Collection[str], since: datetime, limit: int) -> tuple[Summary, ...]:
    """Give the newest own encounters at which one of these was seen and nobody but who recorded it looked since.

    For `flow`, which asked for the right.
    """
    seen = Observation.objects.filter(
        encounter=OuterRef("pk"), indicator__in=indicators, state="observed", withdrawn_at__isnull=True
    )
    others = Account.objects.filter(encounter=OuterRef("pk")).exclude(recorded_by_id=OuterRef("recorded_by_id"))
    rows = _rows().filter(
        Exists(seen),
        ~Exists(others),
        organisation_id=actor.organisation_id,
        is_history=False,
        recorded_at__gte=since,
    )
    rows = rows.exclude(recorded_by_id=actor.person_id)
    return tuple(_summary(row, is_opened=False) for row in rows.order_by("-recorded_at", "id")[:limit])


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


def own_numbered(actor: Actor, number: str) -> UUID | None:
    """Find an encounter of one's own organisation by its number. Ids only, no words.

    The number that its source gave, or the short one by which people name it: the last eight signs of
    its id, with or without a dash. A short one that two encounters share finds neither.
    """
    own = Encounter.objects.filter(organisation_id=actor.organisation_id)
    by_source = own.filter(encounter_id=number).values_list("id", flat=True).first()
    short = number.replace("-", "").lower()
    if by_source is not None or not _SHORT.fullmatch(short):
        return by_source
    ending = own.annotate(short_number=ShortNumber("id")).filter(short_number=short)
    found = list(ending.values_list("id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def ids_kept_by(organisation_id: UUID, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Give which of these ids are encounters of one organisation; nothing of them is read."""
    rows = Encounter.objects.filter(organisation_id=organisation_id, id__in=set(ids)).order_by()
    return frozenset(rows.values_list("id", flat=True))


def encounters_visible_to(
    *, actor: Actor, purpose: Purpose, at: datetime, limit: int = 50
) -> tuple[Summary, ...] | Reason:
    """List the encounters that the actor's organisation recorded, the newest first; at most 100.

    History and what is older than the police may read freely are left out. In the ledger first.
    """
    refused = permit(actor, "read_encounter", purpose, Relation.OWN_ENCOUNTER).reason
    if refused is not None:
        return refused
    rows = _rows().filter(organisation_id=actor.organisation_id, is_history=False)
    free = free_days(Regime(actor.regime))
    if free is not None:
        rows = rows.filter(recorded_at__gt=at - timedelta(days=free + 1))  # the whole of the last day is free
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
