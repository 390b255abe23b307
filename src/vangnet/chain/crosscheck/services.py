"""Keep the index in step with the encounters, and keep what people say about pairs of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F

from vangnet.chain.crosscheck.components import ordered
from vangnet.chain.crosscheck.joining import Acted, recompute
from vangnet.chain.crosscheck.models import VALUES, Features, IndexKey, Review, Tally, Verdict
from vangnet.chain.crosscheck.selectors import REASON, features_context, same_child
from vangnet.chain.encounters.models import Encounter
from vangnet.knowledge.linkage import Record, features, keys
from vangnet.knowledge.terms import Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.keys import services as sealing
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.digests import digest_of
from vangnet.trust.rows import write_rows

_SETTLE = {"sqlite": "ANALYZE", "postgresql": "VACUUM (ANALYZE)"}


def index(*, encounter_id: UUID, organisation_id: UUID, record: Record, is_new: bool = False) -> None:
    """Make an encounter findable: its features sealed, its keys as HMACs; earlier ones are replaced.

    Must run inside the transaction that changes the encounter. `is_new` says that nothing can
    stand in the index yet.
    """
    if not is_new:
        forget(encounter_id=encounter_id)
    _tally(organisation_id, 1)
    Features.objects.create(
        encounter_id=encounter_id,
        organisation_id=organisation_id,
        features_sealed=_sealed_features(organisation_id, encounter_id, record),
    )
    hashes = {sealing.index_hmac(key) for key in keys(record)}
    IndexKey.objects.bulk_create(
        IndexKey(key=one, encounter_id=encounter_id, organisation_id=organisation_id) for one in sorted(hashes)
    )


def index_many(*, organisation_id: UUID, records: Sequence[tuple[UUID, Record]]) -> None:
    """Make many new encounters of one organisation findable: two statements for all of them.

    Keys are written in their own order, so that a large index is walked once and not in leaps.
    """
    _tally(organisation_id, len(records))
    write_rows(
        Features,
        ("encounter_id", "organisation_id", "features_sealed"),
        ((one, organisation_id, _sealed_features(organisation_id, one, record)) for one, record in records),
    )
    hashes = {(sealing.index_hmac(key), one) for one, record in records for key in keys(record)}
    write_rows(
        IndexKey,
        ("key", "encounter_id", "organisation_id"),
        ((key, one, organisation_id) for key, one in sorted(hashes)),
    )


def _sealed_features(organisation_id: UUID, encounter_id: UUID, record: Record) -> bytes:
    own = replace(record, record_id=str(encounter_id))
    return sealing.seal_features(organisation_id, features(own), context=features_context(encounter_id))


def forget(*, encounter_id: UUID) -> None:
    """Take an encounter out of the index."""
    IndexKey.objects.filter(encounter_id=encounter_id).delete()
    rows = Features.objects.filter(encounter_id=encounter_id)
    for organisation_id in rows.values_list("organisation_id", flat=True):
        _tally(organisation_id, -1)
    rows.delete()


def _tally(organisation_id: UUID, more: int) -> None:
    """Keep how many encounters stand in the index; an organisation's first makes its row."""
    own = Tally.objects.filter(organisation_id=organisation_id)
    if not own.update(encounters=F("encounters") + more):
        Tally.objects.get_or_create(organisation_id=organisation_id)
        own.update(encounters=F("encounters") + more)


def settle() -> None:
    """Have the database look at its tables anew after many rows came in, so that searches stay quick.

    On PostgreSQL it also marks the pages that everybody may see, so that the index alone is read.
    Outside a transaction; inside one nothing happens, and the database does it in its own time.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE[connection.vendor])


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict that stands, and what it did: joined now, or waiting for the other side."""

    verdict_id: UUID
    created: bool
    is_joined: bool
    is_contradiction: bool


def judge(
    *,
    actor: Actor,
    relation: Relation,
    pair: tuple[UUID, UUID],
    value: str,
    reason: str,
    acted: Collection[Acted],
    at: datetime,
) -> Judged | Reason:
    """Say for one's own side whether two encounters are of the same child. In the ledger.

    Of two organisations each side says it for itself. The same verdict again changes nothing, and
    another one revokes the side's earlier one. `acted` are the people whom later steps know to have
    acted on a join; whoever did so in the last 90 days gets a task where it falls apart.
    """
    refused = _refused(actor, relation, value, reason)
    if refused is not None:
        return refused
    left, right = ordered(*pair)
    with transaction.atomic():
        rows = _held(left, right)
        mine = [row for row in rows if row.organisation_id == actor.organisation_id]
        if len(rows) != 2 or not mine:
            return _NOT_FOUND
        standing = Verdict.objects.filter(
            left_id=left, right_id=right, organisation_id=actor.organisation_id, revoked_at__isnull=True
        ).first()
        if standing is not None and standing.value == value:
            return _judged(standing, created=False, is_contradiction=False)
        if standing is not None:
            _revoke(standing, actor, at)
        made = _write(actor, mine[0], (left, right), value, reason.strip(), at)
        raised = recompute(cause=made, acted=acted, at=at)
        _write_down(actor, "judge", rows, [made] if standing is None else [made, standing], at)
    return _judged(made, created=True, is_contradiction=raised)


