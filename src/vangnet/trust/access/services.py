"""Writes about organisations, people and roles; and the actor that a person is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from vangnet.knowledge.handover import RECEIVING
from vangnet.knowledge.terms import Language, Reason, Words
from vangnet.trust.access.models import Membership, Organisation, Person, Receiving
from vangnet.trust.access.policy import Actor, Role


def create_organisation(
    *,
    code: str,
    name: str,
    country: str,
    regime: str,
    municipality: str = "",
    contact_words: str = "",
    contact_phone: str = "",
) -> Organisation:
    """Make an organisation, or give the one that has this code already."""
    made, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "country": country,
            "regime": regime,
            "municipality": municipality,
            "contact_words": contact_words,
            "contact_phone": contact_phone,
        },
    )
    return made


def set_receiving(*, code: str, kinds: Collection[str]) -> Reason | None:
    """Say for which children an organisation has a place, instead of what was said; or why its card cannot say so."""
    organisation = Organisation.objects.get(code=code)
    unfit = sorted(kind for kind in kinds if organisation.regime not in RECEIVING[kind].regimes)
    if unfit:
        return Reason(code="receives_under_another_law", kind="mend", words=_unfit(organisation, unfit))
    Receiving.objects.filter(organisation=organisation).exclude(code__in=kinds).delete()
    for kind in kinds:
        Receiving.objects.get_or_create(organisation=organisation, code=kind)
    return None


def set_up_organisation(*, code: str, **card: str) -> Organisation:
    """Make an organisation with the service account that its commands act as; what is there stays."""
    organisation = create_organisation(code=code, **card)
    if not Membership.objects.filter(organisation=organisation, role=Role.SERVICE.value).exists():
        account = create_person(username=f"service-{code.lower()}", name=f"Service {code}", is_service=True)
        give_role(person=account, organisation=organisation, role=Role.SERVICE)
    return organisation


def create_person(
    *,
    username: str,
    name: str,
    password: str | None = None,
    language: Language = "nl",
    is_service: bool = False,
) -> Person:
    """Make a person; without a password nobody can log in as them, as befits a service account."""
    return Person.objects.create_user(username, password, name=name, language=language, is_service=is_service)


def set_password(*, person: Person, password: str, once_until: datetime | None = None) -> None:
    """Give a person another password; one that was made for once lasts until a moment and must be changed at the first page."""
    person.set_password(password)
    person.once_until = once_until
    person.save(update_fields=["password", "once_until"])


def choose_language(*, person: Person, language: Language) -> None:
    """Keep the language that a person chose, for wherever they log in."""
    person.language = language
    person.save(update_fields=["language"])


def give_role(*, person: Person, organisation: Organisation, role: Role) -> None:
    """Let a person have a role at an organisation; the same again changes nothing."""
    Membership.objects.get_or_create(person=person, organisation=organisation, role=role.value)


def take_role(*, person: Person, organisation: Organisation, role: Role) -> None:
    """Take a role away; what was done in it stays in the ledger."""
    Membership.objects.filter(person=person, organisation=organisation, role=role.value).delete()


def leave(*, person: Person, organisation: Organisation) -> None:
    """Take every role of a person at an organisation; who then has none anywhere is deactivated."""
    Membership.objects.filter(person=person, organisation=organisation).delete()
    if not Membership.objects.filter(person=person).exists():
        deactivate(person=person)


def deactivate(*, person: Person) -> None:
    """End a person's access; the person stays, because the ledger names them."""
    Person.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False


def actor_for(person: Person, organisation_code: str | None = None) -> Actor | Reason:
    """Say in which roles a person acts at one organisation, or why they cannot.

    Without a code the person must belong to exactly one organisation. One query.
    """
    rows = Membership.objects.filter(person=person).select_related("organisation")
    codes = sorted({row.organisation.code for row in rows})
    if not person.is_active or not codes:
        return Reason(code="no_access", kind="may_not", words=_NO_ACCESS)
    if organisation_code is None and len(codes) > 1:
        return Reason(code="choose_organisation", kind="changed", words=_choose(codes))
    chosen = codes[0] if organisation_code is None else organisation_code
    mine = [row for row in rows if row.organisation.code == chosen or row.role == Role.IMMIGRATION.value]
    mine.sort(key=lambda row: row.organisation.code != chosen)  # the firewall follows a person everywhere
    if not any(row.organisation.code == chosen for row in mine):
        return Reason(code="not_a_member", kind="may_not", words=_not_a_member(chosen))
    return _actor(person, mine)


def actors_of(person_id: UUID) -> tuple[Actor, ...]:
    """Give as whom a person can act now: once for each organisation where they have a role; nothing where they left."""
    person = Person.objects.get(pk=person_id)
    codes = Membership.objects.filter(person=person).values_list("organisation__code", flat=True)
    found = [actor_for(person, code) for code in sorted(set(codes))]
    return tuple(one for one in found if isinstance(one, Actor))


def _actor(person: Person, mine: list[Membership]) -> Actor:
    organisation = mine[0].organisation
    return Actor(
        person_id=person.id,
        name=person.name,
        organisation_id=organisation.id,
        organisation_code=organisation.code,
        organisation_name=organisation.name,
        regime=organisation.regime,
        country=organisation.country,
        roles=frozenset(row.role for row in mine),
        language="en" if person.language == "en" else "nl",
    )


_NO_ACCESS = Words(
    "U heeft geen rol bij een organisatie. De beheerder van uw organisatie kan u een rol geven.",
    "You have no role at an organisation. The administrator of your organisation can give you one.",
)


def _unfit(organisation: Organisation, unfit: Collection[str]) -> Words:
    regimes = ", ".join(sorted({one for kind in unfit for one in RECEIVING[kind].regimes}))
    listed = ", ".join(unfit)
    return Words(
        f"{organisation.code} staat er als {organisation.regime}; {listed} hoort bij: {regimes}. "
        "Op de kaart veranderde hierdoor niets.",
        f"{organisation.code} stands there as {organisation.regime}; {listed} belongs to: {regimes}. "
        "Nothing on the card changed by this.",
    )


def _choose(codes: list[str]) -> Words:
    listed = ", ".join(codes)
    return Words(
        f"U werkt voor meer dan een organisatie. Kies er een: {listed}.",
        f"You work for more than one organisation. Choose one: {listed}.",
    )


def _not_a_member(code: str) -> Words:
    return Words(
        f"U heeft geen rol bij {code}. De beheerder van die organisatie kan u een rol geven.",
        f"You have no role at {code}. The administrator of that organisation can give you one.",
    )
