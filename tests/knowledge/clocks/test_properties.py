"""What holds for every encounter: knowing less is never later, and who a child is changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from vangnet.knowledge.clocks import Duty, Event, duties, event_kinds, hold_clock, is_working_day, table, zone_of
from vangnet.knowledge.terms import (
    Child,
    Collector,
    Companion,
    Custody,
    CustodyBasis,
    Document,
    Encounter,
    KnownFact,
    Observation,
    PartialDate,
    PersonName,
)

AT = datetime(2026, 12, 31, 12, tzinfo=UTC)
TEXTS = st.text(max_size=12)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 364 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
BIRTHS = st.dates(date(2004, 1, 1), date(2020, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day))
BASES: Any = st.sampled_from(get_args(CustodyBasis))


@st.composite
def stays(draw: st.DrawFn) -> Custody:
    """Times of a stay in the order in which they happen; each may be missing."""
    arrested = draw(MOMENTS)
    arrived = arrested + timedelta(minutes=draw(st.integers(0, 240)))
    ordered = arrived + timedelta(minutes=draw(st.integers(0, 1000)))
    return Custody(
        basis=draw(BASES),
        arrested_at=draw(st.sampled_from([arrested, None])),
        arrived_at=draw(st.sampled_from([arrived, None])),
        ordered_at=draw(st.sampled_from([ordered, None])),
        pretrial_detention_offence=draw(st.sampled_from(["yes", "no", "unknown"])),
    )


@st.composite
def encounters(draw: st.DrawFn) -> Encounter:
    custody = draw(stays())
    known = next((one for one in (custody.arrested_at, custody.arrived_at, custody.ordered_at) if one), None)
    met = (known or draw(MOMENTS)) - timedelta(minutes=draw(st.integers(0, 60)))
    partial = PartialDate(met.year, draw(st.sampled_from([met.month, None])))
    return Encounter(
        organisation="NL-POL-X",
        country="NL",
        met_at=draw(st.sampled_from([met, partial])),
        custody=custody,
        child=Child(
            birth_date=draw(BIRTHS | st.none()),
            birth_date_basis=draw(st.sampled_from(["stated", "document", "assessed", "unknown"])),
        ),
        observations=draw(st.sampled_from([(), (Observation(indicator="I-47", state="observed"),)])),
        facts=draw(st.sampled_from([{}, {"G-07": KnownFact(state="indicated")}])),
    )


EVENTS = st.lists(st.builds(Event, kind=st.sampled_from(sorted(event_kinds())), at=MOMENTS), max_size=6)


def answer(encounter: Encounter, events: list[Event]) -> tuple[Duty, ...]:
    return duties(encounter, any_indication=True, at=AT, events=events)


@given(encounter=encounters(), events=EVENTS)
def test_moments_of_a_duty_stand_in_their_order(encounter: Encounter, events: list[Event]) -> None:
    for duty in answer(encounter, events):
        moments = (duty.starts_at, duty.half_at, duty.three_quarters_at, duty.due_at, duty.night_rule_until)
        known = [moment for moment in moments if moment is not None]
        assert known == sorted(known)
        assert duty.due_at is None or duty.starts_at is not None
        assert all(moment.utcoffset() == moment.astimezone(zone_of("NL")).utcoffset() for moment in known)


@given(encounter=encounters(), events=EVENTS)
def test_only_a_hard_row_has_a_deadline_and_one_not_read_says_lawyer(
    encounter: Encounter, events: list[Event]
) -> None:
    for duty in answer(encounter, events):
        row = table()[duty.clock]
        assert duty.hard is (row.kind == "hard")
        assert duty.event is (row.kind == "event")
        assert duty.due_at is None or (duty.hard and row.certainty != "doubt")
        if duty.hard and duty.certainty != "read":
            assert duty.note is not None
            assert "jurist" in duty.note.nl
            assert "lawyer" in duty.note.en


@given(encounter=encounters(), at=MOMENTS, kind=st.sampled_from(table()["CLK-12"].events))
def test_a_deadline_in_working_days_is_on_a_working_day(encounter: Encounter, at: datetime, kind: str) -> None:
    (duty,) = [one for one in answer(encounter, [Event(kind=kind, at=at)]) if one.clock == "CLK-12"]
    assert duty.due_at is not None
    assert is_working_day(duty.due_at.date())


def less_known(child: Child) -> list[Child]:
    """The same child, each time with less known of its age."""
    birth = child.birth_date
    dates = [PartialDate(birth.year, birth.month), PartialDate(birth.year)] if birth else []
    steps = [child, *(replace(child, birth_date=less) for less in dates), replace(child, birth_date=None)]
    return [*steps, replace(steps[-1], birth_date_basis="unknown")]


@given(encounter=encounters(), at=MOMENTS)
def test_knowing_less_of_the_age_never_gives_a_later_end_of_the_hold(encounter: Encounter, at: datetime) -> None:
    steps = [hold_clock(replace(encounter, child=child), at) for child in less_known(encounter.child)]
    for more, less in pairwise(steps):
        if more is None:
            continue
        assert less is not None
        assert less.hours <= more.hours
        assert more.due_at is None or (less.due_at is not None and less.due_at <= more.due_at)


@given(encounter=encounters())
def test_knowing_less_of_the_age_never_drops_a_duty(encounter: Encounter) -> None:
    steps = [
        {duty.clock for duty in answer(replace(encounter, child=one), [])} for one in less_known(encounter.child)
    ]
    for more, less in pairwise(steps):
        assert more - {"CLK-01", "CLK-02"} <= less


@given(encounter=encounters())
def test_knowing_less_of_the_offence_never_gives_a_later_end_of_the_hold(encounter: Encounter) -> None:
    before = datetime(2025, 1, 1, tzinfo=UTC)
    unknown = replace(encounter, custody=replace(encounter.custody, pretrial_detention_offence="unknown"))
    more, less = hold_clock(encounter, before), hold_clock(unknown, before)
    assert (more is None) is (less is None)
    if more and less:
        assert less.hours <= more.hours
        assert less.starts_at == more.starts_at


@given(encounter=encounters())
def test_not_knowing_the_arrival_never_gives_a_later_end_where_the_arrest_is_known(encounter: Encounter) -> None:
    before = datetime(2025, 1, 1, tzinfo=UTC)
    if encounter.custody.arrested_at is None:
        return
    less = hold_clock(replace(encounter, custody=replace(encounter.custody, arrived_at=None)), before)
    more = hold_clock(encounter, before)
    if more is not None:
        assert less is not None
        assert less.due_at is not None
        assert more.due_at is not None
        assert less.due_at <= more.due_at


@given(encounter=encounters(), events=EVENTS, words=st.lists(TEXTS.filter(bool), min_size=8, max_size=8))
def test_who_the_child_is_changes_no_byte(encounter: Encounter, events: list[Event], words: list[str]) -> None:
    name = PersonName(words[0], words[1])
    other = replace(
        encounter,
        place=words[2],
        interpreter_language=words[3],
        offence=words[4],
        child=replace(
            encounter.child,
            name=name,
            other_names=(name,),
            sex="F",
            birth_place=words[5],
            address=words[6],
            phones=(words[7],),
            documents=(Document(number=words[0], issuing_country="ZZ"),),
        ),
        companions=(Companion(role="adult", name=name, vehicle=words[1]),),
        collectors=(Collector(name=name, address=words[2], vehicle=words[3], claimed_relation=words[4]),),
    )
    assert repr(answer(other, events)) == repr(answer(encounter, events))
    assert repr(hold_clock(other, AT)) == repr(hold_clock(encounter, AT))


@given(encounter=encounters(), events=EVENTS)
def test_the_same_facts_give_the_same_answer(encounter: Encounter, events: list[Event]) -> None:
    assert answer(encounter, events) == answer(encounter, list(reversed(events)))


@given(encounter=encounters())
def test_a_held_child_always_has_its_people_told(encounter: Encounter) -> None:
    clocks = {duty.clock for duty in answer(encounter, [])}
    if hold_clock(encounter, datetime(2025, 1, 1, tzinfo=UTC)):
        assert "CLK-08" in clocks
        assert clocks & {"CLK-07", "CLK-09"}


@given(encounter=encounters(), at=MOMENTS)
def test_the_duty_of_the_hold_has_the_moments_of_the_hold_clock(encounter: Encounter, at: datetime) -> None:
    hold = hold_clock(encounter, at)
    found = duties(encounter, any_indication=False, at=at)
    of_hold = [duty for duty in found if duty.clock in {"CLK-01", "CLK-02"}]
    assert [duty.clock for duty in of_hold] == ([hold.clock] if hold else [])
    for duty in of_hold:
        assert hold is not None
        assert (duty.starts_at, duty.half_at, duty.three_quarters_at) == (
            hold.starts_at,
            hold.half_at,
            hold.three_quarters_at,
        )
        assert (duty.due_at, duty.night_rule_until) == (hold.due_at, hold.night_rule_until)
        assert hold.assumed is None or (duty.note is not None and hold.assumed.nl in duty.note.nl)
