"""Taking in and advising cost the same few statements, however many encounters there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chain.town import RAW, Town, after, facts
from vangnet.chain import flow
from vangnet.chain.flow import Advice, Importer, TakenIn
from vangnet.knowledge.terms import Purpose

TAKE_IN, ADVICE = 23, 27
"""The most that each may cost: a statement more is a journey to the server more, at every desk, every time."""


@pytest.fixture(autouse=True)
def kept_keys(monkeypatch: Any) -> None:
    """Keep the keys of organisations in the process, as they are once a transaction has ended."""
    monkeypatch.setattr("vangnet.trust.keys.services.transaction.on_commit", lambda act: act())


def cost(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def take_in(town: Town, number: int) -> TakenIn:
    taken = flow.take_in(
        actor=town.officer,
        purpose=Purpose.PROTECT_CHILD,
        facts=facts(encounter_id=f"NL-{number}"),
        request_key=None,
        at=after(number),
    )
    assert isinstance(taken, TakenIn)
    return taken


def advise(town: Town, taken: TakenIn) -> Advice:
    found = flow.advice(
        actor=town.officer, purpose=Purpose.PROTECT_CHILD, encounter_id=taken.encounter_id, at=after(60)
    )
    assert isinstance(found, Advice)
    return found


def test_statements_stay_the_same_however_many_encounters_there_are(town: Town) -> None:
    take_in(town, 0)
    found = []
    for number in (1, 40):
        ready = Importer(actor=town.service, purpose=Purpose.KEEP_REGISTER, history=True, now=lambda: after(0))
        ready.take([facts(encounter_id=f"H-{number}-{one}") for one in range(number)])
        made: list[TakenIn] = []
        taking = cost(lambda number=number, made=made: made.append(take_in(town, number)))
        advising = cost(lambda made=made: advise(town, made[0]))
        found.append((taking, advising))
    assert found[0] == found[1]
    assert found[0][0] <= TAKE_IN
    assert found[0][1] <= ADVICE


def test_more_said_of_one_encounter_costs_no_more_statements(town: Town) -> None:
    take_in(town, 0)
    short = cost(lambda: take_in(town, 1))
    long = facts(
        encounter_id="NL-2",
        companions=RAW["companions"] * 5,
        collectors=RAW["collectors"] * 4,
        observations=RAW["observations"] * 10,
    )
    told = cost(
        lambda: flow.take_in(
            actor=town.officer, purpose=Purpose.PROTECT_CHILD, facts=long, request_key=None, at=after(3)
        )
    )
    assert told == short
