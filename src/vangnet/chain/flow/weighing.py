"""What stands beside a judgement: what was found, whom to ask first, and what earlier verdicts say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import selectors as crosscheck
from vangnet.chain.crosscheck.selectors import Graded, VerdictView
from vangnet.chain.duties.selectors import not_asked
from vangnet.chain.encounters.selectors import Summary, summaries
from vangnet.chain.flow.judging import PairView, pair
from vangnet.chain.flow.reading import cross_check
from vangnet.chain.flow.relations import relation_to
from vangnet.knowledge.terms import Channel, Purpose, Reason
from vangnet.trust.access.policy import Actor, permit
from vangnet.trust.access.selectors import OrganisationCard, names_of, organisations_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a cross-check says to this actor. Nothing found and nothing that may be told are the same."""

    summary: Summary
    told: tuple[Graded, ...]
    not_asked: tuple[Channel, ...]
    may_judge: bool


def look(*, actor: Actor, purpose: Purpose, encounter_id: UUID, at: datetime) -> Looked | Reason:
    """Look for earlier encounters of the child of one encounter; in the ledger before it returns."""
    told = cross_check(actor=actor, purpose=purpose, encounter_id=encounter_id, at=at)
    if isinstance(told, Reason):
        return told
    relation = relation_to(actor, encounter_id)
    return Looked(
        summary=summaries([encounter_id])[encounter_id],
        told=told,
        not_asked=not_asked([encounter_id])[encounter_id],
        may_judge=permit(actor, "judge", Purpose.IDENTIFY_CHILD, relation).allowed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A pair with its own side, the people and organisations behind its verdicts, and what contradicts it.

    `opposing` are verdicts of the actor's own organisation that keep apart what *same* would join here.
    """

    pair: PairView
    own: Summary
    opposing: tuple[VerdictView, ...]
    people: Mapping[UUID, str]
    organisations: Mapping[UUID, OrganisationCard]


def beside(*, actor: Actor, encounter_id: UUID, other_id: UUID, at: datetime) -> Beside | Reason:
    """Lay two encounters side by side with what was said about them; in the ledger before it returns."""
    with transaction.atomic():
        view = pair(actor=actor, encounter_id=encounter_id, other_id=other_id, at=at)
        if isinstance(view, Reason):
            return view
        own_verdicts = [one for one in view.verdicts if one.organisation_id == actor.organisation_id]
        opposing = _opposing(actor, encounter_id, other_id)
        return Beside(
            pair=view,
            own=summaries([encounter_id])[encounter_id],
            opposing=opposing,
            people=names_of(one.given_by for one in (*own_verdicts, *opposing)),
            organisations=organisations_by_id(one.organisation_id for one in view.verdicts),
        )


def _opposing(actor: Actor, encounter_id: UUID, other_id: UUID) -> tuple[VerdictView, ...]:
    """Give the own standing *different* verdicts between the two children that *same* would make one."""
    left, right = (crosscheck.same_child(one) for one in (encounter_id, other_id))
    return tuple(
        one
        for one in crosscheck.verdicts_about(left | right)
        if one.value == "different"
        and one.revoked_at is None
        and one.organisation_id == actor.organisation_id
        and set(one.pair) != {encounter_id, other_id}
        and {one.pair[0] in left, one.pair[1] in left} == {True, False}
    )
