from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from vangnet.knowledge.clocks import HoldClock
from vangnet.knowledge.terms import Words
from vangnet.site.pages.clockface import Face, face, face_of

START = datetime(2026, 3, 14, 2, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
HOLD = HoldClock(
    clock="CLK-01",
    hours=6,
    starts_at=START,
    due_at=START + timedelta(hours=6),
    half_at=START + timedelta(hours=3),
    three_quarters_at=START + timedelta(hours=4, minutes=30),
    night_rule_until=START + timedelta(hours=12),
    start_known=True,
    assumed=Words("Leeftijd niet bekend.", "Age not known."),
)


def drawn(minutes: float, hold: HoldClock = HOLD) -> Face:
    found = face_of(hold, at=START + timedelta(minutes=minutes))
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def dutch() -> object:
    with override("nl"):
        yield


def test_nobody_held_has_no_clock() -> None:
    assert face_of(None, at=START) is None


@pytest.mark.parametrize(
    ("minutes", "stage", "until"),
    [
        (0, "running", "wet: uiterlijk 08:10"),
        (179, "running", "wet: uiterlijk 08:10"),
        (180, "half", "over de helft, uiterlijk 08:10"),
        (270, "three_quarters", "over drie kwart, uiterlijk 08:10"),
        (360, "limit", "het ophouden eindigde om 08:10"),
        (400, "limit", "het ophouden eindigde om 08:10"),
    ],
)
def test_the_clock_says_how_far_it_is(minutes: int, stage: str, until: str) -> None:
    found = drawn(minutes)
    assert (found.stage, found.until) == (stage, until)


def test_every_hour_is_one_bar_and_only_what_is_over_is_filled() -> None:
    found = drawn(90)
    assert [bar.x for bar in found.bars] == ["0.00%", "16.67%", "33.33%", "50.00%", "66.67%", "83.33%"]
    assert {bar.width for bar in found.bars} == {"15.97%"}
    assert [bar.past for bar in found.bars] == ["15.97%", "7.98%", "0.00%", "0.00%", "0.00%", "0.00%"]
    assert [(tick.line, tick.label, tick.text) for tick in found.ticks] == [
        ("49.65%", "50%", "05:10"),
        ("74.65%", "75%", "06:40"),
    ]
    assert {bar.past for bar in drawn(900).bars} == {"15.97%"}


def test_the_clock_counts_real_hours_and_says_what_was_assumed() -> None:
    found = drawn(72)
    assert (found.elapsed, found.of, found.start, found.due) == ("1 u 12", "van 6 uur", "02:10", "08:10")
    assert "02:10, nu 03:22, uiterlijk tot 08:10" in found.text
    assert found.notes == (
        "Leeftijd niet bekend.",
        "Volgens de formele nachtregel zou het 14:10 zijn. Vangnet telt echte uren.",
    )
    assert "eindigt het ophouden, ook als er nog iets ontbreekt" in found.limit
    assert drawn(72, replace(HOLD, assumed=None, night_rule_until=None)).notes == ()
    assert drawn(72, replace(HOLD, assumed=None, night_rule_until=HOLD.due_at)).notes == ()


def test_an_unknown_start_is_a_state_of_its_own() -> None:
    unknown = replace(HOLD, starts_at=None, due_at=None, assumed=None)
    found = drawn(0, unknown)
    assert (found.stage, found.elapsed, found.until) == ("unknown", "Begin niet bekend", "wet: 6 uur")
    assert (found.bars, found.again) == ((), "")


def test_only_a_new_stage_is_said_aloud() -> None:
    def at(minutes: int, before: str) -> Face:
        moment = START + timedelta(minutes=minutes)
        return face(starts_at=START, due_at=START + timedelta(hours=6), hours=6, at=moment, before=before)

    assert at(10, "").changed == ""
    assert at(10, "running").changed == ""
    assert at(181, "running").changed == "over de helft, uiterlijk 08:10"


def test_at_the_limit_the_page_asks_no_longer_and_never_proposes_to_hold() -> None:
    text = render_to_string("components/clock.html", {"face": drawn(400)})
    assert drawn(400).again == ""
    assert "hx-get" not in text
    assert "Niemand hier mag dit kind nu vasthouden." in text
    assert "verleng" not in text


@pytest.mark.parametrize("template", ["components/clock.html", "components/strip.html"])
def test_the_clock_is_drawn_without_any_style(template: str) -> None:
    text = render_to_string(template, {"face": drawn(72)})
    assert "style=" not in text
    assert 'aria-label="Opgehouden sinds 02:10' in text
    assert "/clock?start=2026-03-14T02%3A10%3A00%2B01%3A00" in text
    assert render_to_string(template, {"face": None}).strip() == ""


def stopped(minutes: float, hold: HoldClock = HOLD, *, is_exact: bool = True) -> Face:
    left = START + timedelta(minutes=minutes)
    found = face_of(hold, at=START + timedelta(hours=30), stopped_at=left, is_exact=is_exact)
    assert found is not None
    return found


def test_when_the_child_left_the_clock_stands_still_and_proposes_nothing() -> None:
    found = stopped(44)
    assert (found.stage, found.elapsed, found.of, found.until) == (
        "stopped",
        "44 min",
        "van 6 uur",
        "opgehouden tot 02:54",
    )
    assert (found.again, found.proposals, found.limit, found.due, found.notes, found.ticks) == (
        "",
        "",
        "",
        "",
        (),
        (),
    )
    assert found.text == "Opgehouden tot 02:54."
    assert found.bars[0].past == f"{44 / 60 * (100 / 6 - 0.7):.2f}%"
    assert [bar.past for bar in found.bars[1:]] == ["0.00%"] * 5
    html = render_to_string("components/clock.html", {"face": found})
    assert "Opgehouden tot 02:54" in html
    assert "hx-get" not in html
    assert "call the Board again" not in html
    strip = render_to_string("components/strip.html", {"face": found})
    assert "Was opgehouden" in strip
    assert "hx-get" not in strip


def test_an_incident_gives_the_moment_of_its_recording_and_no_more() -> None:
    assert stopped(44, is_exact=False).until == "weg, vastgelegd om 02:54"


def test_a_stop_the_next_day_carries_its_day() -> None:
    assert stopped(60 * 24).until == "opgehouden tot 15 mrt 02:10"


def test_a_clock_without_a_start_stops_all_the_same() -> None:
    found = stopped(44, replace(HOLD, starts_at=None, due_at=None))
    assert (found.stage, found.elapsed, found.start, found.bars) == ("stopped", "Begin niet bekend", "", ())
    assert found.until == "opgehouden tot 02:54"


def test_nobody_held_has_no_clock_to_stop() -> None:
    assert face_of(None, at=START, stopped_at=START) is None
