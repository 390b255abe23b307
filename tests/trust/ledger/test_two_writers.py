"""Two writers at once on PostgreSQL keep one chain, whatever chains each of them holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from vangnet.knowledge.terms import Purpose
from vangnet.trust.access.services import create_organisation
from vangnet.trust.ledger import selectors, services
from vangnet.trust.ledger.models import Chain, Entry

pytestmark = pytest.mark.postgres
EACH = 40


def test_writers_at_once_keep_one_chain(durable, actor, at):
    together = Barrier(4)

    def write_many(writer):
        together.wait()
        try:
            for number in range(EACH):
                with transaction.atomic():
                    services.record(
                        actor=actor,
                        act="read_encounter",
                        purpose=Purpose.PROTECT_CHILD,
                        at=at + timedelta(seconds=number * 7 + writer),
                    )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write_many, range(4)))
    found = selectors.verify()
    assert (found.ok, found.checked) == (True, 4 * EACH)
    assert Chain.objects.get().last_number == 4 * EACH


def test_writers_that_hold_several_chains_in_either_order_do_not_wait_for_each_other_for_ever(
    durable, actor_of, at
):
    codes = ("NL-A", "NL-B", "NL-C")
    organisations = [create_organisation(code=code, name=code, country="NL", regime="police") for code in codes]
    actors = [actor_of(one) for one in organisations]
    together = Barrier(3)

    def write_many(index):
        others = [one.id for one in organisations if one.id != actors[index].organisation_id]
        together.wait()
        try:
            for number in range(EACH):
                with transaction.atomic():
                    services.record(
                        actor=actors[index],
                        act="cross_check",
                        purpose=Purpose.IDENTIFY_CHILD,
                        also_in=others if number % 2 else others[::-1],
                        at=at,
                    )
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write_many, range(3)))
    assert selectors.verify().ok
    assert sorted(Chain.objects.values_list("last_number", flat=True)) == [3 * EACH] * 3
    assert Entry.objects.count() == 9 * EACH


def test_a_writer_that_undoes_leaves_no_gap_for_the_other(durable, actor, at):
    together = Barrier(2)

    def write_many(undoes):
        together.wait()
        try:
            for number in range(EACH):
                with transaction.atomic():
                    services.record(actor=actor, act="judge", purpose=Purpose.IDENTIFY_CHILD, at=at)
                    transaction.set_rollback(undoes and number % 2 == 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write_many, (True, False)))
    found = selectors.verify()
    assert (found.ok, found.checked) == (True, EACH + EACH // 2)
