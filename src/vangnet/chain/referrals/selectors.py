"""What waits for an organisation, and what became of what it sent. Frozen values, in the ledger first."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from vangnet.chain.encounters import refusals
from vangnet.chain.encounters import selectors as encounters
from vangnet.chain.handovers.recorded import Departure
from vangnet.chain.referrals.kinds import FINAL, KINDS, Event, Kind
from vangnet.chain.referrals.models import Answer, Referral
from vangnet.knowledge.terms import NOT_FOUND, Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys.services import KeyDestroyedError, Place, envelope
from vangnet.trust.ledger import services as ledger

MOST = 100

TEXT = "referrals.text"
REASON = "referrals.answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One referral as a line of work: no name, no place, only who asked what and by when."""

    referral_id: uuid.UUID
    encounter_id: uuid.UUID
    kind: Kind
    sender: str
    receiver: str
    receiver_id: uuid.UUID
    sent_at: datetime
    answer_by: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer with its reason and who gave it."""

    value: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One referral with what was shared in it, for its receiver or its sender; `phone` is that of the other side."""

    line: Waiting
    shared: Mapping[str, Any]
    sent_by: str
    answers: tuple[Given, ...]
    is_receiver: bool
    phone: str


def state_of(referral: Referral) -> str:
    """Say where a referral stands: waiting, asked_back, accepted or declined."""
    answers = sorted(referral.answers.all(), key=lambda one: one.answered_at)
    return answers[-1].value if answers else "waiting"


def _line(referral: Referral) -> Waiting:
    return Waiting(
        referral_id=referral.id,
        encounter_id=referral.encounter_id,
        kind=KINDS[referral.kind],
        sender=referral.organisation.name,
        receiver=referral.receiver.name,
        receiver_id=referral.receiver_id,
        sent_at=referral.sent_at,
        answer_by=referral.answer_by,
        state=state_of(referral),
    )


def asked_next(line: Waiting, gone: Departure | None) -> tuple[Words, ...]:
    """Say what is still asked of who said yes: what the gate recorded as done since is asked no more."""
    events: set[Event] = set()
    if gone is not None and not gone.is_incident:
        events = {"handed_over", "received"} if gone.receiver_id == line.receiver_id else {"handed_over"}
    return line.kind.asked_after(events)


def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """Give what the actor's organisation must still answer, the earliest time first. Nothing personal in it."""
    rows = Referral.objects.filter(receiver_id=actor.organisation_id).exclude(answers__value__in=FINAL)
    return tuple(_line(row) for row in standing(_with_parties(rows)[:MOST]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One referral that got its final answer, and when; nothing personal in it."""

    line: Waiting
    since: datetime


def taken_over_by(actor: Actor) -> tuple[Settled, ...]:
    """Give what the actor's organisation took over, the newest first: work until the matter is closed (ADR 0017)."""
    rows = Referral.objects.filter(receiver_id=actor.organisation_id, answers__value="accepted")
    return _newest(rows)


def refused_to(actor: Actor) -> tuple[Settled, ...]:
    """Give the questions that the actor's organisation must ask another: refused by everyone who was asked.

    Of each question about one encounter the last refusal. Nobody is at turn for such a child but the sender.
    """
    same = Referral.objects.filter(encounter=OuterRef("encounter"), kind=OuterRef("kind"))
    rows = Referral.objects.filter(organisation_id=actor.organisation_id, answers__value="declined")
    found = _newest(rows.exclude(Exists(same.exclude(answers__value="declined"))))
    last = {(one.line.encounter_id, one.line.kind.code): one for one in reversed(found)}
    return tuple(last.values())


def _newest(rows: Any) -> tuple[Settled, ...]:
    return tuple(
        Settled(line=_line(row), since=max(one.answered_at for one in row.answers.all()))
        for row in _with_parties(rows).order_by("-answers__answered_at")[:MOST]
    )


def refusals_of(encounter_id: uuid.UUID) -> frozenset[tuple[str, uuid.UUID]]:
    """Give the kinds of question that were refused about one encounter, each with who refused; ids alone."""
    rows = Referral.objects.filter(encounter_id=encounter_id, answers__value="declined")
    return frozenset(rows.values_list("kind", "receiver_id"))


def sent_by(actor: Actor) -> tuple[Waiting, ...]:
    """Give what the actor's organisation sent and nobody took or declined yet; status only."""
    rows = Referral.objects.filter(organisation_id=actor.organisation_id).exclude(answers__value__in=FINAL)
    return tuple(_line(row) for row in standing(_with_parties(rows)[:MOST]))


def standing(rows: Iterable[Referral]) -> tuple[Referral, ...]:
    """Leave out the referrals of which nothing is asked of their receiver any more (ADR 0017).

    Those are: declined, or not accepted while another organisation took the same question over.
    """
    asked = [row for row in rows if state_of(row) != "declined"]
    same = Referral.objects.filter(encounter_id__in={row.encounter_id for row in asked}, answers__value="accepted")
    taken = set(same.values_list("encounter_id", "kind")) if asked else set()
    return tuple(row for row in asked if state_of(row) == "accepted" or (row.encounter_id, row.kind) not in taken)


def referrals_of(encounter_id: uuid.UUID, actor: Actor) -> tuple[Waiting, ...]:
    """Give the referrals of one encounter that the actor's organisation sent, for ever; status only."""
    rows = Referral.objects.filter(encounter_id=encounter_id, organisation_id=actor.organisation_id)
    return tuple(_line(row) for row in _with_parties(rows)[:MOST])


def asked_about(encounter_id: uuid.UUID, actor: Actor) -> tuple[Waiting, ...]:
    """Give the referrals of one encounter that the actor's organisation sent or got; status only."""
    mine = Q(organisation_id=actor.organisation_id) | Q(receiver_id=actor.organisation_id)
    return tuple(
        _line(row) for row in _with_parties(Referral.objects.filter(mine, encounter_id=encounter_id))[:MOST]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A question that was sent, or an answer to one (`value`): between whom and when, never what it says."""

    encounter_id: uuid.UUID
    kind: Kind
    organisation_id: uuid.UUID
    receiver: str
    by: str
    by_id: uuid.UUID
    at: datetime
    value: str = ""


def passed(encounter_ids: Iterable[uuid.UUID], *, actor: Actor | None = None) -> tuple[Passed, ...]:
    """Give what was asked and answered about these encounters; with an actor, what their organisation took part in.

    For `flow`, which asked for the right to read the encounters.
    """
    rows = Referral.objects.filter(encounter_id__in=set(encounter_ids))
    if actor is not None:
        rows = rows.filter(Q(organisation_id=actor.organisation_id) | Q(receiver_id=actor.organisation_id))
    found = rows.select_related("receiver", "sent_by").prefetch_related("answers__answered_by")
    return tuple(line for row in found for line in _passed(row))


def _passed(row: Referral) -> Iterator[Passed]:
    sent = Passed(
        encounter_id=row.encounter_id,
        kind=KINDS[row.kind],
        organisation_id=row.organisation_id,
        receiver=row.receiver.name,
        by=row.sent_by.name,
        by_id=row.sent_by_id,
        at=row.sent_at,
    )
    yield sent
    for one in row.answers.all():
        yield replace(sent, by=one.answered_by.name, by_id=one.answered_by_id, at=one.answered_at, value=one.value)


def _with_parties(rows: Any) -> Any:
    return rows.select_related("organisation", "receiver").prefetch_related("answers").order_by("answer_by")


def relation_to(actor: Actor, referral_id: uuid.UUID) -> Relation:
    """Say how an actor stands to a referral: its sender, its receiver, or none. Ids alone."""
    sides = Referral.objects.filter(id=referral_id).values_list("organisation_id", "receiver_id").first()
    known = zip(sides or (), (Relation.OWN_ENCOUNTER, Relation.RECEIVER), strict=False)
    return next((relation for side, relation in known if side == actor.organisation_id), Relation.NONE)


def is_receiver(*, encounter_id: uuid.UUID, actor: Actor) -> bool:
    """Whether the encounter was referred to the actor's organisation and that still stands."""
    rows = Referral.objects.filter(encounter_id=encounter_id, receiver_id=actor.organisation_id)
    return bool(standing(rows.prefetch_related("answers")))


def referred_to(actor: Actor) -> frozenset[uuid.UUID]:
    """Give the encounters that were referred to the actor's organisation, as far as that stands; ids alone."""
    rows = Referral.objects.filter(receiver_id=actor.organisation_id).prefetch_related("answers")
    return frozenset(row.encounter_id for row in standing(rows))


def referral(*, actor: Actor, referral_id: uuid.UUID, at: datetime) -> Opened | Reason:
    """Open one referral with what was shared in it; in the ledger of both sides before it returns.

    A receiver of whom nothing is asked any more sees that it was asked and what was said, not the child.
    What its sender may no longer read of the encounter, they do not read here. Must run inside a transaction.
    """
    rows = Referral.objects.select_related("organisation", "receiver", "encounter", "sent_by")
    row = rows.prefetch_related("answers__answered_by").filter(id=referral_id).first()
    mine = row is not None and actor.organisation_id in {row.organisation_id, row.receiver_id}
    if row is None or not mine:
        return NOT_FOUND
    is_own = actor.organisation_id == row.organisation_id
    refused = _refused(row, actor, Relation.OWN_ENCOUNTER if is_own else Relation.RECEIVER, at)
    if refused is not None:
        return refused
    try:
        opened = _opened(row, is_own=is_own)
    except KeyDestroyedError:
        return refusals.DESTROYED
    ledger.record(
        actor=actor,
        act="read_referral",
        purpose=Purpose.PROTECT_CHILD,
        subjects=[row.id, row.encounter_id],
        also_in=[row.organisation_id],
        at=at,
    )
    return opened


def _refused(row: Referral, actor: Actor, relation: Relation, at: datetime) -> Reason | None:
    purpose = Purpose.PROTECT_CHILD
    return permit(actor, "read_encounter", purpose, relation).reason or encounters.closed(
        actor=actor, purpose=purpose, relation=relation, encounter_id=row.encounter_id, at=at
    )


def _opened(row: Referral, *, is_own: bool) -> Opened:
    key = envelope(row.encounter.envelope_id)
    is_told = is_own or bool(standing([row]))
    shared = json.loads(key.open(bytes(row.text_sealed), context=Place(TEXT, row.id))) if is_told else {}

    def given(one: Answer) -> Given:
        reason = key.open(bytes(one.reason_sealed), context=Place(REASON, one.id))
        return Given(value=one.value, reason=reason, by=one.answered_by.name, at=one.answered_at)

    answers = tuple(given(one) for one in sorted(row.answers.all(), key=lambda one: one.answered_at))
    return Opened(
        line=_line(row),
        shared=shared,
        sent_by=row.sent_by.name,
        answers=answers,
        is_receiver=not is_own,
        phone=(row.receiver if is_own else row.organisation).contact_phone,
    )
