"""Reads of the gate without a word about anyone: requests, and how a child left. Ids and times only.

The gate with its words is in `opened`.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from vangnet.chain.handovers.models import Handover, Incident, Request
from vangnet.chain.handovers.recorded import Departure, RequestMade
from vangnet.knowledge.handover import OUTCOMES


def requests_of(encounter_ids: Iterable[UUID]) -> tuple[RequestMade, ...]:
    """Give the requests of these encounters, oldest first."""
    rows = Request.objects.filter(encounter_id__in=set(encounter_ids)).order_by("asked_at", "id")
    return tuple(request_made(row) for row in rows)


def encounter_of(request_id: UUID) -> UUID | None:
    """Say at which encounter a request was made. Ids only, no words."""
    return Request.objects.filter(pk=request_id).values_list("encounter_id", flat=True).first()


def request_made(row: Request) -> RequestMade:
    """Give a request as a value."""
    return RequestMade(
        id=row.pk,
        encounter_id=row.encounter_id,
        organisation_id=row.organisation_id,
        collector_id=row.collector_id,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
    )


def every_departure(encounter_ids: Iterable[UUID]) -> tuple[Departure, ...]:
    """Give all that ended these encounters, in order of time; of the same instant an incident comes last.

    An incident is always reviewed, so it is the one that must not be overlooked.
    """
    ids = set(encounter_ids)
    handed = Handover.objects.filter(decision__request__encounter_id__in=ids).select_related("decision__request")
    incidents = Incident.objects.filter(encounter_id__in=ids)
    found = [*(_handed(row) for row in handed), *(_left(row) for row in incidents)]
    return tuple(sorted(found, key=lambda one: (one.at, one.is_incident, str(one.id))))


def departures(encounter_ids: Iterable[UUID]) -> dict[UUID, Departure]:
    """Give, of each encounter whose child left, when and how: the hand-over or incident that came last.

    An encounter that is not in the answer has no end recorded: there the hold runs as the law has it.
    Advice, work list and timeline end the hold by this.
    """
    return {one.encounter_id: one for one in every_departure(encounter_ids)}


def _handed(row: Handover) -> Departure:
    return Departure(
        id=row.pk,
        encounter_id=row.decision.request.encounter_id,
        end=OUTCOMES[row.outcome],
        at=row.handed_at,
        by=row.handed_by_id,
        receiver_id=row.receiver_id,
    )


def _left(row: Incident) -> Departure:
    return Departure(
        id=row.pk,
        encounter_id=row.encounter_id,
        end=OUTCOMES[row.outcome],
        at=row.recorded_at,
        by=row.recorded_by_id,
    )
