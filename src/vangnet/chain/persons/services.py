"""Add and withdraw claims. Nothing is erased: what was once claimed stays beside what is claimed now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from vangnet.chain.persons.facts import Person, Stated, claims_in
from vangnet.chain.persons.models import Claim, Reference
from vangnet.chain.persons.selectors import Met, context_of, opened_claims, people_of, text_of
from vangnet.knowledge.terms import Child, Collector, Companion
from vangnet.trust.keys.services import Envelope
from vangnet.trust.rows import write_rows

_T = TypeVar("_T")
_ROLES: dict[type[Person], str] = {Child: "child", Collector: "collector", Companion: "companion"}


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who writes about people of which organisation, when, and under which key."""

    organisation_id: UUID
    envelope: Envelope
    made_by: UUID
    at: datetime


def record_people(
    *,
    organisation_id: UUID,
    envelope: Envelope,
    people: Sequence[Person],
    made_by: UUID,
    at: datetime,
) -> tuple[Reference, ...]:
    """Make a reference for each person of a new encounter and record what is claimed about them.

    Two statements, whatever the number of people.
    """
    return _recorded(_Hand(organisation_id, envelope, made_by, at), _placed(people, {}))


_REFERENCE = ("id", "organisation_id", "envelope_id", "role", "position")
_CLAIM = (
    "id",
    "reference_id",
    "organisation_id",
    "kind",
    "value_sealed",
    "basis",
    "position",
    "made_at",
    "made_by_id",
)


def record_many(
    *, organisation_id: UUID, met: Sequence[tuple[Envelope, Sequence[Person]]], made_by: UUID, at: datetime
) -> list[UUID]:
    """Record the people of many new encounters of one organisation: two statements for all of them.

    The first person of each is the child; gives the id of its reference.
    """
    hands = [_Hand(organisation_id, envelope, made_by, at) for envelope, _ in met]
    placed = [[(uuid4(), place, one) for place, one in _placed(people, {})] for _, people in met]
    each = list(zip(hands, placed, strict=True))
    write_rows(
        Reference,
        _REFERENCE,
        (
            (one, organisation_id, hand.envelope.id, _ROLES[type(person)], place)
            for hand, people in each
            for one, place, person in people
        ),
    )
    write_rows(
        Claim,
        _CLAIM,
        (row for hand, people in each for one, _, person in people for row in _claim_rows(one, person, hand)),
    )
    return [people[0][0] for people in placed]


def _claim_rows(reference_id: UUID, person: Person, hand: _Hand) -> Iterator[tuple[Any, ...]]:
    for one in claims_in(person):
        claim_id = uuid4()
        sealed = hand.envelope.seal(text_of(one.value), context=context_of(claim_id, one.kind))
        by, at = hand.made_by, hand.at
        yield claim_id, reference_id, hand.organisation_id, one.kind, sealed, one.basis, one.position, at, by


def add_people(
    *,
    organisation_id: UUID,
    envelope: Envelope,
    people: Sequence[Person],
    made_by: UUID,
    at: datetime,
) -> tuple[Reference, ...]:
    """Add people to an encounter that has some already, such as an adult who comes for the child later."""
    standing = Reference.objects.filter(envelope_id=envelope.id, withdrawn_at__isnull=True)
    taken = Counter(standing.values_list("role", flat=True))
    return _recorded(_Hand(organisation_id, envelope, made_by, at), _placed(people, taken))


def _placed(people: Iterable[Person], taken: Mapping[str, int]) -> list[tuple[int, Person]]:
    """Number people within their role, from the first place that is not taken."""
    places = Counter(taken)
    placed = []
    for person in people:
        role = _ROLES[type(person)]
        placed.append((places[role], person))
        places[role] += 1
    return placed


def _recorded(hand: _Hand, placed: Sequence[tuple[int, Person]]) -> tuple[Reference, ...]:
    references = [
        Reference(
            organisation_id=hand.organisation_id,
            envelope_id=hand.envelope.id,
            role=_ROLES[type(person)],
            position=place,
        )
        for place, person in placed
    ]
    Reference.objects.bulk_create(references)
    Claim.objects.bulk_create(
        claim
        for reference, (_, person) in zip(references, placed, strict=True)
        for claim in _claims(reference, claims_in(person), hand)
    )
    return tuple(references)


