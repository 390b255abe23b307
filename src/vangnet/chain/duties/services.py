"""Start duties, complete them with proof, and record what became of the international check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from vangnet.chain.duties.models import STATES, Duty, InternationalCheck
from vangnet.chain.duties.selectors import ANSWER, PROOF
from vangnet.chain.encounters.models import Encounter
from vangnet.chain.encounters.selectors import closed
from vangnet.knowledge import clocks
from vangnet.knowledge.terms import CHANNELS, NOT_FOUND, ChannelCheck, Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys import services as keys
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.digests import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """How many duties began to run, kept running and lapsed; `bindings` are the digests of those that changed."""

    started: int
    kept: int
    lapsed: int
    bindings: Mapping[UUID, str]


def start(*, encounter_id: UUID, organisation_id: UUID, computed: Sequence[clocks.Duty], at: datetime) -> Started:
    """Bring the duties of an encounter in line with what the law asks now; the same again changes nothing.

    A duty whose ground fell away lapses, one whose moments changed lapses and starts anew, and what
    was done stays done. Must run inside a transaction.
    """
    running = {row.clock: row for row in Duty.objects.filter(encounter_id=encounter_id, lapsed_at__isnull=True)}
    wanted = {one.clock: one for one in computed}
    over = [
        row.id
        for clock, row in running.items()
        if row.done_at is None and (clock not in wanted or not _is_same(row, wanted[clock]))
    ]
    new = [one for one in wanted.values() if one.clock not in running or running[one.clock].id in over]
    if over:
        Duty.objects.filter(id__in=over).update(lapsed_at=at)
    changed = Duty.objects.bulk_create(_row(encounter_id, organisation_id, one, at) for one in new)
    changed += Duty.objects.filter(id__in=over) if over else ()
    return Started(
        started=len(new),
        kept=len(running) - len(over),
        lapsed=len(over),
        bindings={row.id: digest_of(row) for row in changed},
    )


def _is_same(row: Duty, computed: clocks.Duty) -> bool:
    return (row.starts_at, row.due_at, row.hard, row.holder_code) == (
        computed.starts_at,
        computed.due_at,
        computed.hard,
        computed.holder_code,
    )


def _row(encounter_id: UUID, organisation_id: UUID, computed: clocks.Duty, at: datetime) -> Duty:
    return Duty(
        encounter_id=encounter_id,
        organisation_id=organisation_id,
        clock=computed.clock,
        holder_code=computed.holder_code,
        starts_at=computed.starts_at,
        due_at=computed.due_at,
        hard=computed.hard,
        started_at=at,
    )


def complete(
    *,
    actor: Actor,
    purpose: Purpose,
    relation: Relation,
    encounter_id: UUID,
    duty_id: UUID,
    proof: str,
    at: datetime,
) -> UUID | Reason:
    """Say that a duty was done and by what that is shown; the first time counts. In the ledger.

    `relation` is how the actor stands to this encounter: a duty of any other is not found.
    """
    refused = permit(actor, "complete_duty", purpose, relation).reason
    if refused is not None:
        return refused
    if not proof.strip():
        return _SAY_HOW
    with transaction.atomic():
        row = _held(actor, relation, encounter_id, duty_id)
        if row is None:
            return NOT_FOUND
        if row.lapsed_at is not None:
            return _LAPSED
        if row.done_at is not None:
            return row.id
        row.proof_sealed = keys.envelope(row.encounter.envelope_id).seal(
            proof.strip(), context=keys.Place(PROOF, row.id)
        )
        row.done_at = at
        row.done_by_id = actor.person_id
        row.save()
        _write_down(actor, "complete_duty", purpose, row.encounter, row.id, {row.id: digest_of(row)}, at)
    return row.id


def _held(actor: Actor, relation: Relation, encounter_id: UUID, duty_id: UUID) -> Duty | None:
    """Hold a duty that this actor may complete: the own organisation's, or one that a task gave them."""
    held = Duty.objects.select_for_update(of=("self",)).select_related("encounter")
    row = held.filter(id=duty_id, encounter_id=encounter_id).first()
    if row is None or _is_out_of_reach(actor, relation, row.organisation_id):
        return None
    return row


