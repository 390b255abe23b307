"""A file into the database: many rows a commit, each named in the ledger, nothing half, the same again nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chain.town import AT, CANARIES, OTHER_POLICE, RAW, Town, code_of, facts, slim, written
from vangnet.chain import flow
from vangnet.chain.crosscheck import services as crosscheck
from vangnet.chain.crosscheck.models import Features, IndexKey
from vangnet.chain.crosscheck.selectors import matched, record_in_index
from vangnet.chain.duties.models import Duty
from vangnet.chain.encounters import bulk
from vangnet.chain.encounters.models import Account, Encounter, Observation
from vangnet.chain.encounters.selectors import opened_as_own
from vangnet.chain.flow import Importer
from vangnet.chain.flow.importing import Answer
from vangnet.chain.persons.models import Claim, Reference
from vangnet.knowledge import terms
from vangnet.knowledge.linkage import record_of
from vangnet.knowledge.terms import Purpose
from vangnet.trust.keys.models import EnvelopeKey
from vangnet.trust.ledger import services as ledger

WRITTEN = (Encounter, Account, Observation, Reference, Claim, EnvelopeKey, Features, IndexKey)


def importer(town: Town, **options: Any) -> Importer:
    return Importer(
        **{"actor": town.service, "purpose": Purpose.KEEP_REGISTER, "history": True, "now": lambda: AT} | options
    )


def met(number: int, **changes: Any) -> terms.Encounter:
    return facts(encounter_id=f"H-{number}", **changes)


def standing(model: type[Any]) -> list[dict[str, Any]]:
    """Give every row without what is drawn fresh each time: ids and what is sealed."""
    drawn = {field.attname for field in model._meta.concrete_fields if field.get_internal_type() == "UUIDField"}
    drawn |= {field.attname for field in model._meta.concrete_fields if field.is_relation}
    drawn |= {"facts_sealed", "value_sealed", "words_sealed", "features_sealed", "wrapped", "digest", "key"}
    rows = [{name: value for name, value in row.items() if name not in drawn} for row in model.objects.values()]
    return sorted(rows, key=repr)


@pytest.mark.parametrize("history", [True, False])
def test_a_file_twice_changes_nothing_and_equal_rows_stay(town: Town, history: bool) -> None:
    file = [slim(), slim(), slim(encounter_id="H-1"), slim(organisation=OTHER_POLICE)]
    for expected in ("stored", "there_already"):
        *answers, refused = importer(town, history=history).take(file)
        assert answers == [expected] * 3
        assert code_of(refused) == "other_organisation"
    assert Encounter.objects.count() == 3


@pytest.mark.parametrize("history", [True, False])
def test_a_row_of_what_is_still_to_come_keeps_no_other_out(town: Town, history: bool) -> None:
    ahead = (AT + timedelta(hours=1)).isoformat()
    late, stored = importer(town, history=history).take([slim(met_at=ahead), slim(encounter_id="H-1")])
    assert (code_of(late), stored) == ("still_to_come", "stored")
    assert Encounter.objects.count() == 1


def test_equal_rows_are_counted_over_all_of_a_file(town: Town) -> None:
    taking = importer(town)
    assert [taking.take([slim()]), taking.take([slim()])] == [["stored"], ["stored"]]
    assert Encounter.objects.count() == 2


def test_many_at_once_leave_what_one_by_one_leaves(town: Town) -> None:
    assert importer(town).take([met(1)]) == ["stored"]
    at_once = {model: standing(model) for model in WRITTEN}
    assert all(at_once.values())
    taken = flow.take_in(
        actor=town.service, purpose=Purpose.KEEP_REGISTER, facts=met(2), request_key=None, at=AT, history=True
    )
    assert isinstance(taken, flow.TakenIn)
    for model, rows in at_once.items():
        assert [str(one).replace("H-2", "H-1") for one in standing(model)] == [
            str(row) for row in rows for _ in "12"
        ]


def test_what_came_in_at_once_is_opened_and_found_again(town: Town) -> None:
    assert importer(town).take([met(1), met(2, child={"given_names": "Iemandanders"})]) == ["stored"] * 2
    row = Encounter.objects.get(encounter_id="H-1")
    assert opened_as_own(row.id).facts == met(1)
    assert row.is_history
    assert record_in_index(row.id) == replace(record_of(met(1)), record_id=str(row.id))
    first = matched(record=record_of(facts()), exclude=None)[0]
    assert first.record_id == str(row.id)
    assert Duty.objects.count() == 0


def test_nothing_of_a_person_stands_in_the_open(town: Town) -> None:
    importer(town).take([met(1)])
    told = " ".join(
        value.hex() + value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for model in apps.get_models()
        for row in model.objects.values_list()
        for value in row
    )
    assert not [canary for canary in CANARIES if canary in told or canary.encode().hex() in told]


def test_every_encounter_is_named_in_an_entry_of_at_most_a_hundred(town: Town) -> None:
    importer(town).take([slim(encounter_id=f"H-{number}") for number in range(205)])
    entries = written()
    assert [len(entry.subjects) for entry in entries] == [100, 100, 5]
    assert {one for entry in entries for one in entry.subjects} == {str(one.id) for one in Encounter.objects.all()}
    assert {(entry.act, entry.purpose) for entry in entries} == {("import_history", "keep_register")}


def test_the_same_number_twice_in_a_file_is_one_encounter_or_a_refusal(town: Town) -> None:
    same, again, other = importer(town).take([met(1), met(1), met(1, place="elders")])
    assert (same, again, code_of(other)) == ("stored", "there_already", "correct_it_instead")
    assert Encounter.objects.count() == 1


def test_what_was_corrected_since_is_still_the_same_row_of_the_file(town: Town) -> None:
    encounter = town.met(met(1))
    flow.correct(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        encounter_id=encounter,
        facts=met(1, place="elders"),
        reason="gevraagd",
        at=AT,
    )
    assert importer(town).take([met(1), met(1, place="elders")]) == ["there_already"] * 2


def test_a_file_costs_the_same_number_of_statements_whatever_its_length(town: Town) -> None:
    importer(town).take([met(0)])  # makes the key of the organisation
    costs = []
    for first, number in ((1, 2), (10, 60)):
        with CaptureQueriesContext(connection) as seen:
            importer(town).take([met(first + one) for one in range(number)])
        asked = [one["sql"] for one in seen if "keys_organisationkey" not in one["sql"]]  # kept once committed
        costs.append(len([sql for sql in asked if sql.startswith(("SELECT", "UPDATE"))]))
    assert costs[0] == costs[1]


def test_who_may_not_import_is_told_why_for_every_row(town: Town) -> None:
    answers = importer(town, actor=town.officer).take([met(1), met(2)])
    assert [code_of(one) for one in answers] == ["role", "role"]
    assert Encounter.objects.count() == 0


def test_what_somebody_else_stored_a_moment_ago_is_taken_one_by_one(town: Town, monkeypatch: Any) -> None:
    assert importer(town).take([met(1)]) == ["stored"]
    monkeypatch.setattr(bulk, "standing", lambda **_: {})
    assert importer(town).take([met(1), met(2)]) == ["there_already", "stored"]
    assert Encounter.objects.count() == 2


def failing_after(number: int, act: Callable[..., Any]) -> Callable[..., Any]:
    left = [number]

    def fails(**known: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise ledger.LedgerUnavailableError
        return act(**known)

    return fails


@pytest.mark.parametrize("history", [True, False])
def test_a_commit_that_fails_leaves_nothing_half(town: Town, history: bool, monkeypatch: Any) -> None:
    monkeypatch.setattr("vangnet.chain.flow.importing.HELD_SECONDS", 3600)
    taking = importer(town, history=history)
    assert taking.take([met(1)]) == ["stored"]
    before = {model: model.objects.count() for model in WRITTEN}
    monkeypatch.setattr(ledger, "record", failing_after(1 if not history else 0, ledger.record))
    with pytest.raises(ledger.LedgerUnavailableError):
        taking.take([met(2), met(3)])
    assert {model: model.objects.count() for model in WRITTEN} == before
    monkeypatch.undo()
    assert importer(town, history=history).take([met(1), met(2), met(3)]) == ["there_already", "stored", "stored"]


def test_encounters_run_their_duties_and_share_commits(town: Town, monkeypatch: Any) -> None:
    taking = importer(town, history=False)
    answers: list[Answer] = taking.take([met(number) for number in range(3)])
    assert answers == ["stored"] * 3
    assert Duty.objects.values("encounter").distinct().count() == 3
    assert [entry.act for entry in written()] == ["record_encounter"] * 3
    assert Observation.objects.count() == 3 * len(RAW["observations"])


def test_one_commit_holds_what_fits_in_its_time_and_at_least_one(town: Town, monkeypatch: Any) -> None:
    importer(town).take([met(0)])  # makes the key of the organisation
    moments = iter(range(100))
    monkeypatch.setattr("vangnet.chain.flow.importing.monotonic", lambda: float(next(moments)))
    with CaptureQueriesContext(connection) as seen:
        assert importer(town, history=False).take([met(1), met(2)]) == ["stored"] * 2
    outer = [one["sql"] for one in seen if one["sql"].startswith(("BEGIN", "SAVEPOINT"))]
    assert len(outer) == 2 * 3  # the commit, take_in in it, the row in that


def test_index_many_writes_keys_in_their_order(town: Town) -> None:
    importer(town).take([met(number) for number in range(3)])
    keys = [bytes(key) for key in IndexKey.objects.values_list("key", flat=True)]
    assert len(set(keys)) * 3 == len(keys)
    crosscheck.index_many(organisation_id=town.service.organisation_id, records=[])
    assert IndexKey.objects.count() == len(keys)
