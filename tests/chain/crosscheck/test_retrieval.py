"""What is fetched from the index: how rare each key is, how many there are, and nothing counted whole."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chain.town import OTHER_POLICE, Town, slim
from vangnet.chain.crosscheck import retrieval, selectors, services
from vangnet.chain.crosscheck.models import Tally
from vangnet.knowledge.linkage import Record, record_of
from vangnet.knowledge.terms import Encounter

NORA = {"given_names": "Nora", "family_name": "Visser", "birth_date": "2012-05-17", "phones": ["+31612340000"]}
OTHER = {"given_names": "Tijn", "family_name": "Hoekstra", "birth_date": "2009-11-03"}


def nora(number: str, **changes: Any) -> Encounter:
    return slim(encounter_id=number, child=NORA, **changes)


def tallied() -> dict[UUID, int]:
    return dict(Tally.objects.values_list("organisation_id", "encounters"))


def test_how_many_stand_in_the_index_is_kept_and_never_counted_at_a_search(town: Town) -> None:
    own, other = town.officer.organisation_id, town.other_specialist.organisation_id
    first = town.met(nora("NL-1"))
    town.met(nora("NL-2"))
    assert tallied() == {own: 2}
    town.met(nora("NL-1", organisation=OTHER_POLICE), by=town.other_specialist)
    services.index(encounter_id=first, organisation_id=own, record=record_of(nora("NL-1")))
    assert tallied() == {own: 2, other: 1}
    with CaptureQueriesContext(connection) as seen:
        assert retrieval.fetch(record_of(nora("NL-9")), exclude=None).counts.total == 3
    assert len(seen) == 2
    assert not [one for one in seen if "crosscheck_features" in one["sql"]]
    services.forget(encounter_id=first)
    services.forget(encounter_id=first)
    assert tallied() == {own: 1, other: 1}


def test_how_many_hold_a_key_is_counted_up_to_one_more_than_is_followed(town: Town, monkeypatch: Any) -> None:
    for number in range(4):
        town.met(nora(f"NL-{number}"))
    held = retrieval.fetch(record_of(nora("NL-9")), exclude=None).counts.of
    assert set(held.values()) == {4}
    monkeypatch.setattr(retrieval, "LONGEST", 2)
    assert set(retrieval.fetch(record_of(nora("NL-9")), exclude=None).counts.of.values()) == {3}
    strange = retrieval.fetch(record_of(slim(child=OTHER)), exclude=None)
    assert (set(strange.counts.of.values()), strange.encounter_ids) == ({0}, ())
    assert retrieval.fetch(Record(record_id=""), exclude=None).counts.total == 0


def test_only_what_is_likely_enough_is_explained(town: Town) -> None:
    town.met(nora("NL-1"))
    town.met(slim(encounter_id="NL-2", child=OTHER | {"family_name": "Visser"}))
    every = selectors.matched(record=record_of(nora("NL-9")), exclude=None)
    likely = selectors.matched(record=record_of(nora("NL-9")), exclude=None, least=0.1)
    assert len(every) == 2
    assert likely == tuple(one for one in every if one.probability >= 0.1) == every[:1]


def test_settling_waits_until_nothing_stands_open(town: Town) -> None:
    with CaptureQueriesContext(connection) as seen:
        services.settle()
    assert len(seen) == 0


@pytest.mark.django_db(transaction=True)
def test_settling_has_the_database_look_at_its_tables_anew() -> None:
    with CaptureQueriesContext(connection) as seen:
        services.settle()
    assert [one["sql"] for one in seen] == [
        {"sqlite": "ANALYZE", "postgresql": "VACUUM (ANALYZE)"}[connection.vendor]
    ]
