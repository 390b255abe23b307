"""Write to the ledger: an entry inside the caller's transaction, an anchor after it.

Nothing runs on without anchors. When the newest anchor is a minute old, an entry is only written
after the anchor file proved that it takes a line durably, and the heads follow right after the
commit. Should that still fail, the committed entry stands, the failure is logged, and the next
entry of any process finds the anchor still old, probes the file again and is refused.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from vangnet.knowledge.terms import Purpose, Words
from vangnet.trust.access.policy import Actor
from vangnet.trust.keys import services as keys
from vangnet.trust.ledger import anchors
from vangnet.trust.ledger.acts import ACTS_IN_WORDS
from vangnet.trust.ledger.body import body_of
from vangnet.trust.ledger.chain import Head, canonical, link
from vangnet.trust.ledger.models import Chain, Entry

LARGEST_ENTRY = 100
ANCHOR_AGE = timedelta(seconds=60)
_WORD = re.compile(r"[a-z][a-z_]{0,39}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_log = logging.getLogger(__name__)
_anchored: dict[tuple[Path, UUID], Head] = {}


class LedgerUnavailableError(Exception):
    """What was asked cannot be written down, so it is not done."""

    words = Words(
        "Het logboek kan nu niet schrijven. Daarom is er niets gelezen en niets opgeslagen. "
        "Probeer het straks opnieuw of bel uw beheerder.",
        "The ledger cannot write now. So nothing was read and nothing was stored. "
        "Try again shortly or call your administrator.",
    )

    def __init__(self) -> None:
        super().__init__(self.words.en)


def record(  # noqa: PLR0913 - each names one fact of an entry
    *,
    actor: Actor,
    act: str,
    purpose: Purpose,
    subjects: Sequence[UUID] = (),
    counts: Mapping[str, int] | None = None,
    bindings: Mapping[UUID, str] | None = None,
    also_in: Sequence[UUID] = (),
    at: datetime,
) -> None:
    """Write down who did what, in the chain of their organisation and in those of `also_in`.

    One entry per request and at most 100 subjects. `bindings` are digests of rows, by row id; where
    there are some, the name under which the actor stands there is bound with them.
    Stands or falls with the caller's transaction; two calls in one transaction may lock chains
    in another order than a neighbour does, so make one. Raises ValueError for what may not stand
    in an entry, TransactionManagementError outside a transaction, LedgerUnavailableError where
    database or anchor file cannot be written; then the caller's transaction cannot be committed.
    """
    bound = {**bindings, actor.person_id: name_digest(actor.person_id, actor.name)} if bindings else {}
    facts = _facts(act, purpose, subjects, counts or {}, bound)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs inside transaction.atomic()")
    try:
        _write(frozenset({actor.organisation_id, *also_in}), facts | {"actor_id": actor.person_id, "at": at})
    except (DatabaseError, OSError) as unwritable:
        transaction.set_rollback(True)
        raise LedgerUnavailableError from unwritable


def anchor(*, at: datetime) -> None:
    """Write the heads that moved to the anchor file, once nothing stands open in this connection.

    Call it at the end of every command and at every backup. Raises LedgerUnavailableError.
    """
    transaction.on_commit(partial(_anchor_heads, at))


def digest(label: str, content: Mapping[str, Any]) -> str:
    """Give the digest (hex) of a row's content that only this installation can give."""
    return keys.mac(f"digest/{label}", canonical(content)).hex()


def name_digest(person_id: UUID, name: str) -> str:
    """Give the digest (hex) of the name that is shown for somebody who works with it."""
    return digest("access.person", {"id": str(person_id), "name": name})


def _facts(
    act: str,
    purpose: Purpose,
    subjects: Sequence[UUID],
    counts: Mapping[str, int],
    bindings: Mapping[UUID, str],
) -> dict[str, Any]:
    """Refuse whatever could hold a word about a person: ids, numbers and fixed words alone."""
    if len(subjects) > LARGEST_ENTRY:
        raise ValueError(f"an entry holds at most {LARGEST_ENTRY} subjects; split the answer into pages")
    if act not in ACTS_IN_WORDS:
        raise ValueError("an act stands in ACTS_IN_WORDS, with the sentence an auditor reads")
    if not all(_WORD.fullmatch(word) for word in counts):
        raise ValueError("names of counts are fixed words: a-z and _")
    if not all(type(count) is int for count in counts.values()):
        raise ValueError("a count is a whole number")
    if not all(_DIGEST.fullmatch(value) for value in bindings.values()):
        raise ValueError("a binding is a digest of 64 hexadecimal digits")
    return {
        "act": act,
        "purpose": Purpose(purpose).value,
        "subjects": [str(UUID(str(one))) for one in subjects],
        "counts": dict(counts),
        "bindings": {str(UUID(str(row))): value for row, value in bindings.items()},
    }


def _write(organisations: frozenset[UUID], facts: dict[str, Any]) -> None:
    seal = _ready_to_anchor(facts["at"])
    key = keys.subkey("ledger")
    entries = [_entry(head, facts | {"anchor": seal}, key) for head in _held(sorted(organisations))]
    Entry.objects.bulk_create(entries)
    heads = [Chain(pk=one.organisation_id, last_number=one.number, last_mac=one.mac) for one in entries]
    Chain.objects.bulk_update(heads, ["last_number", "last_mac"])


def _entry(head: Chain, facts: dict[str, Any], key: bytes) -> Entry:
    entry = Entry(
        id=uuid.uuid4(),
        organisation_id=head.organisation_id,
        number=head.last_number + 1,
        previous=head.last_mac,
        **facts,
    )
    entry.mac = link(entry.previous, body_of(entry), key)
    return entry


def _held(organisations: list[UUID]) -> list[Chain]:
    """Hold the heads of these chains, in the order of their ids, until the transaction ends."""
    wanted = Chain.objects.select_for_update().filter(pk__in=organisations).order_by("pk")
    heads = list(wanted)
    if len(heads) == len(organisations):
        return heads
    there = {head.organisation_id for head in heads}
    new = [Chain(pk=one) for one in organisations if one not in there]
    Chain.objects.bulk_create(new, ignore_conflicts=True)
    return list(wanted.all())


def _ready_to_anchor(at: datetime) -> str:
    """Give the newest seal; where it is a minute old, have the heads anchored after the commit."""
    path = _path()
    newest = anchors.newest(path, keys.subkey("anchor"))
    if newest.at is None or abs(at - newest.at) >= ANCHOR_AGE:
        anchors.probe(path)
        transaction.on_commit(partial(_anchor_or_log, at))
    return newest.seal


def _anchor_or_log(at: datetime) -> None:
    try:
        _anchor_heads(at)
    except LedgerUnavailableError:
        _log.error("The anchor file cannot be written; the next entry is refused")


def _anchor_heads(at: datetime) -> None:
    path = _path()
    try:
        heads = {(path, row.pk): Head(row.last_number, row.last_mac) for row in Chain.objects.order_by("pk")}
        moved = {place: head for place, head in heads.items() if head.number and _anchored.get(place) != head}
        if moved:
            lines = [(str(organisation), head) for (_, organisation), head in moved.items()]
            anchors.append(path, keys.subkey("anchor"), lines, at=at)
    except (DatabaseError, OSError) as unwritable:
        raise LedgerUnavailableError from unwritable
    _anchored.update(moved)


def _path() -> Path:
    return Path(settings.VANGNET_ANCHOR_FILE)
