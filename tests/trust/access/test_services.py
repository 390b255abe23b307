"""People, their roles, and the actor that a person is."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.terms import Reason
from vangnet.trust.access import selectors, services
from vangnet.trust.access.models import Membership, Organisation, Person, Receiving
from vangnet.trust.access.policy import Actor, Role


@pytest.fixture
def person(db) -> Person:
    return services.create_person(username="robin", name="Robin de Boer", password="a quiet harbour", language="en")


def code_of(answer: Actor | Reason) -> str:
    assert isinstance(answer, Reason)
    return answer.code


def test_a_person_logs_in_with_username_and_password(person, rf):
    request = rf.post("/login")
    assert authenticate(request, username="robin", password="a quiet harbour") == person
    assert authenticate(request, username="robin", password="another") is None
    services.deactivate(person=person)
    assert not person.is_active
    assert authenticate(request, username="robin", password="a quiet harbour") is None


def test_a_service_account_has_no_password_and_nobody_is_staff(db):
    service = services.create_person(username="import", name="Import", is_service=True)
    assert service.is_service
    assert not service.has_usable_password()
    assert not service.is_staff
    assert not hasattr(service, "is_superuser")


def test_the_same_organisation_is_made_once(organisation):
    again = services.create_organisation(code=organisation.code, name="Other", country="NL", regime="police")
    assert again == organisation
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("regime", list(Regime))
def test_every_regime_that_knowledge_knows_can_be_stored(db, regime):
    services.create_organisation(code=f"X-{regime}", name="X", country="NL", regime=regime)
    assert [one.regime for one in selectors.organisations(regime=regime)] == [regime]


def test_words_outside_the_closed_lists_are_refused(organisation, person):
    attempts = (
        lambda: Organisation.objects.create(code="X", name="X", country="NL", regime="immigration"),
        lambda: Membership.objects.create(person=person, organisation=organisation, role="superuser"),
        lambda: Person.objects.create_user("x", name="X", language="xx"),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_a_person_acts_once_for_each_organisation_and_nowhere_after_they_left(
    person, organisation, other_organisation
):
    services.give_role(person=person, organisation=organisation, role=Role.OFFICER)
    services.give_role(person=person, organisation=organisation, role=Role.SPECIALIST)
    services.give_role(person=person, organisation=other_organisation, role=Role.AUDITOR)
    found = {one.organisation_id: one.roles for one in services.actors_of(person.pk)}
    assert found == {organisation.pk: {"officer", "specialist"}, other_organisation.pk: {"auditor"}}
    services.leave(person=person, organisation=other_organisation)
    assert [one.organisation_id for one in services.actors_of(person.pk)] == [organisation.pk]
    services.deactivate(person=person)
    assert services.actors_of(person.pk) == ()


def test_an_actor_holds_the_roles_of_one_organisation(person, organisation, other_organisation):
    for role in (Role.OFFICER, Role.SPECIALIST, Role.OFFICER):
        services.give_role(person=person, organisation=organisation, role=role)
    services.give_role(person=person, organisation=other_organisation, role=Role.AUDITOR)
    actor = services.actor_for(person, "NL-POL-AMS")
    assert actor == Actor(
        person_id=person.id,
        name="Robin de Boer",
        organisation_id=organisation.id,
        organisation_code="NL-POL-AMS",
        organisation_name=organisation.name,
        regime="police",
        country="NL",
        roles=frozenset({"officer", "specialist"}),
        language="en",
    )
    choose = services.actor_for(person)
    assert code_of(choose) == "choose_organisation"
    assert isinstance(choose, Reason)
    assert "NL-POL-AMS, NL-RVDK-AMS" in choose.words.nl
    assert "NL-POL-AMS, NL-RVDK-AMS" in choose.words.en


def test_with_one_organisation_none_needs_to_be_named(person, organisation, django_assert_num_queries):
    services.give_role(person=person, organisation=organisation, role=Role.OFFICER)
    with django_assert_num_queries(1):
        actor = services.actor_for(person)
    assert isinstance(actor, Actor)
    assert actor.organisation_id == organisation.id


def test_a_role_taken_away_is_gone(person, organisation):
    services.give_role(person=person, organisation=organisation, role=Role.OFFICER)
    services.take_role(person=person, organisation=organisation, role=Role.OFFICER)
    assert code_of(services.actor_for(person)) == "no_access"


def test_nobody_acts_where_they_have_no_role(person, organisation, other_organisation):
    services.give_role(person=person, organisation=organisation, role=Role.OFFICER)
    assert code_of(services.actor_for(person, "NL-RVDK-AMS")) == "not_a_member"
    assert code_of(services.actor_for(person, "NL-NOWHERE")) == "not_a_member"
    services.deactivate(person=person)
    assert code_of(services.actor_for(person, "NL-POL-AMS")) == "no_access"


def test_organisations_are_listed_with_how_to_reach_them(organisation, other_organisation):
    services.create_organisation(
        code="BE-POL-ANT",
        name="Politie Antwerpen",
        country="BE",
        regime="foreign",
        municipality="11002",
        contact_words="de meldkamer",
        contact_phone="+32 3 000 00 00",
    )
    assert [one.code for one in selectors.organisations()] == ["BE-POL-ANT", "NL-POL-AMS", "NL-RVDK-AMS"]
    assert [one.code for one in selectors.organisations(country="BE")] == ["BE-POL-ANT"]
    card = selectors.organisation("BE-POL-ANT")
    assert card is not None
    assert (card.municipality, card.contact_words, card.contact_phone) == (
        "11002",
        "de meldkamer",
        "+32 3 000 00 00",
    )
    assert selectors.organisation("NL-NOWHERE") is None
    found = selectors.organisations_by_id([organisation.id, uuid4()])
    assert {one: card.code for one, card in found.items()} == {organisation.id: "NL-POL-AMS"}


def test_people_are_called_by_their_names(person):
    assert selectors.names_of([person.id, uuid4()]) == {person.id: "Robin de Boer"}


def test_rows_say_what_they_are(person, organisation):
    services.give_role(person=person, organisation=organisation, role=Role.OFFICER)
    assert str(person) == "Robin de Boer"
    assert str(organisation) == "NL-POL-AMS"
    assert str(Membership.objects.get()) == f"officer {organisation.id}"


def test_the_firewall_follows_a_person_to_every_organisation(db) -> None:
    organisation = services.create_organisation(code="NL-POL-A", name="A", country="NL", regime="police")
    other_organisation = services.create_organisation(code="NL-IMM-B", name="B", country="NL", regime="police")
    person = services.create_person(username="two-hats", name="Two Hats")
    services.give_role(person=person, organisation=organisation, role=Role.OFFICER)
    services.give_role(person=person, organisation=other_organisation, role=Role.IMMIGRATION)
    actor = services.actor_for(person, organisation.code)
    assert isinstance(actor, Actor)
    assert actor.organisation_code == organisation.code
    assert Role.IMMIGRATION.value in actor.roles


def test_a_card_says_for_which_children_there_is_a_place_and_says_it_anew(db: None) -> None:
    def card(one: Organisation) -> frozenset[str] | None:
        found = selectors.receiver(one.pk)
        return found and found.receives

    made = services.create_organisation(code="NL-OPV-A", name="A", country="NL", regime="shelter")
    assert card(made) == frozenset()
    assert services.set_receiving(code="NL-OPV-A", kinds=["protected_shelter", "voluntary_place"]) is None
    assert services.set_receiving(code="NL-OPV-A", kinds=["voluntary_place"]) is None
    assert card(made) == {"voluntary_place"}
    assert str(Receiving.objects.get()) == f"voluntary_place {made.pk}"
    refused = services.set_receiving(code="NL-OPV-A", kinds=["guardianship"])
    assert refused is not None
    assert refused.code == "receives_under_another_law"
    assert "youth_care" in refused.words.en
    assert card(made) == {"voluntary_place"}
