from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from vangnet.knowledge.terms import PartialDate, Words
from vangnet.site.pages import speaking

ZONE = ZoneInfo("Europe/Amsterdam")
MOMENT = datetime(2026, 3, 14, 1, 52, tzinfo=ZONE)


SAID = {
    "nl": (
        "Niet bekend. drie 20",
        "14 maart 2026",
        "14 mrt",
        "14 maart 2026, 01:52",
        "juli 2025, dag niet bekend",
        "2012, maand niet bekend",
    ),
    "en": (
        "Not known. three 20",
        "14 March 2026",
        "14 Mar",
        "14 March 2026, 01:52",
        "July 2025, day not known",
        "2012, month not known",
    ),
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_speaks_one_language(language: str) -> None:
    with override(language):
        sentence = speaking.say(Words("Niet bekend.", "Not known."))
        found = (
            f"{sentence} {speaking.counted(3)} {speaking.counted(20)}",
            speaking.day(date(2026, 3, 14)),
            speaking.short_day(date(2026, 3, 14)),
            speaking.when(MOMENT),
            speaking.when(PartialDate(2025, 7)),
            speaking.when(PartialDate(2012)),
        )
        assert speaking.when(PartialDate(2026, 3, 14)) == found[1]
    assert found == SAID[language]


def test_nothing_stays_nothing_and_an_unknown_language_is_dutch() -> None:
    assert speaking.say(None) == ""
    with override("fr"):
        assert speaking.language() == "nl"
    with override(None):
        assert speaking.language() == "nl"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=-3), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 u 00"),
        (timedelta(hours=1, minutes=12), "1 u 12"),
        (timedelta(hours=47, minutes=59), "47 u 59"),
        (timedelta(hours=48), "2 dagen"),
    ],
)
def test_a_span_is_written_in_hours_and_minutes(length: timedelta, words: str) -> None:
    with override("nl"):
        assert speaking.span(length) == words


def test_a_deadline_of_another_day_says_which() -> None:
    with override("nl"):
        assert speaking.by(MOMENT, MOMENT) == "01:52"
        assert speaking.by(MOMENT, MOMENT - timedelta(hours=3)) == "14 mrt 01:52"
        assert speaking.by(MOMENT, MOMENT.astimezone(UTC)) == "01:52"


@pytest.mark.parametrize(
    ("name", "script"),
    [("Nora", ""), ("Нора Линд", "und-Cyrl"), ("Ανδρέας", "und-Grek"), ("محمد", "und-Arab"), ("12-3", "")],
)
def test_a_name_says_its_script_never_a_language(name: str, script: str) -> None:
    assert speaking.script_of(name) == script


def test_a_sentence_begins_with_a_capital_and_is_left_alone() -> None:
    assert speaking.capital("de Raad, AVIM") == "De Raad, AVIM"
    assert speaking.capital("") == ""


def test_a_large_count_has_a_space_between_its_thousands() -> None:
    assert speaking.counted(1545) == "1\u00a0545"
