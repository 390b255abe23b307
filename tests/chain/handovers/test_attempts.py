"""Twenty-five ways and more to record a hand-over without a valid decision.

PREVENTED, on both engines: everything through the services, the ORM, a fixture, an import, a copy
that was restored, or SQL over a connection; and what somebody could try who holds the pen.
FOUND, not prevented: what a superuser forges after taking the triggers away. The row, or its
absence, differs from what the ledger binds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from chain.handovers import attempts
from chain.handovers.attempts import ROUND_THE_SERVICES, Attempt, insert, one_person, run, undecided
from chain.handovers.attempts_with_pen import WITH_THE_PEN
from chain.handovers.night import NOT_YET, OWN, READY, RECEIVER, Night, after, row_of
from conftest import ON_POSTGRES
from triggers import triggers_away
from vangnet.chain.handovers import deciding, services
from vangnet.chain.handovers.digests import rows_for_verification
from vangnet.chain.handovers.models import Check, Decision, Handover, Supersession
from vangnet.chain.handovers.pen import pen
from vangnet.knowledge.terms import Reason
from vangnet.trust.ledger import selectors as ledger
from vangnet.trust.ledger.models import Entry

REFUSED = "vangnet gate|no such function: vangnet_pen|handovers_pen_pkey"
SERVICES: dict[str, Callable[[Night], object]] = {
    "service_unknown_decision": lambda night: services.record_handover(
        actor=night.officer, decision_id=uuid4(), receiver=RECEIVER, machine=READY, relation=OWN, at=after(9)
    ),
    "service_proposal_as_decision": lambda night: services.record_handover(
        actor=night.officer,
        decision_id=night.propose(),
        receiver=RECEIVER,
        machine=READY,
        relation=OWN,
        at=after(9),
    ),
    "service_confirming_oneself": lambda night: deciding.confirm(
        actor=night.first, proposal_id=night.propose(), reason="I agree.", machine=READY, relation=OWN, at=after(6)
    ),
    "service_machine_not_ready": lambda night: deciding.propose(
        actor=night.first,
        request_id=night.request,
        outcome="HANDED_TO_AUTHORITY_HOLDER",
        receiver_id=None,
        reason="x",
        machine=NOT_YET,
        relation=OWN,
        at=after(5),
    ),
    "service_incident_as_decision": lambda night: deciding.propose(
        actor=night.first,
        request_id=night.request,
        outcome="CHILD_LEFT_AT_LEGAL_LIMIT",
        receiver_id=None,
        reason="x",
        machine=NOT_YET,
        relation=OWN,
        at=after(5),
    ),
}


def snapshot() -> dict[UUID, str]:
    return dict(rows_for_verification())


def differences() -> set[str]:
    """Hold what stands in the database against what the ledger vouches for."""
    there, vouched = snapshot(), ledger.vouched().rows
    return {
        *("forged" for row in there if row not in vouched),
        *("changed" for row in there if row in vouched and vouched[row] != there[row]),
        *("removed" for row in vouched if row not in there),
    }


def tried(night: Night, attempt: Attempt) -> str:
    """Let somebody try; give what the database said, and fail where it said nothing."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        attempt(night)
    return str(refused.value)


def test_the_right_way_is_open_so_these_tests_can_fail(night: Night) -> None:
    night.hand_over(night.decide())
    assert Handover.objects.count() == 1
    assert differences() == set()


@pytest.mark.parametrize("attempt", SERVICES.values(), ids=SERVICES.keys())
def test_prevented_through_the_services(night: Night, attempt: Attempt) -> None:
    assert isinstance(attempt(night), Reason)
    assert not Handover.objects.exists()


@pytest.mark.parametrize("attempt", ROUND_THE_SERVICES, ids=lambda one: one.__name__)
def test_prevented_round_the_services(night: Night, attempt: Attempt) -> None:
    said = tried(night, attempt)
    assert any(word in said for word in REFUSED.split("|")), said
    assert differences() == set()
    assert not Handover.objects.exists()


@pytest.mark.parametrize(("_name", "attempt", "rule"), WITH_THE_PEN, ids=[one[0] for one in WITH_THE_PEN])
def test_prevented_even_with_the_pen(night: Night, _name: str, attempt: Attempt, rule: str) -> None:
    said = tried(night, attempt)
    assert any(words in said for words in rule.split("|")), said
    assert not Handover.objects.exists()


