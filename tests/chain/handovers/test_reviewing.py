"""An incident is always reviewed, by another person; the row stands in the database and in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from chain.handovers.attempts import insert, run
from chain.handovers.night import BOARD_PLACE, OWN, READY, Night, after
from triggers import triggers_away
from vangnet.chain.handovers import deciding, services
from vangnet.chain.handovers.digests import rows_for_verification
from vangnet.chain.handovers.models import Decision, Incident, Review
from vangnet.chain.handovers.opened import opened_gate, opened_incidents
from vangnet.chain.handovers.pen import pen
from vangnet.chain.handovers.reviewing import REVIEWERS, encounter_of_incident, open_reviews, review_incident
from vangnet.knowledge.terms import Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, Role
from vangnet.trust.ledger import selectors as ledger
from vangnet.trust.ledger.models import Entry


def incident(night: Night, by: Actor | None = None, minute: int = 40) -> UUID:
    made = services.record_incident(
        actor=by or night.officer,
        encounter_id=night.encounter.pk,
        outcome="CHILD_WENT_MISSING",
        words="Gone at 02:30.",
        relation=OWN,
        at=after(minute),
    )
    assert isinstance(made, UUID), made
    return made


def reviewed(night: Night, incident_id: UUID, by: Actor | None = None, words: str = "The door was open.") -> object:
    return review_incident(
        actor=by or night.second, incident_id=incident_id, words=words, relation=Relation.NONE, at=after(60)
    )


def code(told: object) -> str:
    assert isinstance(told, Reason), told
    return told.code


def test_who_must_review_is_a_matter_of_role_and_no_officer_does() -> None:
    assert REVIEWERS == (Role.ASSISTANT_PROSECUTOR, Role.RVDK, Role.PROSECUTOR)


def test_an_incident_waits_for_a_review_until_there_is_one(night: Night) -> None:
    made = incident(night)
    (waiting,) = open_reviews(organisation_id=night.police.pk)
    assert (waiting.incident_id, waiting.encounter_id, waiting.organisation_id) == (
        made,
        night.encounter.pk,
        night.police.pk,
    )
    assert (waiting.end.code, waiting.recorded_by, waiting.recorded_at, waiting.roles) == (
        "CHILD_WENT_MISSING",
        night.officer.person_id,
        after(40),
        REVIEWERS,
    )
    assert open_reviews(organisation_id=night.board.pk) == ()
    assert open_reviews(organisation_id=night.board.pk, encounter_ids=[night.encounter.pk]) == (waiting,)
    assert encounter_of_incident(made) == night.encounter.pk
    assert isinstance(reviewed(night, made), UUID)
    assert open_reviews(organisation_id=night.police.pk) == ()


def test_the_oldest_incident_stands_first(night: Night) -> None:
    later, first = incident(night, minute=50), incident(night, minute=40)
    assert [one.incident_id for one in open_reviews(organisation_id=night.police.pk)] == [first, later]


def test_a_review_is_read_with_the_incident_with_who_in_which_role_and_when(night: Night) -> None:
    made = incident(night)
    reviewed(night, made)
    read = opened_incidents(
        actor=night.officer,
        purpose=Purpose.DECIDE_HANDOVER,
        relation=Relation.OWN_ENCOUNTER,
        encounter_id=night.encounter.pk,
    )
    assert not isinstance(read, Reason)
    (one,) = read
    assert one.recorded_by == night.officer.person_id
    assert one.review is not None
    assert (one.review.words, one.review.role) == ("The door was open.", "assistant_prosecutor")
    assert (one.review.reviewed_by_name, one.review.reviewed_at) == ("Robin Second", after(60))
    assert str(Review.objects.get()) == str(made)
    assert b"door" not in bytes(Review.objects.get().words_sealed)


def test_what_cannot_be_reviewed_is_told_and_nothing_is_written(night: Night) -> None:
    own = incident(night, by=night.first)
    assert code(reviewed(night, own, by=night.first)) == "own_incident"
    assert code(reviewed(night, own, by=night.officer)) == "role"
    assert code(reviewed(night, own, by=night.rvdk)) == "relation"
    assert code(reviewed(night, own, words="  ")) == "no_review"
    assert code(reviewed(night, uuid4())) == "unknown_incident"
    assert encounter_of_incident(uuid4()) is None
    assert not Review.objects.exists()
    assert isinstance(reviewed(night, own), UUID)
    assert code(reviewed(night, own)) == "already_reviewed"
    assert Review.objects.count() == 1


def test_the_board_reviews_where_it_has_a_task_and_both_ledgers_have_it(night: Night) -> None:
    made = review_incident(
        actor=night.rvdk, incident_id=incident(night), words="x", at=after(60), relation=Relation.RECEIVER
    )
    assert isinstance(made, UUID)
    assert Review.objects.get().role == "rvdk"
    both = Entry.objects.filter(bindings__has_key=str(made)).values_list("organisation_id", "act")
    assert set(both) == {(night.police.pk, "review_incident"), (night.board.pk, "review_incident")}


def _row(night: Night, **changes: object) -> Review:
    columns: dict[str, object] = {
        "organisation_id": night.police.pk,
        "incident_id": incident(night),
        "role": "rvdk",
        "words_sealed": b"x",
        "reviewed_by_id": night.second.person_id,
        "reviewed_at": after(60),
    }
    return Review(**columns | changes)


def _again(night: Night) -> Review:
    made = incident(night)
    reviewed(night, made)
    return _row(night, incident_id=made)


FORGED: dict[str, tuple[Callable[[Night], Review], str]] = {
    "by who recorded it": (
        lambda night: _row(night, reviewed_by_id=night.officer.person_id),
        "another person reviews it",
    ),
    "twice": (_again, "this incident was reviewed"),
    "of no incident": (
        lambda night: _row(night, incident_id=uuid4()),
        "there is no such incident|organisation_id is not that of the incident",
    ),
    "for another controller": (
        lambda night: _row(night, organisation_id=night.board.pk),
        "organisation_id is not that of the incident",
    ),
    "without words": (lambda night: _row(night, words_sealed=b""), "a review says what was found"),
}


@pytest.mark.parametrize(("row", "rule"), FORGED.values(), ids=FORGED.keys())
def test_a_forged_review_is_refused_even_with_the_pen(
    night: Night, row: Callable[[Night], Review], rule: str
) -> None:
    made = row(night)
    before = Review.objects.count()

    def forge() -> None:
        with pen():
            insert(made)

    with pytest.raises(DatabaseError) as said, transaction.atomic():
        forge()
    assert any(words in str(said.value) for words in rule.split("|")), said.value
    assert Review.objects.count() == before


def test_without_the_pen_no_review_is_written_and_none_is_changed(night: Night) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(_row(night))
    reviewed(night, incident(night))
    for sql in ("UPDATE handovers_review SET role = 'gi'", "DELETE FROM handovers_review"):
        with pytest.raises(DatabaseError, match="added, never changed"), transaction.atomic():
            run(sql)


def differences() -> set[str]:
    there, vouched = dict(rows_for_verification()), ledger.vouched().rows
    return {
        *("forged" for row in there if row not in vouched),
        *("changed" for row in there if row in vouched and vouched[row] != there[row]),
        *("removed" for row in vouched if row not in there),
    }


def forged_review(night: Night) -> None:
    with triggers_away():
        insert(_row(night))


def edited_review(night: Night) -> None:
    reviewed(night, incident(night))
    with triggers_away():
        run("UPDATE handovers_review SET words_sealed = %s", [b"other"])


def removed_review(night: Night) -> None:
    reviewed(night, incident(night))
    with triggers_away():
        run("DELETE FROM handovers_review")


def edited_second_reason(night: Night) -> None:
    night.decide(BOARD_PLACE)
    with triggers_away():
        run("UPDATE handovers_decision SET reason_sealed = %s", [b"other"])


def second_reason_taken_away(night: Night) -> None:
    night.decide(BOARD_PLACE)
    with triggers_away():
        run("UPDATE handovers_decision SET reason_sealed = NULL")


@pytest.mark.parametrize(
    ("forge", "how"),
    [
        (forged_review, "forged"),
        (edited_review, "changed"),
        (removed_review, "removed"),
        (edited_second_reason, "changed"),
        (second_reason_taken_away, "changed"),
    ],
)
def test_what_a_superuser_does_to_a_review_or_a_reason_is_found(
    night: Night, forge: Callable[[Night], None], how: str
) -> None:
    forge(night)
    assert differences() == {how}


def test_a_decision_from_before_the_second_reason_still_is_the_one_that_was_made(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a row has no second reason: it reads as none, and its digest is the one of then."""
    from vangnet.chain.handovers import deciding as written  # noqa: PLC0415 - the service of then is put in its place

    now = written._decided

    def then(*given: object) -> Decision:
        made = now(*given)  # type: ignore[arg-type]
        made.reason_sealed = None
        return made

    monkeypatch.setattr(written, "_decided", then)
    proposal = night.propose(BOARD_PLACE)
    with triggers_away():
        made = deciding.confirm(
            actor=night.second, proposal_id=proposal, reason="Yes.", machine=READY, relation=OWN, at=after(6)
        )
    assert isinstance(made, UUID)
    assert differences() == set()
    gate = opened_gate(
        actor=night.officer,
        purpose=Purpose.DECIDE_HANDOVER,
        relation=Relation.OWN_ENCOUNTER,
        request_id=night.request,
    )
    assert not isinstance(gate, Reason)
    assert gate.decisions[0].second_reason == ""
    with triggers_away():
        run("UPDATE handovers_decision SET reason_sealed = %s", [b"added later"])
    assert differences() == {"changed"}


def test_the_second_person_says_why_and_it_is_kept_sealed(night: Night) -> None:
    proposal = night.propose(BOARD_PLACE)
    told = deciding.confirm(
        actor=night.second, proposal_id=proposal, reason=" ", machine=READY, relation=OWN, at=after(6)
    )
    assert code(told) == "no_reason"
    assert not Decision.objects.exists()
    made = deciding.confirm(
        actor=night.second,
        proposal_id=proposal,
        reason="He frightens her.",
        machine=READY,
        relation=OWN,
        at=after(6),
    )
    assert isinstance(made, UUID)
    gate = opened_gate(
        actor=night.officer,
        purpose=Purpose.DECIDE_HANDOVER,
        relation=Relation.OWN_ENCOUNTER,
        request_id=night.request,
    )
    assert not isinstance(gate, Reason)
    (decided,) = gate.decisions
    assert (decided.reason, decided.second_reason) == ("All is in order.", "He frightens her.")
    assert b"frightens" not in bytes(Decision.objects.get().reason_sealed or b"")
    assert connection.is_usable()
    assert Incident.objects.count() == 0
