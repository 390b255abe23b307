"""The gate looks at the child: what one request found counts at every other, and nothing decided outlives a change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from chain.flow.browser import BOARD_PLACE, HOLDER, SHELTER
from chain.flow.desk import ADULT, Desk, after, code, done, facts
from vangnet.chain.flow import deciding
from vangnet.chain.flow.gate_view import ACCOUNT
from vangnet.chain.handovers.models import Handover
from vangnet.knowledge.terms import ChildView, Collector, PersonName, Reason
from vangnet.trust.access import services as access
from vangnet.trust.access.policy import Role

OTHER = Collector(name=PersonName("P.", "Visser"), claimed_relation="neighbour")


def saying(wish: str) -> Any:
    return replace(facts(collectors=(ADULT,)), child_view=ChildView(heard_alone=True, wants_to_go=wish))  # type: ignore[arg-type]


def states(desk: Desk, request: UUID, minute: int = 30) -> dict[str, str]:
    return {one.result.check: one.result.state for one in desk.view(request, minute=minute).checks}


# Two requests for one child


@pytest.mark.parametrize(
    ("check", "state", "source"),
    [("G-02", "does_not_want_to_go", "sworn"), ("G-07", "indicated", "register"), ("G-10", "indicated", "person")],
)
def test_a_decision_at_one_request_does_not_survive_what_another_finds(
    desk: Desk, check: str, state: str, source: str
) -> None:
    request = desk.ask()
    desk.passed(request)
    done(desk.confirm(request, done(desk.propose(request, HOLDER))))
    desk.check(desk.ask(OTHER), check, state, source, 7)
    seen = desk.view(request).decision
    assert seen is not None
    assert (seen.changed, seen.holds) == ((check,), False)
    assert code(desk.hand_over(request)) == "check_changed"
    assert not Handover.objects.exists()


def test_a_new_request_for_the_same_adult_forgets_nothing(desk: Desk) -> None:
    first = desk.ask()
    desk.passed(first)
    desk.check(first, "G-05", "not_verified", "private_deed", 2)
    desk.check(first, "G-10", "indicated", "person", 3)
    second = desk.ask()
    assert states(desk, second) == states(desk, first)
    assert desk.view(second).outcome == "refer"
    found = desk.view(second).check("G-10").last
    assert found is not None
    assert (found.elsewhere, found.by, found.at) == (True, "J. de Wit", after(3))
    own = desk.view(first).check("G-10").last
    assert own is not None
    assert not own.elsewhere


def test_another_adult_begins_with_nothing_in_order_and_with_what_is_known_of_the_child(desk: Desk) -> None:
    first = desk.ask()
    desk.passed(first)
    for check in ("G-08", "G-09", "G-12"):
        desk.check(first, check, "clear", "person")
    found = states(desk, desk.ask(OTHER))
    assert {one for one in found if found[one] == "passed"} == {"G-01", "G-03", "G-07", "G-17"}
    assert found["G-02"] == "unknown"


@pytest.mark.parametrize("check", ["G-06", "G-08", "G-09", "G-12", "G-13"])
def test_what_stands_in_the_way_is_not_forgotten_because_another_adult_asks(desk: Desk, check: str) -> None:
    desk.check(desk.ask(), check, "indicated", "person")
    second = desk.ask(OTHER)
    assert states(desk, second)[check] == "failed"
    desk.check(second, check, "clear", "person", 4)
    assert states(desk, second)[check] == "passed"


def test_a_conflict_of_one_adult_is_no_conflict_of_another(desk: Desk) -> None:
    first = desk.ask()
    desk.check(first, "G-10", "indicated", "person")
    desk.check(first, "G-04", "not_verified", "document")
    found = states(desk, desk.ask(OTHER))
    assert (found["G-10"], found["G-04"]) == ("unknown", "unknown")


def test_a_no_of_the_second_person_belongs_to_its_own_proposal(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    given: dict[str, Any] = {"actor": desk.actor("other"), "reason": "Nee.", "at": after(6)}
    done(deciding.decline(request_id=request, proposal_id=proposal, **given))
    again = desk.ask()
    done(desk.propose(again, BOARD_PLACE, minute=8))
    assert desk.view(again).declined is None
    assert desk.view(again).check("G-16").found == ()
    assert desk.view(request).declined is not None


def test_the_other_requests_are_told_with_who_asked_and_how_they_ended(desk: Desk) -> None:
    first, second, third = desk.ask(), desk.ask(OTHER), desk.ask(None)
    done(desk.confirm(second, done(desk.propose(second, BOARD_PLACE))))
    by_id = {one.request_id: one for one in desk.view(third).others}
    assert {id_: (one.collector, one.by, one.at) for id_, one in by_id.items()} == {
        first: (ADULT, "J. de Wit", after(0)),
        second: (OTHER, "J. de Wit", after(0)),
    }
    assert (by_id[first].end, by_id[first].is_open) == (None, False)
    decided = by_id[second].end
    assert decided is not None
    assert (decided.code, by_id[second].is_open) == (BOARD_PLACE, True)
    done(desk.hand_over(second))
    ended = {one.request_id: one for one in desk.view(third).others}[second]
    assert (ended.end, ended.is_open) == (decided, False)
    assert {one.request_id: one.collector for one in desk.view(first).others}[third] is None


# What the child says


def test_a_yes_about_one_adult_is_no_yes_about_another_and_a_no_stands(desk: Desk) -> None:
    first, second = desk.ask(), desk.ask(OTHER)
    desk.check(first, "G-02", "wants_to_go", "sworn", 1)
    assert desk.view(second).child_view == ChildView(heard_alone=True, interpreter="sworn")
    desk.check(second, "G-02", "does_not_want_to_go", "sworn", 2)
    assert desk.view(first).child_view.wants_to_go == "no"
    desk.check(second, "G-02", "wants_to_go", "sworn", 3)
    assert desk.view(second).child_view.wants_to_go == "yes"
    assert desk.view(first).child_view.wants_to_go == "no"
    desk.check(first, "G-02", "wants_to_go", "sworn", 4)
    assert desk.view(first).child_view.wants_to_go == "yes"


@pytest.mark.parametrize("later", ["wish_unknown", "not_alone", "unknown"])
def test_a_no_at_the_gate_is_not_taken_away_by_not_knowing(desk: Desk, later: str) -> None:
    request = desk.ask()
    desk.check(request, "G-02", "does_not_want_to_go", "sworn", 1)
    desk.check(request, "G-02", later, "none", 2)
    assert desk.view(request).child_view.wants_to_go == "no"


@pytest.mark.parametrize("later", ["wish_unknown", "not_alone", "unknown"])
def test_a_yes_ends_when_the_child_no_longer_says_it(desk: Desk, later: str) -> None:
    request = desk.ask()
    desk.passed(request)
    assert desk.view(request).outcome == "ready_for_two_people"
    desk.check(request, "G-02", later, "none", 2)
    assert desk.view(request).child_view.wants_to_go == "unknown"
    assert code(desk.propose(request, HOLDER)) == "not_ready"


def test_what_a_child_says_about_another_adult_changes_nothing_about_this_one(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    desk.check(desk.ask(OTHER), "G-02", "wish_unknown", "none", 2)
    assert desk.view(request).child_view.wants_to_go == "yes"


def test_a_no_in_a_correction_stands_over_an_earlier_yes_at_the_gate(desk: Desk) -> None:
    request = desk.ask()
    desk.passed(request)
    desk.correct(saying("no"))
    assert desk.view(request).child_view.wants_to_go == "no"
    assert code(desk.propose(request, HOLDER, minute=8)) == "not_ready"
    desk.check(request, "G-02", "wants_to_go", "sworn", 9)
    assert desk.view(request).child_view.wants_to_go == "yes"


def test_a_no_of_the_intake_ends_with_a_yes_at_the_gate(db: None) -> None:
    desk = Desk.open(saying("no"))
    request = desk.ask()
    desk.check(request, "G-02", "wants_to_go", "sworn", 1)
    assert desk.view(request).child_view.wants_to_go == "yes"


def test_a_safe_place_of_their_own_choice_is_open_only_after_a_yes_about_that_place(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-02", "wants_to_go", "sworn")
    assert desk.view(request).wish == "unknown"
    assert SHELTER not in {end.code for end in desk.view(request).outcomes}
    assert code(desk.propose(request, SHELTER)) == "child_not_agreed"
    desk.check(request, "G-02", "does_not_want_to_go", "sworn", 2)
    desk.check(request, "G-15", "child_agrees", "person", 3)
    assert desk.view(request).wish == "yes"
    assert states(desk, request)["G-15"] == "passed"
    assert SHELTER in {end.code for end in desk.view(request).outcomes}
    done(desk.confirm(request, done(desk.propose(request, SHELTER))))
    done(desk.hand_over(request))


@pytest.mark.parametrize("said", ["child_does_not_agree", "indicated", "unknown"])
def test_a_yes_about_a_place_ends_with_the_next_answer_about_it(desk: Desk, said: str) -> None:
    request = desk.ask()
    desk.check(request, "G-15", "child_agrees", "person", 1)
    desk.check(request, "G-15", said, "person", 2)
    assert desk.view(request).wish == ("no" if said == "child_does_not_agree" else "unknown")
    assert code(desk.propose(request, SHELTER)) == "child_not_agreed"


def test_a_later_no_in_a_correction_stops_the_place_that_the_child_must_agree_to(desk: Desk) -> None:
    request = desk.ask()
    desk.check(request, "G-15", "child_agrees", "person", 1)
    proposal = done(desk.propose(request, SHELTER))
    desk.correct(saying("no"), minute=6)
    assert code(desk.confirm(request, proposal, minute=7)) == "account_changed"
    assert desk.view(request).wish == "no"
    assert code(desk.propose(request, SHELTER, minute=8)) == "child_not_agreed"


def test_a_correction_after_the_decision_stops_the_hand_over_and_says_what_changed(desk: Desk) -> None:
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    desk.correct(saying("no"))
    view = desk.view(request)
    assert view.decision is not None
    assert (view.decision.changed, view.decision.holds) == ((ACCOUNT,), False)
    assert view.account is not None
    assert (view.account.by, view.account.at) == ("J. de Wit", after(7))
    assert code(desk.hand_over(request)) == "account_changed"
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE, minute=10)), minute=11))
    done(desk.hand_over(request, minute=12))


# Who decides


def test_the_first_decider_must_still_have_the_role_when_the_second_confirms(desk: Desk) -> None:
    request = desk.ask()
    proposal = done(desk.propose(request, BOARD_PLACE))
    access.take_role(person=desk.people["desk"], organisation=desk.police, role=Role.ASSISTANT_PROSECUTOR)
    access.give_role(person=desk.people["desk"], organisation=desk.police, role=Role.OFFICER)
    told = desk.confirm(request, proposal)
    assert code(told) == "decider_lost_access"
    assert isinstance(told, Reason)
    assert "S. Brouwer" in told.words.en


@pytest.mark.parametrize("who", ["desk", "other"])
def test_both_deciders_must_still_have_access_when_the_child_goes(desk: Desk, who: str) -> None:
    request = desk.ask()
    done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
    access.deactivate(person=desk.people[who])
    assert code(desk.hand_over(request)) == "decider_lost_access"
    access.give_role(person=desk.people["officer"], organisation=desk.police, role=Role.PROSECUTOR)
    again = done(desk.propose(request, BOARD_PLACE, by="officer", minute=10))
    done(desk.confirm(request, again, by="other" if who == "desk" else "desk", minute=11))
    done(desk.hand_over(request, minute=12))


def test_somebody_of_the_board_decides_as_long_as_they_work_there(desk: Desk) -> None:
    request = desk.ask()
    desk.refer()
    proposal = done(desk.propose(request, BOARD_PLACE, by="board"))
    done(desk.confirm(request, proposal))
    access.leave(person=desk.people["board"], organisation=desk.board)
    assert code(desk.hand_over(request)) == "decider_lost_access"


# How it ends


@pytest.mark.parametrize("end", ["hand-over", "incident"])
def test_what_ends_one_request_ends_the_others_of_the_child(desk: Desk, end: str) -> None:
    first, second = desk.ask(), desk.ask(OTHER)
    proposal = done(desk.propose(first, BOARD_PLACE, minute=3))
    if end == "hand-over":
        done(desk.confirm(second, done(desk.propose(second, BOARD_PLACE))))
        done(desk.hand_over(second))
    else:
        given: dict[str, Any] = {"actor": desk.actor("officer"), "encounter_id": desk.encounter_id, "words": "Weg."}
        done(deciding.record_incident(outcome="CHILD_WENT_MISSING", at=after(9), **given))
    for request in (first, second):
        assert desk.view(request).ended is not None
        assert code(desk.propose(request, BOARD_PLACE, minute=12)) == "carried_out"
        assert code(desk.hand_over(request, minute=13)) == "carried_out"
    assert code(desk.confirm(first, proposal, minute=14)) == "carried_out"


def test_a_child_who_is_back_is_decided_about_although_a_decision_was_left_open(desk: Desk) -> None:
    first = desk.ask()
    done(desk.confirm(first, done(desk.propose(first, BOARD_PLACE))))
    given: dict[str, Any] = {"actor": desk.actor("officer"), "encounter_id": desk.encounter_id, "words": "Weg."}
    done(deciding.record_incident(outcome="CHILD_WENT_MISSING", at=after(9), **given))
    again = done(
        deciding.ask_gate(actor=desk.actor("officer"), encounter_id=desk.encounter_id, collector=None, at=after(60))
    )
    done(desk.confirm(again, done(desk.propose(again, BOARD_PLACE, minute=61)), minute=62))
    done(desk.hand_over(again, minute=63))


@pytest.mark.parametrize("end", ["hand-over", "missing"])
def test_what_was_in_order_before_a_child_left_is_asked_anew_when_the_child_is_back(desk: Desk, end: str) -> None:
    request = desk.ask()
    desk.passed(request)
    desk.check(request, "G-08", "indicated", "register")
    given: dict[str, Any] = {"actor": desk.actor("officer"), "encounter_id": desk.encounter_id}
    if end == "hand-over":
        done(desk.confirm(request, done(desk.propose(request, BOARD_PLACE))))
        done(desk.hand_over(request))
    else:
        done(deciding.record_incident(outcome="CHILD_WENT_MISSING", words="Weg.", at=after(9), **given))
    adult = desk.view(request).collector
    again = done(deciding.ask_gate(collector=adult, at=after(60), **given))
    found = states(desk, again, 70)
    assert {one for one in found if found[one] == "passed"} <= {"G-01", "G-17"}
    assert found["G-08"] == "failed"
    assert desk.view(again, minute=70).outcome == "not_yet"
    assert code(desk.propose(again, HOLDER, minute=71)) == "not_ready"


def test_what_the_encounter_told_before_the_child_left_is_asked_anew_too(db: None) -> None:
    desk = Desk.open(saying("yes"))
    given: dict[str, Any] = {"actor": desk.actor("officer"), "encounter_id": desk.encounter_id}
    done(deciding.record_incident(outcome="CHILD_WENT_MISSING", words="Weg.", at=after(9), **given))
    again = done(deciding.ask_gate(collector=None, at=after(60), **given))
    view = desk.view(again, minute=70).child_view
    assert (view.heard_alone, view.wants_to_go) == (None, "unknown")
    heard = ChildView(heard_alone=True, wants_to_go="yes", trusted_person="Hanna")
    desk.correct(replace(saying("yes"), child_view=heard), minute=75)
    assert desk.view(again, minute=80).child_view.wants_to_go == "yes"


# One step at a time


@pytest.mark.postgres
def test_a_step_holds_the_encounter_before_it_reads_what_was_found(desk: Desk) -> None:
    """A correction holds it too: so nobody decides on what is being changed at that moment."""
    request = desk.ask()
    with CaptureQueriesContext(connection) as asked:
        done(desk.propose(request, BOARD_PLACE))
    said = [one["sql"] for one in asked.captured_queries]
    held = next(n for n, sql in enumerate(said) if "encounters_encounter" in sql and sql.endswith("FOR UPDATE"))
    read = next(n for n, sql in enumerate(said) if "encounters_account" in sql or "handovers_check" in sql)
    assert held < read


def test_a_step_that_the_database_ended_for_a_neighbour_is_told_and_not_raised(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = desk.ask()

    def ends(_: UUID) -> None:
        raise OperationalError from _Ended(state)

    monkeypatch.setattr(deciding, "hold", ends)
    state = "40P01"
    assert code(desk.propose(request, BOARD_PLACE)) == "changed_meanwhile"
    state = "57014"
    with pytest.raises(OperationalError):
        desk.propose(request, BOARD_PLACE)


class _Ended(Exception):  # noqa: N818 - as the driver has it
    """What the driver raises, with the state that PostgreSQL gave."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate
