"""Reads about organisations and the people who work there, as frozen values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any
from uuid import UUID

from vangnet.trust.access.models import Membership, Organisation, Person
from vangnet.trust.access.policy import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCard:
    """An organisation as another may see it: who it is and how to reach it."""

    id: UUID
    code: str
    name: str
    country: str
    regime: str
    municipality: str
    contact_words: str
    contact_phone: str

    @property
    def is_board(self) -> bool:
        """Whether it is an office of the Child Care and Protection Board, which its code says."""
        return "-RVDK-" in self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverCard(OrganisationCard):
    """An organisation, and for which children it has a place.

    `receives` are codes of `knowledge.handover.RECEIVING`; an organisation without any receives nobody.
    """

    receives: frozenset[str]


def organisations(*, regime: str | None = None, country: str | None = None) -> tuple[OrganisationCard, ...]:
    """List organisations in the order of their codes."""
    rows = Organisation.objects.order_by("code")
    rows = rows if regime is None else rows.filter(regime=regime)
    rows = rows if country is None else rows.filter(country=country)
    return tuple(OrganisationCard(**_card(row)) for row in rows)


def organisation(code: str) -> OrganisationCard | None:
    """Find an organisation by its code."""
    row = Organisation.objects.filter(code=code).first()
    return None if row is None else OrganisationCard(**_card(row))


def organisations_by_id(ids: Iterable[UUID]) -> dict[UUID, OrganisationCard]:
    """Find several organisations at once; one that does not exist is left out."""
    rows = Organisation.objects.filter(id__in=set(ids))
    return {row.id: OrganisationCard(**_card(row)) for row in rows}


def receivers(*, country: str) -> tuple[ReceiverCard, ...]:
    """List the organisations of a country, each with the children that it has a place for, in the order of their codes."""
    return tuple(
        map(_receiver, Organisation.objects.prefetch_related("receiving").filter(country=country).order_by("code"))
    )


def receiver(organisation_id: UUID) -> ReceiverCard | None:
    """Find an organisation with the children that it has a place for."""
    row = Organisation.objects.filter(id=organisation_id).first()
    return None if row is None else _receiver(row)


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Say how the people with these ids are called."""
    return dict(Person.objects.filter(id__in=set(ids)).values_list("id", "name"))


def all_names() -> dict[UUID, str]:
    """Say how everybody is called who has or had an account, for comparing with the ledger."""
    return dict(Person.objects.values_list("id", "name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """Somebody who works with Vangnet: their name, and the organisations where they have a role now."""

    name: str
    organisations: Mapping[UUID, str]


def people_by_id(ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Find several people at once, each with where they work; one that does not exist is left out."""
    wanted = set(ids)
    places: dict[UUID, dict[UUID, str]] = {one: {} for one in wanted}
    rows = Membership.objects.filter(person_id__in=wanted).order_by("organisation__name")
    for person_id, organisation_id, name in rows.values_list("person_id", "organisation_id", "organisation__name"):
        places[person_id][organisation_id] = name
    return {
        one: PersonCard(name=name, organisations=MappingProxyType(places[one]))
        for one, name in names_of(wanted).items()
    }


def is_name_taken(username: str) -> bool:
    """Whether somebody logs in with this name already, in capitals or small."""
    return Person.objects.filter(username__iexact=username).exists()


def active_person(username: str) -> Person | None:
    """Find somebody who can log in with this name, at whatever organisation; never a service account."""
    return Person.objects.filter(username=username, is_service=False, is_active=True).first()


def organisation_of(actor: Actor) -> Organisation:
    """Give the organisation for which an actor acts, held until the transaction ends: its people change one by one."""
    return Organisation.objects.select_for_update().get(pk=actor.organisation_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody with a role at one organisation: how they log in, how they are called, in which roles."""

    id: UUID
    username: str
    name: str
    roles: tuple[str, ...]


def colleagues_at(organisation_id: UUID) -> tuple[Colleague, ...]:
    """List who has a role at an organisation, service accounts too, by the name they log in with."""
    rows = Membership.objects.filter(organisation_id=organisation_id).select_related("person")
    roles: dict[Person, list[str]] = {}
    for row in rows.order_by("person__username", "role"):
        roles.setdefault(row.person, []).append(row.role)
    return tuple(
        Colleague(id=one.pk, username=one.username, name=one.name, roles=tuple(mine)) for one, mine in roles.items()
    )


def same_name_at(organisation_id: UUID, name: str, *, but: UUID | None = None) -> Colleague | None:
    """Find who at an organisation is called so already, in whatever letters and spaces; `but` is left out."""
    wanted = _folded(name)
    found = (one for one in colleagues_at(organisation_id) if one.id != but and _folded(one.name) == wanted)
    return next(found, None)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def person_at(username: str, organisation_id: UUID) -> Person | None:
    """Find somebody by the name they log in with, among the people of one organisation."""
    rows = Person.objects.filter(username=username, is_service=False, memberships__organisation_id=organisation_id)
    return rows.first()


def works_elsewhere(person: Person, organisation_id: UUID) -> bool:
    """Whether somebody has a role at any other organisation than this one."""
    return Membership.objects.filter(person=person).exclude(organisation_id=organisation_id).exists()


def roles_of(person: Person) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Say at which organisations a person works, by name, and in which roles."""
    rows = Membership.objects.filter(person=person).select_related("organisation")
    places: dict[str, list[str]] = {}
    for row in rows.order_by("organisation__name", "role"):
        places.setdefault(row.organisation.name, []).append(row.role)
    return tuple((name, tuple(roles)) for name, roles in places.items())


_ON_THE_CARD = tuple(one.name for one in fields(OrganisationCard))


def _card(row: Organisation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _ON_THE_CARD}


def _receiver(row: Organisation) -> ReceiverCard:
    return ReceiverCard(**_card(row), receives=frozenset(one.code for one in row.receiving.all()))