def _claims(reference: Reference, stated: Iterable[Stated], hand: _Hand) -> Iterator[Claim]:
    for one in stated:
        claim_id = uuid4()
        yield Claim(
            id=claim_id,
            reference_id=reference.id,
            organisation_id=hand.organisation_id,
            kind=one.kind,
            value_sealed=hand.envelope.seal(text_of(one.value), context=context_of(claim_id, one.kind)),
            basis=one.basis,
            position=one.position,
            made_at=hand.at,
            made_by_id=hand.made_by,
        )


def _correct_claims(reference: Reference, person: Person, hand: _Hand) -> None:
    """Withdraw the claims that no longer hold and add those that are new."""
    wanted = {_sameness(one): one for one in claims_in(person)}
    opened = opened_claims([reference.id], hand.envelope)
    held = {_sameness(one.stated): one.claim_id for one in opened if not one.stated.is_withdrawn}
    gone = [claim_id for key, claim_id in held.items() if key not in wanted]
    new = [one for key, one in wanted.items() if key not in held]
    Claim.objects.filter(id__in=gone).update(withdrawn_at=hand.at, withdrawn_by_id=hand.made_by)
    Claim.objects.bulk_create(_claims(reference, new, hand))


def _sameness(one: Stated) -> tuple[str, int, str, str]:
    return one.kind, one.position, one.basis, json.dumps(one.value, sort_keys=True)


def correct_people(
    *, organisation_id: UUID, envelope: Envelope, people: Sequence[Person], made_by: UUID, at: datetime
) -> None:
    """Bring the people of an encounter in line with what is stated now.

    Who kept facts or name stays the same reference; so does the only one whose name was not
    known yet. Another name is a new reference, so that nothing decided about one adult ever holds
    for another. The child is always the child.
    """
    hand = _Hand(organisation_id, envelope, made_by, at)
    met = people_of(envelope)
    for role in _ROLES.values():
        before = [one for one in met if one.role == role]
        after = [replace(person) for person in people if _ROLES[type(person)] == role]
        _correct_role(before, after, hand)


def _correct_role(before: Sequence[Met], after: Sequence[Person], hand: _Hand) -> None:
    pairs = _paired(before, after)
    places = {id(person): place for place, person in enumerate(after)}
    for one, person in pairs:
        reference = Reference(id=one.reference_id, organisation_id=hand.organisation_id)
        Reference.objects.filter(id=one.reference_id).update(position=places.pop(id(person)))
        _correct_claims(reference, person, hand)
    kept = {one.reference_id for one, _ in pairs}
    gone = [one.reference_id for one in before if one.reference_id not in kept]
    Reference.objects.filter(id__in=gone).update(withdrawn_at=hand.at)
    _recorded(hand, [(places[id(person)], person) for person in after if id(person) in places])


def _paired(before: Sequence[Met], after: Sequence[Person]) -> list[tuple[Met, Person]]:
    """Say who of those met is whom in what is stated now: the surest ground first, each once."""
    pairs: list[tuple[Met, Person]] = []
    for is_same in (_equal, _same_name, _the_child):
        for one in _untaken(before, [taken for taken, _ in pairs]):
            right = _untaken(after, [taken for _, taken in pairs])
            fits = [person for person in right if is_same(one.person, person)]
            pairs += [(one, person) for person in fits[:1]]
    left = _untaken(before, [one for one, _ in pairs])
    right = _untaken(after, [person for _, person in pairs])
    if len(left) == len(right) == 1 and left[0].person.name is None:
        pairs.append((left[0], right[0]))
    return pairs


def _untaken(of: Sequence[_T], taken: Sequence[_T]) -> list[_T]:
    """Give what is not taken; two equal people are still two."""
    gone = {id(one) for one in taken}
    return [one for one in of if id(one) not in gone]


def _equal(one: Person, other: Person) -> bool:
    return one == other


def _same_name(one: Person, other: Person) -> bool:
    return one.name is not None and one.name == other.name


def _the_child(one: Person, other: Person) -> bool:
    return isinstance(one, Child) and isinstance(other, Child)
