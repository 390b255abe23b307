"""Every age that may be is counted, and the stricter group stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from vangnet.knowledge.clocks import ages_at, groups_between, sentences
from vangnet.knowledge.terms import Age, Child, Encounter, PartialDate

U12, FROM_12 = "under_12", "from_12"
DAY = date(2026, 3, 2)


def child(birth: str | None, basis: Any = "stated") -> Child:
    return Child(birth_date=PartialDate.parse(birth) if birth else None, birth_date_basis=basis)


@pytest.mark.parametrize(
    ("birth", "at", "age"),
    [
        ("2014-03-02", "2026-03-01T23:59:59+01:00", Age(11, 11)),
        ("2014-03-02", "2026-03-02T00:00:00+01:00", Age(12, 12)),
        ("2014-03-02", "2026-03-01T23:00:00+00:00", Age(12, 12)),
        ("2014-03", "2026-03-15T12:00:00+01:00", Age(11, 12)),
        ("2014", "2026-03-15T12:00:00+01:00", Age(11, 12)),
        (None, "2026-03-15T12:00:00+01:00", None),
    ],
)
def test_ages_are_those_of_the_place_of_the_encounter(birth: str | None, at: str, age: Age | None) -> None:
    moment = datetime.fromisoformat(at)
    encounter = Encounter(organisation="NL-POL-X", country="NL", met_at=moment, child=child(birth))
    assert ages_at(encounter, moment) == age


def test_a_birthday_begins_at_midnight_where_the_child_is() -> None:
    moment = datetime.fromisoformat("2026-03-01T23:30:00+01:00")
    for country, age in (("NL", 11), ("GR", 12), ("GB", 11)):
        encounter = Encounter(organisation="X", country=country, met_at=moment, child=child("2014-03-02"))
        assert ages_at(encounter, moment) == Age(age, age)


@pytest.mark.parametrize(
    ("birth", "basis", "possible", "assumed"),
    [
        ("2014-03-03", "stated", {U12}, ()),
        ("2014-03-02", "stated", {FROM_12}, ()),
        ("2008-03-03", "document", {FROM_12}, ()),
        ("2008-03-02", "document", set(), ()),
        ("1990", "document", set(), ()),
        ("2008-03-02", "stated", {FROM_12}, (sentences.PRESUMED_CHILD,)),
        ("2008-03-02", "assessed", {FROM_12}, (sentences.PRESUMED_CHILD,)),
        ("2008-03-02", "unknown", {FROM_12}, (sentences.PRESUMED_CHILD,)),
        ("2014", "document", {U12, FROM_12}, (sentences.AGE_PARTIAL,)),
        ("2008", "document", {FROM_12}, (sentences.AGE_PARTIAL_18,)),
        ("2012", "unknown", {FROM_12}, ()),
        ("2017", "unknown", {U12}, ()),
        (None, "unknown", {U12, FROM_12}, (sentences.AGE_UNKNOWN,)),
        (None, "document", {U12, FROM_12}, (sentences.AGE_UNKNOWN,)),
    ],
)
def test_the_groups_that_may_be_are_all_there(
    birth: str | None, basis: Any, possible: set[str], assumed: Any
) -> None:
    groups = groups_between(child(birth, basis), DAY, DAY)
    assert groups.possible == possible
    assert groups.assumed == assumed
    assert groups.may_be_under_12 is (U12 in possible)
    assert groups.may_be_from_12 is (FROM_12 in possible)


@pytest.mark.parametrize(
    ("birth", "possible", "assumed"),
    [
        ("2014-03-03", {U12, FROM_12}, sentences.TURNS_12),
        ("2008-03-03", {FROM_12}, sentences.TURNS_18),
    ],
)
def test_a_birthday_in_between_keeps_the_stricter_group(birth: str, possible: set[str], assumed: Any) -> None:
    groups = groups_between(child(birth, "document"), DAY, date(2026, 3, 3))
    assert groups.possible == possible
    assert groups.assumed == (assumed,)


@pytest.mark.parametrize(
    ("birth", "possible", "assumed"),
    [
        ("2010-01-01", {U12, FROM_12}, (sentences.AGE_AGAINST_BASIS,)),
        ("1990-01-01", {U12}, (sentences.AGE_AGAINST_BASIS,)),
        ("2017-01-01", {U12}, ()),
        (None, {U12, FROM_12}, (sentences.AGE_UNKNOWN,)),
    ],
)
def test_the_ground_under_12_is_never_counted_another_way(
    birth: str | None, possible: set[str], assumed: Any
) -> None:
    groups = groups_between(child(birth, "document"), DAY, DAY, basis="under_12")
    assert groups.possible == possible
    assert groups.assumed == assumed
