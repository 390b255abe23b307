"""Whether two encounters are of the same child: a person looks at both and says so, for their own side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck import selectors, services
from vangnet.chain.crosscheck.joining import Acted, rebuild
from vangnet.chain.crosscheck.selectors import VerdictView
from vangnet.chain.crosscheck.services import Judged
from vangnet.chain.encounters import refusals
from vangnet.chain.encounters import services as encounters
from vangnet.chain.encounters.selectors import Summary, answer_about, closed, own_numbered, summaries
from vangnet.chain.flow.relations import relation_to
from vangnet.chain.handovers.happenings import happened
from vangnet.chain.referrals.selectors import passed
from vangnet.knowledge.exchange import Answer
from vangnet.knowledge.linkage import Candidate
from vangnet.knowledge.terms import NOT_FOUND, Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, Role, permit
from vangnet.trust.access.selectors import OrganisationCard, organisations_by_id
from vangnet.trust.ledger import services as ledger

_PURPOSE = Purpose.IDENTIFY_CHILD
_JUDGEABLE = {Answer.CONTENT, Answer.CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two encounters side by side for the person who judges: the only one who sees the weights.

    Of another organisation's encounter only the levels of the comparisons and whom to call; no
    level where only a verdict makes the pair known.
    `verdicts` are both sides' own, for one's own eyes: what the other said, never why.
    """

    encounter_id: UUID
    other_id: UUID
    candidate: Candidate
    other: Summary | None
    organisation: OrganisationCard
    verdicts: tuple[VerdictView, ...]
    is_joined: bool


def pair(*, actor: Actor, encounter_id: UUID, other_id: UUID, at: datetime) -> PairView | Reason:
    """Lay two encounters side by side; in the ledger before it returns.

    A pair whose content is not told, of which the cross-check would not tell, and that no verdict made
    known, is not there.
    """
    refused = _refused(actor, relation_to(actor, encounter_id), encounter_id, at)
    if refused is not None:
        return refused
    with transaction.atomic():
        view = _told(actor, encounter_id, other_id, at)
        if isinstance(view, Reason):
            return view
        ledger.record(
            actor=actor,
            act="read_pair",
            purpose=_PURPOSE,
            subjects=[encounter_id, other_id],
            also_in=[view.organisation.id],
            at=at,
        )
    return view


def chosen(*, actor: Actor, encounter_id: UUID, number: str) -> UUID | Reason:
    """Find another encounter of one's own organisation to lay beside this one, by its number. Gives its id.

    For who knows from outside that it may be the same child; nothing of it is read here.
    """
    refused = permit(actor, "judge", _PURPOSE, relation_to(actor, encounter_id)).reason
    if refused is not None:
        return refused
    found = own_numbered(actor, number.strip())
    return _NO_SUCH_NUMBER if found is None or found == encounter_id else found


def open_older(*, actor: Actor, encounter_id: UUID, other_id: UUID, reason: str, at: datetime) -> UUID | Reason:
    """Decide, as the specialist, that an older encounter may be read which is a hit on this one; gives the decision.

    A hit is what a cross-check would tell of, or what a verdict made known; anything else is not there.
    """
    refused = permit(actor, "judge", _PURPOSE, relation_to(actor, encounter_id)).reason
    if refused is not None:
        return refused
    if Role.SPECIALIST not in actor.roles:
        return refusals.ONLY_SPECIALIST
    if not _is_hit(encounter_id, other_id):
        return NOT_FOUND
    return encounters.open_older(actor=actor, encounter_id=other_id, reason=reason, at=at)


def _is_hit(encounter_id: UUID, other_id: UUID) -> bool:
    candidate = selectors.weighed(encounter_id, other_id)
    is_known = selectors.is_known_pair(encounter_id, other_id)
    is_likely = candidate is not None and candidate.probability >= selectors.TELLABLE
    return encounter_id != other_id and (is_likely or is_known)


def _refused(actor: Actor, relation: Relation, encounter_id: UUID, at: datetime) -> Reason | None:
    """Say why this actor does not judge from this side: it takes the right to read what stands there."""
    return permit(actor, "judge", _PURPOSE, relation).reason or closed(
        actor=actor, purpose=_PURPOSE, relation=relation, encounter_id=encounter_id, at=at
    )


