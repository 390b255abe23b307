"""One clock: the one on the wall of the place of the encounter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import override

from vangnet.knowledge.terms import PartialDate
from vangnet.site.pages.places import on_the_wall, time_there, when_there, written_in, zone_note

MOMENT = datetime(2026, 3, 14, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english() -> Any:
    with override("en"):
        yield


def test_a_moment_in_utc_is_shown_on_the_clock_of_its_place() -> None:
    assert time_there(MOMENT, "NL") == "02:10"
    assert when_there(MOMENT, "NL") == "14 March 2026, 02:10"
    assert on_the_wall(MOMENT, "NL") == MOMENT


def test_whose_clock_it_is_stands_beside_it_only_where_it_differs() -> None:
    assert time_there(MOMENT, "GR") == "03:10 (clock of Athens)"
    assert when_there(MOMENT, "GB") == "14 March 2026, 01:10 (clock of London)"
    assert zone_note(MOMENT, "BE") == ""
    assert zone_note(MOMENT, "NL") == ""


def test_a_day_without_a_time_has_no_clock() -> None:
    day = PartialDate(2026, 3, 14)
    assert on_the_wall(day, "GR") == day
    assert when_there(day, "GR") == "14 March 2026"
    assert zone_note(day, "GR") == ""


def test_a_sentence_that_was_written_in_dutch_is_marked_on_an_english_page_alone() -> None:
    assert written_in("NL") == "nl"
    assert written_in("FR") == ""
    with override("nl"):
        assert written_in("NL") == ""
