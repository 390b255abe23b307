"""What waits for somebody now, by time alone: ids, numbers and moments; nothing about a child stands in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q

from vangnet.chain.crosscheck import selectors as crosscheck
from vangnet.chain.crosscheck.models import Verdict
from vangnet.chain.duties.models import InternationalCheck
from vangnet.chain.encounters.models import Encounter
from vangnet.chain.flow.due import RUNNING, count_older, duties, ends_of_hold, is_only_officer
from vangnet.chain.flow.tasks import Kind, Task, Work
from vangnet.chain.handovers.models import Proposal
from vangnet.chain.handovers.selectors import departures
from vangnet.chain.referrals import selectors as referrals
from vangnet.chain.referrals.selectors import Waiting
from vangnet.knowledge.terms import CHANNELS, Channel, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger import services as ledger

MOST = 60
NEWEST = 12


def work(*, actor: Actor, at: datetime) -> Work | Reason:
    """Give what waits for this actor now; in the ledger before it returns."""
    purpose = Purpose.PROTECT_CHILD
    refused = permit(actor, "read_duties", purpose, Relation.OPEN_TASK).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        everything = [task for gather in _GATHER for task in gather(actor, at)]
        mine = _in_time(task for task in everything if task.kind not in _OF_OTHERS)
        waiting = _in_time(task for task in everything if task.kind in _OF_OTHERS)
        shown = (*mine[:MOST], *waiting[:MOST])
        ledger.record(
            actor=actor,
            act="list_work",
            purpose=purpose,
            subjects=list(dict.fromkeys(task.encounter_id for task in shown))[:100],
            counts={"mine": len(mine), "waiting": len(waiting)},
            at=at,
        )
        older = count_older(actor, at)
    left_out = len(everything) - len(shown)
    return Work(at=at, mine=mine[:MOST], waiting=waiting[:MOST], left_out=left_out, older=older)


def not_asked(encounter_ids: Collection[UUID]) -> dict[UUID, tuple[Channel, ...]]:
    """Give the international channels that nobody asked yet, of each encounter.

    For selectors that have asked for the right to read the encounter.
    """
    rows = InternationalCheck.objects.filter(encounter_id__in=encounter_ids).order_by("recorded_at", "at")
    newest = {(row.encounter_id, row.channel): row.state for row in rows}
    return {
        one: tuple(channel for channel in CHANNELS if newest.get((one, channel), "not_asked") == "not_asked")
        for one in encounter_ids
    }


def _in_time(tasks: Iterable[Task]) -> tuple[Task, ...]:
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(tasks, key=lambda one: (one.due_at or never, one.since, one.kind, str(one.target_id))))


def _to_answer(actor: Actor, at: datetime) -> Iterator[Task]:
    del at
    if permit(actor, "answer_referral", Purpose.PROTECT_CHILD, Relation.RECEIVER).allowed:
        for one in referrals.waiting_for(actor):
            yield _of_referral(one, "answer" if one.state == "waiting" else "still_to_answer", one.sender)


def _sent(actor: Actor, at: datetime) -> Iterator[Task]:
    del at
    for one in referrals.sent_by(actor):
        if one.state == "asked_back":
            yield _of_referral(one, "asked_back", one.receiver)
        if one.state == "waiting":
            yield _of_referral(one, "sent", one.receiver)


def _of_referral(one: Waiting, kind: Kind, who: str) -> Task:
    return Task(
        kind=kind,
        encounter_id=one.encounter_id,
        target_id=one.referral_id,
        since=one.sent_at,
        due_at=one.answer_by,
        words=one.kind.words,
        who=who,
    )


def _to_decide(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give the newest proposals that hold and wait for a second person, here and at encounters referred here."""
    del at
    if not permit(actor, "confirm_decision", Purpose.DECIDE_HANDOVER, Relation.DECISION_TO_MAKE).allowed:
        return
    here = Q(organisation_id=actor.organisation_id)
    referred = Q(request__encounter_id__in=referrals.referred_to(actor))
    rows = (
        Proposal.objects.filter(here | referred, decision=None)
        .select_related("request", "proposed_by")
        .annotate(last=Max("request__checks__number"))
        .order_by(F("number").asc(nulls_first=True), "proposed_at", "id")
    )
    newest = {row.request_id: row for row in rows}
    open_ = [
        row
        for row in newest.values()
        if row.proposed_by_id != actor.person_id and row.checks_as_of == (row.last or 0)
    ]
    gone = departures(row.request.encounter_id for row in open_)
    open_ = [row for row in open_ if row.request.encounter_id not in gone]
    ends = ends_of_hold(row.request.encounter_id for row in open_)
    for row in open_:
        yield Task(
            kind="decide",
            encounter_id=row.request.encounter_id,
            target_id=row.request_id,
            since=row.proposed_at,
            due_at=ends.get(row.request.encounter_id),
            who=row.proposed_by.name,
        )


def _to_ask_abroad(actor: Actor, at: datetime) -> Iterator[Task]:
    if not permit(actor, "record_international_check", Purpose.PROTECT_CHILD, Relation.OWN_ENCOUNTER).allowed:
        return
    rows = Encounter.objects.filter(
        organisation_id=actor.organisation_id, is_history=False, recorded_at__gte=at - RUNNING
    )
    if is_only_officer(actor):
        rows = rows.filter(recorded_by_id=actor.person_id)
    newest = {row.id: row for row in rows.order_by("-recorded_at", "id")[:NEWEST]}
    for encounter_id, channels in not_asked(newest).items():
        if channels:
            yield Task(
                kind="ask_abroad",
                encounter_id=encounter_id,
                target_id=encounter_id,
                since=newest[encounter_id].recorded_at,
                is_shared=newest[encounter_id].recorded_by_id != actor.person_id,
                channels=channels,
            )


def _to_look_again(actor: Actor, at: datetime) -> Iterator[Task]:
    for encounter_id in crosscheck.reviews_for(actor):
        yield Task(kind="look_again", encounter_id=encounter_id, target_id=encounter_id, since=at)


def _to_judge(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give pairs that another organisation judged the same and of which one's own side said nothing yet."""
    del at
    if not permit(actor, "judge", Purpose.IDENTIFY_CHILD, Relation.OWN_ENCOUNTER).allowed:
        return
    own = actor.organisation_id
    standing = Verdict.objects.filter(revoked_at__isnull=True)
    about_us = standing.filter(Q(left__organisation_id=own) | Q(right__organisation_id=own))
    said = {(row.left_id, row.right_id) for row in about_us.filter(organisation_id=own)}
    asked = about_us.filter(value="same").exclude(organisation_id=own).select_related("organisation", "left")
    for row in asked.order_by("-given_at", "id")[:NEWEST]:
        if (row.left_id, row.right_id) in said:
            continue
        is_left = row.left.organisation_id == own
        yield Task(
            kind="judge",
            encounter_id=row.left_id if is_left else row.right_id,
            target_id=row.right_id if is_left else row.left_id,
            since=row.given_at,
            who=row.organisation.name,
        )


_GATHER: tuple[Callable[[Actor, datetime], Iterator[Task]], ...] = (
    _to_answer,
    _to_decide,
    duties,
    _to_ask_abroad,
    _to_look_again,
    _to_judge,
    _sent,
)
_OF_OTHERS = frozenset({"sent", "others_duty"})
