"""Record an encounter, correct it, open an older one. A correction is a new account, never an erasure.

Nothing here writes the ledger: `flow` does, once for everything that happens in the transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from vangnet.chain.encounters import refusals
from vangnet.chain.encounters.digests import digest_of_new
from vangnet.chain.encounters.models import Account, Encounter, Observation, Opening
from vangnet.chain.encounters.numbers import digest_of, numbered
from vangnet.chain.encounters.selectors import (
    ACCOUNT,
    ACCOUNT_REASON,
    OPENING,
    WITHDRAWAL,
    WORDS,
    seen_in,
    stated_in,
)
from vangnet.chain.persons import services as persons
from vangnet.chain.persons.facts import Person
from vangnet.knowledge import clocks, terms
from vangnet.knowledge.terms import NOT_FOUND, Purpose, Reason, write_encounter
from vangnet.trust.access.policy import Actor, Relation, Role, permit
from vangnet.trust.keys import services as keys
from vangnet.trust.keys.services import Envelope, Place
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.digests import digest_of as row_digest

_ELSEWHERE = ("child", "companions", "collectors", "observations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An encounter that stands: its id, its number, and whether this wrote it or a new account of it.

    `checks` are those of its international check that were not said before; `bindings` the digest of
    an encounter that was written now, for the entry of the ledger.
    """

    id: UUID
    created: bool
    number: str
    checks: tuple[terms.ChannelCheck, ...] = ()
    bindings: Mapping[UUID, str] = field(default_factory=dict)


def record_encounter(
    *,
    actor: Actor,
    facts: terms.Encounter,
    request_key: UUID | None,
    at: datetime,
    ordinal: int = 0,
    is_history: bool = False,
) -> Recorded | Reason:
    """Record one encounter; the same again changes nothing, the same number with other content is refused.

    An earlier account sent again is the same again: what was corrected since stands. Must run inside
    a transaction. `ordinal` counts equal rows of one file that have no number.
    """
    if facts.organisation != actor.organisation_code:
        return refusals.other_organisation(facts.organisation, actor.organisation_code)
    facts = numbered(facts, request_key=request_key, ordinal=ordinal)
    digest = digest_of(facts)
    found = _there_already(actor, facts, request_key, digest)
    if found is not None:
        return found
    row = Encounter(request_key=request_key, digest=digest, is_history=is_history)
    try:
        with transaction.atomic():
            written = _write(row, actor, facts, at)
    except IntegrityError:  # somebody sent the same a moment ago
        found = _there_already(actor, facts, request_key, digest)
        if found is None:
            raise
        return found
    return Recorded(
        id=row.id,
        created=True,
        number=row.encounter_id,
        checks=facts.international_check,
        bindings={row.id: digest_of_new(written)},
    )


