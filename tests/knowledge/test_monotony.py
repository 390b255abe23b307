"""Seeing more never lowers an answer, not seeing never does, and the same facts in another order are the same facts."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import blindness
from invented import INDICATORS, RAW_ENCOUNTERS, TIMES, WORDS
from vangnet.knowledge.assessment import Assessment, assess
from vangnet.knowledge.terms import Encounter, read_encounter

# Thousands of runs over lines that other tests cover: measuring them doubles the time.
pytestmark = pytest.mark.no_cover

Raw = dict[str, Any]
LEAST: Raw = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01T14:20:00+01:00"}
READY: Raw = LEAST | {
    "custody": {"basis": "suspect", "arrived_at": LEAST["met_at"], "pretrial_detention_offence": "yes"},
    "child": {"birth_date": "2012-05-17", "birth_date_basis": "document"},
    "child_view": {
        "heard_alone": True,
        "interpreter": "none",
        "wants_to_go": "yes",
        "trusted_person": "an aunt",
    },
    "collectors": [
        {
            "identity": {"state": "verified"},
            "authority": {"state": "verified", "source": "authority_register"},
            "conflict_of_interest": "none_found",
        }
    ],
    "known": {"facts": {check: {"state": "clear"} for check in ("G-03", "G-07", "G-09", "G-12", "G-13")}},
}
"""An encounter of which two people may decide."""
MAY_GO = set(blindness.RULES) - {"country", "met_at", "observations[].indicator", "observations[].state"}


def assessed(raw: Raw) -> Assessment:
    read = read_encounter(raw)
    assert isinstance(read, Encounter), read
    return assess(read)


def whole(raw: Raw) -> Raw:
    """The answer without what merely repeats the record."""
    return assessed(raw).as_json("en") | {"behind": repr(assessed(raw).duties)}


def claimed(found: Assessment) -> set[str]:
    """Everything an answer claims for the child; more of it is never less protection."""
    screening = found.screening
    claims = {one.indicator for one in screening.indications}
    claims |= {f"risk {one.indicator}" for one in screening.handover_risks}
    claims |= {f"conflict {one}" for one in screening.conflict_risks}
    claims |= {name for name, one in screening.ilo_profile.items() if one.positive}
    claims |= {f"by source {name}" for name, one in screening.ilo_profile.items() if one.positive_by_source}
    claims |= {"indication"} if screening.any_indication else set()
    claims |= {"child case"} if screening.child_case_supported else set()
    return claims | {duty.clock for duty in found.duties}


def observing(raw: Raw, indicator: str, state: str) -> Raw:
    return raw | {"observations": [*raw.get("observations", []), {"indicator": indicator, "state": state}]}


@given(raw=RAW_ENCOUNTERS | st.just(READY), indicator=INDICATORS)
@example(raw=READY, indicator="I-47")
def test_one_more_thing_seen_takes_nothing_away_and_opens_no_gate(raw: Raw, indicator: str) -> None:
    before, after = assessed(raw), assessed(observing(raw, indicator, "observed"))
    assert claimed(before) <= claimed(after)
    passed = [{one.check for one in found.handover.checks if one.state == "passed"} for found in (before, after)]
    assert passed[1] <= passed[0]
    assert before.handover.outcome == "ready_for_two_people" or after.handover.outcome != "ready_for_two_people"
    due = {duty.clock: duty.due_at for duty in before.duties}
    assert all(duty.due_at == due.get(duty.clock, duty.due_at) for duty in after.duties)
    assert before.hold == after.hold


@given(
    raw=RAW_ENCOUNTERS | st.just(READY), indicator=INDICATORS, state=st.sampled_from(["not_observed", "unknown"])
)
def test_what_was_not_seen_changes_nothing(raw: Raw, indicator: str, state: str) -> None:
    assert whole(observing(raw, indicator, state)) == whole(raw)


@given(raw=RAW_ENCOUNTERS, indicator=INDICATORS, place=st.integers(0, 6))
def test_a_withdrawn_observation_leaves_no_trace(raw: Raw, indicator: str, place: int) -> None:
    observations = list(raw.get("observations", []))
    with_it = [*observations[:place], {"indicator": indicator, "state": "observed"}, *observations[place:]]
    whole(raw | {"observations": with_it})
    with_it.pop(min(place, len(observations)))
    assert whole(raw | {"observations": with_it}) == whole(raw | {"observations": observations})


LISTS = ("observations", "companions")


@given(raw=RAW_ENCOUNTERS, data=st.data())
def test_the_order_of_what_was_recorded_does_not_matter(raw: Raw, data: st.DataObject) -> None:
    other = copy.deepcopy(raw)
    for name in LISTS:
        if name in other:
            other[name] = data.draw(st.permutations(other[name]))
    known = other.get("known", {})
    if "international_check" in known:
        known["international_check"] = data.draw(st.permutations(known["international_check"]))
    if "facts" in known:
        known["facts"] = dict(data.draw(st.permutations(list(known["facts"].items()))))
    assert whole(other) == whole(raw)


@given(raw=RAW_ENCOUNTERS)
def test_the_same_again_is_the_same(raw: Raw) -> None:
    twice = raw | {"observations": raw.get("observations", []) * 2}
    assert whole(twice) == whole(raw) == whole(raw)


@given(raw=RAW_ENCOUNTERS | st.just(READY), at=TIMES, words=WORDS)
def test_what_is_recorded_as_unknown_is_what_is_not_recorded(raw: Raw, at: str, words: str) -> None:
    known = raw.get("known", {})
    facts = {check: {"state": "unknown", "at": at, "words": words} for check in ("G-06", "G-08", "G-15")}
    said = raw | {"known": known | {"facts": facts | known.get("facts", {})}}
    assert whole(said) == whole(raw)


def paths_there(raw: Raw) -> list[str]:
    """The fields a rule may read that are filled in here."""
    found = []
    for path in sorted(MAY_GO):
        *steps, name = path.split(".")
        if any(name in holder for holder in blindness.holders(copy.deepcopy(raw), steps)):
            found.append(path)
    return found


def without(raw: Raw, path: str) -> Raw:
    less = copy.deepcopy(raw)
    *steps, name = path.split(".")
    for holder in blindness.holders(less, steps):
        holder.pop(name, None)
        if path == "known.facts.*.state":
            holder["state"] = "unknown"
    return less


@given(raw=RAW_ENCOUNTERS | st.just(READY), data=st.data())
def test_knowing_less_never_opens_the_gate(raw: Raw, data: st.DataObject) -> None:
    there = paths_there(raw)
    assume(there)
    less = without(raw, data.draw(st.sampled_from(there)))
    read = read_encounter(less)
    assume(isinstance(read, Encounter))
    before = assessed(raw).handover.outcome
    assert before == "ready_for_two_people" or assessed(less).handover.outcome != "ready_for_two_people"


def test_the_ready_one_is_ready_and_each_required_thing_that_goes_closes_it() -> None:
    assert assessed(READY).handover.outcome == "ready_for_two_people"
    closes = {path for path in paths_there(READY) if assessed(without(READY, path)).handover.outcome == "not_yet"}
    assert {
        "child.birth_date",
        "child_view.heard_alone",
        "child_view.wants_to_go",
        "collectors[].authority.state",
        "collectors[].conflict_of_interest",
        "collectors[].identity.state",
        "known.facts.*.state",
    } <= closes
