"""Keep the table of who is the same child in step with the verdicts, and tell who acted on what fell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from vangnet.chain.crosscheck.components import Components, Said, apart, components, joins
from vangnet.chain.crosscheck.models import Contradiction, Membership, Review, Verdict
from vangnet.chain.duties.models import Duty
from vangnet.chain.encounters.models import Encounter

ACTED_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """Somebody did something about an encounter, for an organisation, at a moment."""

    person_id: UUID
    organisation_id: UUID
    encounter_id: UUID
    at: datetime


def recompute(*, cause: Verdict, acted: Collection[Acted], at: datetime) -> bool:
    """Join and take apart what a verdict changed; say whether it contradicts an earlier join.

    Must run inside the transaction of the verdict.
    """
    sides = _touched({cause.left_id, cause.right_id})
    before = _children(sides)
    said = _said(_standing().filter(left_id__in=sides, right_id__in=sides))
    after = components(sides, joins(said, sides), apart(said))
    _store(after, sides)
    raised = _is_split(before, after) or (cause.left_id, cause.right_id) in after.refused
    if raised:
        _raise(cause, before, acted, at)
    return raised


def rebuild() -> Counter[UUID]:
    """Write the whole table anew from the verdicts; count the encounters that share a child, by organisation.

    Must run inside a transaction.
    """
    said = _said(_standing())
    sides = _sides({encounter for one in said for encounter in one.pair})
    Membership.objects.all().delete()
    _store(components(sides, joins(said, sides), apart(said)), sides)
    return Counter(Membership.objects.values_list("organisation_id", flat=True))


def _standing() -> QuerySet[Verdict]:
    return Verdict.objects.filter(revoked_at__isnull=True)


def _said(rows: Iterable[Verdict]) -> tuple[Said, ...]:
    return tuple(
        Said(
            verdict_id=row.id,
            side=row.organisation_id,
            pair=(row.left_id, row.right_id),
            value=row.value,
            at=row.given_at,
        )
        for row in rows
    )


def _touched(start: set[UUID]) -> dict[UUID, UUID]:
    """Give every encounter that a verdict about these can join or take apart, held, with its organisation.

    Looks again after holding them, because somebody may have joined more meanwhile.
    """
    known: set[UUID] = set()
    wider = start
    while wider != known:
        known = wider
        sides = _sides(known)
        wider = known | _neighbours(known)
    return sides


def _sides(encounter_ids: Collection[UUID]) -> dict[UUID, UUID]:
    held = Encounter.objects.select_for_update().filter(id__in=encounter_ids).order_by("id")
    return dict(held.values_list("id", "organisation_id"))


def _neighbours(known: set[UUID]) -> set[UUID]:
    touching = _standing().filter(Q(left_id__in=known) | Q(right_id__in=known), value="same")
    pairs = touching.values_list("left_id", "right_id")
    children = Membership.objects.filter(encounter_id__in=known).values_list("child_id", flat=True)
    members = Membership.objects.filter(child_id__in=list(children)).values_list("encounter_id", flat=True)
    return {one for pair in pairs for one in pair} | set(members)


def _children(encounter_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give the child of each encounter; one without a row is a child of its own."""
    ids = list(encounter_ids)
    rows = Membership.objects.filter(encounter_id__in=ids).values_list("encounter_id", "child_id")
    return {one: one for one in ids} | dict(rows)


def _store(after: Components, sides: Mapping[UUID, UUID]) -> None:
    Membership.objects.filter(encounter_id__in=list(sides)).delete()
    children = list(after.child_of.values())
    Membership.objects.bulk_create(
        Membership(encounter_id=one, organisation_id=sides[one], child_id=child)
        for one, child in after.child_of.items()
        if children.count(child) > 1
    )


def _is_split(before: Mapping[UUID, UUID], after: Components) -> bool:
    """Whether two that were of one child are now of two."""
    now = {(child, after.child_of[one]) for one, child in before.items()}
    return len(now) > len(set(before.values()))


def _raise(cause: Verdict, before: Mapping[UUID, UUID], acted: Collection[Acted], at: datetime) -> None:
    contradiction = Contradiction.objects.create(
        organisation_id=cause.organisation_id, verdict=cause, child_id=before[cause.left_id], raised_at=at
    )
    since = at - ACTED_WITHIN
    everybody = [*acted, *_acted(list(before), since)]
    tasks = {
        (one.person_id, one.organisation_id): one.encounter_id
        for one in everybody
        if one.at >= since and one.encounter_id in before and one.person_id != _by(cause)
    }
    Review.objects.bulk_create(
        Review(contradiction=contradiction, person_id=person, organisation_id=organisation, encounter_id=encounter)
        for (person, organisation), encounter in tasks.items()
    )


def _by(cause: Verdict) -> UUID:
    """Give who gave the verdict, or took it back."""
    return cause.revoked_by_id or cause.given_by_id


def _acted(encounter_ids: list[UUID], since: datetime) -> Iterable[Acted]:
    """Give who judged these encounters the same or completed a duty of one, since a moment."""
    verdicts = Verdict.objects.filter(left_id__in=encounter_ids, value="same", given_at__gte=since)
    for verdict in verdicts:
        yield Acted(
            person_id=verdict.given_by_id,
            organisation_id=verdict.organisation_id,
            encounter_id=verdict.left_id,
            at=verdict.given_at,
        )
    for duty in Duty.objects.filter(encounter_id__in=encounter_ids, done_at__gte=since):
        if duty.done_by_id is not None and duty.done_at is not None:
            yield Acted(
                person_id=duty.done_by_id,
                organisation_id=duty.organisation_id,
                encounter_id=duty.encounter_id,
                at=duty.done_at,
            )
