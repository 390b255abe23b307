"""An encounter is read whole or refused with sentences; what is read is written back the same."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from invented import RAW_ENCOUNTERS
from vangnet.knowledge.indicators.indicator import OBSERVERS
from vangnet.knowledge.terms import (
    Encounter,
    PartialDate,
    encounter_schema,
    observers,
    read_encounter,
    write_encounter,
)
from vangnet.knowledge.terms.schema import path_of

LEAST = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}


def read(**more: Any) -> Encounter:
    encounter = read_encounter(LEAST | more)
    assert isinstance(encounter, Encounter), encounter
    return encounter


def refused(raw: object) -> tuple[str, str, str]:
    reasons = read_encounter(raw)
    assert isinstance(reasons, tuple)
    first = reasons[0]
    assert first.words.nl
    assert first.words.en
    return first.code, first.where, first.words.en


@given(RAW_ENCOUNTERS)
def test_what_is_read_is_written_back_and_read_the_same(raw: dict[str, Any]) -> None:
    encounter = read_encounter(raw)
    assert isinstance(encounter, Encounter)
    assert read_encounter(json.loads(json.dumps(write_encounter(encounter)))) == encounter


def test_the_least_there_can_be_is_an_encounter() -> None:
    encounter = read()
    assert encounter.custody.basis == "unknown"
    assert encounter.child.names == ()
    assert encounter.child_view.heard_alone is None
    assert encounter.collectors == ()


def test_every_country_of_iso_3166_is_one_and_kosovo() -> None:
    named = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    known = {line[:2] for line in named.splitlines() if not line.startswith("#")}
    allowed = encounter_schema()["properties"]["country"]["enum"]
    assert {*allowed} == known | {"XK"}
    assert allowed == sorted(set(allowed))


def test_every_name_stands_with_the_one_given_now_first() -> None:
    child = read(
        child={"given_names": "Nora", "other_names": [{"family_name": "Lind"}, {"given_names": " "}]}
    ).child
    assert [name.whole for name in child.names] == ["Nora", "Lind"]


def test_a_partial_moment_stays_partial() -> None:
    assert read(met_at="2016-06").met_at == PartialDate(2016, 6)


@pytest.mark.parametrize(
    ("wrong", "code", "where", "part"),
    [
        ({"colour": "blue"}, "additionalProperties", "", "does not keep: 'colour'; leave it out"),
        ({"child": {"nationality": "x"}}, "additionalProperties", "child", "'nationality'; leave it out"),
        (
            {"country": "Netherlands"},
            "enum",
            "country",
            "write an existing country code of two letters, such as NL.",
        ),
        ({"country": "ZZ"}, "enum", "country", "write an existing country code of two letters, such as NL."),
        ({"met_at": "٢٠٢٦-٠٣-٠١"}, "pattern", "met_at", "a time with its zone"),
        ({"met_at": "2026-03-01T1٤:20:00+01:00"}, "pattern", "met_at", "a time with its zone"),
        (
            {"custody": {"arrived_at": "2026-03-0١T14:20:00Z"}},
            "pattern",
            "custody.arrived_at",
            "a time with its zone",
        ),
        ({"child": {"birth_date": "2٠12"}}, "pattern", "child.birth_date", "write a date"),
        ({"municipality": "٠٣٦٣"}, "pattern", "municipality", "a municipality code of four digits"),
        ({"met_at": "9999-12-31T23:00:00+01:00"}, "pattern", "met_at", "a time with its zone"),
        ({"child": {"birth_date": "0001"}}, "pattern", "child.birth_date", "write a date"),
        ({"child": {"given_names": "No\x00ra"}}, "unstorable", "child.given_names", "type that text again"),
        ({"child": {"phones": ["06\ud800"]}}, "unstorable", "child.phones[0]", "type that text again"),
        ({"country": "NL\n"}, "unstorable", "country", "type that text again"),
        ({"kind": "fun"}, "enum", "kind", "choose one of: offence, found, report"),
        ({"child": {"phones": "06"}}, "type", "child.phones", "must be a list between brackets"),
        ({"child": {"birth_date": "2012-02-31"}}, "unreadable", "child.birth_date", "write a date"),
        ({"child": {"birth_date": "2027"}}, "born_later", "child.birth_date", "lies after met_at"),
        (
            {"custody": {"arrived_at": "2026-13-01T10:00:00Z"}},
            "unreadable",
            "custody.arrived_at",
            "a time with its zone",
        ),
        ({"custody": {"arrived_at": "2026-03-01"}}, "pattern", "custody.arrived_at", "a time with its zone"),
        ({"place": "x" * 201}, "maxLength", "place", "keep it under 200"),
        ({"child": {"documents": [{"number": ""}]}}, "minLength", "child.documents[0].number", "leave it out"),
        (
            {"observations": [{"indicator": "I-65", "state": "observed"}]},
            "pattern",
            "observations[0].indicator",
            "I-01 to I-64",
        ),
        (
            {"observations": [{"indicator": "I-02", "state": "observed", "observer": "Officer De Wit"}]},
            "enum",
            "observations[0].observer",
            "choose one of: police, assistant_prosecutor, avim,",
        ),
        ({"observations": [{"indicator": "I-02"}]}, "required", "observations[0]", "lacks 'state'; add it"),
        (
            {"observations": [{"indicator": "I-02", "state": "observed", "at": "2026-02-30"}]},
            "unreadable",
            "observations[0].at",
            "part of a date",
        ),
        ({"known": {"facts": {"G-05": {"state": "clear"}}}}, "additionalProperties", "known.facts", "'G-05'"),
        (
            {"known": {"facts": {"G-07": {"state": "clear", "at": "2026-99-01T00:00:00Z"}}}},
            "unreadable",
            "known.facts.G-07.at",
            "a time with its zone",
        ),
    ],
)
def test_what_is_wrong_is_said_with_place_and_mend(wrong: dict[str, Any], code: str, where: str, part: str) -> None:
    found = refused(LEAST | wrong)
    assert found[:2] == (code, where)
    assert part in found[2]


def test_everybody_whom_the_catalogue_lets_see_something_can_be_named_and_nobody_else() -> None:
    assert set(observers()) == set(OBSERVERS) - {"any"}


def test_what_is_no_object_is_refused_too() -> None:
    assert refused([1, 2])[0] == "type"


def test_a_rule_without_its_own_sentence_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vangnet.knowledge.terms.schema._SENTENCES", {})
    assert "breaks the rule 'type'" in refused([1])[2]


def test_no_more_than_twenty_reasons_are_given() -> None:
    reasons = read_encounter(LEAST | {"observations": [{"indicator": "x", "state": "y"}] * 30})
    assert isinstance(reasons, tuple)
    assert len(reasons) == 20


def test_a_place_is_written_as_people_read_it() -> None:
    assert path_of(["child", "documents", 0, "number"]) == "child.documents[0].number"


def test_the_published_schema_is_the_one_enforced() -> None:
    published = Path(__file__).parents[3] / "docs" / "reference" / "encounter.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == encounter_schema()
