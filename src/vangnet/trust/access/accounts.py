"""Which service account a command acts as: a named one, or the one of the organisation."""

from __future__ import annotations

from vangnet.knowledge.terms import Reason, Words
from vangnet.trust.access.models import Membership, Person
from vangnet.trust.access.policy import Actor, Role
from vangnet.trust.access.services import actor_for


def service_actor(account: str | None = None, organisation: str | None = None) -> Actor | Reason:
    """Give the service account that acts: by its name, by its organisation, or the only one there is.

    Gives a Reason, one sentence, where there is none or more than one to choose from.
    """
    rows = Membership.objects.filter(role=Role.SERVICE.value, person__is_service=True)
    if account is not None:
        rows = rows.filter(person__username=account)
    if organisation is not None:
        rows = rows.filter(organisation__code=organisation)
    found = list(rows.select_related("person", "organisation").order_by("organisation__code", "person__username"))
    if len(found) == 1:
        return actor_for(found[0].person, found[0].organisation.code)
    if found:
        return Reason(code="choose_account", words=_choose([row.person.username for row in found]))
    return Reason(code="no_account", kind="not_there", words=_none_for(account or organisation or ""))


def _choose(names: list[str]) -> Words:
    listed = ", ".join(names)
    return Words(
        f"Er is meer dan één dienstaccount; noem er een met --as: {listed}.",
        f"There is more than one service account; name one with --as: {listed}.",
    )


def _none_for(wanted: str) -> Words:
    about = f" ({wanted})" if wanted else ""
    return Words(
        f"Er is geen dienstaccount{about}; maak er een met: vangnet init --organisation CODE.",
        f"There is no service account{about}; make one with: vangnet init --organisation CODE.",
    )


def actor_named(username: str) -> Actor | Reason:
    """Give the actor that a person is, by the name they log in with."""
    person = Person.objects.filter(username=username).first()
    return (
        Reason(code="no_account", kind="not_there", words=_none_for(username))
        if person is None
        else actor_for(person)
    )
