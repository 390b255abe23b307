"""The table is whole: 37 rows, each with its source, author, legal ground and date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from vangnet.knowledge import clocks
from vangnet.knowledge.clocks import answer, rows
from vangnet.knowledge.clocks.rows import Certainty, Clock, Kind
from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.terms import Words

IDS = tuple(f"CLK-{number:02d}" for number in range(1, 38))
HARD = {1, 2, 5, 6, 12, 14, 16, 17, 23, 26, 27, 29, 30, 31, 32, 37}
EVENT = {7, 8, 9, 10, 28}
RULE = {3, 4}
CERTAINTIES = {
    "memory-high": {2, 3, 4, 15, 22, 33, 35},
    "memory": {25, 34},
    "read-press": {11, 13, 36},
}
LIMITS = {
    1: (6, "hours", True),
    2: (9, "hours", True),
    5: (3, "days", False),
    6: (90, "hours", False),
    12: (5, "working_days", False),
    14: (3, "months", False),
    16: (1, "years", False),
    17: (3, "months", False),
    23: (12, "hours", False),
    26: (3, "months", False),
    27: (3, "months", False),
    29: (5, "years", False),
    30: (1, "weeks", False),
    31: (5, "years", False),
    32: (5, "years", False),
    37: (3, "months", False),
}
SOURCES = {
    1: "Sv 487(2)",
    2: "Sv 56a(2)",
    3: "Sv 56a(3)",
    6: "Sv 59a(1)",
    9: "Sv 489(1)-(2)",
    12: "Uitvoeringsbesluit Wmo 2015",
    17: "BW 1:265c",
    23: "SIS 2018/1862 art. 33(3)",
    37: "BW 1:241(2),(4),(6)",
}
EACH = pytest.mark.parametrize("clock", clocks.table().values(), ids=IDS)


def number(clock: Clock) -> int:
    return int(clock.id[4:])


def test_it_holds_the_37_clocks_in_order() -> None:
    assert tuple(clocks.table()) == IDS
    assert all(key == clock.id for key, clock in clocks.table().items())


def test_it_is_read_once_and_cannot_be_changed() -> None:
    assert clocks.table() is clocks.table()
    with pytest.raises(TypeError):
        clocks.table()["CLK-38"] = clocks.table()["CLK-01"]  # type: ignore[index]


def test_the_file_read_again_is_the_same_table() -> None:
    assert rows.table.__wrapped__() == clocks.table()


def test_it_has_a_version() -> None:
    assert clocks.table_version() == "2026-11-25"


@EACH
def test_every_row_is_complete(clock: Clock) -> None:
    for words in (clock.words, clock.holder, clock.starts, clock.limit_words):
        assert words.nl.strip()
        assert words.en.strip()
    assert clock.source
    assert re.search(r"art\.|hoofdstuk|bijlage|B8", clock.legal_ground)
    assert clock.author == "Vangnet contributors"
    assert isinstance(clock.date, date)
    assert clock.holder_code
    assert clock.certainty in get_args(Certainty)
    assert clock.kind in get_args(Kind)


def test_a_comma_without_quotes_is_refused_and_never_loses_half_a_term() -> None:
    raw = rows._raw()
    term = {"nl": "meteen", "uiterlijk na 12 uur": None, "en": "at once", "not later than 12 hours": None}
    with pytest.raises(TypeError, match="uiterlijk na 12 uur"):
        rows._clock(raw["clocks"][22] | {"limit_words": term}, raw)
    assert clocks.table()["CLK-23"].limit_words == Words(
        "meteen, uiterlijk na 12 uur", "at once, not later than 12 hours"
    )


@EACH
def test_kind_and_certainty_are_those_of_the_law_notes(clock: Clock) -> None:
    here = number(clock)
    kind = "hard" if here in HARD else "event" if here in EVENT else "rule" if here in RULE else "term"
    assert clock.kind == kind
    named = [name for name, members in CERTAINTIES.items() if here in members]
    assert clock.certainty == (named[0] if named else "read")


@EACH
def test_only_a_hard_row_has_a_limit_and_it_is_that_of_the_law(clock: Clock) -> None:
    expected = LIMITS.get(number(clock))
    if expected is None:
        assert clock.limit is None
        with pytest.raises(LookupError, match=clock.id):
            clock.hard_limit  # noqa: B018
    else:
        limit = clock.hard_limit
        assert (limit.amount, limit.unit, limit.night_rule) == expected


@pytest.mark.parametrize(("row", "source"), SOURCES.items())
def test_the_source_is_that_of_the_row(row: int, source: str) -> None:
    assert clocks.table()[f"CLK-{row:02d}"].source == source


@EACH
def test_the_words_keep_to_the_house(clock: Clock) -> None:
    texts = [clock.words, clock.holder, clock.starts, clock.limit_words] + ([clock.note] if clock.note else [])
    whole = " ".join(text.nl + " " + text.en for text in texts).lower()
    for banned in ("release", "suspect", "verdachte", "offender", "score", "illegal", "verlengen van het ophouden"):
        assert banned not in whole


@EACH
def test_events_stand_where_an_event_is_the_trigger(clock: Clock) -> None:
    assert bool(clock.events) == (clock.trigger == "event")


def test_only_the_two_duties_of_legal_status_hang_on_that_record() -> None:
    found = {clock.id for clock in clocks.table().values() if clock.trigger == "legal_status"}
    assert found == clocks.LEGAL_STATUS_DUTIES == {"CLK-21", "CLK-22"}


def test_renewed_measures_count_from_the_latest_order() -> None:
    latest = {clock.id for clock in clocks.table().values() if clock.of_several == "latest"}
    assert latest == {"CLK-14", "CLK-15", "CLK-16", "CLK-17", "CLK-18", "CLK-25", "CLK-37"}


def test_only_an_executed_placement_changes_a_limit() -> None:
    changed = {clock.id: clock.then for clock in clocks.table().values() if clock.then}
    assert changed == {"CLK-17": ("placement_executed", clocks.Limit(amount=1, unit="years"))}


def test_every_trigger_has_a_starter() -> None:
    assert set(answer._STARTERS) == set(get_args(rows.Trigger))


@pytest.mark.parametrize(
    ("kind", "certainty", "deadline", "lawyer"),
    [
        ("hard", "read", True, False),
        ("hard", "memory-high", True, True),
        ("hard", "read-press", True, True),
        ("hard", "memory", True, True),
        ("hard", "doubt", False, True),
        ("event", "read", False, False),
        ("term", "read", False, False),
        ("term", "memory", False, False),
        ("rule", "memory-high", False, False),
    ],
)
def test_only_a_hard_clock_without_doubt_gives_a_deadline(
    kind: Any, certainty: Any, deadline: bool, lawyer: bool
) -> None:
    clock = replace(clocks.table()["CLK-01"], kind=kind, certainty=certainty)
    assert clock.gives_deadline is deadline
    assert clock.needs_lawyer is lawyer


def test_a_row_may_name_its_own_author_and_date() -> None:
    raw = rows._raw()
    row = raw["clocks"][0] | {"author": "A. Jurist", "date": date(2027, 1, 1)}
    clock = rows._clock(row, raw)
    assert (clock.author, clock.date) == ("A. Jurist", date(2027, 1, 1))
    assert clocks.table()["CLK-01"].date == date(2026, 11, 25)


def test_the_event_kinds_are_a_closed_list() -> None:
    assert clocks.event_kinds() == {
        "alert_majority_notice",
        "mayor_request",
        "ots_ordered",
        "placement_authorised",
        "placement_consent_requested",
        "placement_ending",
        "placement_executed",
        "preventive_alert_issued",
        "provisional_guardianship_ordered",
        "report_request_received",
        "serious_danger_in_other_state",
        "siena_request",
        "urgent_order_without_hearing",
        "veilig_thuis_acute_report",
        "veilig_thuis_inquiry",
        "veilig_thuis_report",
        "vots_ordered",
        "written_instruction",
    }


@pytest.mark.parametrize(("country", "has"), [("NL", True), ("BE", False), ("nl", False), ("", False)])
def test_there_is_a_table_for_the_netherlands_alone(country: str, has: bool) -> None:
    assert clocks.has_table(country) is has


def test_who_holds_a_duty_works_under_a_regime_that_there_is() -> None:
    held = {clock.holder_code: clock.held_by for clock in clocks.table().values() if clock.held_by}
    assert held == {
        "hovj": {"police"},
        "police": {"police"},
        "prosecutor": {"prosecution"},
        "rvdk": {"youth_care"},
        "gi": {"youth_care"},
        "controller": set(Regime),
    }
    assert {one for regimes in held.values() for one in regimes} <= set(Regime)
    assert all(not clock.held_by for clock in clocks.table().values() if clock.holder_code == "juvenile_judge")


def test_what_becomes_of_a_duty_of_a_hold_once_the_child_left() -> None:
    found = {clock.id: clock.of_a_hold for clock in clocks.table().values() if clock.of_a_hold}
    assert found == {
        "CLK-01": "end",
        "CLK-02": "end",
        "CLK-06": "limit",
        "CLK-07": "told",
        "CLK-08": "told",
        "CLK-09": "told",
    }
    limits = {clock.id for clock in clocks.table().values() if clock.is_limit_of_a_hold}
    assert limits == {"CLK-01", "CLK-02", "CLK-06"}