def _is_out_of_reach(actor: Actor, relation: Relation, organisation_id: UUID) -> bool:
    across = relation in {Relation.OPEN_TASK, Relation.DECISION_TO_MAKE, Relation.RECEIVER}
    return organisation_id != actor.organisation_id and not across


def _write_down(
    actor: Actor,
    act: str,
    purpose: Purpose,
    encounter: Encounter,
    row_id: UUID,
    bindings: Mapping[UUID, str],
    at: datetime,
) -> None:
    ledger.record(
        actor=actor,
        act=act,
        purpose=purpose,
        subjects=[encounter.id, row_id],
        bindings=bindings,
        also_in=[encounter.organisation_id],
        at=at,
    )


def note_checks(*, encounter_id: UUID, checks: Iterable[ChannelCheck], by: UUID, at: datetime) -> dict[UUID, str]:
    """Keep what an encounter itself says about its international check; *unknown* adds nothing.

    Whoever calls this writes the ledger entry, with the digests of the rows that this gives.
    """
    said = [one for one in checks if one.state != "unknown"]
    return _note(Encounter.objects.get(id=encounter_id), said, by, at) if said else {}


def _note(encounter: Encounter, checks: Iterable[ChannelCheck], by: UUID, at: datetime) -> dict[UUID, str]:
    envelope = keys.envelope(encounter.envelope_id)
    made = InternationalCheck.objects.bulk_create(
        InternationalCheck(
            id=made,
            organisation_id=encounter.organisation_id,
            encounter_id=encounter.id,
            channel=one.channel,
            state=one.state,
            asked_by_id=by,
            at=one.at or at,
            recorded_at=at,
            answer_sealed=envelope.seal(one.answer, context=keys.Place(ANSWER, made)),
        )
        for made, one in ((uuid4(), each) for each in checks)
    )
    return {row.id: digest_of(row) for row in made}


def record_international_check(
    *,
    actor: Actor,
    purpose: Purpose,
    relation: Relation,
    encounter_id: UUID,
    check: ChannelCheck,
    at: datetime,
) -> UUID | Reason:
    """Record that a channel was asked or answered, by whom and when; earlier rows stay. In the ledger.

    `check.at` is when it was asked or answered; `at` where that is not given. Nothing is added to an
    encounter that is closed to this actor by its age.
    """
    refused = permit(actor, "record_international_check", purpose, relation).reason or closed(
        actor=actor, purpose=purpose, relation=relation, encounter_id=encounter_id, at=at
    )
    if refused is not None:
        return refused
    if check.channel not in CHANNELS or check.state not in STATES or check.state == "unknown":
        return _NO_CHANNEL
    with transaction.atomic():
        encounter = Encounter.objects.filter(id=encounter_id).first()
        if encounter is None or _is_out_of_reach(actor, relation, encounter.organisation_id):
            return NOT_FOUND
        made = _note(encounter, [check], actor.person_id, at)
        _write_down(actor, "record_international_check", purpose, encounter, encounter.id, made, at)
    return encounter.id


_SAY_HOW = Reason(
    code="say_how",
    where="proof",
    words=Words(
        "Schrijf op waaruit blijkt dat het gedaan is: wie, wanneer, nummer.",
        "Write what shows that it was done: who, when, number.",
    ),
)
_LAPSED = Reason(
    code="lapsed",
    kind="changed",
    words=Words(
        "Deze plicht geldt niet meer. Kijk bij de ontmoeting wat er nu moet gebeuren.",
        "This duty no longer holds. Look at the encounter for what is due now.",
    ),
)
_NO_CHANNEL = Reason(
    code="no_channel",
    where="channel",
    words=Words(
        "Kies SIS, Prüm, SIENA of Interpol, en of het gevraagd, niet gevraagd of beantwoord is.",
        "Choose SIS, Prüm, SIENA or Interpol, and whether it was asked, not asked or answered.",
    ),
)
