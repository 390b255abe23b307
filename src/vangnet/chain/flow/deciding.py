"""From a question to two people who decide, and to a receiver: each step one transaction, or a reason why not.

What the machine says is computed here, at the moment of the step, never taken from a page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, transaction

from vangnet.chain.crosscheck import services as crosscheck
from vangnet.chain.encounters.selectors import closed, opened_as_own
from vangnet.chain.flow.deciders import lost_by_now
from vangnet.chain.flow.gate import PURPOSE, Place, opened_gate, place_of, read_in, write_down
from vangnet.chain.flow.gate_view import GateView
from vangnet.chain.flow.indexing import index_anew
from vangnet.chain.handovers import deciding, reviewing, services
from vangnet.chain.handovers.recorded import Departure
from vangnet.chain.handovers.refusals import refusal
from vangnet.chain.handovers.services import Answer, Receiver
from vangnet.chain.handovers.standing import hold
from vangnet.chain.handovers.writing import must_begin_anew
from vangnet.knowledge.handover import OUTCOMES
from vangnet.knowledge.terms import Collector, Reason, Words
from vangnet.trust.access.policy import Actor, Relation

__all__ = [
    "Receiver",
    "ask_gate",
    "confirm",
    "decline",
    "hand_over",
    "look_again_done",
    "propose",
    "record_check",
    "record_incident",
    "review_incident",
    "supersede",
]


def ask_gate(*, actor: Actor, encounter_id: UUID, collector: Collector | None, at: datetime) -> UUID | Reason:
    """Open the gate: someone is here for the child, or nobody is. Gives the request."""

    def step(place: Place) -> UUID | Reason:
        made = services.ask(
            actor=actor, encounter_id=encounter_id, collector=collector, relation=place.relation, at=at
        )
        if collector is not None and isinstance(made, UUID):  # a telephone or vehicle named here finds too
            index_anew(opened_as_own(encounter_id))
        return made

    return _at_encounter(actor, encounter_id, at, step)


def record_check(
    *, actor: Actor, request_id: UUID, check: str, state: str, source: str, evidence: str, at: datetime
) -> UUID | Reason:
    """Record what was found about one check. What was proposed or decided before it no longer holds."""
    answer = Answer(check=check, state=state, source=source, evidence=evidence)
    return _at_request(
        actor,
        request_id,
        at,
        lambda place: services.record_check(
            actor=actor, request_id=request_id, answer=answer, relation=place.relation, at=at
        ),
    )


def propose(
    *, actor: Actor, request_id: UUID, outcome: str, receiver_id: UUID | None, reason: str, at: datetime
) -> UUID | Reason:
    """Propose how it ends and who receives, on what the gate says now; what was decided and not carried out is withdrawn."""

    def step(place: Place, view: GateView) -> UUID | Reason:
        if refused := _stopped(view, outcome):
            return refused
        return deciding.propose(
            actor=actor,
            request_id=request_id,
            outcome=outcome,
            receiver_id=receiver_id,
            reason=reason,
            machine=view.assessment.handover,
            relation=place.relation,
            at=at,
            also_read=read_in(view),
        )

    return _with_view(actor, request_id, at, step)


def confirm(*, actor: Actor, request_id: UUID, proposal_id: UUID, reason: str, at: datetime) -> UUID | Reason:
    """Decide as the second person, with a reason of one's own, on the proposal that was shown and on what the gate says now."""

    def step(_place: Place, view: GateView) -> UUID | Reason:
        if view.ended:
            return _over(view.ended)
        if view.proposal is None or view.proposal.proposal_id != proposal_id:
            return _OTHER_PROPOSAL
        lost = lost_by_now(view.encounter_id, (view.proposal.by_id, "propose_decision"))
        if refused := lost or _stopped(view, view.proposal.end.code, overtaken=bool(view.proposal.changed)):
            return refused
        return deciding.confirm(
            actor=actor,
            proposal_id=proposal_id,
            reason=reason,
            machine=view.assessment.handover,
            relation=Relation.DECISION_TO_MAKE,
            at=at,
            also_read=read_in(view),
        )

    return _with_view(actor, request_id, at, step)


def decline(*, actor: Actor, request_id: UUID, proposal_id: UUID, reason: str, at: datetime) -> UUID | Reason:
    """Say as the second person that it stays *not yet*: the proposal no longer holds, the reason is kept."""

    def step(_place: Place, view: GateView) -> UUID | Reason:
        if view.proposal is None or view.proposal.proposal_id != proposal_id:
            return _OTHER_PROPOSAL
        return deciding.decline(
            actor=actor,
            proposal_id=proposal_id,
            reason=reason,
            relation=Relation.DECISION_TO_MAKE,
            at=at,
            also_read=read_in(view),
        )

    return _with_view(actor, request_id, at, step)


def supersede(*, actor: Actor, request_id: UUID, decision_id: UUID, reason: str, at: datetime) -> UUID | Reason:
    """Stop, as one person, the decision that was shown and was not carried out: one is enough to stop."""

    def step(place: Place, view: GateView) -> UUID | Reason:
        if view.ended:
            return _over(view.ended)
        if view.decision is None:
            return _NO_DECISION
        if view.decision.decision_id != decision_id:
            return refusal("superseded")
        return deciding.supersede(
            actor=actor,
            decision_id=decision_id,
            reason=reason,
            relation=place.relation,
            at=at,
            also_read=read_in(view),
        )

    return _with_view(actor, request_id, at, step)


