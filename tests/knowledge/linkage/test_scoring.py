from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vangnet.knowledge.linkage import (
    Candidate,
    Counts,
    Record,
    compare,
    default_model,
    probability_of,
    read_model,
    record_of_row,
    words_of,
)
from vangnet.knowledge.linkage.comparisons import COMPARISONS
from vangnet.knowledge.linkage.transliteration import knowledge_file


def a(given_names: str = "", family_name: str = "", record_id: str = "q", **cells: str) -> Record:
    row = {"encounter_id": record_id, "given_names": given_names, "family_name": family_name, **cells}
    found = record_of_row(row)
    assert isinstance(found, Record)
    return found


def weigh(left: Record, right: Record, counts: Counts | None = None) -> Candidate:
    return compare(left, [right], counts=counts or Counts())[0]


def levels(left: Record, right: Record, counts: Counts | None = None) -> dict[str, str]:
    return {part.comparison: part.level for part in weigh(left, right, counts).explanation}


NORA = a(
    "Nora",
    "Lindqvist",
    birth_date="2013-03-05",
    sex="F",
    address="Kade 12",
    phone="0600004117",
    met_on="2026-03-01",
)


def test_every_comparison_is_explained_and_missing_counts_for_nothing() -> None:
    found = weigh(NORA, a("Noor", "Lindkvist", "r", birth_date="2013-05-03"))
    assert {part.comparison: part.level for part in found.explanation} == {
        "given_name": "short_form",
        "family_name": "spelling",
        "birth_date": "day_month_swapped",
        "sex": "missing",
        "phone": "missing",
        "address": "missing",
        "document": "missing",
        "biometric": "missing",
        "collector_phone": "missing",
        "vehicle": "missing",
    }
    assert all(part.match_weight == 0 for part in found.explanation if part.level == "missing")
    assert next(part for part in found.explanation if part.comparison == "phone").left == "600004117"


def test_the_parts_add_up_to_the_whole() -> None:
    found = weigh(NORA, a("Nora", "Lindqvist", "r", sex="M", phone="0699999999", birth_date="2001-01-01"))
    parts = [found.prior_weight, *(part.match_weight for part in found.explanation)]
    assert math.fsum(parts) == found.match_weight
    assert found.probability == probability_of(found.match_weight)
    assert found.prior_weight == default_model().prior_weight


def test_a_record_without_a_name_is_compared_by_the_rest() -> None:
    found = levels(NORA, a(record_id="r", address="Kade 12", phone="0600004118", document_number="X"))
    assert found["given_name"] == found["family_name"] == "missing"
    assert (found["address"], found["phone"]) == ("exact", "one_sign_apart")


def test_names_that_changed_places_say_so() -> None:
    found = weigh(a("Nora", "Lindqvist"), a("Lindqvist", "Nora", "r"))
    swapped = next(part for part in found.explanation if part.comparison == "name_order")
    assert swapped.level == "swapped"
    assert swapped.match_weight < 0
    assert [(part.left, part.right) for part in found.explanation[:2]] == [
        ("Nora", "Nora"),
        ("Lindqvist", "Lindqvist"),
    ]


def test_what_changed_places_reads_the_same_from_both_sides() -> None:
    left, right = a("Nora", "Lindqvist"), a("Mila", "Nora", "r")
    for one, other in ((left, right), (right, left)):
        given = weigh(one, other).explanation[0]
        assert (given.level, given.left, given.right) == ("exact", "Nora", "Nora")


def test_the_best_of_many_names_counts() -> None:
    many = a("Mila", "Anders", "r")
    many = Record(record_id="r", names=(*many.names, *NORA.names), forms=(*many.forms, *NORA.forms))
    assert levels(NORA, many)["given_name"] == "exact"
    assert levels(many, NORA)["given_name"] == "exact"


@pytest.mark.parametrize(("sex", "level"), [("F", "same"), ("M", "different"), ("X", "missing"), ("", "missing")])
def test_sex_is_compared_as_stated(sex: str, level: str) -> None:
    assert levels(NORA, a(record_id="r", sex=sex))["sex"] == level


def test_a_brother_or_sister_never_stands_above_the_same_child() -> None:
    house = {"address": "Kade 12", "phone": "0600004117", "collector_phone": "0600002290", "vehicle": "12-AB-3"}
    child = a("Nora", "Lindqvist", birth_date="2013-03-05", sex="F", **house)
    same_child = a("Noor", "Lindkvist", "same", birth_date="2012-03-05")
    twin = a("Mila", "Lindqvist", "twin", birth_date="2013-03-05", sex="F", **house)
    brother = a("Tomas", "Lindqvist", "brother", birth_date="2010-08-19", sex="M", **house)
    found = compare(child, [brother, twin, same_child])
    assert found[0].record_id == "same"
    assert found[-1].record_id == "brother"
    assert found[-1].probability < 0.1
    explained = {part.comparison: part.level for part in found[-1].explanation}
    assert explained["given_name"] == "different_in_family"
    assert {explained[name] for name in house} == {"shared_in_family"}


