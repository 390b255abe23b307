"""What stands of one encounter and what follows from it, for whoever may read it; one ledger entry for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import selectors as crosscheck
from vangnet.chain.crosscheck.selectors import Graded, VerdictView
from vangnet.chain.duties.selectors import ChannelState, DutyLine, duties_of
from vangnet.chain.encounters import selectors as encounters
from vangnet.chain.encounters.selectors import Opened, Summary, answer_about
from vangnet.chain.flow.assessing import Assessed, assessed
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.story import Event, Left, events, left
from vangnet.chain.flow.supporting import earlier_facts
from vangnet.knowledge.assessment import Assessment
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Record, record_of
from vangnet.knowledge.terms import NOT_FOUND, Encounter, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.access.selectors import OrganisationCard, organisations_by_id
from vangnet.trust.ledger import services as ledger

MOST = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Everything the advice page says. It proposes; people decide.

    `facts` carries the international check as it stands now, `stated` what the newest account says
    of it. `assessment` is None for history, which is never screened. Where this actor may not
    cross-check, `cross_check_refused` says why. `left` says when and how the child left; from then on
    no hold runs here.
    """

    summary: Summary
    relation: Relation
    facts: Encounter
    stated: Encounter
    assessment: Assessment | None
    candidates: tuple[Graded, ...]
    cross_check_refused: Reason | None
    duties: tuple[DutyLine, ...]
    international: tuple[ChannelState, ...]
    left: Left | None = None


def advice(*, actor: Actor, purpose: Purpose, encounter_id: UUID, at: datetime) -> Advice | Reason:
    """Read one encounter with all that follows from it; in the ledger before it returns."""
    relation = relation_to(actor, encounter_id)
    with transaction.atomic():
        opened = encounters.opened(
            actor=actor, purpose=purpose, relation=relation, encounter_id=encounter_id, at=at
        )
        if isinstance(opened, Reason):
            return opened
        follows = assessed(opened, purpose=purpose, at=at)
        found = _advice(actor, purpose, relation, opened, follows, at)
        _write_down(actor, "read_advice", purpose, opened, found.candidates, follows.joined, at)
    return found


def _advice(
    actor: Actor, purpose: Purpose, relation: Relation, opened: Opened, follows: Assessed, at: datetime
) -> Advice:
    refused = permit(actor, "cross_check", purpose, relation).reason
    return Advice(
        summary=opened.summary,
        relation=relation,
        facts=follows.facts,
        stated=opened.facts,
        assessment=follows.screened,
        candidates=() if refused else _candidates(actor, purpose, opened, at),
        cross_check_refused=refused,
        duties=duties_of(opened.summary.id, at=at),
        international=follows.channels,
        left=left(opened),
    )


def _candidates(actor: Actor, purpose: Purpose, opened: Opened, at: datetime) -> tuple[Graded, ...]:
    encounter_id = opened.summary.id
    return crosscheck.graded(
        actor=actor,
        purpose=purpose,
        record=crosscheck.record_in_index(encounter_id) or record_of(opened.facts),
        exclude=encounter_id,
        at=at,
    )


def _write_down(
    actor: Actor,
    act: str,
    purpose: Purpose,
    opened: Opened,
    told: tuple[Graded, ...],
    also_read: Iterable[UUID],
    at: datetime,
) -> None:
    subjects = dict.fromkeys((opened.summary.id, *crosscheck.ids_in(told), *also_read))
    ledger.record(
        actor=actor,
        act=act,
        purpose=purpose,
        subjects=list(subjects)[: MOST + 1],
        counts=crosscheck.counts_of(told),
        also_in=[opened.summary.organisation_id, *crosscheck.controllers_in(told)],
        at=at,
    )


def cross_check(
    *,
    actor: Actor,
    purpose: Purpose,
    at: datetime,
    encounter_id: UUID,
    limit: int = 20,
) -> tuple[Graded, ...] | Reason:
    """Look for earlier encounters of the child of a stored encounter, as the index has it.

    Graded by who asks, in the ledger before it returns. One that is closed by its age is compared, and
    its own values are not told.
    """
    relation = relation_to(actor, encounter_id)
    if relation is Relation.NONE:
        return NOT_FOUND
    told = crosscheck.candidates(
        actor=actor,
        purpose=purpose,
        record=crosscheck.record_in_index(encounter_id) or Record(record_id=""),
        exclude=encounter_id,
        at=at,
        relation=relation,
        limit=limit,
    )
    is_closed = encounters.closed(actor=actor, purpose=purpose, relation=relation, encounter_id=encounter_id, at=at)
    return told if isinstance(told, Reason) or not is_closed else crosscheck.without_own_values(told)


