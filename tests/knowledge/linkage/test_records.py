from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from vangnet.knowledge.linkage import (
    FeaturesError,
    Record,
    features,
    keys,
    record,
    record_of,
    record_of_features,
    record_of_row,
)
from vangnet.knowledge.terms import (
    BiometricReference,
    Child,
    Collector,
    Companion,
    Document,
    Encounter,
    PartialDate,
    PersonName,
    Reason,
)

ENCOUNTER = Encounter(
    organisation="NL-POL-RIJNHAVEN",
    country="NL",
    met_at=datetime(2026, 3, 1, 14, 20, tzinfo=UTC),
    encounter_id="e1",
    interpreter_language="frysk",
    child=Child(
        name=PersonName("Nora", "Lindqvist"),
        other_names=(PersonName("Нора", ""), PersonName("Nora", "Lindqvist"), PersonName("", "")),
        birth_date=PartialDate(2013, 3, 5),
        sex="F",
        birth_place="Zeestad",
        phones=("06 00004117", "112"),
        address="Kade 12",
        documents=(Document(number="AB 123", issuing_country="BE"),),
        biometric_references=(BiometricReference(system="X", reference="AF-99"),),
    ),
    companions=(
        Companion(role="adult", phones=("0600002290",), vehicle="12-ab-3"),
        Companion(role="child", phones=("0600009999",)),
    ),
    collectors=(Collector(phones=("+31600002291",)),),
)
ROW = {
    "encounter_id": "e1",
    "given_names": "Nora",
    "family_name": "Lindqvist",
    "birth_date": "2013-03-05",
    "sex": "f",
    "phone": "0600004117",
    "address": "Kade 12",
    "document_number": "AB123",
    "biometric_reference": "AF99",
    "collector_phone": "0600002290",
    "vehicle": "12AB3",
    "met_on": "2026-03-01",
    "birth_place": "Zeestad",
    "country": "NL",
    "naming_culture": "zz",
    "child_id": "c1",
}


def test_a_record_holds_what_may_be_compared() -> None:
    found = record_of(ENCOUNTER)
    assert found.record_id == "e1"
    assert [name.whole for name in found.names] == ["Nora Lindqvist", "Нора"]
    assert found.birth_dates == (PartialDate(2013, 3, 5),)
    assert found.sex == "F"
    assert found.phones == ("600004117",)
    assert found.addresses == ("kade 12",)
    assert found.documents == ("AB123",)
    assert found.biometrics == ("AF99",)
    assert found.collector_phones == ("600002291", "600002290")
    assert found.vehicles == ("12AB3",)
    assert found.met_on == PartialDate(2026, 3, 1)


def test_where_a_child_is_from_is_in_no_record() -> None:
    elsewhere = replace(
        ENCOUNTER,
        country="BE",
        organisation="BE-POL-STAD",
        municipality="0363",
        interpreter_language="",
        child=replace(
            ENCOUNTER.child,
            birth_place="Elders",
            documents=(Document(number="AB 123", issuing_country="FR"),),
            biometric_references=(BiometricReference(system="Y", reference="AF-99"),),
        ),
    )
    assert record_of(elsewhere) == record_of(ENCOUNTER)
    assert features(record_of(elsewhere)) == features(record_of(ENCOUNTER))
    written = features(record_of(ENCOUNTER)).decode() + " ".join(keys(record_of(ENCOUNTER)))
    assert not any(word in written for word in ("Zeestad", "frysk", "RIJNHAVEN"))


def test_an_encounter_with_nothing_known_is_an_empty_record() -> None:
    found = record_of(Encounter(organisation="NL-X", country="NL", met_at=PartialDate(2016, 6)))
    assert found == Record(record_id="", met_on=PartialDate(2016, 6))
    assert keys(found) == ()


def test_a_row_reads_like_the_encounter() -> None:
    found = record_of_row(ROW)
    assert isinstance(found, Record)
    assert found == replace(
        record_of(ENCOUNTER), names=found.names, forms=found.forms, collector_phones=("600002290",)
    )


def test_only_columns_that_may_be_compared_are_read() -> None:
    bare = {
        key: value
        for key, value in ROW.items()
        if key not in ("birth_place", "country", "naming_culture", "child_id")
    }
    assert record_of_row(bare) == record_of_row(ROW)


def test_empty_is_unknown() -> None:
    assert record_of_row({"encounter_id": 7, "sex": None, "birth_date": "", "met_on": None}) == Record(
        record_id="7"
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("birth_date", "17 mei"),
        ("birth_date", "2012-13-01"),
        ("met_on", "gisteren"),
        ("sex", "vrouw"),
        ("encounter_id", " "),
    ],
)
def test_a_bad_cell_refuses_the_row_with_one_sentence(column: str, value: str) -> None:
    reason = record_of_row({**ROW, column: value})
    assert isinstance(reason, Reason)
    assert reason.where == column
    for sentence in (reason.words.nl, reason.words.en):
        assert column in sentence
        assert sentence.endswith(".")


def test_making_a_record_ready_twice_changes_nothing() -> None:
    once = record_of(ENCOUNTER)
    assert record(once) == once


def test_features_give_the_same_record_back() -> None:
    for one in (record_of(ENCOUNTER), Record(record_id="x"), record_of_row({**ROW, "birth_date": "2012-05"})):
        assert isinstance(one, Record)
        assert record_of_features(features(one)) == one


def test_features_of_another_version_are_refused() -> None:
    with pytest.raises(FeaturesError, match="version 99"):
        record_of_features(b"[99]")


def test_a_record_has_no_field_for_origin() -> None:
    names = {field.name for field in fields(Record)}
    assert not names & {"birth_place", "country", "nationality", "language", "organisation", "naming_culture"}
