"""The hold: which clock, from when, until when in real hours, and what was assumed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from vangnet.knowledge.clocks import HoldClock, hold_clock, sentences
from vangnet.knowledge.terms import Child, Custody, Encounter, PartialDate, Words

MET = "2026-03-02T14:00:00+01:00"
ARRESTED = "2026-03-02T14:10:00+01:00"
ARRIVED = "2026-03-02T14:40:00+01:00"
TIMES = {"arrested_at": ARRESTED, "arrived_at": ARRIVED}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def held(
    *,
    birth: str | None = "2012-05-17",
    birth_basis: Any = "stated",
    met: str = MET,
    country: str = "NL",
    **custody: Any,
) -> Encounter:
    times = {key: moment(value) if key.endswith("_at") else value for key, value in custody.items()}
    return Encounter(
        organisation="NL-POL-X",
        country=country,
        met_at=moment(met) if "T" in met else PartialDate.parse(met),
        custody=Custody(**{"basis": "suspect"} | times),
        child=Child(birth_date=PartialDate.parse(birth) if birth else None, birth_date_basis=birth_basis),
    )


def clock_of(encounter: Encounter, at: str = MET) -> HoldClock:
    clock = hold_clock(encounter, moment(at))
    assert clock is not None
    return clock


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def assumed(*words: Words) -> Words | None:
    return sentences.joined(words)


@pytest.mark.parametrize(
    ("birth", "offence", "clock", "hours", "due"),
    [
        ("2017-01-01", "yes", "CLK-01", 6, "2026-03-02T20:40:00+01:00"),
        ("2017-01-01", "no", "CLK-01", 6, "2026-03-02T20:40:00+01:00"),
        ("2017-01-01", "unknown", "CLK-01", 6, "2026-03-02T20:40:00+01:00"),
        ("2012-05-17", "yes", "CLK-02", 9, "2026-03-02T23:40:00+01:00"),
        ("2012-05-17", "no", "CLK-02", 6, "2026-03-02T20:40:00+01:00"),
        ("2012-05-17", "unknown", "CLK-02", 6, "2026-03-02T20:40:00+01:00"),
        ("2014", "yes", "CLK-01", 6, "2026-03-02T20:40:00+01:00"),
        (None, "yes", "CLK-01", 6, "2026-03-02T20:40:00+01:00"),
        ("2014-03-02", "yes", "CLK-02", 9, "2026-03-02T23:40:00+01:00"),
        ("2014-03-03", "yes", "CLK-01", 6, "2026-03-02T20:40:00+01:00"),
        ("2008-03-03", "yes", "CLK-02", 9, "2026-03-02T23:40:00+01:00"),
    ],
)
def test_age_and_offence_choose_the_clock(
    birth: str | None, offence: str, clock: str, hours: int, due: str
) -> None:
    found = clock_of(held(birth=birth, pretrial_detention_offence=offence, **TIMES))
    assert (found.clock, found.hours, iso(found.due_at)) == (clock, hours, due)


def test_all_moments_of_a_hold_over_the_night() -> None:
    found = clock_of(held(arrived_at="2026-03-02T22:00:00+01:00", pretrial_detention_offence="yes"))
    assert iso(found.starts_at) == "2026-03-02T22:00:00+01:00"
    assert iso(found.half_at) == "2026-03-03T02:30:00+01:00"
    assert iso(found.three_quarters_at) == "2026-03-03T04:45:00+01:00"
    assert iso(found.due_at) == "2026-03-03T07:00:00+01:00"
    assert iso(found.night_rule_until) == "2026-03-03T16:00:00+01:00"


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        ("2026-03-28T22:00:00+01:00", "2026-03-29T05:00:00+02:00"),
        ("2026-10-24T22:00:00+02:00", "2026-10-25T03:00:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T07:30:00+01:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T08:30:00+01:00"),
    ],
)
def test_six_hours_are_six_hours_on_the_nights_of_summer_time(arrived: str, due: str) -> None:
    found = clock_of(held(birth="2017", arrived_at=arrived))
    assert iso(found.due_at) == due
    assert found.due_at is not None
    assert (found.due_at - moment(arrived)).total_seconds() == 6 * 3600


@pytest.mark.parametrize(
    ("times", "starts", "known", "words"),
    [
        (TIMES, ARRIVED, True, None),
        ({"arrived_at": ARRIVED}, ARRIVED, True, None),
        ({"arrested_at": ARRESTED}, ARRESTED, False, sentences.START_ARRESTED),
        ({}, MET, False, sentences.START_MET),
    ],
)
def test_the_start_is_the_arrival_or_what_is_stricter(
    times: Any, starts: str, known: bool, words: Words | None
) -> None:
    found = clock_of(held(pretrial_detention_offence="yes", **times))
    assert (iso(found.starts_at), found.start_known, found.assumed) == (starts, known, words)


def test_a_partial_encounter_without_times_has_a_hold_without_moments() -> None:
    found = clock_of(held(met="2026-03", pretrial_detention_offence="yes"))
    assert found.clock == "CLK-02"
    assert found.hours == 9
    assert not found.start_known
    moments = (found.starts_at, found.half_at, found.three_quarters_at, found.due_at, found.night_rule_until)
    assert moments == (None,) * 5
    assert found.assumed == sentences.NO_MOMENT


def test_a_partial_encounter_counts_every_age_of_its_days() -> None:
    found = clock_of(held(met="2026-03", birth="2014-03-15", pretrial_detention_offence="yes"))
    assert (found.clock, found.hours) == ("CLK-01", 6)


def test_a_partial_encounter_with_an_arrival_has_its_moments() -> None:
    assert iso(clock_of(held(met="2026-03", **TIMES)).due_at) == "2026-03-02T20:40:00+01:00"


@pytest.mark.parametrize("basis", ["witness", "voluntary", "measure", "none"])
def test_no_custody_no_clock(basis: str) -> None:
    assert hold_clock(held(basis=basis, **TIMES), moment(MET)) is None


@pytest.mark.parametrize("times", [{"arrested_at": ARRESTED}, {"arrived_at": ARRIVED}, {"ordered_at": ARRIVED}])
def test_an_unknown_ground_with_a_time_counts_as_held(times: dict[str, str]) -> None:
    found = clock_of(held(basis="unknown", birth="2017", **times))
    assert found.assumed is not None
    assert sentences.BASIS_UNKNOWN.nl in found.assumed.nl


def test_an_unknown_ground_without_a_time_is_no_custody() -> None:
    assert hold_clock(held(basis="unknown"), moment(MET)) is None


def test_a_known_ground_is_not_called_unknown() -> None:
    assert clock_of(held(pretrial_detention_offence="yes", **TIMES)).assumed is None


@pytest.mark.parametrize("country", ["BE", "DE", "ZZ"])
def test_another_country_has_no_hold_clock(country: str) -> None:
    assert hold_clock(held(country=country, **TIMES), moment(MET)) is None


def test_a_documented_adult_has_no_clock_and_a_stated_one_does() -> None:
    assert hold_clock(held(birth="2008-03-02", birth_basis="document", **TIMES), moment(MET)) is None
    found = clock_of(held(birth="2008-03-02", pretrial_detention_offence="yes", **TIMES))
    assert (found.clock, found.hours, found.assumed) == ("CLK-02", 9, sentences.PRESUMED_CHILD)


@pytest.mark.parametrize(
    ("arrived", "clock", "words"),
    [
        ("2026-03-02T14:59:00+01:00", "CLK-01", None),  # the longest hold ends before midnight
        ("2026-03-02T15:00:00+01:00", "CLK-01", None),  # ... and on it
        ("2026-03-02T15:00:01+01:00", "CLK-01", sentences.TURNS_12),  # the night rule leads past it
        ("2026-03-02T23:59:59+01:00", "CLK-01", sentences.TURNS_12),
        ("2026-03-03T00:00:00+01:00", "CLK-02", None),
    ],
)
def test_a_child_that_turns_12_on_3_march_keeps_the_stricter_clock(
    arrived: str, clock: str, words: Words | None
) -> None:
    found = clock_of(held(birth="2014-03-03", arrived_at=arrived, pretrial_detention_offence="yes"))
    assert (found.clock, found.assumed) == (clock, words)


def test_the_birthday_begins_at_midnight_of_the_place() -> None:
    # 00:30 on the birthday in Amsterdam, the evening before in UTC.
    found = clock_of(held(birth="2014-03-03", arrived_at="2026-03-02T23:30:00+00:00"))
    assert (found.clock, found.assumed) == ("CLK-02", sentences.OFFENCE_UNKNOWN)


def test_a_child_that_turns_18_while_held_keeps_the_clock_for_children() -> None:
    found = clock_of(
        held(birth="2008-03-03", birth_basis="document", arrived_at="2026-03-02T23:00:00+01:00"),
    )
    assert found.clock == "CLK-02"
    assert found.assumed == assumed(sentences.TURNS_18, sentences.OFFENCE_UNKNOWN)


def test_the_ground_under_12_wins_from_the_birth_date() -> None:
    found = clock_of(held(basis="under_12", pretrial_detention_offence="yes", **TIMES))
    assert (found.clock, found.hours, found.assumed) == ("CLK-01", 6, sentences.AGE_AGAINST_BASIS)


@pytest.mark.parametrize(
    ("offence", "words"),
    [("yes", None), ("no", sentences.OFFENCE_LESSER), ("unknown", sentences.OFFENCE_UNKNOWN)],
)
def test_what_the_offence_allows_is_said(offence: str, words: Words | None) -> None:
    assert clock_of(held(pretrial_detention_offence=offence, **TIMES)).assumed == words


def test_everything_assumed_is_said_once_in_order() -> None:
    found = clock_of(held(basis="unknown", birth=None, arrested_at=ARRESTED))
    expected = assumed(sentences.START_ARRESTED, sentences.BASIS_UNKNOWN, sentences.AGE_UNKNOWN)
    assert found.assumed == expected


@pytest.mark.parametrize(
    ("birth", "ordered", "at", "over"),
    [
        ("2012-05-17", "2026-03-02T18:00:00+01:00", "2026-03-02T18:00:00+01:00", True),
        ("2012-05-17", "2026-03-02T18:00:00+01:00", "2026-03-02T17:59:00+01:00", False),
        ("2012-05-17", "2026-03-02T23:40:00+01:00", "2026-03-03T12:00:00+01:00", True),
        ("2012-05-17", "2026-03-02T23:41:00+01:00", "2026-03-03T12:00:00+01:00", False),
        ("2017-05-17", "2026-03-02T18:00:00+01:00", "2026-03-02T18:00:00+01:00", False),
        (None, "2026-03-02T18:00:00+01:00", "2026-03-02T18:00:00+01:00", False),
    ],
)
def test_a_hold_is_over_when_an_order_took_its_place_in_time(
    birth: str | None, ordered: str, at: str, over: bool
) -> None:
    encounter = held(birth=birth, ordered_at=ordered, pretrial_detention_offence="yes", **TIMES)
    assert (hold_clock(encounter, moment(at)) is None) is over


def test_without_a_start_an_order_ends_the_hold_as_well() -> None:
    encounter = held(met="2026-03", ordered_at=ARRIVED)
    assert hold_clock(encounter, moment(MET)) is not None
    assert hold_clock(encounter, moment(ARRIVED)) is None


def test_the_moment_of_the_answer_changes_no_deadline() -> None:
    encounter = held(**TIMES)
    assert clock_of(encounter, MET) == clock_of(encounter, "2026-05-01T00:00:00+02:00")


def test_a_time_in_another_zone_is_the_same_moment() -> None:
    found = clock_of(held(birth="2017", arrived_at="2026-03-02T13:40:00+00:00"))
    assert iso(found.starts_at) == ARRIVED
    assert iso(found.due_at) == "2026-03-02T20:40:00+01:00"


def test_no_sentence_is_no_words() -> None:
    assert sentences.joined(()) is None
    one, two = Words("een", "one"), Words("twee", "two")
    assert sentences.joined((one, two, one)) == Words("een twee", "one two")
