"""A command acts as the only service account there is, or as the one that was named."""

from __future__ import annotations

import pytest

from vangnet.knowledge.terms import Reason
from vangnet.trust.access.accounts import service_actor
from vangnet.trust.access.policy import Actor, Role
from vangnet.trust.access.services import create_person, give_role


@pytest.fixture
def account(db):
    def make(username, organisation, role=Role.SERVICE, is_service=True):
        person = create_person(username=username, name=username, is_service=is_service)
        give_role(person=person, organisation=organisation, role=role)

    return make


def code_of(answer) -> str:
    assert isinstance(answer, Reason)
    return answer.code


def test_the_only_account_acts_without_being_named(account, organisation, other_organisation):
    account("import-ams", organisation)
    account("robin", other_organisation, Role.OFFICER, is_service=False)
    account("a-person-as-service", other_organisation, is_service=False)
    actor = service_actor()
    assert isinstance(actor, Actor)
    assert (actor.name, actor.organisation_code) == ("import-ams", "NL-POL-AMS")


def test_of_several_one_is_named_by_account_or_organisation(account, organisation, other_organisation):
    account("import-ams", organisation)
    account("import-rvdk", other_organisation)
    assert code_of(service_actor()) == "choose_account"
    for named in (service_actor("import-rvdk"), service_actor(organisation="NL-RVDK-AMS")):
        assert isinstance(named, Actor)
        assert named.name == "import-rvdk"


def test_every_account_to_choose_from_is_named(account, organisation):
    names = [f"service-{number}" for number in range(7)]
    for name in names:
        account(name, organisation)
    answer = service_actor()
    assert isinstance(answer, Reason)
    assert answer.words.en.endswith(f"name one with --as: {', '.join(names)}.")


def test_where_there_is_none_the_sentence_says_whom_it_sought(db):
    assert code_of(service_actor()) == "no_account"
    for answer in (service_actor("nobody"), service_actor(organisation="nobody")):
        assert isinstance(answer, Reason)
        assert "(nobody)" in answer.words.nl
        assert "(nobody)" in answer.words.en
