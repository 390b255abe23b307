"""What stands of one encounter and what follows from it, for whoever may read it; one ledger entry for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import selectors as crosscheck
from vangnet.chain.crosscheck.selectors import Graded, VerdictView
from vangnet.chain.duties.selectors import ChannelState, DutyLine, duties_of, international_state
from vangnet.chain.encounters import selectors as encounters
from vangnet.chain.encounters.refusals import NOT_FOUND
from vangnet.chain.encounters.selectors import Opened, Summary
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.flow.story import Event, Left, events, left
from vangnet.chain.flow.supporting import earlier_facts, supported_by
from vangnet.knowledge.assessment import Assessment, assess
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Record, record_of
from vangnet.knowledge.terms import Encounter, Purpose, Reason
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.access.selectors import OrganisationCard, organisations_by_id
from vangnet.trust.ledger import services as ledger

MOST = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Everything the advice page says. It proposes; people decide.

    `facts` carries the international check as it stands now. `assessment` is None for history,
    which is never screened. Where this actor may not cross-check, `cross_check_refused` says why.
    `left` says when and how the child left; from then on no hold runs here.
    """

    summary: Summary
    relation: Relation
    facts: Encounter
    opened: Opened
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
        joined = earlier_facts(actor, purpose, encounter_id, at)
        supported = supported_by(opened.facts, [facts for _, facts in joined])
        found = _advice(actor, purpose, relation, opened, supported, at)
        _write_down(actor, "read_advice", purpose, opened, found.candidates, [one for one, _ in joined], at)
    return found


def _advice(
    actor: Actor, purpose: Purpose, relation: Relation, opened: Opened, supported: frozenset[str], at: datetime
) -> Advice:
    encounter_id = opened.summary.id
    international = international_state(encounter_id, opened.envelope)
    facts = replace(opened.facts, international_check=tuple(one.as_check for one in international))
    refused = permit(actor, "cross_check", purpose, relation).reason
    return Advice(
        summary=opened.summary,
        relation=relation,
        facts=facts,
        opened=opened,
        assessment=None if opened.summary.is_history else assess(facts, at=at, supported=supported),
        candidates=() if refused else _candidates(actor, purpose, opened, at),
        cross_check_refused=refused,
        duties=duties_of(encounter_id, at=at),
        international=international,
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
    others = {*crosscheck.others_in(told, actor), opened.summary.organisation_id} - {actor.organisation_id}
    subjects = dict.fromkeys((opened.summary.id, *crosscheck.ids_in(told), *also_read))
    ledger.record(
        actor=actor,
        act=act,
        purpose=purpose,
        subjects=list(subjects)[: MOST + 1],
        counts=crosscheck.counts_of(told),
        also_in=sorted(others),
        at=at,
    )


def cross_check(
    *,
    actor: Actor,
    purpose: Purpose,
    at: datetime,
    encounter_id: UUID | None = None,
    facts: Encounter | None = None,
    record: Record | None = None,
    limit: int = 20,
) -> tuple[Graded, ...] | Reason:
    """Look for earlier encounters of the child of an encounter, of facts not stored yet, or of a record.

    One of the three is given. Graded by who asks, in the ledger before it returns.
    """
    relation = Relation.NONE if encounter_id is None else relation_to(actor, encounter_id)
    query = record
    if encounter_id is not None:
        if relation is Relation.NONE:
            return NOT_FOUND
        query = crosscheck.record_in_index(encounter_id)
    if facts is not None:
        query = record_of(facts)
    return crosscheck.candidates(
        actor=actor,
        purpose=purpose,
        record=query or Record(record_id=""),
        exclude=encounter_id,
        at=at,
        relation=relation,
        limit=limit,
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
    others = crosscheck.encounters_of(crosscheck.child_of(encounter_id)) - {encounter_id}
    about = encounters.summaries(sorted(others)[:MOST])
    cards = organisations_by_id(one.organisation_id for one in about.values())
    content = dict(earlier_facts(actor, purpose, encounter_id, at))
    entries = (
        _entry(
            crosscheck.answer_about(actor, purpose, one, at), one, cards[one.organisation_id], content.get(one.id)
        )
        for one in about.values()
    )
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
