"""The gate as one answer: what the encounter said, what was found since, what people may decide now.

Changes nothing at the gate; that it was read is written in the ledger. Whoever may not see the encounter sees nothing of its gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import selectors as crosscheck
from vangnet.chain.duties.selectors import duties_of
from vangnet.chain.encounters import selectors as encounters
from vangnet.chain.encounters.selectors import Opened
from vangnet.chain.flow.assessing import assessed
from vangnet.chain.flow.gate_view import (
    ACCOUNT,
    Asked,
    Decided,
    Done,
    Earlier,
    Found,
    GateCheck,
    GateView,
    Happened,
    Proposed,
    Reviewed,
    Stopped,
    Told,
)
from vangnet.chain.flow.nearby import card_of, contacts, receivers
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.handovers import opened as handovers
from vangnet.chain.handovers import selectors
from vangnet.chain.handovers.answers import CheckMade, anew, asked_anew, counting, overlaid, wish_about_the_place
from vangnet.chain.handovers.recorded import (
    Departure,
    Gate,
    IncidentMade,
    ProposalMade,
    ReviewMade,
    StopMade,
)
from vangnet.chain.persons.selectors import collectors_in
from vangnet.knowledge.handover import CHECKS, OUTCOMES, CheckResult, after_leaving
from vangnet.knowledge.terms import NOT_FOUND, Collector, Encounter, Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger import services as ledger

PURPOSE = Purpose.DECIDE_HANDOVER
ACTS = (
    "ask_gate",
    "record_check",
    "propose_decision",
    "confirm_decision",
    "record_handover",
    "review_incident",
    "send_referral",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a question at the gate belongs, and how the actor stands to it."""

    encounter_id: UUID
    organisation_id: UUID
    request_id: UUID | None
    relation: Relation


def gate(
    *, actor: Actor, encounter_id: UUID | None = None, request_id: UUID | None = None, at: datetime
) -> GateView | Reason:
    """Give the gate of one request, or of an encounter (its newest request, or none yet); in the ledger first."""
    with transaction.atomic():
        place = place_of(actor=actor, encounter_id=encounter_id, request_id=request_id)
        if isinstance(place, Reason):
            return place
        view = opened_gate(actor=actor, place=place, at=at)
        if isinstance(view, GateView):
            write_down(actor=actor, place=place, view=view, at=at)
    return view


def write_down(*, actor: Actor, place: Place, view: GateView, at: datetime) -> None:
    """Write the one entry of a request that read the gate and did nothing there."""
    ledger.record(
        actor=actor,
        act="read_gate",
        purpose=PURPOSE,
        subjects=read_in(view)[: ledger.LARGEST_ENTRY],
        also_in=[place.organisation_id],
        at=at,
    )


def read_in(view: GateView) -> list[UUID]:
    """Give the ids that the gate read: the encounter, its request, its incidents and what verdicts joined to it."""
    asked = [view.request_id] if view.request_id else []
    return [view.encounter_id, *asked, *(one.incident_id for one in view.incidents), *view.joined]


def place_of(*, actor: Actor, encounter_id: UUID | None = None, request_id: UUID | None = None) -> Place | Reason:
    """Find the encounter behind a request or the newest request of an encounter. Ids only, no words."""
    if request_id is not None:
        encounter_id = selectors.encounter_of(request_id)
    summary = None if encounter_id is None else encounters.summaries([encounter_id]).get(encounter_id)
    if encounter_id is None or summary is None:
        return NOT_FOUND
    requests = () if request_id else selectors.requests_of([encounter_id])
    newest = requests[-1].id if requests else request_id
    relation = relation_to(actor, encounter_id)
    if relation is Relation.NONE:
        return permit(actor, "ask_gate", PURPOSE, relation).reason or NOT_FOUND
    return Place(
        encounter_id=encounter_id,
        organisation_id=summary.organisation_id,
        request_id=newest,
        relation=relation,
    )


def opened_gate(*, actor: Actor, place: Place, at: datetime) -> GateView | Reason:
    """Give the gate at a place that was found, inside the caller's transaction.

    Writes no ledger entry: whoever calls this writes one for the whole request.
    """
    opened = encounters.opened(
        actor=actor, purpose=PURPOSE, relation=place.relation, encounter_id=place.encounter_id, at=at
    )
    if isinstance(opened, Reason):
        return opened
    recorded = _recorded(actor, place)
    if isinstance(recorded, Reason):
        return recorded
    incidents = handovers.opened_incidents(
        actor=actor, purpose=PURPOSE, relation=place.relation, encounter_id=place.encounter_id
    )
    return incidents if isinstance(incidents, Reason) else _view(actor, place, opened, recorded, incidents, at)


