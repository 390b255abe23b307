"""Possible earlier encounters, graded by who asks; and which encounters are of the same child."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vangnet.chain.crosscheck.components import ordered
from vangnet.chain.crosscheck.models import Features, Membership, Review, Verdict
from vangnet.chain.crosscheck.retrieval import fetch
from vangnet.chain.encounters.selectors import Summary, answer_about, summaries
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Candidate, Explained, Record, compare, probability_of, record_of_features
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.access.selectors import OrganisationCard, organisations_by_id
from vangnet.trust.keys.services import open_features
from vangnet.trust.ledger import services as ledger

REASON = "crosscheck.verdict"
TELLABLE = 0.1
"""Below one in ten an earlier encounter of another child is far likelier: nothing is told of it."""
_GRADED = 60
_TOLD = (Answer.CONTENT, Answer.CONTACT, Answer.HIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One possible earlier encounter, as much of it as this actor is told.

    *content*: all of it. *contact*: which organisation to call, and which comparisons agreed in
    words, without the other's values. *hit*: that there is one; `encounter_id` only where it is of
    the own organisation, for its specialist to open.
    """

    answer: Answer
    encounter_id: UUID | None = None
    organisation: OrganisationCard | None = None
    summary: Summary | None = None
    candidate: Candidate | None = None


def features_context(encounter_id: UUID) -> str:
    """Give the place to which the sealed features of an encounter are bound."""
    return f"crosscheck.features:{encounter_id}"


def matched(*, record: Record, exclude: UUID | None, limit: int = 20, least: float = 0.0) -> tuple[Candidate, ...]:
    """Find the likeliest earlier encounters before anyone's rights are looked at; ids of rows as `record_id`.

    Only for measuring and for the selectors here: whoever shows it to a person grades it first.
    """
    found = fetch(record, exclude=exclude)
    others = _records(found.encounter_ids)
    query = replace(record, record_id=str(exclude or record.record_id))
    return compare(query, others, counts=found.counts, limit=limit, least=least)


_Sealed = tuple[UUID, UUID, bytes | memoryview]


def _sealed(encounter_ids: Iterable[UUID]) -> list[_Sealed]:
    rows = Features.objects.filter(encounter_id__in=list(encounter_ids))
    return list(rows.values_list("encounter_id", "organisation_id", "features_sealed"))


def _opened(row: _Sealed) -> Record:
    encounter, organisation, sealed = row
    return record_of_features(open_features(organisation, bytes(sealed), context=features_context(encounter)))


def _records(encounter_ids: Iterable[UUID]) -> list[Record]:
    return [_opened(row) for row in _sealed(encounter_ids)]


def record_in_index(encounter_id: UUID) -> Record | None:
    """Give an encounter as the index has it, under every name that was ever claimed; for `flow` alone."""
    return next(iter(_records([encounter_id])), None)


def graded(
    *, actor: Actor, purpose: Purpose, record: Record, exclude: UUID | None, at: datetime, limit: int = 20
) -> tuple[Graded, ...]:
    """Grade what was found by who asks; what they may not know of is not there.

    Only for `flow` and `candidates`, which write the ledger entry.
    """
    likely = matched(record=record, exclude=exclude, limit=_GRADED, least=TELLABLE)
    about = summaries(UUID(one.record_id) for one in likely)
    cards = organisations_by_id(one.organisation_id for one in about.values())
    told = (_graded(actor, purpose, one, about[UUID(one.record_id)], cards, at) for one in likely)
    return tuple(one for one in told if one.answer is not Answer.NOTHING)[:limit]


def _graded(
    actor: Actor,
    purpose: Purpose,
    candidate: Candidate,
    summary: Summary,
    cards: dict[UUID, OrganisationCard],
    at: datetime,
) -> Graded:
    told = answer_about(actor, purpose, summary, at)
    card = cards[summary.organisation_id]
    match told:
        case Answer.CONTENT:
            return Graded(
                answer=told, encounter_id=summary.id, organisation=card, summary=summary, candidate=candidate
            )
        case Answer.CONTACT:
            return Graded(
                answer=told, encounter_id=summary.id, organisation=card, candidate=without_values(candidate)
            )
        case _:
            own = summary.organisation_id == actor.organisation_id
            return Graded(answer=told, encounter_id=summary.id if own else None)


def without_values(candidate: Candidate) -> Candidate:
    """Leave of the other side only the levels of the comparisons."""
    return replace(candidate, explanation=tuple(replace(one, right="") for one in candidate.explanation))


def without_own_values(told: Iterable[Graded]) -> tuple[Graded, ...]:
    """Leave of the side that was asked with only the levels: its values may be compared, and no longer read."""
    return tuple(
        replace(one, candidate=replace(one.candidate, explanation=_bare(one.candidate))) if one.candidate else one
        for one in told
    )


def _bare(candidate: Candidate) -> tuple[Explained, ...]:
    return tuple(replace(one, left="") for one in candidate.explanation)


def without_levels(candidate: Candidate) -> Candidate:
    """Leave what was known before anything was compared."""
    prior = candidate.prior_weight
    return replace(candidate, explanation=(), match_weight=prior, probability=probability_of(prior))


def counts_of(told: Sequence[Graded]) -> dict[str, int]:
    """Count what was told, the same three words whatever there is."""
    return {kind.value: sum(one.answer is kind for one in told) for kind in _TOLD}


