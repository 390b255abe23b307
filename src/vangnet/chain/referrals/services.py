"""Send a referral; answer it. Nothing is edited and nothing is sent twice."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from vangnet.chain.encounters.models import Encounter
from vangnet.chain.referrals.kinds import FINAL, KINDS
from vangnet.chain.referrals.models import Answer, Referral
from vangnet.chain.referrals.selectors import REASON, TEXT, standing
from vangnet.knowledge.terms import NOT_FOUND, Purpose, Reason, Words
from vangnet.trust.access.models import Organisation
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys.services import Place, envelope
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.digests import digest_of

ANSWERS = (*FINAL, "asked_back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A referral that stands in the inbox of its receiver."""

    referral_id: uuid.UUID
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of whom, with what is shared of the encounter; `request_key` is that of the press of a button."""

    receiver_id: uuid.UUID
    kind: str
    shared: Mapping[str, Any]
    request_key: uuid.UUID


def send(
    *, actor: Actor, encounter_id: uuid.UUID, question: Question, also_read: Sequence[uuid.UUID] = (), at: datetime
) -> Sent | Reason:
    """Send one referral; the same request again changes nothing.

    Must run inside a transaction. Gives a Reason where kind, receiver or right is missing, and where this
    request sent another question already. `also_read` are the other encounters that it rests on.
    """
    refused = permit(actor, "send_referral", Purpose.PROTECT_CHILD, Relation.OWN_ENCOUNTER).reason
    if refused is not None:
        return refused
    encounter = Encounter.objects.filter(id=encounter_id, organisation_id=actor.organisation_id).first()
    if encounter is None:
        return NOT_FOUND
    kind = KINDS.get(question.kind)
    receiver = Organisation.objects.filter(id=question.receiver_id).exclude(id=actor.organisation_id).first()
    if kind is None or receiver is None or not kind.takes(regime=receiver.regime, code=receiver.code):
        return _NO_SUCH_RECEIVER
    wanted = Referral(
        id=uuid.uuid4(),
        organisation_id=actor.organisation_id,
        receiver=receiver,
        encounter=encounter,
        kind=kind.code,
        sent_by_id=actor.person_id,
        sent_at=at,
        answer_by=at + kind.answer_within,
        request_key=question.request_key,
    )
    return _sent_before(wanted, question.shared) or _sent_now(wanted, question.shared, actor, also_read)


def _sent_before(wanted: Referral, shared: Mapping[str, Any]) -> Sent | Reason | None:
    """Give what this request sent already; a reason where that is another question than is wanted now.

    What the machine adds to a question may have changed meanwhile; what a person asks may not.
    """
    earlier = Referral.objects.filter(
        organisation_id=wanted.organisation_id, request_key=wanted.request_key
    ).first()
    if earlier is None:
        return None
    same = all(getattr(earlier, one) == getattr(wanted, one) for one in ("encounter_id", "receiver_id", "kind"))
    if not same or _words_of(earlier) != shared.get("words"):
        return _OTHER_QUESTION
    return Sent(referral_id=earlier.id, created=False)


def _words_of(sent: Referral) -> str | None:
    text = envelope(sent.encounter.envelope_id).open(bytes(sent.text_sealed), context=Place(TEXT, sent.id))
    words: str | None = json.loads(text).get("words")
    return words


def _sent_now(
    wanted: Referral, shared: Mapping[str, Any], actor: Actor, also_read: Sequence[uuid.UUID]
) -> Sent | Reason:
    text = json.dumps(shared, ensure_ascii=False)
    sealing = envelope(wanted.encounter.envelope_id)
    wanted.text_sealed = sealing.seal(text, context=Place(TEXT, wanted.id))
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
    except IntegrityError:  # somebody sent this request a moment ago
        found = _sent_before(wanted, shared)
        if found is None:
            raise
        return found
    ledger.record(
        actor=actor,
        act="send_referral",
        purpose=Purpose.PROTECT_CHILD,
        subjects=[wanted.encounter_id, wanted.id, *also_read],
        bindings={wanted.id: digest_of(wanted)},
        also_in=[wanted.receiver_id],
        at=wanted.sent_at,
    )
    return Sent(referral_id=wanted.id, created=True)


def answer(*, actor: Actor, referral_id: uuid.UUID, value: str, reason: str, at: datetime) -> uuid.UUID | Reason:
    """Answer a referral as its receiver: accepted, declined with a reason, or asked back with a question.

    Must run inside a transaction. The first final answer stands; the same one again changes nothing.
    """
    refused = permit(actor, "answer_referral", Purpose.PROTECT_CHILD, Relation.RECEIVER).reason
    if refused is not None:
        return refused
    referral = (
        Referral.objects.select_for_update().filter(id=referral_id, receiver_id=actor.organisation_id).first()
    )
    if referral is None:
        return NOT_FOUND
    if value not in ANSWERS or (value != "accepted" and not reason.strip()):
        return _SAY_WHY
    final = referral.answers.filter(value__in=FINAL).first()
    if final is not None:
        return final.id if final.value == value else _ANSWERED
    return _given(actor, referral, value, reason, at) if standing([referral]) else _TAKEN


def _given(actor: Actor, referral: Referral, value: str, reason: str, at: datetime) -> uuid.UUID:
    made = uuid.uuid4()
    given = Answer.objects.create(
        id=made,
        organisation_id=actor.organisation_id,
        referral=referral,
        value=value,
        reason_sealed=envelope(referral.encounter.envelope_id).seal(reason.strip(), context=Place(REASON, made)),
        answered_by_id=actor.person_id,
        answered_at=at,
    )
    ledger.record(
        actor=actor,
        act="answer_referral",
        purpose=Purpose.PROTECT_CHILD,
        subjects=[referral.id, given.id],
        bindings={given.id: digest_of(given)},
        also_in=[referral.organisation_id],
        at=at,
    )
    return given.id


_OTHER_QUESTION = Reason(
    code="other_question",
    kind="changed",
    words=Words(
        "Deze knop verstuurde al een andere vraag, dus deze is niet verstuurd. Kijk hem na en verstuur hem opnieuw.",
        "This button sent another question already, so this one was not sent. Check it and send it again.",
    ),
)
_NO_SUCH_RECEIVER = Reason(
    code="no_such_receiver",
    where="receiver",
    words=Words(
        "Deze organisatie kan deze vraag niet krijgen; kies een andere ontvanger.",
        "This organisation cannot get this question; choose another receiver.",
    ),
)
_SAY_WHY = Reason(
    code="say_why",
    where="reason",
    words=Words(
        "Kies een antwoord; schrijf bij weigeren of terugvragen op waarom.",
        "Choose an answer; where you decline or ask back, write why.",
    ),
)
_TAKEN = Reason(
    code="taken",
    kind="changed",
    words=Words(
        "Een andere organisatie heeft dit al overgenomen. U hoeft niets meer te doen.",
        "Another organisation has taken this over already. Nothing more is asked of you.",
    ),
)
_ANSWERED = Reason(
    code="answered",
    kind="changed",
    words=Words(
        "Deze vraag is al beantwoord. Een nieuw antwoord vraagt een nieuwe vraag.",
        "This question has been answered. A new answer needs a new question.",
    ),
)