def _recorded(actor: Actor, place: Place) -> Gate | Reason | None:
    if place.request_id is None:
        return None
    return handovers.opened_gate(actor=actor, purpose=PURPOSE, relation=place.relation, request_id=place.request_id)


def _view(
    actor: Actor,
    place: Place,
    opened: Opened,
    recorded: Gate | None,
    incidents: Sequence[IncidentMade],
    at: datetime,
) -> GateView:
    collector = _collector(opened, recorded)
    found_here = partial(known_for_gate, collector=collector, recorded=recorded)
    follows = assessed(opened, purpose=PURPOSE, at=at, overlay=found_here)
    known, found = follows.facts, follows.assessment
    given, ended = _given(recorded), _ended(place, recorded)
    view = GateView(
        basis_of_presence=_left(known, ended) or found.basis_of_presence,
        hold=found.hold,
        at=at,
        encounter_id=place.encounter_id,
        request_id=place.request_id,
        is_own=place.relation is Relation.OWN_ENCOUNTER,
        may=_allowed(actor, place),
        facts=known,
        assessment=found,
        joined=follows.joined,
        checks=tuple(_row(result, given) for result in found.handover.checks),
        contacts=contacts(known),
        collector=collector,
        incidents=tuple(_happened(one) for one in incidents),
        earlier=tuple(_earlier(place)),
        ended=ended,
        look_again=place.encounter_id in crosscheck.reviews_for(actor),
    )
    return view if recorded is None else _with_record(view, opened, recorded, given)


def _with_record(
    view: GateView, opened: Opened, recorded: Gate, given: Mapping[str, tuple[Found, ...]]
) -> GateView:
    told = _told(recorded)
    return replace(
        view,
        account=told,
        wish=wish_about_the_place(opened.facts.child_view, recorded.checks, told_at=told.at if told else None),
        others=_others(opened, recorded),
        asked_at=recorded.request.asked_at,
        receivers=receivers(view.facts),
        proposal=_proposed(recorded),
        decision=_decided(recorded),
        done=_done(recorded),
        declined=_declined(recorded, given),
        duties=duties_of(view.encounter_id, at=view.at) if view.ended else (),
    )


def _left(known: Encounter, ended: Departure | None) -> Words | None:
    return after_leaving(known.custody, end=ended.end, left_at=ended.at) if ended else None


def _allowed(actor: Actor, place: Place) -> Mapping[str, bool]:
    return MappingProxyType({act: permit(actor, act, PURPOSE, place.relation).allowed for act in ACTS})


def _ended(place: Place, recorded: Gate | None) -> Departure | None:
    """Give how the child left; a request that came after it is about a child who is here again."""
    left = selectors.departures([place.encounter_id]).get(place.encounter_id)
    again = recorded is not None and left is not None and recorded.request.asked_at > left.at
    return None if again else left


def _declined(recorded: Gate | None, given: Mapping[str, tuple[Found, ...]]) -> Found | None:
    """Give why a second person said no, where nobody proposed anew after it."""
    said = next(iter(given.get("G-16", ())), None)
    if recorded is None or said is None or not recorded.proposals:
        return None
    return said if said.number > recorded.proposals[-1].checks_as_of else None


def known_for_gate(facts: Encounter, collector: Collector | None, recorded: Gate | None) -> Encounter:
    """Lay what was found at the gate over the encounter, so that one rule reads both."""
    if recorded is None:
        return facts
    told = _told(recorded)
    told_at = told.at if told else None
    if recorded.left_at and (told_at is None or told_at <= recorded.left_at):
        facts, collector = anew(facts), asked_anew(collector) if collector else None
    return overlaid(facts, collector, recorded.checks, told_at=told_at)


def _told(recorded: Gate) -> Told | None:
    """Give the last change of the account of the encounter; None where the first still stands."""
    changes = recorded.accounts[1:]
    return Told(by=changes[-1].by_name, at=changes[-1].at) if changes else None


def _others(opened: Opened, recorded: Gate) -> tuple[Asked, ...]:
    """Give the other requests about this child, with the adult as claimed now."""
    adults = dict(collectors_in(opened.people))
    return tuple(
        Asked(
            request_id=one.id,
            collector=adults.get(one.collector_id, Collector()) if one.collector_id else None,
            by=one.by_name,
            at=one.at,
            end=OUTCOMES[one.outcome] if one.outcome else None,
            is_open=one.is_open,
        )
        for one in recorded.others
    )


def _collector(opened: Opened, recorded: Gate | None) -> Collector | None:
    """Give who asks, as claimed now; somebody of whom every claim was taken back is an adult without a name."""
    if recorded is None or recorded.request.collector_id is None:
        return None
    return dict(collectors_in(opened.people)).get(recorded.request.collector_id, Collector())


