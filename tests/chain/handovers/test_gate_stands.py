"""The gate in the database is there, on every table, and two at once do not slip through it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, OperationalError, connection, transaction

from chain.handovers.attempts import insert, run
from chain.handovers.night import BOARD_PLACE, OWN, READY, Night, after, receiving, row_of
from triggers import triggers_away
from vangnet.chain.handovers import deciding, reviewing, services
from vangnet.chain.handovers.digests import digest_of
from vangnet.chain.handovers.models import Check, Decision, Handover, Incident, Request
from vangnet.chain.handovers.pen import pen
from vangnet.knowledge.handover import OUTCOMES, RECEIVING
from vangnet.knowledge.terms import Reason
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.digests import plain

TABLES = ("request", "check", "proposal", "decision", "supersession", "handover", "incident", "review", "pen")
CHANGED = {"changed_meanwhile", "check_changed"}
HELD = (
    "SELECT classid, objid FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1 AND pid = pg_backend_pid() ORDER BY 1, 2"
)
TRIGGERS = {
    "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'gate_%' GROUP BY 1",
    "postgresql": (
        "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname LIKE 'gate_%' AND tgenabled = 'O' GROUP BY 1"
    ),
}
COPIES = {
    "sqlite": "SELECT count(DISTINCT id) FROM pragma_foreign_key_list('handovers_handover') WHERE \"from\" = 'outcome'",
    "postgresql": "SELECT count(*) FROM pg_constraint WHERE conname LIKE 'gate_handover_copies_%'",
}


def asked(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_no_table_of_the_gate_lost_its_triggers(db: None) -> None:
    """A later migration that alters such a table on SQLite builds it anew without them: this finds it."""
    least = {"sqlite": 3, "postgresql": 2}[connection.vendor]
    found = dict(asked(TRIGGERS[connection.vendor]))
    assert found.keys() == {f"handovers_{table}" for table in TABLES}
    assert all(isinstance(count, int) and count >= least for count in found.values())
    assert {model._meta.db_table for model in apps.get_app_config("handovers").get_models()} <= found.keys()


def test_the_hand_over_has_its_two_composite_foreign_keys(db: None) -> None:
    assert asked(COPIES[connection.vendor]) == [(2,)]


def test_every_row_can_be_named_without_a_word_about_anyone(night: Night) -> None:
    night.check()
    night.supersede(night.decide())
    night.hand_over(night.decide())
    services.record_incident(
        actor=night.officer,
        encounter_id=night.encounter.pk,
        outcome="CHILD_WENT_MISSING",
        words="Anna",
        relation=OWN,
        at=after(40),
    )
    incident = Incident.objects.get()
    reviewing.review_incident(actor=night.second, incident_id=incident.pk, words="Anna", at=after(50), relation=OWN)
    for table in apps.get_app_config("handovers").get_models():
        named = [str(row) for row in table._default_manager.all()]
        assert named, table
        assert all(named)
        assert not any("Anna" in one for one in named)


def test_the_constraints_hold_without_any_trigger(night: Night) -> None:
    decision = night.decide()
    with triggers_away(), pytest.raises(DatabaseError), transaction.atomic():
        insert(row_of(decision, child_id=night.other.child_id))
    with triggers_away(), pytest.raises(DatabaseError), transaction.atomic():
        insert(row_of(decision, second_decider_id=decision.first_decider_id))
    night.supersede(decision)
    decision = night.decide(BOARD_PLACE)
    other = receiving("NL-GI-DELTA", "youth_care", "crisis_foster_care")
    with triggers_away(), pytest.raises(DatabaseError), transaction.atomic():
        insert(row_of(decision, receiver_id=other.pk))
    assert not Handover.objects.exists()


def test_a_decision_from_before_accounts_were_counted_stays_bound_and_carries_nothing(night: Night) -> None:
    """Nobody knows on which account it rests, so two people decide anew; its digest is what the ledger binds."""
    decision = night.decide()
    kept = digest_of(decision)
    with triggers_away():
        run("UPDATE handovers_proposal SET accounts_as_of = NULL")
        run("UPDATE handovers_decision SET accounts_as_of = NULL")
    old = Decision.objects.get(pk=decision.pk)
    without = {field.attname: getattr(old, field.attname) for field in Decision._meta.concrete_fields}
    del without["accounts_as_of"], without["receiver_id"]  # both NULL in such a row
    content = {name: plain(value) for name, value in without.items()}
    assert digest_of(old) == ledger.digest("handovers.decision", content) != kept
    with pytest.raises(DatabaseError, match="the account changed since"), transaction.atomic(), pen():
        insert(row_of(old))
    told = night.hand_over(old)
    assert isinstance(told, Reason)
    assert told.code == "account_changed"
    assert isinstance(night.hand_over(night.decide()), UUID)


def test_the_database_knows_the_same_receivers_as_the_table_of_outcomes() -> None:
    written = import_module("vangnet.chain.handovers.migrations.0009_which_organisation_receives").PLACES
    ends = {code: end for code, end in OUTCOMES.items() if end.receivers}
    assert {code: set(places) for code, places in written.items()} == {
        code: set(end.receivers) for code, end in ends.items()
    }
    regimes = import_module("vangnet.chain.handovers.migrations.0006_receiver_is_decided").REGIMES
    assert {code: set(those) for code, those in regimes.items()} == {
        code: set().union(*(RECEIVING[place].regimes for place in end.receivers)) for code, end in ends.items()
    }


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Night]:
    """A night that stands for other connections too; it is taken out again as only a superuser can."""
    yield Night.begin()
    with triggers_away(), connection.cursor() as cursor:
        tables = [f"handovers_{table}" for table in TABLES if table != "pen"] + ["ledger_entry", "ledger_chain"]
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


@pytest.mark.postgres
def test_a_transaction_that_does_not_see_what_others_committed_writes_nothing(committed: Night) -> None:
    decision = committed.decide()

    def act() -> None:
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pen():
            insert(row_of(decision))

    with pytest.raises(DatabaseError, match="sees what others committed"), transaction.atomic():
        act()
    assert not Handover.objects.exists()


@pytest.mark.postgres
def test_two_who_confirm_at_once_make_one_decision(committed: Night) -> None:
    proposal = committed.propose()
    told = _at_once(committed, proposal)
    assert Decision.objects.count() == 1
    assert sorted(isinstance(one, Reason) for one in told) == [False, True]


@pytest.mark.postgres
def test_two_checks_at_once_are_both_kept_or_one_is_told_to_look_again(committed: Night) -> None:
    told: list[object] = []
    _threads(lambda: told.append(_check(committed)), lambda: told.append(_check(committed)))
    kept = list(Check.objects.order_by("number").values_list("number", flat=True))
    assert kept == list(range(1, len(kept) + 1))
    assert len(kept) == sum(not isinstance(one, Reason) for one in told)
    assert Request.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("turn", range(4))
def test_a_check_and_a_hand_over_of_two_requests_at_once_end_in_one_order(committed: Night, turn: int) -> None:
    """Either the hand-over came first, or the check did and stops it; no two wait for each other."""
    decision, other = committed.decide(), committed.ask(None)
    told: dict[str, object] = {}
    _threads(
        lambda: told.update(handed=committed.hand_over(decision)),
        lambda: told.update(checked=_check(committed, other)),
    )
    assert isinstance(told["checked"], UUID), (turn, told)
    handed = told["handed"]
    assert Handover.objects.count() == isinstance(handed, UUID)
    assert isinstance(handed, UUID) or (isinstance(handed, Reason) and handed.code in CHANGED)


@pytest.mark.postgres
def test_every_row_of_the_gate_holds_the_child_alone(committed: Night) -> None:
    """One lock for one child, whatever is written at whichever request: two locks could wait for each other."""
    other = committed.ask()
    decision = committed.decide()
    acts = (
        committed.check,
        lambda: committed.check(request=other),
        lambda: committed.supersede(decision),
        lambda: committed.hand_over(committed.decide(request=other)),
    )
    held = []
    for act in acts:
        with transaction.atomic():
            act()
            held.append(asked(HELD))
    assert [len(keys) for keys in held] == [1] * len(acts)
    assert len({keys[0] for keys in held}) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("state", ["40P01", "40001"])
def test_a_step_that_postgres_ended_for_a_neighbour_is_told_and_not_raised(committed: Night, state: str) -> None:
    with triggers_ending_in(state):
        told = _check(committed)
    assert isinstance(told, Reason)
    assert told.code == "changed_meanwhile"
    with triggers_ending_in("57014"), pytest.raises(OperationalError):
        _check(committed)
    assert isinstance(_check(committed), UUID)


@contextmanager
def triggers_ending_in(state: str) -> Iterator[None]:
    """Let every new check end in an error of PostgreSQL."""
    run(
        "CREATE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION 'ended' USING ERRCODE = '{state}'; END $$"
    )
    run("CREATE TRIGGER ends BEFORE INSERT ON handovers_check FOR EACH ROW EXECUTE FUNCTION ends()")
    try:
        yield
    finally:
        run("DROP FUNCTION ends CASCADE")


def _check(night: Night, request: UUID | None = None) -> object:
    return services.record_check(
        actor=night.officer,
        request_id=request or night.request,
        answer=services.Answer(check="G-07", state="clear", source="register"),
        relation=OWN,
        at=night.encounter.recorded_at,
    )


def _at_once(night: Night, proposal: object) -> list[object]:
    told: list[object] = []

    def confirm(actor: object) -> None:
        told.append(
            deciding.confirm(
                actor=actor,  # type: ignore[arg-type]
                proposal_id=proposal,  # type: ignore[arg-type]
                reason="I agree.",
                machine=READY,
                relation=OWN,
                at=night.encounter.recorded_at,
            )
        )

    _threads(lambda: confirm(night.second), lambda: confirm(night.second))
    return told


def _threads(*acts: object) -> None:
    start = threading.Barrier(len(acts))

    def run_one(act: object) -> None:
        try:
            start.wait(timeout=30)
            act()  # type: ignore[operator]
        finally:
            connection.close()

    threads = [threading.Thread(target=run_one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
