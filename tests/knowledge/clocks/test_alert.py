"""A child under a SIS alert is found: what says so, what does not, and what cannot be told apart (CLK-23)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from knowledge.clocks.desk import ALERT, BOTH, MET, answer, g07, iso, met
from vangnet.knowledge.clocks import sentences
from vangnet.knowledge.terms import ChannelCheck, KnownFact, Observation, Words


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({"observations": ALERT}, sentences.ALERT_ASSUMED),
        ({"observations": ALERT} | g07(), sentences.ALERT_ASSUMED),
        ({"observations": ALERT} | g07(source="ots"), sentences.ALERT_ASSUMED),
        ({"observations": ALERT} | g07("clear"), sentences.ALERT_ASSUMED),
        (g07(), sentences.MEASURE_OR_ALERT),
        (g07(source="register"), sentences.MEASURE_OR_ALERT),
        (g07(source="otsx"), sentences.MEASURE_OR_ALERT),
        (g07(source="sis"), None),
        (g07(source=" SIS\n"), None),
        (
            g07() | {"observations": (Observation(indicator="I-46", state="observed"),)},
            sentences.MEASURE_OR_ALERT,
        ),
        (
            g07() | {"observations": (Observation(indicator="I-47", state="not_observed"),)},
            sentences.MEASURE_OR_ALERT,
        ),
        (
            g07() | {"international_check": (ChannelCheck(channel="sis", state="answered", answer="nothing"),)},
            sentences.MEASURE_OR_ALERT,
        ),
    ],
)
@pytest.mark.parametrize("basis", ["none", "suspect"])
def test_a_located_child_has_twelve_hours(facts: dict[str, Any], note: Words | None, basis: str) -> None:
    duty = answer(met(basis=basis, **facts))["CLK-23"]
    assert (iso(duty.starts_at), iso(duty.due_at)) == (MET, "2026-03-03T02:00:00+01:00")
    assert (duty.hard, duty.note, duty.night_rule_until) == (True, note, None)


@pytest.mark.parametrize("source", ["ots", "vots", "guardian", "placement_authorisation", " OTS "])
def test_a_dutch_measure_alone_is_no_alert(source: str) -> None:
    assert "CLK-23" not in answer(met(**g07(source=source)))
    answered = (ChannelCheck(channel="sis", state="answered", answer="alert art. 32"),)
    assert "CLK-23" not in answer(met(international_check=answered, **g07(source=source)))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"observations": (Observation(indicator="I-47", state="not_observed"),)},
        {"observations": (Observation(indicator="I-47"),)},
        {"observations": (Observation(indicator="I-46", state="observed"),)},
        g07("clear"),
        g07("clear", "sis"),
        g07("unknown"),
        g07("unknown", "sis"),
        {"facts": MappingProxyType({"G-06": KnownFact(state="indicated")})},
        {"international_check": (ChannelCheck(channel="sis", state="answered", answer="alert art. 32"),)},
    ],
)
def test_no_alert_in_the_facts_no_twelve_hours(facts: dict[str, Any]) -> None:
    assert "CLK-23" not in answer(met(**facts))


def test_a_documented_adult_under_an_alert_has_no_clock_for_children() -> None:
    assert answer(met(birth="2000", birth_basis="document", observations=ALERT)) == {}
    assert set(answer(met(birth="2000", observations=ALERT))) == {"CLK-23"}
    assert set(answer(met(birth=BOTH, observations=ALERT))) == {"CLK-23"}


def test_whether_a_located_person_is_a_child_is_counted_in_the_place() -> None:
    born = {"birth": "2008-03-02", "birth_basis": "document", "observations": ALERT}
    assert answer(met(at="2026-03-01T23:30:00+00:00", **born)) == {}
    assert set(answer(met(at="2026-03-01T22:30:00+00:00", **born))) == {"CLK-23"}
