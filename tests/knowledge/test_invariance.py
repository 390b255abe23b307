"""Who a child is changes nothing: not the screening, not the gate, not one duty, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

import blindness
from invented import RAW_ENCOUNTERS
from vangnet.knowledge import assessment
from vangnet.knowledge.assessment import assess
from vangnet.knowledge.clocks import answer as clock_answers
from vangnet.knowledge.indicators import supported_by
from vangnet.knowledge.terms import Encounter, PartialDate, ages_on, encounter_schema, read_encounter

# Thousands of runs over lines that other tests cover: measuring them doubles the time.
pytestmark = pytest.mark.no_cover

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "published").glob("*.json"))
Answer = Callable[[dict[str, Any]], str]
FULL: dict[str, Any] = {
    "organisation": "NL-POL-RIJNHAVEN",
    "country": "NL",
    "met_at": "2026-03-01T14:20:00+01:00",
    "custody": {"basis": "suspect"},
    "child": {
        "birth_date": "2012",
        "birth_date_basis": "stated",
        "other_names": [{"given_names": "Mira"}],
        "documents": [{"number": "SPECI2014"}],
        "biometric_references": [{"reference": "B-1"}],
    },
    "child_view": {"trusted_person": "an aunt"},
    "companions": [{"role": "child"}],
    "collectors": [{"identity": {"state": "unknown"}}],
    "observations": [{"indicator": "I-31", "state": "observed"}],
    "known": {
        "international_check": [{"channel": "sis", "state": "asked"}],
        "facts": {"G-03": {"state": "unknown"}, "G-07": {"state": "clear"}},
    },
}
"""An encounter with a place for every field that may not matter."""


def answer(raw: dict[str, Any]) -> str:
    """Everything that is answered, in both languages, and the values behind it."""
    encounter = read_encounter(raw)
    assert isinstance(encounter, Encounter), encounter
    found = assess(encounter)
    shown = json.dumps([found.as_json("nl"), found.as_json("en")], ensure_ascii=False)
    behind = (found.screening, found.hold, found.basis_of_presence, found.handover, found.duties, found.next_steps)
    return f"{shown}\n{behind!r}"


def is_blind(answering: Answer, raw: dict[str, Any], other: dict[str, Any]) -> None:
    assert answering(blindness.somebody_else(raw, other)) == answering(raw)


def test_every_field_of_the_schema_is_said_to_matter_or_not() -> None:
    paths = [path for path, _ in blindness.leaves(encounter_schema())]
    listed = [*blindness.NEVER, *blindness.ONLY_THAT_IT_IS_THERE, *blindness.RULES, *blindness.ECHOED]
    assert sorted(set(paths)) == sorted(listed)
    assert len(set(listed)) == len(listed)


@given(raw=RAW_ENCOUNTERS, other=blindness.OTHERS)
def test_somebody_else_in_the_same_event_has_the_same_answer(raw: dict[str, Any], other: dict[str, Any]) -> None:
    is_blind(answer, raw, other)


@given(other=blindness.OTHERS)
def test_so_it_is_where_everything_is_filled_in(other: dict[str, Any]) -> None:
    is_blind(answer, FULL, other)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@given(other=blindness.OTHERS)
def test_the_published_examples_are_as_blind(example: Path, other: dict[str, Any]) -> None:
    is_blind(answer, json.loads(example.read_text(encoding="utf-8")), other)


OFFENCE = "offence"
"""What I-42 compares between two encounters of one child: the kind of event, never who was in it."""


def together(raws: list[dict[str, Any]]) -> str:
    """Everything that is answered of the first of these encounters, where a person judged them one child."""
    read = [read_encounter(raw) for raw in raws]
    now, *others = [one for one in read if isinstance(one, Encounter)]
    assert len(others) == len(raws) - 1, read
    found = assess(now, supported=supported_by(now, others))
    return f"{json.dumps(found.as_json('nl'), ensure_ascii=False)}\n{found.screening!r}\n{found.handover!r}"


def in_the_same_event(raw: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Put somebody else in an event that stays what it was."""
    same = {OFFENCE: raw.get(OFFENCE, blindness.LEFT_OUT)}
    return blindness.somebody_else(raw, other | same)


MET_AGAIN = st.lists(RAW_ENCOUNTERS, min_size=2, max_size=4)


@given(raws=MET_AGAIN, others=st.lists(blindness.OTHERS, min_size=4, max_size=4))
def test_over_several_encounters_it_is_as_blind(raws: list[dict[str, Any]], others: list[dict[str, Any]]) -> None:
    changed = [in_the_same_event(raw, other) for raw, other in zip(raws, others, strict=False)]
    assert together(changed) == together(raws)


