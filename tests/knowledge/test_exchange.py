"""Who is told what: the table, row by row, and what holds for every question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vangnet.knowledge.exchange import PROTECTION, TABLE, Answer, Question, Regime, answer, row, words
from vangnet.knowledge.terms import Purpose

QUESTIONS = st.builds(
    Question,
    same_controller=st.booleans(),
    asker=st.sampled_from(Regime),
    holder=st.sampled_from(Regime),
    days_held=st.integers(0, 4000),
    purpose=st.sampled_from(Purpose),
    opened=st.booleans(),
)
MOST = [Answer.NOTHING, Answer.HIT, Answer.CONTACT, Answer.CONTENT]


def ask(asked: Question) -> Answer:
    return answer(
        same_controller=asked.same_controller,
        asker=asked.asker,
        holder=asked.holder,
        days_held=asked.days_held,
        purpose=asked.purpose,
        opened=asked.opened,
    )


def test_without_a_recorded_decision_old_police_data_stay_closed() -> None:
    asked = {"same_controller": True, "asker": Regime.POLICE, "holder": Regime.POLICE, "days_held": 366}
    assert answer(**asked, purpose=Purpose.PROTECT_CHILD) is Answer.HIT  # type: ignore[arg-type]


CASES: list[tuple[str, bool, str, str, int, str, bool, str, str]] = [
    ("own fresh", True, "police", "police", 10, "protect_child", False, "content", "own"),
    ("own, exactly a year", True, "police", "police", 365, "protect_child", False, "content", "own"),
    ("own, a year and a day", True, "police", "police", 366, "protect_child", False, "hit", "police-over-a-year"),
    ("own, opened", True, "police", "police", 366, "protect_child", True, "content", "own"),
    ("other force", False, "police", "police", 10, "identify_child", False, "contact", "another-controller"),
    ("other force, old", False, "police", "police", 900, "identify_child", False, "hit", "police-over-a-year"),
    ("other, opened", False, "police", "police", 900, "identify_child", True, "contact", "another-controller"),
    ("youth care, old", False, "police", "youth_care", 900, "protect_child", False, "contact", "another-controller"),
    ("own youth care", True, "youth_care", "youth_care", 900, "protect_child", False, "content", "own"),
    ("to youth care", False, "youth_care", "police", 5, "protect_child", False, "contact", "another-controller"),
    ("care, inquiry", False, "police", "shelter", 5, "find_exploiters", False, "nothing", "care-for-an-inquiry"),
    ("care, prosecution", False, "prosecution", "youth_care", 5, "find_exploiters", False, "nothing", "care-for-an-inquiry"),
    ("own care, inquiry", True, "shelter", "shelter", 5, "find_exploiters", False, "content", "own"),
    ("police, inquiry", False, "prosecution", "police", 5, "find_exploiters", False, "contact", "another-controller"),
    ("care, non-punishment", False, "prosecution", "shelter", 5, "non_punishment", False, "contact", "another-controller"),
    ("abroad", False, "police", "foreign", 900, "identify_child", False, "contact", "abroad"),
    ("from abroad", False, "foreign", "police", 5, "protect_child", False, "contact", "abroad"),
    ("from abroad, old", False, "foreign", "police", 900, "protect_child", False, "hit", "police-over-a-year"),
    ("from abroad, inquiry", False, "foreign", "police", 5, "find_exploiters", False, "nothing", "abroad-for-an-inquiry"),
    ("abroad, punishment", False, "police", "foreign", 5, "non_punishment", False, "nothing", "abroad-for-an-inquiry"),
    ("own abroad", True, "foreign", "foreign", 900, "find_exploiters", False, "content", "own"),
    ("own register", True, "police", "police", 5, "keep_register", False, "content", "own"),
    ("other's register", False, "police", "police", 5, "keep_register", False, "nothing", "register-of-another"),
    ("account", True, "police", "police", 5, "account", True, "nothing", "purpose-without-persons"),
    ("research", True, "shelter", "shelter", 5, "research", False, "nothing", "purpose-without-persons"),
    ("legal status", False, "foreign", "police", 5, "legal_status", False, "nothing", "purpose-without-persons"),
    ("coordination", False, "coordination", "police", 5, "protect_child", False, "contact", "another-controller"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_the_table(case: tuple[str, bool, str, str, int, str, bool, str, str]) -> None:
    _, same, asker, holder, days, purpose, opened, told, rule = case
    asked = Question(
        same_controller=same,
        asker=Regime(asker),
        holder=Regime(holder),
        days_held=days,
        purpose=Purpose(purpose),
        opened=opened,
    )
    assert ask(asked) is Answer(told)
    assert row(asked).id == rule


def test_every_row_is_reached_and_gives_its_reason_and_source() -> None:
    assert {case[-1] for case in CASES} == {one.id for one in TABLE}
    for one in TABLE:
        assert one.reason.nl
        assert one.reason.en
        assert one.source


@given(QUESTIONS)
def test_across_controllers_nobody_gets_more_than_a_contact(asked: Question) -> None:
    if not asked.same_controller:
        assert ask(asked) is not Answer.CONTENT


@given(QUESTIONS)
def test_old_police_data_that_nobody_opened_tells_at_most_that_it_exists(asked: Question) -> None:
    if asked.holder is Regime.POLICE and asked.days_held > 365 and not asked.opened:
        assert ask(asked) in {Answer.HIT, Answer.NOTHING}


@given(QUESTIONS)
def test_a_purpose_that_needs_no_child_gets_nothing(asked: Question) -> None:
    if asked.purpose in {Purpose.RESEARCH, Purpose.ACCOUNT, Purpose.LEGAL_STATUS}:
        assert ask(asked) is Answer.NOTHING


@given(QUESTIONS)
def test_protection_is_always_told_something(asked: Question) -> None:
    if asked.purpose in PROTECTION:
        assert ask(asked) is not Answer.NOTHING


@given(QUESTIONS, st.integers(1, 4000))
def test_older_data_never_tells_more(asked: Question, older: int) -> None:
    later = Question(
        same_controller=asked.same_controller,
        asker=asked.asker,
        holder=asked.holder,
        days_held=asked.days_held + older,
        purpose=asked.purpose,
        opened=asked.opened,
    )
    assert MOST.index(ask(later)) <= MOST.index(ask(asked))


def test_the_words_of_an_answer_never_call_it_a_hit() -> None:
    for told in Answer:
        said = words(told)
        assert said.nl
        assert " hit" not in f" {said.en} {said.nl}".lower()
    assert words(Answer.NOTHING).en.endswith("There may be more.")
