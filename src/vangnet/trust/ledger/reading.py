"""Read the ledger as an auditor: permitted, of one's own organisation alone, and itself in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from vangnet.knowledge.terms import Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger.chain import Head
from vangnet.trust.ledger.noticing import COUNTED, DECIDES, MAKES, Noticed, newest_first, noticed_in, of_one_hand
from vangnet.trust.ledger.selectors import (
    EntryView,
    Part,
    Wanted,
    count_of,
    entries_of,
    part_of,
    people_in,
)
from vangnet.trust.ledger.services import LARGEST_ENTRY, LedgerUnavailableError, record

MOST: Final = 50
"""Entries on one page."""
MOST_EXPORTED: Final = 2_000
"""Entries in one export; above it nothing is given and the reason says how to narrow it."""
MOST_COUNTED: Final = 5_000
"""Entries that the counts look through, the newest first."""
MOST_WALKED: Final = 10_000
"""Entries that are checked at once, so that a page never waits long."""
DAYS_COUNTED: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One page of the ledger: `newer` and `older` are the numbers to go on from, where there is more.

    `noticed` covers `counted_since` to the end of the period; `is_cut` says that older entries of
    it were too many to count.
    """

    entries: tuple[EntryView, ...]
    many: int
    people: frozenset[UUID]
    newer: int | None
    older: int | None
    noticed: tuple[Noticed, ...]
    counted_since: datetime
    is_cut: bool


def may_read(actor: Actor) -> Reason | None:
    """Say why somebody may not read the ledger; nothing where they may."""
    return permit(actor, "read_ledger", Purpose.ACCOUNT, Relation.NONE).reason


def made_at(organisation_id: UUID) -> Mapping[UUID, EntryView]:
    """Give for everybody whose account was made at an organisation the entry that says who made it, and when."""
    found = entries_of(organisation_id, wanted=Wanted(acts=MAKES), limit=MOST_COUNTED)
    return {person: one for one in found for person in one.subjects}


def read(
    *,
    actor: Actor,
    wanted: Wanted,
    zone: ZoneInfo,
    at: datetime,
    before: int | None = None,
    after: int | None = None,
) -> Shown | Reason:
    """Give a page of the own organisation's ledger, the newest first; which entries it shows is written down."""
    refused = may_read(actor)
    if refused is not None:
        return refused
    own = actor.organisation_id
    found = entries_of(own, wanted=wanted, before=before, after=after, limit=MOST + 1)
    entries = found[-MOST:] if after is not None else found[:MOST]
    is_more, is_back = len(found) > MOST, before is not None or after is not None
    noticed, since, is_cut = _noticed(own, wanted, zone, at)
    shown = Shown(
        entries=entries,
        many=count_of(own, wanted),
        people=people_in(own),
        newer=entries[0].number if entries and (is_more if after is not None else is_back) else None,
        older=entries[-1].number if entries and (is_more or after is not None) else None,
        noticed=noticed,
        counted_since=since,
        is_cut=is_cut,
    )
    _write_down(actor, "read_ledger", [one.id for one in entries], at)
    return shown


def export(*, actor: Actor, wanted: Wanted, at: datetime) -> tuple[EntryView, ...] | Reason:
    """Give the entries that are asked for, the newest first; every one is named in the ledger, a hundred in an entry."""
    refused = may_read(actor)
    if refused is not None:
        return refused
    found = entries_of(actor.organisation_id, wanted=wanted, limit=MOST_EXPORTED + 1)
    if len(found) > MOST_EXPORTED:
        return _TOO_MANY
    _write_down(actor, "export_ledger", [one.id for one in found], at)
    return found


def walk(*, actor: Actor, since: Head, at: datetime) -> Part | Reason:
    """Check the next part of the own organisation's chain; that it was checked is written down."""
    allowed = permit(actor, "verify_ledger", Purpose.ACCOUNT, Relation.NONE)
    if allowed.reason is not None:
        return allowed.reason
    try:
        part = part_of(actor.organisation_id, actor.organisation_code, since=since, most=MOST_WALKED)
    except OSError as unreadable:
        raise LedgerUnavailableError from unreadable
    checked = max(0, part.reached.number - since.number)
    with transaction.atomic():
        record(
            actor=actor,
            act="verify_ledger",
            purpose=Purpose.ACCOUNT,
            counts={"entries": checked, "wrong": int(part.first_bad is not None)},
            at=at,
        )
    return part


def write_refusal(*, actor: Actor, at: datetime) -> None:
    """Write down that somebody of immigration removal asked for something and was given nothing."""
    with transaction.atomic():
        record(actor=actor, act="refused_immigration", purpose=Purpose.ACCOUNT, at=at)


def _noticed(own: UUID, wanted: Wanted, zone: ZoneInfo, at: datetime) -> tuple[tuple[Noticed, ...], datetime, bool]:
    """Count over the period that is asked for; over the last seven days where none is."""
    since = wanted.since or (wanted.until or at) - DAYS_COUNTED
    of_rules = replace(wanted, since=since, acts=COUNTED, ending="")
    found = entries_of(own, wanted=of_rules, limit=MOST_COUNTED + 1)
    counted = (*noticed_in(found[:MOST_COUNTED], zone), *_of_one_hand(own, of_rules, zone))
    return newest_first(counted), since, len(found) > MOST_COUNTED


def _of_one_hand(own: UUID, of_rules: Wanted, zone: ZoneInfo) -> tuple[Noticed, ...]:
    """Count of whoever is asked for what they confirmed; the proposal before it was another's."""
    decided = entries_of(own, wanted=replace(of_rules, actor_id=None, acts=DECIDES), limit=MOST_COUNTED)
    found = of_one_hand(decided, made_at(own), zone)
    return tuple(one for one in found if of_rules.actor_id in {None, one.actor_id})


def _write_down(actor: Actor, act: str, ids: Sequence[UUID], at: datetime) -> None:
    """Name every entry that was shown; nothing shown is written down too."""
    with transaction.atomic():
        for first in range(0, max(len(ids), 1), LARGEST_ENTRY):
            part = ids[first : first + LARGEST_ENTRY]
            record(
                actor=actor,
                act=act,
                purpose=Purpose.ACCOUNT,
                subjects=part,
                counts={"entries": len(part)},
                at=at,
            )


_TOO_MANY = Reason(
    code="too_many",
    where="period",
    words=Words(
        f"Dit zijn meer dan {MOST_EXPORTED} regels. Kies een kortere periode, of een collega.",
        f"These are more than {MOST_EXPORTED} entries. Choose a shorter period, or a colleague.",
    ),
)
