"""A duty stands in an answer only when its trigger is in the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.clocks.desk import (
    ALERT,
    ARRESTED,
    ARRIVED,
    BOTH,
    HOLD_TEEN,
    HOLD_UNDER,
    LATER,
    MET,
    ORDERED,
    TEEN,
    TIMES,
    UNDER,
    answer,
    g07,
    iso,
    met,
    moment,
)
from vangnet.knowledge.clocks import Event, sentences, table, zone_of
from vangnet.knowledge.clocks import answer as answers
from vangnet.knowledge.clocks.answer import Situation, Started, duty_of, started
from vangnet.knowledge.terms import (
    Observation,
    Words,
)


@pytest.mark.parametrize(
    ("birth", "custody", "expected"),
    [
        (TEEN, {"basis": "none"}, set()),
        (TEEN, {"basis": "witness"} | TIMES, set()),
        (TEEN, {"basis": "voluntary"} | TIMES, set()),
        (TEEN, {"basis": "measure"} | TIMES, set()),
        (TEEN, {"basis": "none"} | TIMES, set()),
        (TEEN, {"basis": "unknown"}, set()),
        (TEEN, {"basis": "unknown"} | TIMES, HOLD_TEEN),
        (UNDER, {"basis": "unknown"} | TIMES, HOLD_UNDER),
        (TEEN, {"basis": "suspect"} | TIMES, HOLD_TEEN),
        (TEEN, {"basis": "suspect", "arrived_at": ARRIVED}, HOLD_TEEN),
        (TEEN, {"basis": "suspect"}, HOLD_TEEN),
        (TEEN, {"basis": "unknown", "arrived_at": ARRIVED}, HOLD_TEEN),
        (UNDER, {"basis": "suspect"} | TIMES, HOLD_UNDER),
        (UNDER, {"basis": "under_12"} | TIMES, HOLD_UNDER),
        (BOTH, {"basis": "suspect"} | TIMES, HOLD_UNDER | HOLD_TEEN - {"CLK-02"}),
        ("2014", {"basis": "suspect"} | TIMES, HOLD_UNDER | HOLD_TEEN - {"CLK-02"}),
        (BOTH, {"basis": "under_12"} | TIMES, HOLD_UNDER | {"CLK-09"}),
        (TEEN, {"basis": "under_12"} | TIMES, HOLD_UNDER | {"CLK-09"}),
        (TEEN, {"basis": "suspect", "ordered_at": ORDERED} | TIMES, HOLD_TEEN | {"CLK-05", "CLK-10"}),
        (
            BOTH,
            {"basis": "suspect", "ordered_at": ORDERED},
            HOLD_UNDER | {"CLK-05", "CLK-06", "CLK-09", "CLK-10"},
        ),
        (UNDER, {"basis": "suspect", "ordered_at": ORDERED} | TIMES, HOLD_UNDER),
        (
            "2014-03-03",
            {"basis": "suspect", "arrived_at": "2026-03-02T23:00:00+01:00"},
            HOLD_UNDER | {"CLK-06", "CLK-09"},
        ),
    ],
)
def test_custody_and_age_choose_the_duties(birth: str | None, custody: dict[str, str], expected: set[str]) -> None:
    assert set(answer(met(birth=birth, **custody))) == expected


def test_a_documented_adult_has_no_duty_of_custody() -> None:
    adult = {"birth": "2008-03-02", "basis": "suspect", "ordered_at": ORDERED} | TIMES
    assert answer(met(birth_basis="document", **adult)) == {}
    assert set(answer(met(birth_basis="assessed", **adult))) == HOLD_TEEN | {"CLK-05", "CLK-10"}


def test_an_answer_after_the_order_has_no_hold() -> None:
    encounter = met(basis="suspect", ordered_at=ORDERED, **TIMES)
    assert "CLK-02" in answer(encounter, at=MET)
    assert "CLK-02" not in answer(encounter, at=ORDERED)


@pytest.mark.parametrize(
    ("clock", "starts", "due", "half", "three_quarters"),
    [
        ("CLK-02", ARRIVED, "2026-03-02T23:40:00+01:00", "2026-03-02T19:10:00+01:00", "2026-03-02T21:25:00+01:00"),
        ("CLK-05", ORDERED, "2026-03-05T19:00:00+01:00", "2026-03-04T07:00:00+01:00", "2026-03-05T01:00:00+01:00"),
        ("CLK-06", ARRESTED, "2026-03-06T08:10:00+01:00", "2026-03-04T11:10:00+01:00", "2026-03-05T09:40:00+01:00"),
    ],
)
def test_the_hard_clocks_of_custody(clock: str, starts: str, due: str, half: str, three_quarters: str) -> None:
    encounter = met(basis="suspect", pretrial_detention_offence="yes", ordered_at=ORDERED, **TIMES)
    duty = answer(encounter)[clock]
    moments = (duty.starts_at, duty.due_at, duty.half_at, duty.three_quarters_at)
    assert tuple(map(iso, moments)) == (starts, due, half, three_quarters)
    assert (duty.hard, duty.event) == (True, False)
    assert (duty.night_rule_until is not None) is (clock == "CLK-02")


@pytest.mark.parametrize(
    ("offence", "due", "night"),
    [
        ("yes", "2026-03-03T01:00:00+01:00", "2026-03-03T10:00:00+01:00"),
        ("no", "2026-03-02T22:00:00+01:00", "2026-03-02T22:00:00+01:00"),
        ("unknown", "2026-03-02T22:00:00+01:00", "2026-03-02T22:00:00+01:00"),
    ],
)
def test_the_duty_of_the_hold_is_shorter_for_a_lesser_or_unknown_offence(
    offence: str, due: str, night: str
) -> None:
    encounter = met(basis="suspect", arrived_at="2026-03-02T16:00:00+01:00", pretrial_detention_offence=offence)
    duty = answer(encounter)["CLK-02"]
    assert (iso(duty.due_at), iso(duty.night_rule_until)) == (due, night)


@pytest.mark.parametrize(
    ("birth", "clock", "starts"),
    [
        (UNDER, "CLK-07", ARRIVED),
        (UNDER, "CLK-08", ARRIVED),
        (TEEN, "CLK-08", ARRIVED),
        (TEEN, "CLK-09", ARRESTED),
        (TEEN, "CLK-10", ORDERED),
    ],
)
def test_event_duties_have_an_age_and_never_a_deadline(birth: str, clock: str, starts: str) -> None:
    duty = answer(met(birth=birth, basis="suspect", ordered_at=ORDERED, **TIMES))[clock]
    assert iso(duty.starts_at) == starts
    assert (duty.due_at, duty.half_at, duty.three_quarters_at, duty.night_rule_until) == (None,) * 4
    assert (duty.hard, duty.event, duty.note) == (False, True, table()[clock].note)


def test_a_duty_carries_its_row() -> None:
    duty = answer(met(basis="suspect", **TIMES))["CLK-02"]
    clock = table()["CLK-02"]
    assert (duty.words, duty.holder, duty.holder_code) == (clock.words, clock.holder, "hovj")
    assert (duty.source, duty.certainty) == ("Sv 56a(2)", "memory-high")


def test_a_hard_deadline_that_was_not_read_is_to_be_checked_by_a_lawyer() -> None:
    notes = {clock: duty.note for clock, duty in answer(met(basis="suspect", **TIMES)).items()}
    assert notes["CLK-02"] is not None
    assert notes["CLK-02"].nl.endswith("Deze termijn is nog te controleren door een jurist.")
    assert notes["CLK-02"].en.endswith("This term is still to be checked by a lawyer.")
    assert notes["CLK-06"] is None
    under = answer(met(birth=UNDER, basis="suspect", **TIMES))["CLK-01"].note
    assert under is not None
    assert "jurist" not in under.nl
    assert "Formeel telt 00.00 tot 09.00 uur niet mee" in under.nl


def test_what_was_assumed_stands_in_the_note() -> None:
    found = answer(met(birth=BOTH, basis="suspect", ordered_at=ORDERED, arrested_at=ARRESTED))
    notes = {clock: duty.note.en if duty.note else "" for clock, duty in found.items()}
    assert notes["CLK-01"].startswith(f"{sentences.START_ARRESTED.en} {sentences.AGE_UNKNOWN.en} ")
    assert notes["CLK-05"] == sentences.IF_FROM_12.en
    assert notes["CLK-06"] == sentences.IF_FROM_12.en
    assert notes["CLK-07"] == f"{sentences.START_ARRESTED.en} {sentences.IF_UNDER_12.en}"
    assert notes["CLK-08"] == sentences.START_ARRESTED.en
    assert notes["CLK-09"] == sentences.IF_FROM_12.en
    assert (
        notes["CLK-10"] == f"{sentences.IF_FROM_12.en} The prosecutor heeds this report before remand is asked for."
    )


def test_the_arrest_that_is_not_recorded_counts_from_the_arrival() -> None:
    duty = answer(met(basis="suspect", arrived_at=ARRIVED))["CLK-09"]
    assert (iso(duty.starts_at), duty.note) == (ARRIVED, None)
    duty = answer(met(basis="suspect"))["CLK-09"]
    assert (iso(duty.starts_at), duty.note) == (MET, sentences.START_MET)


def test_an_arrest_without_its_hour_has_a_term_without_a_moment() -> None:
    """The arrival is later than the arrest: counting 3 days and 18 hours from it would be too late."""
    duty = answer(met(basis="suspect", arrived_at=ARRIVED))["CLK-06"]
    moments = (duty.starts_at, duty.due_at, duty.half_at, duty.three_quarters_at, duty.night_rule_until)
    assert moments == (None,) * 5
    assert (duty.hard, duty.note) == (True, sentences.ARREST_UNKNOWN)
    unknown = answer(met(basis="unknown", arrived_at=ARRIVED))["CLK-06"].note
    assert unknown == sentences.joined((sentences.ARREST_UNKNOWN, sentences.BASIS_UNKNOWN))
    either = answer(met(birth=BOTH, basis="suspect"))["CLK-06"].note
    assert either == sentences.joined((sentences.ARREST_UNKNOWN, sentences.IF_FROM_12))


def test_a_presumed_child_is_said_to_be_presumed() -> None:
    duty = answer(met(birth="2000", basis="suspect", **TIMES))["CLK-09"]
    assert duty.note == sentences.PRESUMED_CHILD


def test_a_partial_encounter_gives_duties_without_moments_and_says_why() -> None:
    found = answer(
        met(at="2026-03", basis="suspect", observations=(Observation(indicator="I-47", state="observed"),))
    )
    assert set(found) == {"CLK-02", "CLK-06", "CLK-08", "CLK-09", "CLK-23"}
    for duty in found.values():
        assert (duty.starts_at, duty.due_at) == (None, None)
        assert duty.note is not None
        why = sentences.ARREST_UNKNOWN if duty.clock == "CLK-06" else sentences.NO_MOMENT
        assert why.nl in duty.note.nl


FRIDAY = "2026-11-20T16:00:00+01:00"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("veilig_thuis_report", {"CLK-12": "2026-11-27T23:59:59+01:00"}),
        ("veilig_thuis_acute_report", {"CLK-11": None, "CLK-12": "2026-11-27T23:59:59+01:00"}),
        ("veilig_thuis_inquiry", {"CLK-13": None}),
        ("vots_ordered", {"CLK-14": "2027-02-20T16:00:00+01:00"}),
        ("urgent_order_without_hearing", {"CLK-15": None}),
        ("ots_ordered", {"CLK-16": "2027-11-20T16:00:00+01:00"}),
        ("placement_authorised", {"CLK-17": "2027-02-20T16:00:00+01:00"}),
        ("placement_executed", {}),
        ("written_instruction", {"CLK-18": None}),
        ("placement_ending", {"CLK-19": None}),
        ("mayor_request", {"CLK-20": None}),
        ("alert_majority_notice", {"CLK-24": None}),
        ("preventive_alert_issued", {"CLK-25": None}),
        ("report_request_received", {"CLK-26": "2027-02-20T16:00:00+01:00"}),
        ("placement_consent_requested", {"CLK-27": "2027-02-20T16:00:00+01:00"}),
        ("serious_danger_in_other_state", {"CLK-28": None}),
        ("siena_request", {"CLK-35": None}),
        ("provisional_guardianship_ordered", {"CLK-37": "2027-02-20T16:00:00+01:00"}),
        ("reflection_period_granted", {}),
    ],
)
def test_a_recorded_event_starts_its_duties_and_no_other(kind: str, expected: dict[str, str | None]) -> None:
    found = answer(met(), Event(kind=kind, at=moment(FRIDAY)), at=FRIDAY)
    assert {clock: iso(duty.due_at) for clock, duty in found.items()} == expected
    for clock, duty in found.items():
        assert iso(duty.starts_at) == FRIDAY
        assert duty.event is (clock == "CLK-28")
        assert duty.hard is (expected[clock] is not None)


def test_a_period_that_is_no_deadline_is_said_in_the_note() -> None:
    note = answer(met(), Event(kind="veilig_thuis_inquiry", at=moment(FRIDAY)), at=FRIDAY)["CLK-13"].note
    assert note == Words(
        "Termijn: hooguit 10 weken. Geen uiterste tijd hier: te controleren door een jurist."
        " Wanneer de 10 weken beginnen, staat niet vast.",
        "Period: at most 10 weeks. No deadline here: to be checked by a lawyer."
        " When the 10 weeks begin is in doubt.",
    )


def test_an_event_after_the_answer_has_not_happened() -> None:
    event = Event(kind="vots_ordered", at=moment(FRIDAY))
    assert "CLK-14" in answer(met(), event, at=FRIDAY)
    assert answer(met(), event, at="2026-11-20T15:59:59+01:00") == {}


def test_an_event_under_a_wrong_name_is_refused() -> None:
    with pytest.raises(ValueError, match="veilig_thuis_rapport"):
        Event(kind="veilig_thuis_rapport", at=moment(FRIDAY))


@pytest.mark.parametrize(
    ("kind", "clock", "first"), [("ots_ordered", "CLK-16", False), ("siena_request", "CLK-35", True)]
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_several_the_open_request_or_the_renewed_measure_counts(
    kind: str, clock: str, first: bool, turned: bool
) -> None:
    days = ("2026-01-05T10:00:00+01:00", "2026-06-01T10:00:00+02:00")
    events = [Event(kind=kind, at=moment(day)) for day in days]
    found = answer(met(), *(reversed(events) if turned else events), at=LATER)
    assert iso(found[clock].starts_at) == days[0 if first else 1]


@pytest.mark.parametrize(
    ("executed", "due"),
    [
        (None, "2026-06-02T14:00:00+02:00"),
        ("2026-03-02T13:59:59+01:00", "2026-06-02T14:00:00+02:00"),
        ("2026-03-02T14:00:00+01:00", "2027-03-02T14:00:00+01:00"),
        ("2026-04-01T10:00:00+02:00", "2027-03-02T14:00:00+01:00"),
    ],
)
def test_a_placement_lapses_in_three_months_until_it_is_executed(executed: str | None, due: str) -> None:
    events = [Event(kind="placement_authorised", at=moment(MET))]
    events += [Event(kind="placement_executed", at=moment(executed))] if executed else []
    assert iso(answer(met(), *events, at=LATER)["CLK-17"].due_at) == due


def test_no_row_hangs_on_an_indication_today() -> None:
    encounter = met(basis="suspect", **TIMES)
    assert answer(encounter, any_indication=True) == answer(encounter, any_indication=False)
    assert answer(met(), any_indication=True) == {}


def test_a_row_on_an_indication_would_need_only_its_trigger() -> None:
    clock = replace(table()["CLK-28"], trigger="any_indication", events=())
    encounter = met()
    situation = Situation(encounter=encounter, any_indication=True, events=(), stay=None, hold=None)
    assert started(clock, situation) == Started(at=moment(MET))
    assert started(clock, replace(situation, any_indication=False)) is None


@pytest.mark.parametrize("any_indication", [True, False])
def test_an_indication_reaches_such_a_row(monkeypatch: pytest.MonkeyPatch, any_indication: bool) -> None:
    clock = replace(table()["CLK-28"], trigger="any_indication", events=())
    monkeypatch.setattr(answers, "table", lambda: {"CLK-28": clock})
    assert ("CLK-28" in answer(met(), any_indication=any_indication)) is any_indication


def test_a_clock_in_doubt_is_never_a_deadline() -> None:
    clock = replace(table()["CLK-14"], certainty="doubt")
    duty = duty_of(clock, Started(at=moment(MET)), zone_of("NL"))
    assert (duty.due_at, duty.hard) == (None, False)
    assert duty.note == sentences.LAWYER


@pytest.mark.parametrize("clock", ["CLK-03", "CLK-04", *(f"CLK-{n}" for n in (21, 22, 29, 30, 31, 32, 33, 34, 36))])
def test_rules_data_calendar_and_legal_status_never_stand_in_an_answer(clock: str) -> None:
    kinds = {kind for row in table().values() for kind in row.events} | {"reflection_period_granted"}
    events = [Event(kind=kind, at=moment(MET)) for kind in kinds]
    encounter = met(birth=BOTH, basis="suspect", ordered_at=ORDERED, observations=ALERT, **g07(), **TIMES)
    assert clock not in answer(encounter, *events, any_indication=True, at=LATER)


@pytest.mark.parametrize("country", ["BE", "AT", "ZZ"])
def test_another_country_has_no_table(country: str) -> None:
    encounter = met(country=country, basis="suspect", observations=ALERT, **TIMES)
    assert answer(encounter, Event(kind="ots_ordered", at=moment(MET)), any_indication=True) == {}


def test_an_event_at_the_end_of_a_day_counts_from_that_local_day() -> None:
    late = moment("2026-11-20T23:30:00+01:00")
    for at in (late, late - timedelta(0)):
        duty = answer(met(), Event(kind="veilig_thuis_report", at=at.astimezone(zone_of("GB"))), at=LATER)["CLK-12"]
        assert iso(duty.due_at) == "2026-11-27T23:59:59+01:00"
