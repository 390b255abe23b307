from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import override

from vangnet.knowledge.terms import Encounter, Reason, Words, read_encounter, write_encounter
from vangnet.site.encounters.forms import Desk, Read, blank, read_form

DESK = Desk(organisation="NL-POL-RIJNHAVEN", country="NL", municipality="0901")
AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
WHEN = {"met_day": "14", "met_month": "3", "met_year": "2026", "met_time": "01:52"}
FULL = WHEN | {
    "what_happened": "Zakkenrollen",
    "offence": "zakkenrollen",
    "place": "Station",
    "municipality": "0901",
    "kind": "offence",
    "own_number": "BVH-1",
    "child_given": "Nora",
    "child_family": "Lindqvist",
    "other_given_2": "Нора",
    "other_family_2": "Линд",
    "birth_day": "5",
    "birth_month": "3",
    "birth_year": "2013",
    "birth_basis": "stated",
    "sex": "F",
    "child_phone": "0600000001",
    "document_number": "SPECI2014",
    "document_kind": "passport",
    "document_inspected": "yes",
    "custody_basis": "suspect",
    "arrested_time": "1:55",
    "arrived_time": "02:10",
    "pretrial": "unknown",
    "seen_I-01": "observed",
    "words_I-01": "Vrouw met grijze jas",
    "seen_I-25": "not_observed",
    "seen_I-02": "unknown",
    "seen_I-10": "unknown",
    "words_I-10": "arm in verband",
    "with_role_1": "adult",
    "with_given_1": "Otto",
    "with_phone_1": "0611111111",
    "collector_given": "T.",
    "collector_family": "Verhagen",
    "collector_vehicle": "QQ-1",
    "collector_relation": "zegt de oom te zijn",
    "heard_alone": "yes",
    "interpreter": "sworn",
    "wants_to_go": "no",
    "trusted_person": "Hanna",
    "child_words": "Ik wil niet mee.",
    "interpreter_language": "Fries",
}


def read(**typed: str) -> Read:
    with override("en"):
        return read_form(typed, desk=DESK, at=AT)


def test_a_whole_form_is_the_encounter_of_the_contract() -> None:
    found = read(**FULL)
    assert found.mistakes == ()
    assert found.raw == {
        "organisation": "NL-POL-RIJNHAVEN",
        "country": "NL",
        "met_at": "2026-03-14T01:52:00+01:00",
        "place": "Station",
        "municipality": "0901",
        "kind": "offence",
        "offence": "zakkenrollen",
        "words": "Zakkenrollen",
        "encounter_id": "BVH-1",
        "interpreter_language": "Fries",
        "child": {
            "given_names": "Nora",
            "family_name": "Lindqvist",
            "sex": "F",
            "other_names": [{"given_names": "Нора", "family_name": "Линд"}],
            "birth_date": "2013-03-05",
            "birth_date_basis": "stated",
            "phones": ["0600000001"],
            "documents": [{"number": "SPECI2014", "kind": "passport", "inspected": True}],
        },
        "custody": {
            "basis": "suspect",
            "arrested_at": "2026-03-14T01:55:00+01:00",
            "arrived_at": "2026-03-14T02:10:00+01:00",
        },
        "child_view": {
            "heard_alone": True,
            "interpreter": "sworn",
            "wants_to_go": "no",
            "trusted_person": "Hanna",
            "words": "Ik wil niet mee.",
        },
        "observations": [
            seen("I-01", "observed", words="Vrouw met grijze jas"),
            seen("I-10", "unknown", words="arm in verband"),
            seen("I-25", "not_observed"),
        ],
        "companions": [{"role": "adult", "given_names": "Otto", "phones": ["0611111111"]}],
        "collectors": [
            {
                "given_names": "T.",
                "family_name": "Verhagen",
                "vehicle": "QQ-1",
                "claimed_relation": "zegt de oom te zijn",
            }
        ],
    }
    assert isinstance(read_encounter(found.raw), Encounter)


def seen(indicator: str, state: str, **more: str) -> dict[str, str]:
    met = {"observer": "police", "at": "2026-03-14T01:52:00+01:00"}
    return {"indicator": indicator, "state": state} | met | more


