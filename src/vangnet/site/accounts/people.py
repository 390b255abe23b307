"""Who may come in: an administrator adds people, gives and takes roles, and ends access. All of it in the ledger.

An administrator sees accounts of the own organisation alone, and never a record of a child.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.terms import Language, Purpose, Reason, Words
from vangnet.site.accounts import second_proof
from vangnet.trust.access import selectors
from vangnet.trust.access import services as access
from vangnet.trust.access.models import Organisation, Person
from vangnet.trust.access.policy import ROLES_UNDER, Actor, Relation, Role, permit
from vangnet.trust.ledger import reading
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.selectors import EntryView

GIVEN = tuple(role for role in Role if role not in {Role.SERVICE, Role.IMMIGRATION})
"""The roles that somebody can be given: the service account is made with its organisation."""
ONCE_LASTS = timedelta(hours=72)
"""For how long a password for once can be used: over a weekend, and not for good."""
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _IN_A_GROUP = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A password that works once, for one person; it is shown to the administrator and stored nowhere."""

    username: str
    password: str = field(repr=False)


def add_person(
    *, actor: Actor, username: str, name: str, role: Role, language: Language, at: datetime
) -> Once | Reason:
    """Make somebody of the own organisation who can come in once with the password that this gives."""
    with transaction.atomic():
        here = selectors.organisation_of(actor)
        refused = _refused(actor, role) or _not_here(here, role) or _same_name(here, name)
        if refused is not None:
            return refused
        if selectors.is_name_taken(username):
            return _taken(username)
        once = Once(username=username, password=_password())
        person = access.create_person(username=username, name=name, language=language)
        access.set_password(person=person, password=once.password, once_until=at + ONCE_LASTS)
        access.give_role(person=person, organisation=here, role=role)
        _write_down(actor, "add_person", person, at, role)
    return once


def change_role(*, actor: Actor, username: str, role: Role, is_given: bool, at: datetime) -> Reason | None:
    """Give somebody a role at the own organisation, or take it away; somebody of elsewhere may be given one."""
    with transaction.atomic():
        here = selectors.organisation_of(actor)
        refused = _refused(actor, role)
        if refused is not None:
            return refused
        person = selectors.active_person(username)
        if person is None:
            return _unknown(username)
        wrong = (_not_here(here, role) or _same_name(here, person.name, but=person.pk)) if is_given else None
        if wrong is not None:
            return wrong
        change = access.give_role if is_given else access.take_role
        change(person=person, organisation=here, role=role)
        _write_down(actor, "give_role" if is_given else "take_role", person, at, role)
    return None


def end_access(*, actor: Actor, username: str, at: datetime) -> Reason | None:
    """Take every role at the own organisation; who then has none anywhere cannot come in any more."""
    with transaction.atomic():
        person = _mine(actor, username)
        if isinstance(person, Reason):
            return person
        access.leave(person=person, organisation=selectors.organisation_of(actor))
        _write_down(actor, "end_access", person, at)
    return None


def reset(*, actor: Actor, username: str, at: datetime) -> Once | Reason:
    """Give somebody a new password for once and ask for a new second proof: the phone or the password is gone.

    Only somebody who works here alone: whoever resets a password can come in as that person.
    """
    with transaction.atomic():
        person = _mine(actor, username)
        if isinstance(person, Reason):
            return person
        if selectors.works_elsewhere(person, actor.organisation_id):
            return _ELSEWHERE
        once = Once(username=username, password=_password())
        access.set_password(person=person, password=once.password, once_until=at + ONCE_LASTS)
        second_proof.end(person)
        _write_down(actor, "reset_access", person, at)
    return once


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Somebody of the own organisation: who they are, and who made their account and when, where that was made here."""

    colleague: selectors.Colleague
    made_by: str
    made_at: datetime | None


def listed(*, actor: Actor) -> tuple[Listed, ...] | Reason:
    """Give everybody with a role at the own organisation, by the name they log in with."""
    refused = _refused(actor, None)
    if refused is not None:
        return refused
    made = reading.made_at(actor.organisation_id)
    names = selectors.names_of(one.actor_id for one in made.values())
    return tuple(_listed(one, made.get(one.id), names) for one in selectors.colleagues_at(actor.organisation_id))


def _listed(one: selectors.Colleague, made: EntryView | None, names: Mapping[UUID, str]) -> Listed:
    if made is None:
        return Listed(colleague=one, made_by="", made_at=None)
    return Listed(colleague=one, made_by=names.get(made.actor_id, ""), made_at=made.at)


def _mine(actor: Actor, username: str) -> Person | Reason:
    refused = _refused(actor, None)
    return refused or selectors.person_at(username, actor.organisation_id) or _unknown(username)


def _refused(actor: Actor, role: Role | None) -> Reason | None:
    refused = permit(actor, "manage_access", Purpose.ACCOUNT, Relation.NONE).reason
    if refused is not None:
        return refused
    return None if role is None or role in GIVEN else _NOT_GIVEN


def _password() -> str:
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _write_down(actor: Actor, act: str, person: Person, at: datetime, role: Role | None = None) -> None:
    """Write down what happened to whose account; the name of the account is bound with it."""
    ledger.record(
        actor=actor,
        act=act,
        purpose=Purpose.ACCOUNT,
        subjects=[person.pk],
        counts={} if role is None else {role.value: 1},
        bindings={person.pk: ledger.name_digest(person.pk, person.name)},
        at=at,
    )


def _not_here(here: Organisation, role: Role) -> Reason | None:
    """Say which roles an organisation can give where this is none of them."""
    fitting = ROLES_UNDER[Regime(here.regime)]
    if role in fitting:
        return None
    names = ", ".join(one.value for one in Role if one in fitting)
    return Reason(
        code="role_not_here",
        where="role",
        words=Words(
            f"Een organisatie van deze soort ({here.regime}) geeft de rol {role.value} niet. Kies uit: {names}.",
            f"An organisation of this kind ({here.regime}) does not give the role {role.value}. Choose one of: {names}.",
        ),
    )


def _same_name(here: Organisation, name: str, *, but: UUID | None = None) -> Reason | None:
    """Say that a colleague is called the same: two deciders with one name look like one person, or one like two."""
    other = selectors.same_name_at(here.pk, name, but=but)
    if other is None:
        return None
    return Reason(
        code="same_name",
        where="name",
        words=Words(
            f"{other.name} werkt hier al, als {other.username}. Is het iemand anders, voeg dan iets toe aan de naam.",
            f"{other.name} works here already, as {other.username}. If this is somebody else, add something to the name.",
        ),
    )


_ELSEWHERE = Reason(
    code="works_elsewhere",
    where="username",
    words=Words(
        "Deze persoon werkt ook voor een andere organisatie. Neem eerst daar of hier de rollen weg.",
        "This person works for another organisation too. Take the roles away there or here first.",
    ),
)
_NOT_GIVEN = Reason(
    code="role_not_given",
    where="role",
    words=Words("Deze rol wordt aan niemand gegeven.", "This role is given to nobody."),
)


def _taken(username: str) -> Reason:
    return Reason(
        code="taken",
        where="username",
        words=Words(
            f"De naam {username} is al in gebruik. Kies een andere, of geef deze persoon een rol.",
            f"The name {username} is in use already. Choose another, or give this person a role.",
        ),
    )


def _unknown(username: str) -> Reason:
    return Reason(
        code="no_such_person",
        where="username",
        words=Words(
            f"Niemand van uw organisatie heet {username}. Kijk na hoe u de naam schreef.",
            f"Nobody of your organisation is called {username}. Check how you wrote the name.",
        ),
    )