def test_relations_raise_a_child_under_a_wholly_other_name_and_never_merge() -> None:
    here = a("Nora", "Lindqvist", birth_date="2013-03-05", address="Kade 12", vehicle="12-AB-3")
    found = compare(
        here, [a("Mila", "Anders", "r", address="Kade 12", vehicle="12-AB-3"), a("Mila", "Anders", "s")]
    )
    assert [one.record_id for one in found] == ["r", "s"]
    assert found[0].match_weight - found[1].match_weight > 10
    assert found[0].probability < 0.9
    assert {part.level for part in found[0].explanation[:2]} == {"different", "different_too"}


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    common = Counts(total=100_000, of={"n:nura": 900, "n:lindkvist": 900})
    rare = Counts(total=100_000, of={"n:nura": 900, "n:lindkvist": 2})
    left, right = a("Nora", "Lindkvist"), a("Nora", "Lindkvist", "r")
    assert weigh(left, right, rare).match_weight > weigh(left, right, common).match_weight
    assert weigh(left, right, rare).match_weight > weigh(left, right).match_weight
    unknown = Counts(total=100_000, of={})
    assert weigh(left, right, unknown).match_weight == weigh(left, right).match_weight


def test_a_service_number_counts_for_nothing() -> None:
    left, right = a("Nora", collector_phone="0600002290"), a("Nora", record_id="r", collector_phone="0600002290")
    often = Counts(total=100_000, of={"c:600002290": 350, "n:nura": 900})
    assert levels(left, right, often)["collector_phone"] == "recurring"
    seldom = Counts(total=100_000, of={"c:600002290": 4, "n:nura": 900})
    assert levels(left, right, seldom)["collector_phone"] == "exact"
    assert levels(left, right, seldom)["given_name"] == "exact"


def test_hard_evidence_stands_above_any_name() -> None:
    left = a("Nora", "Lindqvist", document_number="AB123", biometric_reference="AF1")
    other = levels(left, a("Nora", "Lindqvist", "r", document_number="CD999", biometric_reference="AF2"))
    assert (other["document"], other["biometric"]) == ("different", "different")
    found = compare(left, [a("Nora", "Lindqvist", "name"), a("Mila", "Anders", "match", biometric_reference="AF1")])
    assert [one.record_id for one in found] == ["match", "name"]


def test_the_order_is_by_weight_then_id_and_limited() -> None:
    found = compare(NORA, [a("Nora", record_id=number) for number in "312"], limit=2)
    assert [one.record_id for one in found] == ["1", "2"]


def test_other_numbers_stay_beside_each_other() -> None:
    found = weigh(a(vehicle="12-AB-3"), a(record_id="r", vehicle="99-ZZ-9"))
    vehicle = found.explanation[-1]
    assert (vehicle.level, vehicle.left, vehicle.right) == ("different", "12AB3", "99ZZ9")


def test_every_level_has_words_in_both_languages() -> None:
    for comparison, table in default_model().levels.items():
        for level in (*table, "missing", "recurring"):
            words = words_of(comparison, level)
            assert words.nl.endswith(".")
            assert words.en.endswith(".")


def test_the_model_knows_every_comparison() -> None:
    named = {name for comparison in COMPARISONS for name in comparison.names} | {"name_order"}
    assert set(default_model().levels) == named
    assert default_model().source


def test_more_agreement_never_weighs_less() -> None:
    weights = default_model().weights
    for name in ("given_name", "family_name"):
        order = ["exact", "spelling", "part", "short_form", "similar", "initial", "different"]
        found = [weights[name][level] for level in order]
        assert found == sorted(found, reverse=True)
    for comparison in ("phone", "address", "collector_phone", "vehicle"):
        assert (
            weights[comparison]["exact"]
            > weights[comparison]["shared_in_family"]
            > weights[comparison]["different"]
        )
    birth = weights["birth_date"]
    assert birth["exact"] == max(birth.values())
    assert birth["conflicting"] == min(birth.values())


def test_another_model_can_take_its_place() -> None:
    raw = knowledge_file("model.json")
    model = read_model({**raw, "prior_probability": 0.5})
    found = compare(NORA, [a(record_id="r")], model=model)[0]
    assert found.match_weight == found.prior_weight == 0
    assert found.probability == 0.5


@pytest.mark.parametrize(
    ("weight", "probability"), [(0.0, 0.5), (1.0, 2 / 3), (-1.0, 1 / 3), (900.0, 1.0), (-900.0, 0.0)]
)
def test_a_weight_becomes_a_probability_without_overflow(weight: float, probability: float) -> None:
    assert probability_of(weight) == pytest.approx(probability)


NAMES = st.sampled_from(
    ["", "Nora", "Noor", "Anna Maria", "Annamaria", "Маша", "محمد", "J", "de Boer", "Lindqvist", "Petin", "Ptein"]
)
DATES = st.sampled_from(
    ["", "2012", "2012-05", "2012-05-17", "2012-01-01", "2010-05-17", "2012-03-05", "2012-05-03"]
)


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES, NAMES, NAMES, DATES, DATES)
def test_comparing_is_symmetric(g1: str, f1: str, g2: str, f2: str, d1: str, d2: str) -> None:
    left = a(g1, f1, birth_date=d1, met_on="2024-02-01")
    right = a(g2, f2, birth_date=d2, met_on="2025-02-01")
    assert weigh(left, right).match_weight == pytest.approx(weigh(right, left).match_weight, abs=1e-9)
