"""An incident is always reviewed: by another person than who recorded it, in own words, once."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from vangnet.chain.handovers.models import Incident, Review
from vangnet.chain.handovers.refusals import refusal
from vangnet.chain.handovers.writing import By, act, sealed
from vangnet.knowledge.handover import OUTCOMES, EndState
from vangnet.knowledge.terms import Reason
from vangnet.trust.access.policy import GRANTS, Actor, Relation, Role

REVIEWERS: tuple[Role, ...] = tuple(
    role for role in Role if any(role in row.roles for row in GRANTS if row.act == "review_incident")
)
"""Who must review an incident, by role, as the table of who may what has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReview:
    """An incident that nobody reviewed yet: whose it is, since when, who must; whoever recorded it may not."""

    incident_id: UUID
    encounter_id: UUID
    organisation_id: UUID
    end: EndState
    recorded_by: UUID
    recorded_at: datetime
    roles: tuple[Role, ...] = REVIEWERS


def open_reviews(*, organisation_id: UUID, encounter_ids: Collection[UUID] = ()) -> tuple[OpenReview, ...]:
    """Give the incidents without a review, of an organisation and at these encounters, the oldest first.

    Ids and times only. Leave out what the reader recorded: `recorded_by`.
    """
    here = Q(organisation_id=organisation_id) | Q(encounter_id__in=encounter_ids)
    rows = Incident.objects.filter(here, review=None).order_by("recorded_at", "id")
    return tuple(
        OpenReview(
            incident_id=row.pk,
            encounter_id=row.encounter_id,
            organisation_id=row.organisation_id,
            end=OUTCOMES[row.outcome],
            recorded_by=row.recorded_by_id,
            recorded_at=row.recorded_at,
        )
        for row in rows
    )


def encounter_of_incident(incident_id: UUID) -> UUID | None:
    """Give the encounter at which an incident was recorded."""
    return Incident.objects.filter(pk=incident_id).values_list("encounter_id", flat=True).first()


def review_incident(
    *, actor: Actor, incident_id: UUID, words: str, relation: Relation, at: datetime
) -> UUID | Reason:
    """Write what a second person found about an incident; never who recorded it, and only once."""
    by = By(actor=actor, relation=relation, at=at)

    def rows(incident: Incident) -> Review | Reason:
        return _not_reviewable(incident, words, by) or _reviewed(incident, words, by)

    incident = Incident.objects.select_related("encounter").filter(pk=incident_id).first()
    return act("review_incident", by, on=incident, unknown="unknown_incident", rows=rows)


def _not_reviewable(incident: Incident, words: str, by: By) -> Reason | None:
    if not words.strip():
        return refusal("no_review", "words")
    if incident.recorded_by_id == by.actor.person_id:
        return refusal("own_incident")
    return refusal("already_reviewed") if Review.objects.filter(incident=incident).exists() else None


def _reviewed(incident: Incident, words: str, by: By) -> Review:
    made = Review(
        id=uuid.uuid4(),
        organisation_id=incident.organisation_id,
        incident=incident,
        role=next(role for role in REVIEWERS if role in by.actor.roles),
        reviewed_by_id=by.actor.person_id,
        reviewed_at=by.at,
    )
    made.words_sealed = sealed(incident.encounter, made, words)
    return made