def controllers_in(told: Iterable[Graded]) -> tuple[UUID, ...]:
    """Give the controllers whose content or contact was told."""
    return tuple(one.organisation.id for one in told if one.organisation is not None)


def ids_in(told: Iterable[Graded]) -> tuple[UUID, ...]:
    """Give the ids of the encounters of which something was told."""
    return tuple(one.encounter_id for one in told if one.encounter_id is not None)


def candidates(
    *,
    actor: Actor,
    purpose: Purpose,
    record: Record,
    exclude: UUID | None,
    at: datetime,
    relation: Relation = Relation.NONE,
    limit: int = 20,
) -> tuple[Graded, ...] | Reason:
    """Look for earlier encounters of the same child; graded, and in the ledger before it returns.

    Nothing found and nothing that may be known give the same answer and the same ledger entry.
    """
    refused = permit(actor, "cross_check", purpose, relation).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        told = graded(actor=actor, purpose=purpose, record=record, exclude=exclude, at=at, limit=limit)
        ledger.record(
            actor=actor,
            act="cross_check",
            purpose=purpose,
            subjects=[*([exclude] if exclude else []), *ids_in(told)],
            counts=counts_of(told),
            also_in=controllers_in(told),
            at=at,
        )
    return told


def weighed(own: UUID, other: UUID) -> Candidate | None:
    """Weigh two encounters of the index against each other; None where one is not in it.

    Where the other is not there the own one is opened again and weighed against itself, so that the
    answer takes as long.
    """
    rows = _sealed((own, other))
    records = {one.record_id: one for one in [_opened(row) for row in (rows * 2)[:2]]}
    query = records.get(str(own))
    if query is None:
        return None
    counts = fetch(query, exclude=own, wanted=0).counts
    (candidate,) = compare(query, [records.get(str(other), query)], counts=counts)
    return candidate if len(records) == 2 else None


def is_known_pair(left: UUID, right: UUID) -> bool:
    """Whether a standing verdict of either side is about these two, or they are one child already."""
    low, high = ordered(left, right)
    verdicts = Verdict.objects.filter(left_id=low, right_id=high, revoked_at__isnull=True)
    is_judged = verdicts.exists()
    return right in same_child(left) or is_judged


def same_child(encounter_id: UUID) -> frozenset[UUID]:
    """Give the encounters of the child of an encounter, as *same* verdicts have it; that one is always among them."""
    child = Membership.objects.filter(encounter_id=encounter_id).values("child_id")
    members = Membership.objects.filter(child_id__in=child).values_list("encounter_id", flat=True)
    return frozenset(members) | {encounter_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """One verdict as a row of history: which side said what about which pair; never why."""

    verdict_id: UUID
    organisation_id: UUID
    pair: tuple[UUID, UUID]
    value: str
    given_by: UUID
    given_at: datetime
    revoked_at: datetime | None


def pair_of(verdict_id: UUID) -> tuple[UUID, UUID] | None:
    """Give the two encounters that a verdict is about. Ids only."""
    return Verdict.objects.filter(id=verdict_id).values_list("left_id", "right_id").first()


def verdicts_about(encounter_ids: Collection[UUID]) -> tuple[VerdictView, ...]:
    """Give what was said about pairs of these encounters, oldest first; both sides must be among them."""
    ids = list(encounter_ids)
    rows = Verdict.objects.filter(left_id__in=ids, right_id__in=ids).order_by("given_at", "id")
    return tuple(
        VerdictView(
            verdict_id=row.id,
            organisation_id=row.organisation_id,
            pair=(row.left_id, row.right_id),
            value=row.value,
            given_by=row.given_by_id,
            given_at=row.given_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A pair that another organisation judged the same and of which one's own side said nothing yet."""

    encounter_id: UUID
    other_id: UUID
    by: str
    given_at: datetime


def to_judge(*, actor: Actor, limit: int) -> tuple[Asked, ...]:
    """Give the pairs that wait for a judgement of this actor's own side, the newest first; ids alone."""
    own = actor.organisation_id
    standing = Verdict.objects.filter(revoked_at__isnull=True)
    about_us = standing.filter(Q(left__organisation_id=own) | Q(right__organisation_id=own))
    said = {(row.left_id, row.right_id) for row in about_us.filter(organisation_id=own)}
    asked = about_us.filter(value="same").exclude(organisation_id=own).select_related("organisation", "left")
    rows = asked.order_by("-given_at", "id")[:limit]
    return tuple(_asked(row, own) for row in rows if (row.left_id, row.right_id) not in said)


def _asked(row: Verdict, own: UUID) -> Asked:
    is_left = row.left.organisation_id == own
    return Asked(
        encounter_id=row.left_id if is_left else row.right_id,
        other_id=row.right_id if is_left else row.left_id,
        by=row.organisation.name,
        given_at=row.given_at,
    )


def reviews_for(actor: Actor) -> tuple[UUID, ...]:
    """Give the encounters at which this person must look again, because a join they acted on fell apart."""
    mine = Review.objects.filter(
        person_id=actor.person_id, organisation_id=actor.organisation_id, done_at__isnull=True
    )
    return tuple(mine.order_by("contradiction__raised_at", "id").values_list("encounter_id", flat=True))