def _there_already(
    actor: Actor, facts: terms.Encounter, request_key: UUID | None, digest: bytes
) -> Recorded | Reason | None:
    own = Q(organisation_id=actor.organisation_id)  # in both, or a database walks through all of the organisation
    same = own & Q(encounter_id=facts.encounter_id)
    if request_key is not None:
        same |= own & Q(request_key=request_key)
    row = Encounter.objects.filter(same).first()
    if row is None:
        return None
    if Account.objects.filter(encounter=row, digest=digest).exists():
        return Recorded(id=row.id, created=False, number=row.encounter_id)
    return refusals.CORRECT_IT


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who writes, when, and under which key."""

    envelope: Envelope
    by: UUID
    at: datetime


def _write(row: Encounter, actor: Actor, facts: terms.Encounter, at: datetime) -> tuple[models.Model, ...]:
    """Write an encounter and all that is told of it; give its rows, without those of the people."""
    hand = _Hand(keys.create_envelope(at=at), actor.person_id, at)
    child, *_ = persons.record_people(
        organisation_id=actor.organisation_id,
        envelope=hand.envelope,
        people=people_in(facts),
        made_by=hand.by,
        at=at,
    )
    row.organisation_id = actor.organisation_id
    row.envelope_id = hand.envelope.id
    row.child = child
    row.recorded_at = at
    row.recorded_by_id = hand.by
    _describe(row, facts)
    row.save(force_insert=True)
    account = _add_account(row, facts, hand, number=1, digest=bytes(row.digest), reason=None)
    return (row, account, *_add_observations(row, enumerate(facts.observations), hand))


def people_in(facts: terms.Encounter) -> tuple[Person, ...]:
    """Give everybody of an encounter, the child first."""
    return (facts.child, *facts.companions, *facts.collectors)


def _describe(row: Encounter, facts: terms.Encounter) -> None:
    """Write what stands in the open: where, when and what kind; never who."""
    for name, value in described(facts).items():
        setattr(row, name, value)


def described(facts: terms.Encounter) -> dict[str, Any]:
    """Give what stands in the open of an encounter, by the name of its column."""
    zone = clocks.zone_of(facts.country)
    met_at = facts.met_at.astimezone(UTC) if isinstance(facts.met_at, datetime) else None
    return {
        "encounter_id": facts.encounter_id,
        "country": facts.country,
        "municipality": facts.municipality,
        "zone": zone.key,
        "kind": facts.kind,
        "met_at": met_at,
        "met_on": str(facts.met_at) if met_at is None else met_at.astimezone(zone).date().isoformat(),
    }


def told_of(facts: terms.Encounter) -> str:
    """Write what an account seals: all of an encounter except people and observations."""
    told = {name: value for name, value in write_encounter(facts).items() if name not in _ELSEWHERE}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _add_account(
    row: Encounter, facts: terms.Encounter, hand: _Hand, *, number: int, digest: bytes, reason: str | None
) -> Account:
    made = uuid4()
    sealed = hand.envelope.seal(told_of(facts), context=Place(ACCOUNT, made))
    why = None if reason is None else hand.envelope.seal(reason, context=Place(ACCOUNT_REASON, made))
    return Account.objects.create(
        id=made,
        organisation_id=row.organisation_id,
        encounter_id=row.id,
        number=number,
        facts_sealed=sealed,
        reason_sealed=why,
        digest=digest,
        recorded_at=hand.at,
        recorded_by_id=hand.by,
    )


def _add_observations(
    row: Encounter, placed: Iterable[tuple[int, terms.Observation]], hand: _Hand
) -> list[Observation]:
    return Observation.objects.bulk_create(
        Observation(
            id=made,
            organisation_id=row.organisation_id,
            encounter_id=row.id,
            position=position,
            indicator=one.indicator,
            state=one.state,
            observer=one.observer,
            at_text="" if one.at is None else terms.write_moment(one.at),
            words_sealed=hand.envelope.seal(one.words, context=Place(WORDS, made)),
            recorded_at=hand.at,
            recorded_by_id=hand.by,
        )
        for made, (position, one) in ((uuid4(), each) for each in placed)
    )


def correct_encounter(
    *, actor: Actor, encounter_id: UUID, facts: terms.Encounter, reason: str, at: datetime
) -> Recorded | Reason:
    """Put a new account beside the earlier ones; what no longer holds is withdrawn and stays.

    Must run inside a transaction. Organisation and number stay; the same account again changes
    nothing (`created` is False).
    """
    row = _own(actor, encounter_id)
    if row is None:
        return NOT_FOUND
    if facts.organisation != actor.organisation_code:
        return refusals.other_organisation(facts.organisation, actor.organisation_code)
    if facts.encounter_id not in {"", row.encounter_id}:
        return refusals.OTHER_NUMBER
    if not reason.strip():
        return refusals.SAY_WHY
    facts = replace(facts, encounter_id=row.encounter_id)
    last = Account.objects.filter(encounter=row).order_by("-number")[0]
    digest = digest_of(facts)
    if bytes(last.digest) == digest:
        return Recorded(id=row.id, created=False, number=row.encounter_id)
    hand = _Hand(keys.envelope(row.envelope_id), actor.person_id, at)
    _describe(row, facts)
    row.save()
    _add_account(row, facts, hand, number=last.number + 1, digest=digest, reason=reason.strip())
    _correct_people(row, facts, hand)
    _correct_observations(row, facts.observations, hand, reason.strip())
    return Recorded(id=row.id, created=True, number=row.encounter_id, checks=_news(last, facts, hand))


def _news(last: Account, facts: terms.Encounter, hand: _Hand) -> tuple[terms.ChannelCheck, ...]:
    """Give what is said of the international check and was not in the last account; the rest was noted then."""
    before = stated_in(last, hand.envelope).international_check
    return tuple(one for one in facts.international_check if one not in before)


def _own(actor: Actor, encounter_id: UUID) -> Encounter | None:
    """Hold an encounter of the actor's own organisation until the transaction ends."""
    own = Encounter.objects.select_for_update().filter(organisation_id=actor.organisation_id)
    return own.filter(id=encounter_id).first()