@given(others=st.lists(blindness.OTHERS, min_size=3, max_size=3))
def test_so_it_is_where_one_child_was_met_three_times(others: list[dict[str, Any]]) -> None:
    child = FULL["child"] | {"given_names": "Nora", "family_name": "Visser"}
    raws = [FULL | {"child": child | {"birth_date": year}} for year in ("2012", "2010", "2012")]
    raws[2]["observations"] = [{"indicator": "I-40", "state": "observed"}]
    changed = [in_the_same_event(raw, other) for raw, other in zip(raws, others, strict=True)]
    assert together(changed) == together(raws)
    assert all(f'"indicator": "{sign}"' in together(raws) for sign in ("I-40", "I-41"))


BIRTHS = st.dates(date(2005, 1, 1), date(2020, 12, 31))


def ages(birth: date, met: str) -> list[tuple[int, int]]:
    """The ages on the day of the encounter and the two after it: no hold lasts longer."""
    first = date.fromisoformat(met[:10])
    full = PartialDate(birth.year, birth.month, birth.day)
    days = [first + timedelta(days=n) for n in (-1, 0, 1, 2)]
    return [(age.low, age.high) for age in (ages_on(full, day, day) for day in days)]


@given(raw=RAW_ENCOUNTERS, births=st.tuples(BIRTHS, BIRTHS.map(lambda day: day.timetuple().tm_yday)))
def test_of_a_birth_date_only_the_age_matters(raw: dict[str, Any], births: tuple[date, int]) -> None:
    born, turned = births[0], date(births[0].year, 1, 1) + timedelta(days=births[1] - 1)
    assume(ages(born, raw["met_at"]) == ages(turned, raw["met_at"]))
    custody = {"basis": raw.get("custody", {}).get("basis", "unknown")}
    basis = {"birth_date_basis": raw.get("child", {}).get("birth_date_basis", "unknown")}
    one, other = (
        raw | {"custody": custody, "child": basis | {"birth_date": day.isoformat()}} for day in (born, turned)
    )
    assert answer(one) == answer(other)


@given(raw=RAW_ENCOUNTERS, names=st.tuples(*[blindness.TEXT.filter(str.strip)] * 2))
def test_whom_the_child_trusts_is_never_read(raw: dict[str, Any], names: tuple[str, str]) -> None:
    view = raw.get("child_view", {})
    one, other = (raw | {"child_view": view | {"trusted_person": name}} for name in names)
    assert answer(one) == answer(other)


def caught(answering: Answer) -> bool:
    """Whether the property above finds out that an answer is not blind."""

    @settings(max_examples=60, database=None, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False)
    @given(other=blindness.OTHERS)
    def probe(other: dict[str, Any]) -> None:
        is_blind(answering, FULL, other)

    try:
        probe()
    except AssertionError:
        return True
    return False


def reading(path: str) -> Answer:
    """Plant a rule that reads one field: what stands there comes back in the answer."""

    def planted(raw: dict[str, Any]) -> str:
        *steps, name = path.split(".")
        key = name.removesuffix("[]")
        there = [str(holder.get(key, "")) for holder in blindness.holders(json.loads(json.dumps(raw)), steps)]
        return "".join(there)

    return planted


@pytest.mark.parametrize("path", blindness.NEVER)
def test_a_planted_rule_that_reads_a_field_is_caught(path: str) -> None:
    assert caught(reading(path))


def test_an_answer_without_a_plant_is_not_called_unblind() -> None:
    assert not caught(answer)


def test_a_clock_that_reads_a_name_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    before = clock_answers._STARTERS["hold"]

    def planted(clock: Any, situation: Any) -> Any:
        name = situation.encounter.child.name
        return None if name and len(name.whole) > 3 else before(clock, situation)

    monkeypatch.setattr(clock_answers, "_STARTERS", {**clock_answers._STARTERS, "hold": planted})
    assert caught(answer)


def test_a_gate_that_reads_where_a_paper_comes_from_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assessment.known_for

    def planted(encounter: Any, *more: Any) -> Any:
        known = before(encounter, *more)
        foreign = any(one.issuing_country not in {"", "NL"} for one in encounter.child.documents)
        return type(known)(**{name: getattr(known, name) for name in known.__slots__} | {"age_certain": foreign})

    monkeypatch.setattr(assessment, "known_for", planted)
    assert caught(answer)


def test_a_screening_that_reads_the_words_of_an_observation_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assessment.indicators.screen

    def planted(observations: Any, **more: Any) -> Any:
        return before([one for one in observations if len(one.words) < 5], **more)

    monkeypatch.setattr(assessment.indicators, "screen", planted)
    assert caught(answer)


def test_the_probe_itself_can_fail() -> None:
    least = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}
    seen = least | {"observations": [{"indicator": "I-02", "state": "observed"}]}
    assert answer(least) != answer(seen)