def hand_over(*, actor: Actor, request_id: UUID, receiver: Receiver, at: datetime) -> UUID | Reason:
    """Record that the child went with the receiver of the decision that holds now."""

    def step(place: Place, view: GateView) -> UUID | Reason:
        if view.ended:
            return _over(view.ended)
        if view.decision is None:
            return _NO_DECISION
        first, second = view.decision.deciders
        lost = lost_by_now(view.encounter_id, (first, "propose_decision"), (second, "confirm_decision"))
        if refused := lost or _stopped(view, view.decision.end.code, overtaken=not view.decision.holds):
            return refused
        return services.record_handover(
            actor=actor,
            decision_id=view.decision.decision_id,
            receiver=receiver,
            machine=view.assessment.handover,
            relation=place.relation,
            at=at,
            also_read=read_in(view),
        )

    return _with_view(actor, request_id, at, step)


def record_incident(*, actor: Actor, encounter_id: UUID, outcome: str, words: str, at: datetime) -> UUID | Reason:
    """Record that the child left at the legal limit or is missing; one person, no receiver, always reviewed."""
    return _at_encounter(
        actor,
        encounter_id,
        at,
        lambda place: services.record_incident(
            actor=actor, encounter_id=encounter_id, outcome=outcome, words=words, at=at, relation=place.relation
        ),
    )


def review_incident(
    *, actor: Actor, encounter_id: UUID, incident_id: UUID, words: str, at: datetime
) -> UUID | Reason:
    """Write what another person than who recorded it found about an incident of this encounter."""
    is_here = reviewing.encounter_of_incident(incident_id) == encounter_id
    return _at_encounter(
        actor,
        encounter_id if is_here else None,
        at,
        lambda place: reviewing.review_incident(
            actor=actor, incident_id=incident_id, words=words, at=at, relation=place.relation
        ),
    )


def look_again_done(*, actor: Actor, encounter_id: UUID, at: datetime) -> UUID | Reason:
    """Say that one looked again at what one did here, after a join that it rested on fell apart."""
    return _at_encounter(
        actor,
        encounter_id,
        at,
        lambda place: crosscheck.finish_reviews(
            actor=actor, encounter_id=encounter_id, relation=place.relation, at=at
        ),
    )


def _stopped(view: GateView, outcome: str, *, overtaken: bool = False) -> Reason | None:
    """Say why nothing is decided here: the child left, or did not agree to a place that needs it.

    What was overtaken is told as that: the step itself says what changed.
    """
    if view.ended:
        return _over(view.ended)
    end = OUTCOMES.get(outcome)
    is_open = overtaken or end is None or end.is_open_to(view.wish)
    return None if is_open else refusal("child_not_agreed")


def _over(ended: Departure) -> Reason:
    return _GONE if ended.is_incident else _IT_ENDED


_Step = Callable[[Place], UUID | Reason]


def _at_encounter(actor: Actor, encounter_id: UUID | None, at: datetime, step: _Step) -> UUID | Reason:
    return _in_turn(lambda: place_of(actor=actor, encounter_id=encounter_id), _unless_closed(actor, at, step))


def _at_request(actor: Actor, request_id: UUID, at: datetime, step: _Step) -> UUID | Reason:
    return _in_turn(lambda: place_of(actor=actor, request_id=request_id), _unless_closed(actor, at, step))


def _unless_closed(actor: Actor, at: datetime, step: _Step) -> _Step:
    """Give a step that is refused where its encounter is closed to this actor by its age."""

    def unless(place: Place) -> UUID | Reason:
        encounter_id = place.encounter_id
        refused = closed(actor=actor, purpose=PURPOSE, relation=place.relation, encounter_id=encounter_id, at=at)
        return refused or step(place)

    return unless


def _in_turn(found: Callable[[], Place | Reason], step: _Step) -> UUID | Reason:
    """Do a step in one transaction, after whoever is at the gate of this child before it."""
    try:
        with transaction.atomic():
            place = found()
            if isinstance(place, Reason):
                return place
            hold(place.encounter_id)
            return step(place)
    except OperationalError as error:
        return must_begin_anew(error)


def _with_view(
    actor: Actor, request_id: UUID, at: datetime, step: Callable[[Place, GateView], UUID | Reason]
) -> UUID | Reason:
    """Read the gate and do a step on it: one entry, of the step, or of the reading where it was refused."""

    def seen(place: Place) -> UUID | Reason:
        view = opened_gate(actor=actor, place=place, at=at)
        if isinstance(view, Reason):
            return view
        done = step(place, view)
        if isinstance(done, Reason):
            write_down(actor=actor, place=place, view=view, at=at)
        return done

    return _at_request(actor, request_id, at, seen)


_IT_ENDED = Reason(
    code="carried_out",
    kind="changed",
    words=Words(
        "De overdracht is al vastgelegd. Vraagt iemand opnieuw om het kind, begin dan opnieuw.",
        "The hand-over is recorded already. If someone asks for the child again, begin anew.",
    ),
)
_GONE = Reason(
    code="carried_out",
    kind="changed",
    words=Words(
        "Het kind is hier niet meer: dat is als voorval vastgelegd. Is het kind terug, begin dan opnieuw.",
        "The child is no longer here: that was recorded as an incident. If the child is back, begin anew.",
    ),
)
_OTHER_PROPOSAL = Reason(
    code="other_proposal",
    kind="changed",
    title=Words("Intussen veranderde er iets", "Something changed meanwhile"),
    words=Words(
        "Dit voorstel wacht niet meer op een tweede. Kijk bij de overdracht hoe het nu staat.",
        "This proposal no longer waits for a second person. Look at the hand-over how it stands now.",
    ),
)
_NO_DECISION = Reason(
    code="no_decision",
    kind="changed",
    words=Words(
        "Nog geen twee mensen besloten hierover. Zonder dat besluit wordt geen overdracht vastgelegd.",
        "No two people have decided this yet. Without that decision no hand-over is recorded.",
    ),
)
