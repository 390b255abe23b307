"""One entry for each request at the gate, with what was read and what was made; no clock puts them in order."""

from __future__ import annotations

from typing import Any

from chain.flow.desk import Desk, after, code, done
from vangnet.chain.flow import deciding
from vangnet.chain.handovers.models import Supersession
from vangnet.trust.ledger.models import Entry

BOARD_PLACE = "HANDED_TO_RVDK_ARRANGED_PLACE"
HOLDER = "HANDED_TO_AUTHORITY_HOLDER"


def test_every_reading_stands_in_the_ledger(desk: Desk) -> None:
    request = desk.ask()
    before = Entry.objects.count()
    desk.view(request)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.act, entry.purpose) == ("read_gate", "decide_handover")
    assert entry.subjects == [str(desk.encounter_id), str(request)]


def written(before: int) -> list[tuple[str, set[str]]]:
    rows = Entry.objects.order_by("number").values_list("act", "subjects")
    return [(act, set(subjects)) for act, subjects in rows[before:]]


def test_every_step_at_the_gate_is_one_entry_that_names_what_it_read_and_made(desk: Desk) -> None:
    """Two or more in one transaction could lock chains in another order than a neighbour does."""
    request = desk.ask()
    gone = {"outcome": "CHILD_WENT_MISSING", "words": "De deur stond open.", "at": after(3)}
    incident = done(deciding.record_incident(actor=desk.actor("officer"), encounter_id=desk.encounter_id, **gone))
    read = {str(desk.encounter_id), str(request), str(incident)}
    steps: list[tuple[str, Any]] = [
        ("record_check", lambda: desk.check(request, "G-08", "indicated", "register", 7)),
        ("read_gate", lambda: desk.view(request)),
        ("read_gate", desk.view),
    ]
    for act, step in steps:
        before = Entry.objects.count()
        made = step()
        ((word, subjects),) = written(before)
        assert word == act
        assert subjects == ({str(desk.encounter_id), str(made)} if act == "record_check" else read)


def test_deciding_is_one_entry_each_with_what_was_read_for_it(desk: Desk) -> None:
    request = desk.ask()
    read = {str(desk.encounter_id), str(request)}
    before = Entry.objects.count()
    proposal = done(desk.propose(request, BOARD_PLACE))
    decided = done(desk.confirm(request, proposal))
    desk.check(request, "G-08", "indicated", "register", 7)
    again = done(desk.propose(request, BOARD_PLACE, minute=8))
    withdrawn = Supersession.objects.get(decision=decided)
    acts = written(before)
    assert [act for act, _ in acts] == ["propose_decision", "confirm_decision", "record_check", "propose_decision"]
    assert acts[0][1] == read | {str(proposal)}
    assert acts[1][1] == read | {str(decided)}
    assert acts[3][1] == read | {str(again), str(withdrawn.pk)}


def test_a_step_that_is_refused_stands_as_the_reading_that_it_was(desk: Desk) -> None:
    request = desk.ask()
    before = Entry.objects.count()
    assert code(desk.propose(request, HOLDER)) == "not_ready"
    assert written(before) == [("read_gate", {str(desk.encounter_id), str(request)})]


def test_no_clock_says_which_proposal_came_last(desk: Desk) -> None:
    """At the same instant, an earlier decision would look fresh or not by the luck of its id."""
    for _ in range(6):
        request = desk.ask()
        first = done(desk.propose(request, BOARD_PLACE, minute=8))
        done(desk.confirm(request, first, minute=8))
        second = done(desk.propose(request, BOARD_PLACE, minute=8))
        view = desk.view(request)
        assert view.decision is None
        assert view.proposal is not None
        assert view.proposal.proposal_id == second
        done(desk.confirm(request, second, minute=8))
        held = desk.view(request).decision
        assert held is not None
        assert held.holds
        done(desk.propose(request, BOARD_PLACE, minute=8))