def cross_check_record(
    *, actor: Actor, purpose: Purpose, at: datetime, record: Record, limit: int = 20
) -> tuple[Graded, ...] | Reason:
    """Look for earlier encounters of a child of whom only a record is given, stored or not.

    Graded by who asks, in the ledger before it returns.
    """
    return crosscheck.candidates(
        actor=actor, purpose=purpose, record=record, exclude=None, at=at, relation=Relation.NONE, limit=limit
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One encounter of the same child, as much of it as this actor is told.

    *content*: `summary` and `facts`. *contact*: `organisation` alone. *hit*: that there is one.
    """

    answer: Answer
    encounter_id: UUID | None = None
    summary: Summary | None = None
    facts: Encounter | None = None
    organisation: OrganisationCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The encounters that *same* verdicts joined to one, oldest first; those without a date told come last.

    `events` are what happened around those of which the content is told, and `left` how this one ended.
    """

    encounter_id: UUID
    entries: tuple[TimelineEntry, ...]
    verdicts: tuple[VerdictView, ...]
    events: tuple[Event, ...] = ()
    left: Left | None = None


def timeline(*, actor: Actor, purpose: Purpose, encounter_id: UUID, at: datetime) -> Timeline | Reason:
    """Give the encounters of the same child, as far as the purpose allows; in the ledger before it returns."""
    relation = relation_to(actor, encounter_id)
    with transaction.atomic():
        opened = encounters.opened(
            actor=actor, purpose=purpose, relation=relation, encounter_id=encounter_id, at=at
        )
        if isinstance(opened, Reason):
            return opened
        entries = (_own(opened), *_others(actor, purpose, encounter_id, at))
        told = tuple(
            Graded(answer=one.answer, encounter_id=one.encounter_id, organisation=one.organisation)
            for one in entries
        )
        _write_down(actor, "read_timeline", purpose, opened, told, (), at)
    known = [one.encounter_id for one in entries if one.encounter_id is not None]
    return Timeline(
        encounter_id=encounter_id,
        entries=tuple(sorted(entries, key=_when)),
        verdicts=crosscheck.verdicts_about(known),
        events=events(
            actor, opened, [(one.encounter_id, one.facts) for one in entries if one.encounter_id and one.facts]
        ),
        left=left(opened),
    )


def _own(opened: Opened) -> TimelineEntry:
    return TimelineEntry(
        answer=Answer.CONTENT, encounter_id=opened.summary.id, summary=opened.summary, facts=opened.facts
    )


def _others(actor: Actor, purpose: Purpose, encounter_id: UUID, at: datetime) -> tuple[TimelineEntry, ...]:
    others = crosscheck.same_child(encounter_id) - {encounter_id}
    about = encounters.summaries(sorted(others)[:MOST])
    cards = organisations_by_id(one.organisation_id for one in about.values())
    told = {one.id: answer_about(actor, purpose, one, at) for one in about.values()}
    content = dict(earlier_facts(encounter_id, told=lambda one: answer_about(actor, purpose, one, at)))
    entries = (_entry(told[one.id], one, cards[one.organisation_id], content.get(one.id)) for one in about.values())
    return tuple(one for one in entries if one.answer is not Answer.NOTHING)


def _entry(told: Answer, summary: Summary, card: OrganisationCard, facts: Encounter | None) -> TimelineEntry:
    match told:
        case Answer.CONTENT:
            return TimelineEntry(
                answer=told, encounter_id=summary.id, summary=summary, facts=facts, organisation=card
            )
        case Answer.CONTACT:
            return TimelineEntry(answer=told, encounter_id=summary.id, organisation=card)
        case _:
            return TimelineEntry(answer=told)


def _when(entry: TimelineEntry) -> tuple[bool, str, str]:
    met_on = entry.summary.met_on if entry.summary else ""
    return not met_on, met_on, str(entry.encounter_id or "")
