"""Plain counts by fixed rules: what reaches its number is shown, one less is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from vangnet.trust.ledger.acts import ACTS_IN_WORDS
from vangnet.trust.ledger.noticing import COUNTED, DECIDES, LEAST, MAKES, Noticed, Rule, noticed_in, of_one_hand
from vangnet.trust.ledger.selectors import EntryView

HERE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
DE_WIT, BROUWER, RECORD = UUID(int=1), UUID(int=2), UUID(int=7)


def entries(*acts, who=DE_WIT, at=AT, step=timedelta(seconds=10), subject=None):
    return [
        EntryView(
            id=uuid4(),
            number=number,
            at=at + number * step,
            actor_id=who,
            act=act,
            purpose="protect_child",
            subjects=() if subject is None else (subject,),
            counts=MappingProxyType({}),
        )
        for number, act in enumerate(acts)
    ]


def counts(found):
    return {one.rule: one.many for one in found}


def test_every_act_that_is_counted_is_one_of_the_ledger():
    assert set(ACTS_IN_WORDS) >= COUNTED | DECIDES | MAKES
    assert set(LEAST) == set(Rule)


@pytest.mark.parametrize(("many", "shown"), [(9, None), (10, 10), (14, 14)])
def test_many_searches_within_ten_minutes(many, shown):
    found = noticed_in([*entries(*["cross_check"] * many), *entries("record_encounter", at=AT)], HERE)
    assert counts(found).get(Rule.MANY_AT_ONCE) == shown
    assert Rule.WITHOUT_ENCOUNTER not in counts(found)


def test_the_fullest_ten_minutes_count_and_ten_minutes_are_the_edge():
    spread = entries(*["cross_check"] * 11, step=timedelta(minutes=1))
    near = entries("record_encounter", at=AT)
    assert counts(noticed_in([*spread, *near], HERE)) == {Rule.MANY_AT_ONCE: 11}
    wider = entries(*["cross_check"] * 11, step=timedelta(minutes=1, seconds=7))
    assert counts(noticed_in([*wider, *near], HERE)) == {}
    later = entries(*["cross_check"] * 12, at=AT + timedelta(minutes=30))
    found = noticed_in([*spread, *near, *later], HERE)
    assert found == (
        Noticed(
            rule=Rule.MANY_AT_ONCE,
            actor_id=DE_WIT,
            day=date(2026, 3, 14),
            since=AT + timedelta(minutes=30),
            many=12,
        ),
    )


@pytest.mark.parametrize(("many", "shown"), [(4, None), (5, 5)])
def test_searches_without_an_encounter_around_them(many, shown):
    searches = entries(*["cross_check"] * many, step=timedelta(minutes=20))
    assert counts(noticed_in(searches, HERE)).get(Rule.WITHOUT_ENCOUNTER) == shown


@pytest.mark.parametrize("act", ["record_encounter", "correct_encounter"])
@pytest.mark.parametrize("minutes", [-60, 60])
def test_an_encounter_within_the_hour_before_or_after_takes_a_search_out(act, minutes):
    searches = entries(*["cross_check"] * 5, step=timedelta())
    around = entries(act, at=AT + timedelta(minutes=minutes))
    assert noticed_in([*searches, *around], HERE) == ()
    outside = entries(act, at=AT + timedelta(minutes=minutes + minutes // 60))
    assert counts(noticed_in([*searches, *outside], HERE)) == {Rule.WITHOUT_ENCOUNTER: 5}


def test_an_encounter_of_somebody_else_does_not():
    searches = entries(*["cross_check"] * 5)
    theirs = entries("record_encounter", who=BROUWER)
    assert [one.actor_id for one in noticed_in([*searches, *theirs], HERE)] == [DE_WIT]


@pytest.mark.parametrize(("many", "shown"), [(4, []), (5, [(5, RECORD)])])
def test_corrections_of_one_record(many, shown):
    of_one = entries(*["correct_encounter"] * many, subject=RECORD)
    others = [one for _ in range(3) for one in entries("correct_encounter", subject=uuid4())]
    nothing = entries("correct_encounter")
    found = noticed_in([*others, *of_one, *nothing], HERE)
    assert [(one.many, one.record) for one in found if one.rule is Rule.SAME_CORRECTED] == shown


def test_every_refusal_counts_and_days_are_those_of_the_place():
    late = entries("refused_immigration", at=datetime(2026, 3, 14, 23, 30, tzinfo=UTC))
    twice = entries("refused_immigration", "refused_immigration")
    found = noticed_in([*twice, *late], HERE)
    assert [(one.day, one.many) for one in found] == [(date(2026, 3, 15), 1), (date(2026, 3, 14), 2)]


def test_within_a_day_the_order_is_that_of_time():
    first = entries("refused_immigration", who=BROUWER)
    second = entries("refused_immigration", at=AT + timedelta(hours=1))
    assert [one.actor_id for one in noticed_in([*second, *first], HERE)] == [BROUWER, DE_WIT]


SERVICE, ADMIN = UUID(int=8), UUID(int=9)


def made(by, on, *people):
    (entry,) = entries("add_person", who=by, at=on)
    return dict.fromkeys(people, entry)


def decided(first, second, about=RECORD, number=0):
    steps = (("propose_decision", first), ("confirm_decision", second))
    found = [entries(act, who=who, subject=about)[0] for act, who in steps]
    return [
        replace(one, number=number + place, at=AT + timedelta(minutes=place)) for place, one in enumerate(found)
    ]


def test_a_decision_of_two_accounts_that_one_hand_made_on_one_day_stands_out():
    counted = of_one_hand(decided(BROUWER, DE_WIT), made(SERVICE, AT, DE_WIT, BROUWER), HERE)
    at = AT + timedelta(minutes=1)
    assert counted == (Noticed(rule=Rule.ONE_HAND, actor_id=DE_WIT, day=date(2026, 3, 14), since=at, many=1),)
    twice = [*decided(BROUWER, DE_WIT), *decided(BROUWER, DE_WIT, about=UUID(int=6), number=10)]
    (count,) = of_one_hand(reversed(twice), made(SERVICE, AT, DE_WIT, BROUWER), HERE)
    assert count.many == 2


@pytest.mark.parametrize(
    "accounts",
    [
        {},
        made(SERVICE, AT, DE_WIT),
        made(SERVICE, AT, BROUWER),
        made(SERVICE, AT, DE_WIT) | made(ADMIN, AT, BROUWER),
        made(SERVICE, AT, DE_WIT) | made(SERVICE, AT + timedelta(days=1), BROUWER),
    ],
)
def test_accounts_of_two_hands_or_two_days_do_not(accounts):
    assert of_one_hand(decided(BROUWER, DE_WIT), accounts, HERE) == ()


def test_only_who_proposed_last_about_the_same_encounter_is_the_first_decider():
    accounts = made(SERVICE, AT, DE_WIT, BROUWER)
    (_, confirmed), other = decided(BROUWER, DE_WIT, number=4), decided(BROUWER, ADMIN, about=UUID(int=6))
    assert of_one_hand([confirmed], accounts, HERE) == ()
    assert of_one_hand([*other, confirmed], accounts, HERE) == ()
    later = replace(entries("propose_decision", who=ADMIN, subject=RECORD)[0], number=3)
    assert of_one_hand([*decided(BROUWER, ADMIN), later, confirmed], accounts, HERE) == ()
