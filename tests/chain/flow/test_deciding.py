"""Who asks for a child at the gate is findable from that moment, as if the encounter had named them."""

from __future__ import annotations

from uuid import UUID

import pytest

from chain.town import BOARD, Town, after, code_of, slim
from vangnet.chain import flow
from vangnet.chain.crosscheck.models import Features, IndexKey
from vangnet.chain.flow import deciding
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Collector, PersonName
from vangnet.trust.access.policy import Actor

ADULT = Collector(name=PersonName("T.", "Verhagen"), phones=("+31 6 00004117",), vehicle="QQ-123-B")


def ask(actor: Actor, encounter_id: UUID, collector: Collector | None = ADULT) -> UUID:
    made = deciding.ask_gate(actor=actor, encounter_id=encounter_id, collector=collector, at=after(1))
    assert isinstance(made, UUID), made
    return made


def in_index(encounter_id: UUID) -> set[bytes]:
    return {bytes(one.key) for one in IndexKey.objects.filter(encounter_id=encounter_id)}


def test_the_telephone_and_vehicle_of_who_asks_at_the_gate_find_the_encounter(town: Town) -> None:
    tonight = town.met(slim(encounter_id="NL-1", child={"given_names": "Nora", "birth_date": "2012-05-17"}))
    before = in_index(tonight)
    ask(town.officer, tonight)
    kept = flow.reading.crosscheck.record_in_index(tonight)
    assert kept is not None
    assert (set(kept.collector_phones), set(kept.vehicles)) == _phones_and_vehicles()
    assert in_index(tonight) > before


def _phones_and_vehicles() -> tuple[set[str], set[str]]:
    record = record_of(slim(collectors=[{"phones": list(ADULT.phones), "vehicle": ADULT.vehicle}]))
    return set(record.collector_phones), set(record.vehicles)


@pytest.mark.parametrize("said", [{"phones": ["+31600004117"]}, {"vehicle": "QQ-123-B"}])
def test_a_search_by_either_reaches_it(town: Town, said: dict[str, object]) -> None:
    tonight = town.met(slim(encounter_id="NL-1"))
    reached = flow.reading.crosscheck.matched
    query = record_of(slim(encounter_id="NL-9", collectors=[said]))
    assert reached(record=query, exclude=None) == ()
    ask(town.officer, tonight)
    assert [UUID(one.record_id) for one in reached(record=query, exclude=None)] == [tonight]


def test_nobody_asking_changes_nothing_in_the_index(town: Town) -> None:
    tonight = town.met(slim(encounter_id="NL-1", child={"given_names": "Nora"}))
    before = in_index(tonight), bytes(Features.objects.get().features_sealed)
    ask(town.officer, tonight, None)
    assert (in_index(tonight), bytes(Features.objects.get().features_sealed)) == before


def test_what_a_receiver_records_at_the_gate_stays_under_the_key_of_who_recorded_the_encounter(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tonight = town.met(slim(encounter_id="NL-1"))
    monkeypatch.setattr(flow.relations.referrals, "is_receiver", lambda **_: True)
    ask(town.board, tonight)
    assert Features.objects.get().organisation_id == town.officer.organisation_id
    assert {one.organisation_id for one in IndexKey.objects.all()} == {town.officer.organisation_id}
    assert town.board.organisation_code == BOARD


def test_who_may_not_open_the_gate_changes_nothing(town: Town) -> None:
    tonight = town.met(slim(encounter_id="NL-1"))
    refused = deciding.ask_gate(actor=town.auditor, encounter_id=tonight, collector=ADULT, at=after(1))
    assert code_of(refused) == "role"
    assert in_index(tonight) == set()