def test_prevented_through_loaddata(night: Night, tmp_path: Path) -> None:
    fixture = tmp_path / "handover.json"
    fixture.write_text(attempts.fixture_of(undecided(night)), encoding="utf-8")
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        call_command("loaddata", fixture, verbosity=0)
    assert not Handover.objects.exists()


@pytest.mark.parametrize("table", [Decision, Check, Supersession, Handover])
def test_nothing_of_the_gate_is_changed_or_deleted(night: Night, table: type[Decision]) -> None:
    night.check()
    night.supersede(night.decide())
    night.hand_over(night.decide())
    name = table._meta.db_table
    for sql in (f"UPDATE {name} SET id = id", f"DELETE FROM {name}"):  # noqa: S608
        with pytest.raises(DatabaseError, match="added, never changed"), transaction.atomic():
            run(sql)


# What a superuser can do is found


def forged_row(night: Night) -> None:
    with triggers_away():
        insert(row_of(Decision.objects.get(pk=night.decide().pk), child_id=night.encounter.child_id))


def forged_chain_with_a_stolen_pen(night: Night) -> None:
    decision = one_person(night)
    with pen():
        insert(decision)
        insert(row_of(decision))


def edited_decision(night: Night) -> None:
    decision = night.decide()
    with triggers_away():
        run("UPDATE handovers_decision SET machine_outcome = 'refer', outcome = 'HANDED_TO_GI_OR_NIDOS'")
    assert Decision.objects.get(pk=decision.pk).outcome == "HANDED_TO_GI_OR_NIDOS"


def edited_handover(night: Night) -> None:
    night.hand_over(night.decide())
    with triggers_away():
        run("UPDATE handovers_handover SET receipt_sealed = %s", [b"other"])


def backdated_check(night: Night) -> None:
    night.check()
    with triggers_away():
        run("UPDATE handovers_check SET state = 'unknown'")


def deleted_supersession(night: Night) -> None:
    decision = night.decide()
    night.supersede(decision)
    with triggers_away():
        run("DELETE FROM handovers_supersession")
    assert isinstance(night.hand_over(decision), UUID)


def deleted_handover(night: Night) -> None:
    night.hand_over(night.decide())
    with triggers_away():
        run("DELETE FROM handovers_handover")


FORGERIES = {
    forged_row: "forged",
    forged_chain_with_a_stolen_pen: "forged",
    edited_decision: "changed",
    edited_handover: "changed",
    backdated_check: "changed",
    deleted_supersession: "removed",
    deleted_handover: "removed",
}


@pytest.mark.parametrize(("forge", "how"), FORGERIES.items(), ids=[one.__name__ for one in FORGERIES])
def test_found_by_comparing_with_the_ledger(night: Night, forge: Callable[[Night], None], how: str) -> None:
    forge(night)
    assert differences() == {how}


def test_found_even_where_the_ledger_was_forged_along(night: Night) -> None:
    with triggers_away():
        row = row_of(night.decide())
        insert(row)
        last = Entry.objects.filter(organisation=night.police).order_by("-number")[0]
        there = snapshot()[row.pk]
        last.pk, last.number, last.bindings = uuid4(), last.number + 1, {str(row.pk): there}
        insert(last)
    assert differences() == set()
    assert not ledger.verify().ok


if ON_POSTGRES:
    from chain.handovers.on_postgres import FORGERIES_HERE, ONLY_HERE
else:
    from chain.handovers.on_sqlite import FORGERIES_HERE, ONLY_HERE


@pytest.mark.parametrize("attempt", ONLY_HERE, ids=lambda one: one.__name__)
def test_prevented_on_this_engine(night: Night, attempt: Callable[[Night], str]) -> None:
    said = attempt(night)
    assert any(word in said for word in (*REFUSED.split("|"), "permission denied")), said
    assert differences() == set()
    assert not Handover.objects.exists()


@pytest.mark.parametrize("forge", FORGERIES_HERE, ids=lambda one: one.__name__)
def test_found_on_this_engine(night: Night, forge: Callable[[Night], None]) -> None:
    forge(night)
    assert differences() == {"forged"}
    assert connection.is_usable()