def _correct_people(row: Encounter, facts: terms.Encounter, hand: _Hand) -> None:
    persons.correct_people(
        organisation_id=row.organisation_id,
        envelope=hand.envelope,
        people=people_in(facts),
        made_by=hand.by,
        at=hand.at,
    )


def _correct_observations(row: Encounter, wanted: Sequence[terms.Observation], hand: _Hand, reason: str) -> None:
    """Withdraw what is not told any more, add what is new; equal observations are counted."""
    rows = Observation.objects.filter(encounter=row)
    missing = Counter(wanted)
    gone = []
    for seen in seen_in(rows.filter(withdrawn_at__isnull=True).order_by("position"), hand.envelope):
        if missing[seen.observation]:
            missing[seen.observation] -= 1
        else:
            gone.append(seen.observation_id)
    for one in rows.filter(id__in=gone):
        _withdraw(one, hand, reason)
    _add_observations(row, enumerate(missing.elements(), start=rows.count()), hand)


def _withdraw(row: Observation, hand: _Hand, reason: str) -> None:
    row.withdrawn_at = hand.at
    row.withdrawn_by_id = hand.by
    row.reason_sealed = hand.envelope.seal(reason, context=Place(WITHDRAWAL, row.id))
    row.save()


def open_older(*, actor: Actor, encounter_id: UUID, reason: str, at: datetime) -> UUID | Reason:
    """Decide, as the specialist of the organisation that recorded it, that an older encounter may be read.

    For Wpg 8(2)-(3): a hit on older police data opens its content only so. In the ledger.
    """
    refused = permit(actor, "judge", Purpose.IDENTIFY_CHILD, Relation.DECISION_TO_MAKE).reason
    if refused is not None:
        return refused
    if Role.SPECIALIST not in actor.roles:
        return refusals.ONLY_SPECIALIST
    with transaction.atomic():
        row = _own(actor, encounter_id)
        if row is None:
            return NOT_FOUND
        if not reason.strip():
            return refusals.SAY_WHY
        made = _opening(row, actor, reason.strip(), at)
        ledger.record(
            actor=actor,
            act="open_older",
            purpose=Purpose.IDENTIFY_CHILD,
            subjects=[row.id, made.id],
            bindings={made.id: row_digest(made)},
            at=at,
        )
    return made.id


def _opening(row: Encounter, actor: Actor, reason: str, at: datetime) -> Opening:
    opening = uuid4()
    return Opening.objects.create(
        id=opening,
        organisation_id=row.organisation_id,
        encounter=row,
        reason_sealed=keys.envelope(row.envelope_id).seal(reason, context=Place(OPENING, opening)),
        opened_at=at,
        opened_by_id=actor.person_id,
    )