def _given(recorded: Gate | None) -> Mapping[str, tuple[Found, ...]]:
    given: dict[str, tuple[Found, ...]] = {}
    for one in counting(recorded.checks) if recorded else ():
        found = _found(one, recorded.evidence.get(one.id, "") if recorded else "")
        given[one.check] = (found, *given.get(one.check, ()))
    return given


def _found(one: CheckMade, evidence: str) -> Found:
    return Found(
        check=one.check,
        number=one.number,
        state=one.state,
        source=one.source,
        evidence=evidence,
        by=one.made_by_name,
        at=one.made_at,
        elsewhere=one.asked_for != "this_request",
    )


_TITLES: Mapping[str, Words] = MappingProxyType({check.id: check.words for check in CHECKS})


def _row(result: CheckResult, given: Mapping[str, tuple[Found, ...]]) -> GateCheck:
    return GateCheck(title=_TITLES[result.check], result=result, found=given.get(result.check, ()))


def _changed(recorded: Gate, checks: int, accounts: int) -> tuple[str, ...]:
    """Name what came after a proposal: checks about this child at whatever request, and the account."""
    found = dict.fromkeys(one.check for one in recorded.checks if one.number > checks)
    told = any(one.number > accounts for one in recorded.accounts)
    return (*found, ACCOUNT) if told else tuple(found)


def _proposed(recorded: Gate | None) -> Proposed | None:
    """Give the newest proposal that was not decided; one that a check overtook says which."""
    waiting: tuple[ProposalMade, ...] = recorded.proposals[-1:] if recorded else ()
    if recorded is None or not waiting or waiting[0].is_decided:
        return None
    last = waiting[0]
    return Proposed(
        proposal_id=last.id,
        end=OUTCOMES[last.outcome],
        reason=last.reason,
        by=last.proposed_by_name,
        by_id=last.proposed_by,
        at=last.proposed_at,
        changed=_changed(recorded, last.checks_as_of, last.accounts_as_of),
        receiver=card_of(last.receiver_id),
    )


def _decided(recorded: Gate | None) -> Decided | None:
    """Give what was decided on the newest proposal; on an older one nothing can rest any more."""
    if recorded is None or not recorded.proposals:
        return None
    newest = recorded.proposals[-1].id
    last = next((one for one in recorded.decisions if one.proposal_id == newest), None)
    if last is None:
        return None
    return Decided(
        decision_id=last.id,
        end=OUTCOMES[last.outcome],
        reason=last.reason,
        second_reason=last.second_reason,
        first=last.first_decider,
        second=last.second_decider,
        deciders=last.deciders,
        at=last.decided_at,
        changed=_changed(recorded, last.checks_as_of, last.accounts_as_of),
        stopped=_stopped(last.stopped),
        receiver=card_of(last.receiver_id),
    )


def _stopped(made: StopMade | None) -> Stopped | None:
    return Stopped(by=made.by_name, at=made.at, reason=made.reason) if made else None


def _done(recorded: Gate | None) -> Done | None:
    if recorded is None or not recorded.handovers:
        return None
    last = recorded.handovers[-1]
    return Done(
        handover_id=last.id,
        end=OUTCOMES[last.outcome],
        receiver=last.receiver,
        receipt=last.receipt,
        by=last.handed_by_name,
        at=last.handed_at,
        organisation=card_of(last.receiver_id),
    )


def _happened(one: IncidentMade) -> Happened:
    return Happened(
        incident_id=one.id,
        end=OUTCOMES[one.outcome],
        words=one.words,
        by=one.recorded_by_name,
        by_id=one.recorded_by,
        at=one.recorded_at,
        review=_reviewed(one.review) if one.review else None,
    )


def _reviewed(one: ReviewMade) -> Reviewed:
    return Reviewed(words=one.words, role=one.role, by=one.reviewed_by_name, at=one.reviewed_at)


def _earlier(place: Place) -> Iterable[Earlier]:
    """Give how this child left earlier, in the organisation of the encounter, as *same* verdicts have it.

    A register of adults over other children waits for its legal basis; no other child is read here.
    """
    if place.relation is not Relation.OWN_ENCOUNTER:
        return ()
    others = crosscheck.same_child(place.encounter_id) - {place.encounter_id}
    about = encounters.summaries(others).values()
    ids = {one.id for one in about if one.organisation_id == place.organisation_id}
    return tuple(Earlier(at=one.at, end=one.end) for one in selectors.every_departure(ids))


def may_not(actor: Actor, act: str) -> Reason:
    """Say why an actor may not do an act at the gate, by the table of who may what."""
    return permit(actor, act, PURPOSE, Relation.OWN_ENCOUNTER).reason or NOT_FOUND
