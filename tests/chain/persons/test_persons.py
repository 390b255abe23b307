"""A person taken apart into sealed claims comes back the same, and nothing claimed is ever lost."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given

from chain.town import AT, Town, after, facts
from invented import RAW_ENCOUNTERS
from vangnet.chain.persons.facts import Person, child_of, claims_in, collector_of, companion_of
from vangnet.chain.persons.models import Claim, Reference
from vangnet.chain.persons.selectors import collectors_in, ever_claimed, opened_claims, people_of
from vangnet.chain.persons.services import add_people, correct_people, record_people
from vangnet.knowledge.terms import Child, Collector, Companion, Encounter, PartialDate, PersonName, read_encounter
from vangnet.trust.keys.services import Envelope, SealBrokenError, create_envelope

ANNA = Collector(name=PersonName("Anna", "Bakker"), phones=("+32400001111",))
OTTO = Collector(name=PersonName("Otto", "Berg"))


@given(RAW_ENCOUNTERS)
def test_whoever_is_taken_apart_is_put_together_again(raw: dict[str, object]) -> None:
    encounter = read_encounter(raw)
    assert isinstance(encounter, Encounter)
    assert child_of(claims_in(encounter.child)) == encounter.child
    assert tuple(collector_of(claims_in(one)) for one in encounter.collectors) == encounter.collectors
    assert tuple(companion_of(claims_in(one)) for one in encounter.companions) == encounter.companions


def test_what_is_unknown_makes_no_claim() -> None:
    assert claims_in(Child()) == ()
    assert claims_in(Collector()) == ()


def recorded(town: Town, *people: Person) -> Envelope:
    envelope = create_envelope(at=AT)
    record_people(
        organisation_id=town.officer.organisation_id,
        envelope=envelope,
        people=people,
        made_by=town.officer.person_id,
        at=AT,
    )
    return envelope


def corrected(town: Town, envelope: Envelope, *people: Person) -> None:
    correct_people(
        organisation_id=town.officer.organisation_id,
        envelope=envelope,
        people=people,
        made_by=town.specialist.person_id,
        at=after(60),
    )


def references(envelope: Envelope) -> dict[str, UUID]:
    return {one.person.name.whole if one.person.name else "": one.reference_id for one in people_of(envelope)}


def test_everybody_comes_back_in_the_order_given(town: Town) -> None:
    encounter = facts()
    people = (encounter.child, *encounter.companions, ANNA, OTTO)
    found = [one.person for one in people_of(recorded(town, *people))]
    assert found == [encounter.child, ANNA, OTTO, *encounter.companions]


def test_two_statements_record_any_number_of_people(town: Town, django_assert_num_queries) -> None:
    envelope = create_envelope(at=AT)
    with django_assert_num_queries(2):
        record_people(
            organisation_id=town.officer.organisation_id,
            envelope=envelope,
            people=(facts().child, ANNA, OTTO),
            made_by=town.officer.person_id,
            at=AT,
        )


def test_a_value_opens_only_under_its_own_kind(town: Town) -> None:
    envelope = recorded(town, facts().child)
    Claim.objects.filter(kind="sex").update(kind="vehicle")
    with pytest.raises(SealBrokenError):
        people_of(envelope)


def test_a_corrected_name_stands_beside_the_earlier_one(town: Town) -> None:
    first = Child(name=PersonName("Nora", "Visser"), birth_date=PartialDate(2012))
    second = Child(name=PersonName("Noor", "Visser"), birth_date=PartialDate(2012))
    envelope = recorded(town, first)
    corrected(town, envelope, second)
    (met,) = people_of(envelope)
    assert met.person == second
    assert ever_claimed(envelope) == (Child(name=PersonName("Nora", "Visser")),)
    (gone,) = [one for one in opened_claims([met.reference_id], envelope) if one.withdrawn_at]
    assert (gone.made_by, gone.withdrawn_at) == (town.officer.person_id, after(60))
    assert Claim.objects.count() == 3


def test_the_same_again_adds_and_withdraws_nothing(town: Town) -> None:
    people = (facts().child, ANNA, *facts().companions)
    envelope = recorded(town, *people)
    before = Claim.objects.count()
    corrected(town, envelope, *people)
    assert (Claim.objects.count(), ever_claimed(envelope)) == (before, ())


def test_a_phone_more_is_still_the_same_adult(town: Town) -> None:
    envelope = recorded(town, Child(), ANNA, OTTO)
    before = references(envelope)
    corrected(town, envelope, Child(), Collector(name=ANNA.name, phones=("+1",)), OTTO)
    assert references(envelope) == before


def test_another_name_is_another_adult(town: Town) -> None:
    envelope = recorded(town, Child(), ANNA)
    before = references(envelope)
    corrected(town, envelope, Child(), OTTO)
    assert not set(before.values()) & {references(envelope)["Otto Berg"]}
    assert [one.person for one in people_of(envelope)] == [Child(), OTTO]
    assert Collector(name=ANNA.name) in ever_claimed(envelope)


def test_the_only_adult_without_a_name_may_get_one(town: Town) -> None:
    envelope = recorded(town, Child(), Collector(phones=("+1",)))
    before = references(envelope)[""], references(envelope)
    ((reference, _),) = collectors_in(people_of(envelope))
    corrected(town, envelope, Child(), ANNA)
    assert collectors_in(people_of(envelope)) == ((reference, ANNA),)
    assert before


def test_who_is_put_first_stands_first(town: Town) -> None:
    envelope = recorded(town, Child(), ANNA, OTTO)
    before = references(envelope)
    corrected(town, envelope, Child(), OTTO, ANNA)
    assert [person for _, person in collectors_in(people_of(envelope))] == [OTTO, ANNA]
    assert references(envelope) == before


def test_two_equal_people_stay_two(town: Town) -> None:
    twin = Companion(role="child")
    envelope = recorded(town, Child(), twin, twin)
    corrected(town, envelope, Child(), twin, twin, twin)
    assert [one.person for one in people_of(envelope)] == [Child(), twin, twin, twin]


def test_an_adult_companion_who_was_not_there_is_still_an_adult_in_the_index(town: Town) -> None:
    driver = Companion(role="adult", vehicle="QQ-1")
    envelope = recorded(town, Child(), driver)
    corrected(town, envelope, Child())
    assert driver in ever_claimed(envelope)


def test_somebody_who_comes_later_is_numbered_after_the_others(town: Town) -> None:
    envelope = recorded(town, Child(), ANNA)
    (later,) = add_people(
        organisation_id=town.officer.organisation_id,
        envelope=envelope,
        people=[OTTO],
        made_by=town.officer.person_id,
        at=after(5),
    )
    assert (later.role, later.position) == ("collector", 1)
    assert [person for _, person in collectors_in(people_of(envelope))] == [ANNA, OTTO]


@pytest.mark.parametrize("kind", ["nationality", "religion", ""])
def test_the_table_knows_no_other_kind_of_claim(town: Town, kind: str) -> None:
    recorded(town, facts().child)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.update(kind=kind)
    assert str(Claim.objects.first())
    assert str(Reference.objects.get()).startswith("child ")