def revoke(
    *, actor: Actor, relation: Relation, verdict_id: UUID, acted: Collection[Acted], at: datetime
) -> Judged | Reason:
    """Take back a verdict of one's own side; the row stays, with who took it back and when. In the ledger.

    `acted` as `judge` has it: taking back can take a join apart as well as *different* can.
    """
    refused = permit(actor, "judge", Purpose.IDENTIFY_CHILD, relation).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        row = Verdict.objects.filter(id=verdict_id, organisation_id=actor.organisation_id).first()
        if row is None:
            return _NOT_FOUND
        rows = _held(row.left_id, row.right_id)
        row.refresh_from_db()
        if row.revoked_at is not None:
            return _judged(row, created=False, is_contradiction=False)
        _revoke(row, actor, at)
        raised = recompute(cause=row, acted=acted, at=at)
        _write_down(actor, "revoke_verdict", rows, [row], at)
    return _judged(row, created=True, is_contradiction=raised)


def finish_reviews(*, actor: Actor, encounter_id: UUID, relation: Relation, at: datetime) -> UUID | Reason:
    """Mark as done what this person had to look at again at one encounter. In the ledger; gives the encounter."""
    refused = permit(actor, "complete_duty", Purpose.DECIDE_HANDOVER, relation).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        mine = Review.objects.filter(
            encounter_id=encounter_id,
            person_id=actor.person_id,
            organisation_id=actor.organisation_id,
            done_at__isnull=True,
        )
        ids = list(mine.values_list("id", flat=True))
        if not ids:
            return _NOTHING_TO_LOOK_AT
        mine.update(done_at=at)
        ledger.record(
            actor=actor,
            act="finish_look_again",
            purpose=Purpose.DECIDE_HANDOVER,
            subjects=[encounter_id, *ids[:99]],
            at=at,
        )
    return encounter_id


def _refused(actor: Actor, relation: Relation, value: str, reason: str) -> Reason | None:
    refused = permit(actor, "judge", Purpose.IDENTIFY_CHILD, relation).reason
    if refused is not None:
        return refused
    return None if value in VALUES and reason.strip() else _SAY_WHY


def _held(*encounter_ids: UUID) -> list[Encounter]:
    """Hold encounters until the transaction ends, in the order of their ids."""
    return list(Encounter.objects.select_for_update().filter(id__in=encounter_ids).order_by("id"))


def _write(actor: Actor, own: Encounter, pair: tuple[UUID, UUID], value: str, reason: str, at: datetime) -> Verdict:
    made = uuid4()
    return Verdict.objects.create(
        id=made,
        organisation_id=actor.organisation_id,
        left_id=pair[0],
        right_id=pair[1],
        value=value,
        reason_sealed=sealing.envelope(own.envelope_id).seal(reason, context=sealing.Place(REASON, made)),
        given_by_id=actor.person_id,
        given_at=at,
    )


def _revoke(row: Verdict, actor: Actor, at: datetime) -> None:
    row.revoked_at = at
    row.revoked_by_id = actor.person_id
    row.save()


def _judged(row: Verdict, *, created: bool, is_contradiction: bool) -> Judged:
    return Judged(
        verdict_id=row.id,
        created=created,
        is_joined=row.right_id in same_child(row.left_id),
        is_contradiction=is_contradiction,
    )


def _write_down(actor: Actor, act: str, rows: list[Encounter], said: list[Verdict], at: datetime) -> None:
    """Write one entry: what became of the first of these verdicts, with the digest of every one that changed."""
    ledger.record(
        actor=actor,
        act=act,
        purpose=Purpose.IDENTIFY_CHILD,
        subjects=[*(row.id for row in rows), said[0].id],
        bindings={one.id: digest_of(one) for one in said},
        also_in=[row.organisation_id for row in rows],
        at=at,
    )


_NOT_FOUND = Reason(
    code="not_found",
    kind="not_there",
    words=Words(
        "Dit is hier niet te vinden. Ieder oordeelt voor zijn eigen kant.",
        "This cannot be found here. Each side judges for itself.",
    ),
)
_NOTHING_TO_LOOK_AT = Reason(
    code="nothing_open",
    kind="changed",
    words=Words(
        "Hier wacht niets meer waar u opnieuw naar moet kijken.",
        "Nothing waits here any more for you to look at again.",
    ),
)
_SAY_WHY = Reason(
    code="say_why",
    where="reason",
    words=Words(
        "Kies hetzelfde, een ander of niet zeker, en schrijf in een zin waarom.",
        "Choose same, different or unsure, and write in one sentence why.",
    ),
)
