"""Ways in which somebody could try to record a hand-over without a valid decision; one function each.

Here: through the application's ORM, a fixture, an import or a connection, without the pen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from django.core import serializers
from django.db import connection, models, transaction

from chain.handovers.night import AUTHORITY_HOLDER, BOARD_PLACE, Night, after, row_of
from vangnet.chain.handovers.models import Decision, Handover, Proposal, Supersession
from vangnet.chain.handovers.pen import pen

Attempt = Callable[[Night], object]


def insert(row: models.Model, verb: str = "INSERT INTO", tail: str = "") -> None:
    """Write a row with SQL of one's own, over the application's connection."""
    fields = row._meta.concrete_fields
    columns = ", ".join(field.column for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} {row._meta.db_table} ({columns}) VALUES ({marks}) {tail}", values)


def run(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def of(value: Any) -> Any:
    """Give an id as this engine stores it."""
    return value.hex if connection.vendor == "sqlite" else value


def undecided(night: Night, **changes: Any) -> Handover:
    """Give a hand-over row that rests on no decision at all, everything else in order."""
    made = Decision(
        id=uuid4(),
        organisation_id=night.police.pk,
        child_id=night.encounter.child_id,
        outcome=BOARD_PLACE,
        receiver_id=night.board.pk,
        first_decider_id=night.first.person_id,
        second_decider_id=night.second.person_id,
    )
    return row_of(made, **changes)


def one_person(night: Night, proposed: str = AUTHORITY_HOLDER, **changes: Any) -> Decision:
    """Give a decision row on a proposal that nobody confirmed."""
    proposal = Proposal.objects.get(pk=night.propose(proposed))
    columns: dict[str, Any] = {
        "organisation_id": night.police.pk,
        "proposal": proposal,
        "request_id": proposal.request_id,
        "child_id": night.encounter.child_id,
        "collector_id": proposal.request.collector_id,
        "outcome": proposal.outcome,
        "receiver_id": proposal.receiver_id,
        "machine_outcome": proposal.machine_outcome,
        "checks_as_of": proposal.checks_as_of,
        "accounts_as_of": proposal.accounts_as_of,
        "first_decider_id": night.first.person_id,
        "second_decider_id": night.second.person_id,
        "decided_at": after(6),
        "reason_sealed": b"x",
    }
    return Decision(**columns | changes)


def done(night: Night) -> Handover:
    """Hand a child over rightly, so that somebody can try to change it afterwards."""
    night.hand_over(night.decide())
    return Handover.objects.get()


def fixture_of(row: models.Model) -> str:
    return serializers.serialize("json", [row])


def loaded(text: str) -> None:
    for one in serializers.deserialize("json", text):
        one.save()


# Without the pen


def orm_save(night: Night) -> object:
    return undecided(night).save()


def orm_save_of_a_valid_looking_row(night: Night) -> object:
    return row_of(night.decide()).save(force_insert=True)


def orm_save_base_raw(night: Night) -> object:
    return undecided(night).save_base(raw=True, force_insert=True)


def orm_create_a_decision_of_two_people_who_never_decided(night: Night) -> object:
    return one_person(night).save()


def orm_bulk_create(night: Night) -> object:
    return Handover.objects.bulk_create([undecided(night)])


def orm_bulk_create_ignoring_conflicts(night: Night) -> object:
    return Handover.objects.bulk_create([undecided(night)], ignore_conflicts=True)


def orm_bulk_create_updating(night: Night) -> object:
    row = done(night)
    row.child_id = night.other.child_id
    return Handover.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["child"])


def orm_get_or_create(night: Night) -> object:
    columns = {field.attname: getattr(undecided(night), field.attname) for field in Handover._meta.concrete_fields}
    return Handover.objects.get_or_create(id=columns.pop("id"), defaults=columns)


def orm_update_or_create(night: Night) -> object:
    return Handover.objects.update_or_create(id=done(night).pk, defaults={"child_id": night.other.child_id})


def orm_update_of_a_valid_row(night: Night) -> object:
    return Handover.objects.filter(pk=done(night).pk).update(child_id=night.other.child_id)


def orm_bulk_update(night: Night) -> object:
    row = done(night)
    row.outcome = BOARD_PLACE
    return Handover.objects.bulk_update([row], ["outcome"])


def orm_saving_an_edited_row(night: Night) -> object:
    row = done(night)
    row.child_id = night.other.child_id
    return row.save()


def orm_deleting_and_writing_again(night: Night) -> object:
    return Handover.objects.filter(pk=done(night).pk).delete()


def orm_raw_delete_of_a_supersession(night: Night) -> object:
    night.supersede(night.decide())
    rows = Supersession.objects.all()
    return rows._raw_delete(rows.db)


def orm_editing_the_decision_first(night: Night) -> object:
    return Decision.objects.filter(pk=night.decide().pk).update(child_id=night.other.child_id)


def fixture_loaded(night: Night) -> object:
    return loaded(fixture_of(undecided(night)))


def fixture_of_a_whole_forged_chain(night: Night) -> object:
    decision = one_person(night)
    text = [*json.loads(fixture_of(decision)), *json.loads(fixture_of(row_of(decision)))]
    return loaded(json.dumps(text))


def import_as_copy_of_a_valid_row(night: Night) -> object:
    columns = ", ".join(
        field.column for field in Handover._meta.concrete_fields if field.attname not in {"id", "child_id"}
    )
    done(night)
    return run(
        f"INSERT INTO handovers_handover (id, child_id, {columns})"  # noqa: S608
        f" SELECT %s, %s, {columns} FROM handovers_handover",
        [of(uuid4()), of(night.other.child_id)],
    )


def sql_insert(night: Night) -> object:
    return insert(undecided(night))


def sql_insert_on_a_valid_decision(night: Night) -> object:
    return insert(row_of(night.decide()))


def sql_upsert(night: Night) -> object:
    row = done(night)
    return insert(row, tail="ON CONFLICT (id) DO UPDATE SET outcome = 'HANDED_TO_GI_OR_NIDOS'")


def sql_update_of_the_child(night: Night) -> object:
    done(night)
    return run("UPDATE handovers_handover SET child_id = %s", [of(night.other.child_id)])


def sql_update_of_the_second_decider(night: Night) -> object:
    night.decide()
    return run("UPDATE handovers_decision SET second_decider_id = %s", [of(night.rvdk.person_id)])


def sql_delete_of_a_late_check(night: Night) -> object:
    night.decide()
    night.check("indicated", minute=8)
    return run("DELETE FROM handovers_check")


def sql_delete_of_the_proposal(night: Night) -> object:
    night.propose()
    return run("DELETE FROM handovers_proposal")


def sql_writing_another_pen(night: Night) -> object:
    night.propose()
    return run("UPDATE handovers_pen SET digest = ''")


def sql_a_second_pen(night: Night) -> object:
    night.propose()
    return run("INSERT INTO handovers_pen (id, digest) VALUES (1, '')")


def sql_with_deferred_constraints(night: Night) -> object:
    defer = {"sqlite": "PRAGMA defer_foreign_keys = ON", "postgresql": "SET CONSTRAINTS ALL DEFERRED"}
    run(defer[connection.vendor])
    return insert(undecided(night))


def the_pen_of_a_transaction_that_ended(night: Night) -> object:
    with transaction.atomic(), pen():
        pass
    return insert(undecided(night))


ROUND_THE_SERVICES: tuple[Attempt, ...] = (
    orm_save,
    orm_save_of_a_valid_looking_row,
    orm_save_base_raw,
    orm_create_a_decision_of_two_people_who_never_decided,
    orm_bulk_create,
    orm_bulk_create_ignoring_conflicts,
    orm_bulk_create_updating,
    orm_get_or_create,
    orm_update_or_create,
    orm_update_of_a_valid_row,
    orm_bulk_update,
    orm_saving_an_edited_row,
    orm_deleting_and_writing_again,
    orm_raw_delete_of_a_supersession,
    orm_editing_the_decision_first,
    fixture_loaded,
    fixture_of_a_whole_forged_chain,
    import_as_copy_of_a_valid_row,
    sql_insert,
    sql_insert_on_a_valid_decision,
    sql_upsert,
    sql_update_of_the_child,
    sql_update_of_the_second_decider,
    sql_delete_of_a_late_check,
    sql_delete_of_the_proposal,
    sql_writing_another_pen,
    sql_a_second_pen,
    sql_with_deferred_constraints,
    the_pen_of_a_transaction_that_ended,
)
