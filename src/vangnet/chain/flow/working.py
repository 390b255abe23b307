"""What waits for somebody now, by time alone: ids, numbers and moments; nothing about a child stands in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from django.db import transaction

from vangnet.chain.crosscheck import selectors as crosscheck
from vangnet.chain.duties.selectors import RUNNING, count_older, not_asked
from vangnet.chain.encounters.selectors import Summary, recent_for, summaries, unjudged_for
from vangnet.chain.flow.due import duties, ends_of_hold
from vangnet.chain.flow.tasks import Kind, Task, Work
from vangnet.chain.handovers.happenings import to_confirm, to_record
from vangnet.chain.handovers.recorded import ToConfirm
from vangnet.chain.handovers.selectors import departures
from vangnet.chain.referrals import selectors as referrals
from vangnet.chain.referrals.selectors import Waiting
from vangnet.knowledge.clocks import in_place, zone_of
from vangnet.knowledge.indicators import catalogue
from vangnet.knowledge.terms import Moment, PartialDate, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, Role, permit
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
        everything = _dated([task for gather in _GATHER for task in gather(actor, at)])
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
        older = count_older(actor=actor, at=at)
    left_out = len(everything) - len(shown)
    return Work(at=at, mine=mine[:MOST], waiting=waiting[:MOST], left_out=left_out, older=older)


def _dated(tasks: list[Task]) -> list[Task]:
    """Say of each when the child was met; all of them are at encounters of one's own or referred here."""
    about = summaries({task.encounter_id for task in tasks})
    return [replace(task, met=_met(about[task.encounter_id])) for task in tasks]


def _met(one: Summary) -> Moment:
    if one.met_at is None:
        return PartialDate.parse(one.met_on)
    return in_place(one.met_at, zone_of(one.country))


def _in_time(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Put a refusal before all else, since nobody is at turn but its sender; the rest by time alone."""
    never = datetime.max.replace(tzinfo=UTC)

    def order(one: Task) -> tuple[bool, datetime, datetime, str, str]:
        return one.kind != "refused", one.due_at or never, one.since, one.kind, str(one.target_id)

    return tuple(sorted(tasks, key=order))


def _to_answer(actor: Actor, at: datetime) -> Iterator[Task]:
    del at
    if permit(actor, "answer_referral", Purpose.PROTECT_CHILD, Relation.RECEIVER).allowed:
        for one in referrals.waiting_for(actor):
            yield _of_referral(one, "answer" if one.state == "waiting" else "still_to_answer", one.sender)


def _taken_over(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give what this organisation took over: it stays work, with what is asked next, until it is closed."""
    del at
    if not permit(actor, "answer_referral", Purpose.PROTECT_CHILD, Relation.RECEIVER).allowed:
        return
    taken = referrals.taken_over_by(actor)
    gone = departures(one.line.encounter_id for one in taken)
    ends = ends_of_hold(one.line.encounter_id for one in taken)
    for one in taken:
        yield Task(
            kind="taken_over",
            encounter_id=one.line.encounter_id,
            target_id=one.line.referral_id,
            since=one.since,
            words=one.line.kind.words,
            who=one.line.sender,
            further=referrals.asked_next(one.line, gone.get(one.line.encounter_id)),
            hold_ends=ends.get(one.line.encounter_id),
        )


def _to_judge_indications(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give the specialist what a colleague saw and nobody else looked at yet; who met the child never judges it."""
    if Role.SPECIALIST not in actor.roles:
        return
    opening = {one.id for one in catalogue().indicators.values() if one.opens_duties}
    for one in unjudged_for(actor=actor, indicators=opening, since=at - RUNNING, limit=NEWEST):
        yield Task(
            kind="judge_indications", encounter_id=one.id, target_id=one.id, since=one.recorded_at, is_shared=True
        )


def _sent(actor: Actor, at: datetime) -> Iterator[Task]:
    del at
    for one in referrals.sent_by(actor):
        if one.state == "asked_back":
            yield _of_referral(one, "asked_back", one.receiver)
        if one.state == "waiting":
            yield _of_referral(one, "sent", one.receiver)


def _refused(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give the questions that everyone who was asked refused: their sender is at turn, until another is asked.

    A place is asked of nobody any more once the child went with a receiver.
    """
    del at
    if not permit(actor, "send_referral", Purpose.PROTECT_CHILD, Relation.OWN_ENCOUNTER).allowed:
        return
    found = referrals.refused_to(actor)
    gone = departures(one.line.encounter_id for one in found)
    for one in found:
        left = gone.get(one.line.encounter_id)
        if left is None or left.is_incident or not one.line.kind.ends_with_a_receiver:
            yield Task(
                kind="refused",
                encounter_id=one.line.encounter_id,
                target_id=one.line.referral_id,
                since=one.since,
                words=one.line.kind.words,
                who=one.line.receiver,
            )


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
    yield from _at_the_gate("decide", to_confirm(actor=actor, also_at=referrals.referred_to(actor)))


def _to_hand_over(actor: Actor, at: datetime) -> Iterator[Task]:
    """Give what two people decided and nobody recorded as carried out, here and at encounters referred here."""
    del at
    if permit(actor, "record_handover", Purpose.DECIDE_HANDOVER, Relation.OWN_ENCOUNTER).allowed:
        yield from _at_the_gate("hand_over", to_record(actor=actor, also_at=referrals.referred_to(actor)))


def _at_the_gate(kind: Kind, open_: Collection[ToConfirm]) -> Iterator[Task]:
    """Leave out those whose child left since; a child that came back before is here."""
    gone = departures(one.encounter_id for one in open_)
    ends = ends_of_hold(one.encounter_id for one in open_)
    for one in open_:
        left = gone.get(one.encounter_id)
        if left is None or left.at < one.at:
            yield Task(
                kind=kind,
                encounter_id=one.encounter_id,
                target_id=one.request_id,
                since=one.at,
                due_at=ends.get(one.encounter_id),
                who=one.by,
            )


def _to_ask_abroad(actor: Actor, at: datetime) -> Iterator[Task]:
    if not permit(actor, "record_international_check", Purpose.PROTECT_CHILD, Relation.OWN_ENCOUNTER).allowed:
        return
    newest = {one.id: one for one in recent_for(actor=actor, since=at - RUNNING, limit=NEWEST)}
    for encounter_id, channels in not_asked(newest).items():
        if channels:
            yield Task(
                kind="ask_abroad",
                encounter_id=encounter_id,
                target_id=encounter_id,
                since=newest[encounter_id].recorded_at,
                is_shared=newest[encounter_id].recorded_by != actor.person_id,
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
    for one in crosscheck.to_judge(actor=actor, limit=NEWEST):
        yield Task(
            kind="judge", encounter_id=one.encounter_id, target_id=one.other_id, since=one.given_at, who=one.by
        )


_GATHER: tuple[Callable[[Actor, datetime], Iterator[Task]], ...] = (
    _refused,
    _to_answer,
    _to_decide,
    _to_hand_over,
    duties,
    _to_ask_abroad,
    _to_look_again,
    _to_judge,
    _to_judge_indications,
    _taken_over,
    _sent,
)
_OF_OTHERS = frozenset({"sent", "others_duty"})
