"""Nothing is told of what is still to come: each time with its place, and a few minutes of leave for a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vangnet.knowledge.terms import CLOCK_DIFFERENCE, Encounter, read_encounter, still_to_come

AT = datetime(2026, 3, 1, 14, 0, tzinfo=UTC)
AHEAD = "2026-03-01T16:00:00+01:00"
BARE: dict[str, Any] = {"organisation": "NL-POL-RIJNHAVEN", "country": "NL", "met_at": "2026-03-01"}


def told(**more: Any) -> Encounter:
    read = read_encounter(BARE | more)
    assert isinstance(read, Encounter), read
    return read


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"met_at": AHEAD}, "met_at"),
        ({"custody": {"arrested_at": AHEAD}}, "custody.arrested_at"),
        ({"custody": {"arrived_at": AHEAD}}, "custody.arrived_at"),
        ({"custody": {"ordered_at": AHEAD}}, "custody.ordered_at"),
        (
            {
                "observations": [{"indicator": "I-02", "state": "observed"}] * 1
                + [{"indicator": "I-03", "state": "observed", "at": AHEAD}]
            },
            "observations[1].at",
        ),
        ({"collectors": [{"birth_date": "2031"}]}, "collectors[0].birth_date"),
        (
            {"known": {"international_check": [{"channel": "sis", "state": "asked", "at": AHEAD}]}},
            "known.international_check[0].at",
        ),
        ({"known": {"facts": {"G-07": {"state": "clear", "at": AHEAD}}}}, "known.facts.G-07.at"),
    ],
)
def test_every_time_of_an_encounter_is_held_against_the_clock(more: dict[str, Any], where: str) -> None:
    (reason,) = still_to_come(told(**more), at=AT)
    assert (reason.code, reason.where, reason.kind) == ("still_to_come", where, "mend")
    assert reason.words.en == f"{where} lies in the future; check day, time and zone."
    assert where in reason.words.nl
    assert still_to_come(told(**more), at=AT + timedelta(days=5000)) == ()


@pytest.mark.parametrize(
    ("ahead", "is_refused"),
    [(timedelta(), False), (CLOCK_DIFFERENCE, False), (CLOCK_DIFFERENCE + timedelta(seconds=1), True)],
)
def test_a_clock_may_be_a_few_minutes_off_and_no_more(ahead: timedelta, is_refused: bool) -> None:
    assert bool(still_to_come(told(met_at=(AT + ahead).isoformat()), at=AT)) is is_refused


@pytest.mark.parametrize(
    ("met_at", "is_refused"),
    [
        ("2026", False),
        ("2026-03", False),
        ("2026-03-02", False),
        ("2026-03-03", True),
        ("2026-04", True),
        ("2027", True),
    ],
)
def test_a_part_of_a_date_counts_from_its_first_day_where_the_day_begins_first(
    met_at: str, is_refused: bool
) -> None:
    assert bool(still_to_come(told(met_at=met_at), at=AT)) is is_refused


def test_all_that_is_to_come_is_named_at_once() -> None:
    both = told(met_at=AHEAD, custody={"arrived_at": AHEAD})
    assert [one.where for one in still_to_come(both, at=AT)] == ["met_at", "custody.arrived_at"]
