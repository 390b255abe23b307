"""Recording, correcting, withdrawing and reading encounters."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chain.town import AT, OTHER_POLICE, Town, after, code_of, facts, slim, written
from vangnet.chain.encounters import selectors, services
from vangnet.chain.encounters.models import Account, Encounter, Observation, Opening
from vangnet.chain.encounters.numbers import numbered
from vangnet.chain.encounters.services import Recorded
from vangnet.knowledge import terms
from vangnet.knowledge.terms import PersonName, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation
from vangnet.trust.keys import services as keys

YEAR = 366 * 24 * 60


def record(actor: Actor, told: terms.Encounter, key: UUID | None = None, **options: object) -> Recorded | Reason:
    with transaction.atomic():
        return services.record_encounter(actor=actor, facts=told, request_key=key, at=AT, **options)


def made(actor: Actor, told: terms.Encounter, key: UUID | None = None, **options: object) -> Recorded:
    found = record(actor, told, key, **options)
    assert isinstance(found, Recorded)
    return found


def read(
    actor: Actor, encounter_id: UUID, relation: Relation = Relation.OWN_ENCOUNTER, minutes: float = 1
) -> terms.Encounter | Reason:
    found = selectors.opened(
        actor=actor,
        purpose=Purpose.PROTECT_CHILD,
        relation=relation,
        encounter_id=encounter_id,
        at=after(minutes),
    )
    return found if isinstance(found, Reason) else found.facts


def test_an_encounter_comes_back_as_it_was_told(town: Town) -> None:
    told = facts(encounter_id="NL-1")
    assert read(town.officer, made(town.officer, told).id) == told


def test_three_fields_are_enough(town: Town) -> None:
    told = slim(encounter_id="NL-2", met_at="2016-06")
    assert read(town.officer, made(town.officer, told).id, minutes=1) == told
    row = Encounter.objects.get()
    assert (row.met_at, row.met_on, row.zone) == (None, "2016-06", "Europe/Amsterdam")


def test_the_place_and_the_day_are_those_of_the_encounter(town: Town) -> None:
    made(town.officer, slim(met_at="2026-03-01T23:30:00+00:00"))
    row = Encounter.objects.get()
    assert (row.met_on, row.zone) == ("2026-03-02", "Europe/Amsterdam")


def test_the_same_again_changes_nothing(town: Town) -> None:
    first = made(town.officer, facts(encounter_id="NL-1"))
    again = made(town.officer, facts(encounter_id="NL-1"))
    assert (first.created, again.created, again.id) == (True, False, first.id)
    assert Encounter.objects.count() == Account.objects.count() == 1


def test_the_same_request_again_changes_nothing(town: Town) -> None:
    key = uuid4()
    first, again = made(town.officer, facts(), key), made(town.officer, facts(), key)
    assert (again.created, again.id, again.number) == (False, first.id, first.number)


@pytest.mark.parametrize("numbering", ["number", "request"])
def test_the_same_number_with_other_content_is_refused(town: Town, numbering: str) -> None:
    key = uuid4() if numbering == "request" else None
    named = {} if numbering == "request" else {"encounter_id": "NL-1"}
    made(town.officer, slim(**named), key)
    refused = record(town.officer, slim(**named, place="elsewhere"), key)
    assert code_of(refused) == "correct_it_instead"
    assert Encounter.objects.count() == 1


def test_a_number_is_the_organisations_own(town: Town) -> None:
    first = made(town.officer, facts(encounter_id="NL-1"))
    other = made(town.other_specialist, facts(encounter_id="NL-1", organisation=OTHER_POLICE))
    assert other.created
    assert other.id != first.id


def test_six_children_met_at_once_stay_six(town: Town) -> None:
    six = [made(town.officer, slim(), ordinal=place) for place in range(6)]
    again = [made(town.officer, slim(), ordinal=place) for place in range(6)]
    assert len({one.id for one in six}) == 6
    assert [one.id for one in again] == [one.id for one in six]
    assert not any(one.created for one in again)


def test_an_issued_number_fits_the_schema_and_tells_nothing_of_the_child(town: Town) -> None:
    issued = numbered(facts(), request_key=None, ordinal=0).encounter_id
    assert issued.startswith("NL-POL-RIJNHAVEN-V")
    assert len(issued) <= 120
    assert issued != numbered(facts(), request_key=None, ordinal=1).encounter_id
    assert issued != numbered(facts(), request_key=uuid4(), ordinal=0).encounter_id


def test_nobody_records_for_another_organisation(town: Town) -> None:
    assert code_of(record(town.officer, facts(organisation=OTHER_POLICE))) == "other_organisation"


def test_two_at_once_make_one(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(town.officer, facts(encounter_id="NL-1"))
    seen = iter([None, first])
    monkeypatch.setattr(services, "_there_already", lambda *_: next(seen))
    assert made(town.officer, facts(encounter_id="NL-1")) == first
    assert Encounter.objects.count() == 1


def test_another_fault_of_the_database_is_not_taken_for_a_double(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(town.officer, facts(encounter_id="NL-1"))
    monkeypatch.setattr(services, "_there_already", lambda *_: None)
    with pytest.raises(IntegrityError):
        made(town.officer, facts(encounter_id="NL-1"))


def correct(actor: Actor, encounter_id: UUID, told: terms.Encounter, reason: str = "spelling") -> Recorded | Reason:
    with transaction.atomic():
        return services.correct_encounter(
            actor=actor, encounter_id=encounter_id, facts=told, reason=reason, at=after(30)
        )


def test_a_correction_is_a_new_account_beside_the_first(town: Town) -> None:
    first = made(town.officer, facts())
    told = replace(
        facts(encounter_id=first.number),
        place="Markt",
        country="BE",
        child=replace(facts(encounter_id=first.number).child, address="Plein 3"),
    )
    done = correct(town.specialist, first.id, told)
    assert isinstance(done, Recorded)
    assert read(town.officer, first.id) == told
    assert list(Account.objects.order_by("number").values_list("number", "recorded_by")) == [
        (1, town.officer.person_id),
        (2, town.specialist.person_id),
    ]
    row = Encounter.objects.get()
    assert (row.country, row.zone, bytes(row.digest)) == (
        "BE",
        "Europe/Brussels",
        bytes(Account.objects.get(number=1).digest),
    )


def test_observations_not_told_any_more_are_withdrawn_with_the_reason(town: Town) -> None:
    first = made(town.officer, facts())
    kept = facts(encounter_id=first.number).observations[0]
    told = replace(facts(encounter_id=first.number), observations=(kept, kept))
    correct(town.officer, first.id, told)
    assert read(town.officer, first.id) == told
    (gone,) = Observation.objects.filter(withdrawn_at__isnull=False)
    assert (gone.indicator, gone.withdrawn_by_id) == ("I-25", town.officer.person_id)
    assert Observation.objects.count() == 3


def test_the_first_and_the_corrected_account_may_both_come_again(town: Town) -> None:
    first = made(town.officer, facts(encounter_id="NL-1"))
    told = replace(facts(encounter_id=first.number), place="Markt")
    correct(town.officer, first.id, told)
    assert not made(town.officer, facts(encounter_id="NL-1")).created
    assert not made(town.officer, told).created
    again = correct(town.officer, first.id, replace(told, encounter_id=""))
    assert isinstance(again, Recorded)
    assert not again.created
    assert Account.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({"organisation": OTHER_POLICE}, "why", "other_organisation"),
        ({"encounter_id": "NL-9"}, "why", "other_number"),
        ({}, "  ", "say_why"),
    ],
)
def test_a_correction_that_cannot_be(town: Town, changes: dict[str, str], reason: str, code: str) -> None:
    first = made(town.officer, facts(encounter_id="NL-1"))
    assert (
        code_of(correct(town.officer, first.id, replace(facts(encounter_id=first.number), **changes), reason))
        == code
    )


def test_nobody_corrects_what_another_organisation_recorded(town: Town) -> None:
    first = made(town.officer, facts())
    assert code_of(correct(town.other_specialist, first.id, facts(encounter_id=first.number))) == "not_found"


def test_a_receiver_reads_the_same(town: Town) -> None:
    first = made(town.officer, facts())
    assert read(town.board, first.id, Relation.RECEIVER) == facts(encounter_id=first.number)


@pytest.mark.parametrize(
    ("who", "relation", "code"),
    [
        ("immigration", Relation.OWN_ENCOUNTER, "firewall"),
        ("auditor", Relation.OWN_ENCOUNTER, "role"),
        ("officer", Relation.NONE, "relation"),
        ("board", Relation.OWN_ENCOUNTER, "not_found"),
    ],
)
def test_who_may_not_read_gets_a_reason_and_nothing_else(
    town: Town, who: str, relation: Relation, code: str
) -> None:
    first = made(town.officer, facts())
    assert code_of(read(getattr(town, who), first.id, relation)) == code


def test_what_is_not_there_and_what_was_destroyed_each_have_a_sentence(town: Town) -> None:
    first = made(town.officer, facts())
    assert code_of(read(town.officer, uuid4())) == "not_found"
    keys.destroy(Encounter.objects.get().envelope_id, at=AT)
    assert code_of(read(town.officer, first.id)) == "destroyed"


def test_police_data_of_a_year_ago_open_only_by_a_recorded_decision(town: Town) -> None:
    first = made(town.officer, facts())
    assert code_of(read(town.officer, first.id, minutes=YEAR)) == "over_a_year"
    assert read(town.officer, first.id, Relation.DECISION_TO_MAKE, YEAR) == facts(encounter_id=first.number)
    assert code_of(opened(town.officer, first.id)) == "role"
    assert code_of(opened(town.board, first.id)) == "only_specialist"
    assert code_of(opened(town.other_specialist, first.id)) == "not_found"
    assert code_of(opened(town.specialist, first.id, " ")) == "say_why"
    assert isinstance(opened(town.specialist, first.id), UUID)
    assert read(town.officer, first.id, minutes=YEAR + 2) == facts(encounter_id=first.number)
    assert Opening.objects.get().encounter_id == first.id
    assert "open_older" in {entry.act for entry in written()}


def opened(actor: Actor, encounter_id: UUID, reason: str = "the same child again") -> UUID | Reason:
    return services.open_older(actor=actor, encounter_id=encounter_id, reason=reason, at=after(YEAR + 1))


def test_imported_history_ages_from_the_day_of_the_meeting(town: Town) -> None:
    old = made(town.officer, slim(met_at="2024-06"), is_history=True)
    assert code_of(read(town.officer, old.id)) == "over_a_year"


def test_what_is_recorded_late_ages_from_the_day_it_was_recorded(town: Town) -> None:
    late = made(town.officer, slim(encounter_id="NL-1", met_at="2024-06"))
    assert not isinstance(read(town.officer, late.id), Reason)
    assert code_of(read(town.officer, late.id, minutes=YEAR)) == "over_a_year"


def test_the_list_has_the_newest_first_and_no_history(town: Town) -> None:
    first = made(town.officer, slim(encounter_id="NL-1"))
    with transaction.atomic():
        services.record_encounter(
            actor=town.officer, facts=slim(encounter_id="NL-2"), request_key=None, at=after(5)
        )
    made(town.officer, slim(encounter_id="NL-3"), is_history=True)
    made(town.board, slim(encounter_id="NL-4", organisation="NL-RVDK-RIJNHAVEN"))
    found = visible(town.officer)
    assert [one.encounter_id for one in found] == ["NL-2", "NL-1"]
    assert written()[-1].subjects == [str(one.id) for one in found]
    assert [one.encounter_id for one in visible(town.board)] == ["NL-4"]
    assert [one.encounter_id for one in visible(town.officer, minutes=YEAR)] == ["NL-2"]
    assert not isinstance(read(town.officer, found[0].id, minutes=YEAR), Reason)
    assert visible(town.officer, minutes=YEAR + 5) == ()
    assert code_of(read(town.officer, found[0].id, minutes=YEAR + 5)) == "over_a_year"
    assert [one.encounter_id for one in visible(town.board, minutes=YEAR)] == ["NL-4"]
    assert selectors.is_own(town.officer, first.id)
    assert not selectors.is_own(town.board, first.id)


def test_a_short_number_finds_ones_own_alone_and_one_that_two_share_finds_neither(town: Town) -> None:
    first, second, third = (made(town.officer, slim(encounter_id=f"NL-{number}")).id for number in range(3))
    for written_so in (first.hex[-8:], f"{first.hex[-8:-4]}-{first.hex[-4:]}".upper()):
        assert selectors.own_numbered(town.officer, written_so) == first
    assert selectors.own_numbered(town.board, first.hex[-8:]) is None
    assert selectors.own_numbered(town.officer, "NL-2") == third
    Account.objects.filter(encounter=second).delete()
    Encounter.objects.filter(id=second).update(id=UUID(int=first.int ^ (1 << 100)))
    assert selectors.own_numbered(town.officer, first.hex[-8:]) is None
    assert selectors.own_numbered(town.officer, third.hex[-8:]) == third


def test_a_short_number_is_looked_up_in_its_index(town: Town) -> None:
    first = made(town.officer, slim()).id
    with CaptureQueriesContext(connection) as asked:
        assert selectors.own_numbered(town.officer, first.hex[-8:]) == first
    assert len(asked) == 2
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            # so few rows cost the same by either index: without the other one, what is left is whether ours fits
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE tablename = 'encounters_encounter'"
                " AND indexdef LIKE '%(organisation_id)'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{name}"')
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {asked[1]['sql']}")
        plan = str(cursor.fetchall())
    assert "encounters_short_number" in plan


def visible(actor: Actor, minutes: float = 10) -> tuple[selectors.Summary, ...]:
    found = selectors.encounters_visible_to(actor=actor, purpose=Purpose.PROTECT_CHILD, at=after(minutes))
    assert isinstance(found, tuple)
    return found


def test_the_list_is_refused_to_who_may_not_read(town: Town) -> None:
    refused = selectors.encounters_visible_to(actor=town.auditor, purpose=Purpose.PROTECT_CHILD, at=AT)
    assert code_of(refused) == "role"


def test_a_name_that_changed_is_another_digest(town: Town) -> None:
    told = facts(encounter_id="NL-1")
    made(town.officer, told)
    other = replace(told, child=replace(told.child, name=PersonName("Zephyrine")))
    assert code_of(record(town.officer, other)) == "correct_it_instead"


def test_rows_print_no_more_than_ids(town: Town) -> None:
    first = made(town.officer, facts())
    opened(town.specialist, first.id)
    printed = [str(model.objects.first()) for model in (Encounter, Account, Observation, Opening)]
    assert str(first.id) == printed[0]
    assert not any("qq" in one for one in printed)


def test_the_database_takes_no_name_for_an_observer(town: Town) -> None:
    made(town.officer, facts(encounter_id="NL-1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.update(observer="Officer De Wit")
    assert Observation.objects.update(observer="veilig_thuis") == 2
