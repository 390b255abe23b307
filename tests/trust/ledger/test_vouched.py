"""What the entries vouch for: the last state of every row, and every name that was bound to an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from vangnet.trust.ledger import selectors, services


def test_the_last_binding_of_a_row_counts(durable, write, at, other_organisation):
    row, other = uuid4(), uuid4()
    write(bindings={row: "aa" * 32})
    write(bindings={row: "bb" * 32, other: "cc" * 32}, at=at + timedelta(seconds=1))
    write(at=at + timedelta(seconds=2))
    write(bindings={other: "dd" * 32}, also_in=[other_organisation.id], at=at + timedelta(seconds=3))
    assert selectors.vouched().rows == {row: "bb" * 32, other: "dd" * 32}


def test_the_chain_that_binds_a_row_most_often_has_its_last_state(
    durable, write, at, organisation, other_organisation, actor_of
):
    """Two people change one row a moment apart; the one who read the clock first may write last."""
    row = uuid4()
    elsewhere = actor_of(other_organisation)
    write(bindings={row: "aa" * 32}, at=at)
    write(actor=elsewhere, bindings={row: "bb" * 32}, also_in=[organisation.id], at=at + timedelta(seconds=9))
    write(bindings={row: "cc" * 32}, at=at + timedelta(seconds=8))
    assert selectors.vouched().rows == {row: "cc" * 32}


def test_every_name_under_which_somebody_vouched_is_kept_beside_the_rows(durable, write, actor):
    write(bindings={uuid4(): "aa" * 32})
    write(actor=replace(actor, name="Somebody Else"), bindings={uuid4(): "bb" * 32})
    write(actor=replace(actor, name="Nobody"))
    found = selectors.vouched()
    names = {services.name_digest(actor.person_id, name) for name in (actor.name, "Somebody Else")}
    assert found.names == {actor.person_id: names}
    assert actor.person_id not in found.rows
