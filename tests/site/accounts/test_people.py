"""Who may come in: added, given a role, reset, ended; by an administrator of the own organisation, in the ledger."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.contrib.auth import authenticate

from chain.town import after, code_of
from vangnet.chain import flow
from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.terms import Purpose
from vangnet.site.accounts import people, second_proof
from vangnet.site.accounts.people import Once
from vangnet.trust.access.models import Membership, Person
from vangnet.trust.access.policy import ROLES_UNDER, Role
from vangnet.trust.access.services import create_person, give_role
from vangnet.trust.ledger.models import Entry
from vangnet.trust.ledger.services import name_digest

NOW = after(5)


def added(town, username: str = "nieuw", role: Role = Role.OFFICER) -> Once:
    once = people.add_person(
        actor=town.service, username=username, name=f"{username.title()} Iemand", role=role, language="nl", at=NOW
    )
    assert isinstance(once, Once), once
    return once


def problems(town) -> list[str]:
    found = flow.verify_all(actor=town.service, purpose=Purpose.ACCOUNT, at=NOW)
    assert isinstance(found, flow.Verified)
    return [one.en for one in found.problems]


def roles(username: str) -> set[str]:
    return set(Membership.objects.filter(person__username=username).values_list("role", flat=True))


def test_somebody_is_added_with_a_password_for_once_that_is_stored_nowhere(town, rf):
    once = added(town)
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", once.password)
    assert once.password not in repr(once)
    person = authenticate(rf.post("/login"), username="nieuw", password=once.password)
    assert isinstance(person, Person)
    assert person.must_change_password
    assert roles("nieuw") == {"officer"}
    (entry,) = Entry.objects.all()
    assert (entry.act, entry.purpose, entry.subjects) == ("add_person", "account", [str(person.pk)])
    assert added(town, "ander").password != once.password


def test_the_same_name_is_refused_in_any_case_of_letters(town):
    added(town)
    again = people.add_person(
        actor=town.service, username="NIEUW", name="X", role=Role.OFFICER, language="nl", at=NOW
    )
    assert code_of(again) == "taken"
    assert Person.objects.filter(username__iexact="nieuw").count() == 1


@pytest.mark.parametrize("name", ["Nieuw Iemand", "  nieuw   IEMAND ", "Nieuw\u00a0Iemand"])
def test_two_colleagues_are_not_called_the_same(town, name):
    added(town)
    person = {"actor": town.service, "role": Role.OFFICER, "language": "nl", "at": NOW}
    again = people.add_person(**person, username="ander", name=name)
    assert code_of(again) == "same_name"
    assert "as nieuw" in again.words.en
    assert not Person.objects.filter(username="ander").exists()
    assert isinstance(people.add_person(**person, username="ander", name=f"{name.strip()} (Waterland)"), Once)


def test_nobody_of_elsewhere_comes_in_under_the_name_of_a_colleague(town):
    board = replace(town.service, organisation_id=town.board.organisation_id)
    once = people.add_person(
        actor=board, username="double", name="robin officer", role=Role.RVDK, language="nl", at=NOW
    )
    assert isinstance(once, Once)
    change = {"actor": town.service, "username": "double", "role": Role.OFFICER, "at": NOW}
    assert code_of(people.change_role(**change, is_given=True)) == "same_name"
    assert roles("double") == {"rvdk"}
    own = change | {"username": "officer", "role": Role.SPECIALIST}
    assert people.change_role(**own, is_given=True) is None


def test_a_role_of_another_kind_of_organisation_is_refused_with_those_that_fit(town):
    person = {"actor": town.service, "username": "nieuw", "name": "X", "language": "nl", "at": NOW}
    refused = people.add_person(**person, role=Role.RVDK)
    assert code_of(refused) == "role_not_here"
    assert "Choose one of: officer, assistant_prosecutor, specialist" in refused.words.en
    change = {"actor": town.service, "username": "officer", "role": Role.SHELTER, "at": NOW}
    assert code_of(people.change_role(**change, is_given=True)) == "role_not_here"
    assert roles("officer") == {"officer"}
    assert not Entry.objects.exists()
    police = Person.objects.get(username="officer").memberships.get().organisation
    give_role(person=Person.objects.get(username="officer"), organisation=police, role=Role.SHELTER)
    assert people.change_role(**change, is_given=False) is None  # what does not fit can be taken away


def test_every_kind_of_organisation_gives_a_role_and_every_role_is_given_somewhere():
    assert set(ROLES_UNDER) == set(Regime)
    assert set().union(*ROLES_UNDER.values()) == set(people.GIVEN)


def test_the_list_says_who_works_here_in_which_roles_and_who_made_the_account(town):
    added(town)
    assert (
        people.change_role(actor=town.service, username="nieuw", role=Role.SPECIALIST, is_given=True, at=NOW)
        is None
    )
    listed = people.listed(actor=town.service)
    assert isinstance(listed, tuple)
    by_name = {one.colleague.username: one for one in listed}
    assert set(by_name) == {"officer", "specialist", "service", "immigration", "auditor", "nieuw"}
    assert by_name["nieuw"].colleague.roles == ("officer", "specialist")
    assert (by_name["nieuw"].made_by, by_name["nieuw"].made_at) == ("Robin Service", NOW)
    assert (by_name["officer"].made_by, by_name["officer"].made_at) == ("", None)
    assert code_of(people.listed(actor=town.officer)) == "role"


def test_the_name_of_an_account_is_bound_from_the_moment_that_it_is_made(town):
    added(town)
    person = Person.objects.get(username="nieuw")
    assert Entry.objects.get().bindings[str(person.pk)] == name_digest(person.pk, "Nieuw Iemand")
    assert problems(town) == []
    Person.objects.filter(pk=person.pk).update(name="Robin Officer")
    assert problems(town) == [f"Account {person.pk} has another name than the one that the ledger knows."]


@pytest.mark.parametrize("role", [Role.SERVICE, Role.IMMIGRATION])
def test_two_roles_are_given_to_nobody(town, role):
    refused = people.add_person(actor=town.service, username="nieuw", name="X", role=role, language="nl", at=NOW)
    assert code_of(refused) == "role_not_given"
    changed = people.change_role(actor=town.service, username="officer", role=role, is_given=True, at=NOW)
    assert code_of(changed) == "role_not_given"
    assert not Person.objects.filter(username="nieuw").exists()


def test_a_role_is_given_and_taken(town):
    change = {"actor": town.service, "username": "officer", "role": Role.SPECIALIST, "at": NOW}
    assert people.change_role(**change, is_given=True) is None
    assert roles("officer") == {"officer", "specialist"}
    assert people.change_role(**change, is_given=False) is None
    assert roles("officer") == {"officer"}
    assert [one.act for one in Entry.objects.order_by("number")] == ["give_role", "take_role"]
    assert code_of(people.change_role(**change | {"username": "nobody"}, is_given=True)) == "no_such_person"
    create_person(username="machine", name="Machine", is_service=True)
    assert code_of(people.change_role(**change | {"username": "machine"}, is_given=True)) == "no_such_person"


def test_access_ends_here_and_who_works_elsewhere_keeps_it_there(town, rf):
    board = replace(town.service, organisation_id=town.board.organisation_id)
    assert people.change_role(actor=board, username="officer", role=Role.RVDK, is_given=True, at=NOW) is None
    assert people.end_access(actor=town.service, username="officer", at=NOW) is None
    assert roles("officer") == {"rvdk"}
    assert Person.objects.get(username="officer").is_active
    assert people.end_access(actor=board, username="officer", at=NOW) is None
    assert not Person.objects.get(username="officer").is_active


def test_somebody_of_another_organisation_is_not_there(town):
    for act in (people.end_access, people.reset):
        assert code_of(act(actor=town.service, username="board", at=NOW)) == "no_such_person"
    assert Person.objects.get(username="board").is_active
    assert not Entry.objects.exists()


def test_a_reset_gives_a_password_for_once_and_ends_the_second_proof(town, rf):
    officer = Person.objects.get(username="officer")
    second_proof.begin(officer, second_proof.secret_of(officer, "x"))
    once = people.reset(actor=town.service, username="officer", at=NOW)
    assert isinstance(once, Once)
    assert authenticate(rf.post("/login"), username="officer", password=once.password) == officer
    assert not second_proof.has_second_proof(officer)
    assert Person.objects.get(username="officer").must_change_password
    assert [one.act for one in Entry.objects.all()] == ["reset_access"]


def test_who_works_elsewhere_too_is_reset_by_nobody_alone(town, rf):
    board = Person.objects.get(username="board")
    assert (
        people.change_role(actor=town.service, username="board", role=Role.OFFICER, is_given=True, at=NOW) is None
    )
    assert code_of(people.reset(actor=town.service, username="board", at=NOW)) == "works_elsewhere"
    board.refresh_from_db()
    assert not board.must_change_password


def test_only_an_administrator_may(town):
    for actor in (town.officer, town.specialist, town.board, town.auditor):
        assert code_of(people.reset(actor=actor, username="officer", at=NOW)) == "role"
    assert code_of(people.reset(actor=town.immigration, username="officer", at=NOW)) == "firewall"
    admin = replace(town.officer, roles=frozenset({Role.CONTROLLER_ADMIN}))
    assert isinstance(people.reset(actor=admin, username="officer", at=NOW), Once)
