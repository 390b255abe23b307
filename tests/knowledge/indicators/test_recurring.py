"""What several encounters of one child show together, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vangnet.knowledge.indicators import supported_by
from vangnet.knowledge.terms import Encounter, read_encounter

CHILD: dict[str, Any] = {"given_names": "Nora", "family_name": "Visser", "birth_date": "2012-05-17"}
KNOWN = CHILD | {"biometric_references": [{"system": "afis", "reference": "B-77"}]}
KEEPS_NOTHING = [{"indicator": "I-05", "state": "observed"}]


def met(**told: Any) -> Encounter:
    raw = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}
    read = read_encounter(raw | told)
    assert isinstance(read, Encounter), read
    return read


def test_one_encounter_alone_shows_nothing() -> None:
    assert supported_by(met(child=KNOWN), []) == frozenset()


def test_that_the_child_is_known_elsewhere_counts_where_somebody_recorded_it() -> None:
    now, seen = met(child=KNOWN), [{"indicator": "I-40", "state": "observed"}]
    assert supported_by(now, [met(child=KNOWN, observations=seen)]) == {"I-40"}
    assert supported_by(now, [met(observations=[{"indicator": "I-40", "state": "unknown"}])]) == frozenset()
    assert supported_by(met(child=KNOWN, observations=seen), [now]) == frozenset()


def test_another_name_or_number_is_no_sign() -> None:
    others = [met(child=KNOWN | {"given_names": "Noor"}), met(child=CHILD), met(child={})]
    assert supported_by(met(child=KNOWN), others) == frozenset()


def test_another_year_of_birth() -> None:
    assert supported_by(met(child=CHILD), [met(child=CHILD | {"birth_date": "2010"})]) == {"I-41"}
    assert supported_by(met(child=CHILD), [met(child=CHILD | {"birth_date": "2012-07"})]) == frozenset()
    assert supported_by(met(child={}), [met(child=CHILD)]) == frozenset()


def test_the_same_kind_of_offence_again_and_nothing_of_it_kept() -> None:
    theft = met(kind="offence", offence="Theft", observations=KEEPS_NOTHING)
    again = met(kind="offence", offence="theft")
    assert supported_by(theft, [again]) == {"I-42"}
    assert supported_by(again, [theft]) == {"I-42"}
    assert supported_by(replace(theft, observations=()), [again]) == frozenset()
    assert supported_by(theft, [met(kind="offence", offence="burglary")]) == frozenset()
    assert supported_by(theft, [met(kind="found", offence="theft")]) == frozenset()
    unseen = met(kind="offence", offence="theft", observations=[{"indicator": "I-05", "state": "not_observed"}])
    assert supported_by(unseen, [again]) == frozenset()
    assert supported_by(met(kind="offence"), [met(kind="offence", observations=KEEPS_NOTHING)]) == frozenset()