def test_an_empty_form_is_a_valid_encounter_that_knows_nothing() -> None:
    with override("en"):
        untouched = blank(DESK, at=AT)
    found = read(**untouched.values)
    assert found.mistakes == ()
    assert found.raw == {
        "organisation": "NL-POL-RIJNHAVEN",
        "country": "NL",
        "municipality": "0901",
        "met_at": "2026-03-14T03:00:00+01:00",
    }
    encounter = read_encounter(found.raw)
    assert isinstance(encounter, Encounter)
    assert write_encounter(encounter) == {**found.raw}


def test_not_heard_alone_is_not_the_same_as_not_known() -> None:
    assert read(**WHEN, heard_alone="no").raw["child_view"] == {"heard_alone": False}
    assert "child_view" not in read(**WHEN, heard_alone="unknown").raw


def test_a_day_without_a_time_and_a_year_alone_are_taken_as_they_are() -> None:
    assert read(**WHEN | {"met_time": ""}).raw["met_at"] == "2026-03-14"
    assert read(met_year="2025").raw["met_at"] == "2025"
    assert read(**WHEN | {"met_day": "", "met_time": "01:52"}).raw["met_at"] == "2026-03"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"met_year": ""}, "met_day", "Fill in the year."),
        (dict.fromkeys(("met_day", "met_month", "met_year"), ""), "met_day", "Fill in on which day it was."),
        ({"met_day": "24"}, "met_day", "Do you mean 14 March 2026?"),
        ({"met_time": "half two"}, "met_time", "such as 01:52"),
        ({"birth_day": "31", "birth_month": "2", "birth_year": "2013"}, "birth_day", "This day does not exist."),
        ({"arrived_time": "late"}, "arrived_time", "such as 01:52"),
        (
            {"met_day": "", "met_time": "", "arrived_time": "02:10"},
            "arrived_time",
            "Fill in the whole day of the encounter first.",
        ),
        ({"with_given_2": "Otto"}, "with_role_2", "a child or an adult"),
    ],
)
def test_what_is_not_right_says_where_and_how_to_mend_it(typed: dict[str, str], field: str, sentence: str) -> None:
    (mistake,) = read(**WHEN | typed).mistakes
    assert mistake.field == field
    assert sentence in mistake.sentence


def test_a_time_of_custody_without_any_day_is_left_to_the_mistake_of_the_day() -> None:
    found = read(arrived_time="02:10")
    assert [one.field for one in found.mistakes] == ["met_day"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"birth_year": "2030"}, "birth_day", "The birth date lies after the encounter."),
        ({"municipality": "Rijnhaven"}, "municipality", "four figures, such as 0363"),
        ({"what_happened": "x" * 4001}, "what_happened", "This is too long."),
        ({"offence": "x" * 201}, "offence", "This is too long."),
        ({"child_phone": "0" * 61}, "child_phone", "This is too long."),
        ({"other_given_3": "x" * 201}, "other_given_3", "This is too long."),
        ({"with_role_2": "child", "with_family_2": "x" * 201}, "with_family_2", "This is too long."),
        ({"collector_phone": "0" * 61}, "collector_phone", "This is too long."),
        ({"seen_I-01": "observed", "words_I-01": "x" * 4001}, "words_I-01", "This is too long."),
        ({"seen_I-99": "observed"}, "seen_I-99", "I-01"),
        ({"kind": "party"}, "kind", "choose one of"),
        ({"with_role_1": "dog"}, "with_role_1", "choose one of"),
    ],
)
def test_what_the_contract_refuses_stands_beside_its_field(
    typed: dict[str, str], field: str, sentence: str
) -> None:
    found = read(**WHEN | typed)
    reasons = read_encounter(found.raw)
    assert isinstance(reasons, tuple)
    with override("en"):
        (mistake,) = found.mistakes_of(reasons)
    assert mistake.field == field
    assert sentence in mistake.sentence


def test_a_reason_about_no_field_stands_at_the_head() -> None:
    reason = Reason(code="other_content", words=Words("Verbeter het.", "Correct it."))
    with override("en"):
        (mistake,) = read(**WHEN).mistakes_of([reason])
    assert (mistake.field, mistake.sentence) == ("inhoud", "Correct it.")


def test_the_same_form_from_a_shelter_is_what_a_shelter_saw() -> None:
    desk = Desk(organisation="NL-OPV-LINDENHOF", country="NL", observer="shelter")
    found: Any = read_form(WHEN | {"seen_I-01": "observed"}, desk=desk, at=AT)
    assert found.raw["observations"][0]["observer"] == "shelter"