def _told(actor: Actor, encounter_id: UUID, other_id: UUID, at: datetime) -> PairView | Reason:
    """Give a pair as far as this actor is told; the same questions are asked where it is not there.

    It is there where the content of both is told anyway, however unlikely the two are: somebody may
    know from outside that it is one child. Of another organisation it is there where the two are
    likely enough to be told of by a cross-check, where a verdict about them stands, or where they are
    one child already. Known by a verdict alone, it shows no level of another organisation: otherwise
    one verdict would open that record to every later guess.
    """
    about = summaries([encounter_id, other_id])
    candidate = selectors.weighed(encounter_id, other_id)
    is_known = selectors.is_known_pair(encounter_id, other_id)
    if len(about) < 2 or candidate is None:
        return NOT_FOUND
    is_likely = candidate.probability >= selectors.TELLABLE
    told = answer_about(actor, _PURPOSE, about[other_id], at)
    is_content = told is Answer.CONTENT
    if not (is_likely or is_known or is_content) or told not in _JUDGEABLE:
        is_own = about[other_id].organisation_id == actor.organisation_id
        return refusals.OVER_A_YEAR if is_own and told is Answer.HIT else NOT_FOUND
    less = selectors.without_values if is_likely else selectors.without_levels
    shown = candidate if is_content else less(candidate)
    return _view(about[encounter_id], about[other_id], shown, is_content=is_content)


def _view(own: Summary, other: Summary, shown: Candidate, *, is_content: bool) -> PairView:
    return PairView(
        encounter_id=own.id,
        other_id=other.id,
        candidate=shown,
        other=other if is_content else None,
        organisation=organisations_by_id([other.organisation_id])[other.organisation_id],
        verdicts=selectors.verdicts_about([own.id, other.id]),
        is_joined=other.id in selectors.same_child(own.id),
    )


def judge(
    *, actor: Actor, encounter_id: UUID, other_id: UUID, value: str, reason: str, at: datetime
) -> Judged | Reason:
    """Say for one's own side: same, different or unsure, and why. A row, never an edit; nothing is merged.

    Only of a pair that can be laid side by side.
    """
    relation = relation_to(actor, encounter_id)
    refused = _refused(actor, relation, encounter_id, at)
    if refused is not None:
        return refused
    with transaction.atomic():
        view = _told(actor, encounter_id, other_id, at)
        if isinstance(view, Reason):
            return view
        return services.judge(
            actor=actor,
            relation=relation,
            pair=(encounter_id, other_id),
            value=value,
            reason=reason,
            acted=tuple(_acted((encounter_id, other_id))),
            at=at,
        )


def revoke(*, actor: Actor, encounter_id: UUID, verdict_id: UUID, at: datetime) -> Judged | Reason:
    """Take a verdict of one's own side back; whoever acted on what falls apart by it looks again."""
    with transaction.atomic():
        return services.revoke(
            actor=actor,
            relation=relation_to(actor, encounter_id),
            verdict_id=verdict_id,
            acted=tuple(_acted(selectors.pair_of(verdict_id) or ())),
            at=at,
        )


def rejoin(*, actor: Actor, purpose: Purpose, at: datetime) -> int | Reason:
    """Write the table of who is the same child anew from the verdicts that stand; nobody's verdict changes.

    For after damage or repair. Gives how many encounters share a child; in the ledger of every
    organisation that has one of them.
    """
    refused = permit(actor, "cross_check", purpose, Relation.NONE).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        found = rebuild()
        ledger.record(
            actor=actor,
            act="rejoin",
            purpose=purpose,
            counts={"encounters": found.total()},
            also_in=list(found),
            at=at,
        )
    return found.total()


def _acted(pair: Iterable[UUID]) -> Iterator[Acted]:
    """Give who decided about a hand-over or referred, at any encounter of the children of a pair."""
    known = [one for encounter in pair for one in selectors.same_child(encounter)]
    for made in happened(known):
        if made.what == "decided":
            for person in made.people:
                yield Acted(
                    person_id=person,
                    organisation_id=made.organisation_id,
                    encounter_id=made.encounter_id,
                    at=made.at,
                )
    for sent in passed(known):
        if not sent.value:
            yield Acted(
                person_id=sent.by_id,
                organisation_id=sent.organisation_id,
                encounter_id=sent.encounter_id,
                at=sent.at,
            )


_NO_SUCH_NUMBER = Reason(
    code="no_such_number",
    where="number",
    words=Words(
        "Uw organisatie heeft geen andere ontmoeting met dit nummer. Neem het over van de lijst of uit uw systeem.",
        "Your organisation has no other encounter with this number. Copy it from the list or from your system.",
    ),
)
