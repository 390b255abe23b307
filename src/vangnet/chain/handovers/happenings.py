"""What happened at the gate and what waits there, as lines for the story and for the list of work.

For `flow`, which asked for the right to read and writes the ledger entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Max, Q

from vangnet.chain.handovers.digests import place_of
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Proposal, Request
from vangnet.chain.handovers.recorded import Happened, ToConfirm
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import Actor
from vangnet.trust.access.selectors import organisations_by_id
from vangnet.trust.keys.services import Envelope

HEARD = "G-02"
Opened = Mapping[UUID, Envelope]
_NONE: Opened = MappingProxyType({})
_LAST: Final = Max("request__encounter__requests__checks__number")
_TOLD: Final = Max("request__encounter__accounts__number")
"""The newest check and account of the child: what was proposed or decided before them no longer holds."""


def to_confirm(*, actor: Actor, also_at: Iterable[UUID] = ()) -> tuple[ToConfirm, ...]:
    """Give the newest proposals that hold and wait for a second person, at the actor's organisation and `also_at`."""
    here = Q(organisation_id=actor.organisation_id) | Q(request__encounter_id__in=set(also_at))
    rows = Proposal.objects.filter(here, decision=None).select_related("request", "proposed_by")
    newest = {
        row.request_id: row
        for row in rows.annotate(last=_LAST, told=_TOLD).order_by(
            F("number").asc(nulls_first=True), "proposed_at", "id"
        )
    }
    return tuple(
        ToConfirm(
            request_id=row.request_id,
            encounter_id=row.request.encounter_id,
            by=row.proposed_by.name,
            at=row.proposed_at,
        )
        for row in newest.values()
        if row.proposed_by_id != actor.person_id
        and (row.checks_as_of, row.accounts_as_of) == (row.last or 0, row.told or 0)
    )


def to_record(*, actor: Actor, also_at: Iterable[UUID] = ()) -> tuple[ToConfirm, ...]:
    """Give the decisions of two people that hold and were not carried out, at the actor's encounters and `also_at`."""
    here = Q(request__encounter__organisation_id=actor.organisation_id) | Q(request__encounter_id__in=set(also_at))
    rows = Decision.objects.filter(here, supersession=None, handover=None)
    rows = rows.select_related("request", "second_decider").annotate(last=_LAST, told=_TOLD)
    return tuple(
        ToConfirm(
            request_id=row.request_id,
            encounter_id=row.request.encounter_id,
            by=row.second_decider.name,
            at=row.decided_at,
        )
        for row in rows.order_by("decided_at", "id")
        if (row.checks_as_of, row.accounts_as_of) == (row.last or 0, row.told or 0)
    )


def happened(encounter_ids: Iterable[UUID], *, opened: Opened = _NONE) -> tuple[Happened, ...]:
    """Give what happened at the gate of these encounters, in order of time; with words only of the opened ones."""
    ids = set(encounter_ids)
    found = [*_asked(ids), *_heard(opened), *_decided(ids), *_handed(ids, opened), *_incidents(ids)]
    return tuple(sorted(found, key=lambda one: (one.at, str(one.id))))


def went_with(handover_id: UUID, envelope: Envelope) -> tuple[str, tuple[str, ...]]:
    """Say with whom the child went and which two people decided it; nothing where it was no hand-over."""
    rows = Handover.objects.select_related("first_decider", "second_decider")
    row = rows.filter(pk=handover_id).first()
    return (
        ("", ()) if row is None else (_receiver(row, envelope), (row.first_decider.name, row.second_decider.name))
    )


def _receiver(row: Handover, envelope: Envelope) -> str:
    if row.receiver_id is not None:
        return organisations_by_id([row.receiver_id])[row.receiver_id].name
    said = json.loads(envelope.open(bytes(row.receipt_sealed), context=place_of(row)))
    return str(said["name"])


def _by(*people: Person) -> dict[str, Any]:
    return {"people": tuple(one.pk for one in people), "names": tuple(one.name for one in people)}


def _asked(ids: set[UUID]) -> Iterator[Happened]:
    for row in Request.objects.filter(encounter_id__in=ids).select_related("asked_by"):
        yield Happened(
            id=row.pk,
            encounter_id=row.encounter_id,
            organisation_id=row.organisation_id,
            what="asked",
            at=row.asked_at,
            is_for_somebody=row.collector_id is not None,
            **_by(row.asked_by),
        )


def _heard(opened: Opened) -> Iterator[Happened]:
    if not opened:
        return
    rows = Check.objects.filter(request__encounter_id__in=opened, check_id=HEARD)
    for row in rows.select_related("made_by", "request"):
        envelope = opened[row.request.encounter_id]
        yield Happened(
            id=row.pk,
            encounter_id=row.request.encounter_id,
            organisation_id=row.request.organisation_id,
            what="heard",
            at=row.made_at,
            outcome=row.state,
            voice=envelope.open(bytes(row.evidence_sealed), context=place_of(row)),
            **_by(row.made_by),
        )


def _decided(ids: set[UUID]) -> Iterator[Happened]:
    rows = Decision.objects.filter(request__encounter_id__in=ids)
    for row in rows.select_related("request", "first_decider", "second_decider"):
        yield Happened(
            id=row.pk,
            encounter_id=row.request.encounter_id,
            organisation_id=row.organisation_id,
            what="decided",
            at=row.decided_at,
            outcome=row.outcome,
            **_by(row.first_decider, row.second_decider),
        )


def _handed(ids: set[UUID], opened: Opened) -> Iterator[Happened]:
    rows = Handover.objects.filter(decision__request__encounter_id__in=ids)
    for row in rows.select_related("decision__request", "handed_by"):
        encounter_id = row.decision.request.encounter_id
        yield Happened(
            id=row.pk,
            encounter_id=encounter_id,
            organisation_id=row.organisation_id,
            what="handed_over",
            at=row.handed_at,
            outcome=row.outcome,
            receiver=_receiver(row, opened[encounter_id]) if encounter_id in opened else "",
            **_by(row.handed_by),
        )


def _incidents(ids: set[UUID]) -> Iterator[Happened]:
    for row in Incident.objects.filter(encounter_id__in=ids).select_related("recorded_by"):
        yield Happened(
            id=row.pk,
            encounter_id=row.encounter_id,
            organisation_id=row.organisation_id,
            what="incident",
            at=row.recorded_at,
            outcome=row.outcome,
            **_by(row.recorded_by),
        )
