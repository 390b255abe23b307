"""Open what was claimed about people. Only for selectors that ask for the right and write the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.chain.persons.facts import READ, Person, Stated, child_of, collector_of, companion_of
from vangnet.chain.persons.models import Claim, Reference
from vangnet.knowledge.terms import Collector
from vangnet.trust.keys.services import Envelope, Place

__all__ = [
    "Met",
    "OpenedClaim",
    "child_of",
    "collector_of",
    "collectors_in",
    "companion_of",
    "context_of",
    "ever_claimed",
    "opened_claims",
    "people_of",
    "text_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedClaim:
    """One claim with who made it and when."""

    claim_id: UUID
    reference_id: UUID
    stated: Stated
    made_at: datetime
    made_by: UUID
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One person as met: the reference, and what is claimed about them now."""

    reference_id: UUID
    role: str
    person: Person


def context_of(claim_id: UUID, kind: str) -> Place:
    """Give the place to which a sealed claim is bound: its row, as a claim of this kind."""
    return Place(f"persons.claim.{kind}", claim_id)


def text_of(value: Any) -> str:
    """Write the value of a claim as it is sealed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def opened_claims(reference_ids: Iterable[UUID], envelope: Envelope) -> tuple[OpenedClaim, ...]:
    """Open every claim about these people, withdrawn ones too, in the order in which they were made."""
    rows = Claim.objects.filter(reference_id__in=list(reference_ids)).order_by("made_at", "kind", "position")
    return tuple(_opened(row, envelope) for row in rows)


def _opened(row: Claim, envelope: Envelope) -> OpenedClaim:
    value = json.loads(envelope.open(bytes(row.value_sealed), context=context_of(row.id, row.kind)))
    return OpenedClaim(
        claim_id=row.id,
        reference_id=row.reference_id,
        stated=Stated(
            kind=row.kind,
            position=row.position,
            value=value,
            basis=row.basis,
            is_withdrawn=row.withdrawn_at is not None,
        ),
        made_at=row.made_at,
        made_by=row.made_by_id,
        withdrawn_at=row.withdrawn_at,
    )


def people_of(envelope: Envelope) -> tuple[Met, ...]:
    """Give everybody of an encounter as they are claimed to be now, in the order in which they were recorded."""
    rows = Reference.objects.filter(envelope_id=envelope.id, withdrawn_at__isnull=True).order_by("role", "position")
    references = list(rows)
    by_reference = _by_reference(opened_claims([row.id for row in references], envelope))
    return tuple(
        Met(reference_id=row.id, role=row.role, person=READ[row.role](by_reference.get(row.id, ())))
        for row in references
    )


def _by_reference(claims: Iterable[OpenedClaim]) -> Mapping[UUID, list[Stated]]:
    found: dict[UUID, list[Stated]] = {}
    for claim in claims:
        found.setdefault(claim.reference_id, []).append(claim.stated)
    return found


def collectors_in(people: Iterable[Met]) -> tuple[tuple[UUID, Collector], ...]:
    """Give the adults who ask for the child, each with their reference."""
    return tuple((one.reference_id, one.person) for one in people if isinstance(one.person, Collector))


def ever_claimed(envelope: Envelope) -> tuple[Person, ...]:
    """Give what was claimed earlier of everybody of an encounter: one person for each claim taken back.

    For the index, which must find a child under a name that was corrected since. Claims about
    somebody who turned out not to have been there are among them.
    """
    rows = Reference.objects.filter(envelope_id=envelope.id).values_list("id", "role", "withdrawn_at")
    references = {reference: (role, gone is not None) for reference, role, gone in rows}
    claims = opened_claims(references, envelope)
    kinds = {one.reference_id: one.stated for one in claims if one.stated.kind == "companion_role"}
    return tuple(
        _alone(references[one.reference_id][0], one.stated, kinds.get(one.reference_id))
        for one in claims
        if one.stated.is_withdrawn or references[one.reference_id][1]
    )


def _alone(role: str, stated: Stated, companion_role: Stated | None) -> Person:
    """Give a person of whom only this claim is known, and whether it was a child or an adult."""
    claims = (stated,) if companion_role is None else (stated, companion_role)
    return READ[role]([replace(claim, position=0, is_withdrawn=False) for claim in claims])
