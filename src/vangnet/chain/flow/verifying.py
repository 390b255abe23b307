"""Is every ledger entry the one that was written, and every row that an entry vouches for the one that was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from vangnet.chain.crosscheck.models import Verdict
from vangnet.chain.duties.models import Duty, InternationalCheck
from vangnet.chain.encounters.digests import encounters_for_verification
from vangnet.chain.encounters.models import Opening
from vangnet.chain.handovers.digests import rows_for_verification
from vangnet.chain.referrals.models import Answer, Referral
from vangnet.knowledge.terms import Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.access.selectors import all_names
from vangnet.trust.ledger import selectors as chain
from vangnet.trust.ledger import services as ledger
from vangnet.trust.ledger.digests import digests_in
from vangnet.trust.ledger.receipts import Receipt, missing_since, receipts

_Found = dict[UUID, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was checked and what was found wrong, in sentences; `unprotected` entries came after the last anchor.

    `tables` counts the rows of each kind, `ends` says how far every chain had come before this check.
    """

    checked: int
    tables: tuple[tuple[Words, int], ...]
    ends: tuple[Receipt, ...]
    unprotected: int
    problems: tuple[Words, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    @property
    def rows(self) -> int:
        """How many rows were held against the ledger."""
        return sum(many for _, many in self.tables)


def verify_all(*, actor: Actor, purpose: Purpose, at: datetime, since: Sequence[Receipt] = ()) -> Verified | Reason:
    """Walk every chain, then hold every row that an entry vouches for, and the receipts of `since`, against it.

    A row that nobody vouched for is forged; one whose content differs was edited; one that is
    vouched for and not there was removed. That it was verified, by whom and with how many problems, is
    an entry itself; where that cannot be written, what was found is told all the same, and so is this.
    """
    refused = permit(actor, "verify_ledger", purpose, Relation.NONE).reason
    if refused is not None:
        return refused
    found = _walked(since)
    try:
        with transaction.atomic():
            _write_down(actor, purpose, found, at)
    except ledger.LedgerUnavailableError as unwritten:
        return replace(found, problems=(*found.problems, unwritten.words))
    return found


def give_receipts(*, actor: Actor, purpose: Purpose, at: datetime) -> tuple[Receipt, ...] | Reason:
    """Give a receipt of every chain, to be kept elsewhere; that they were given is in the ledger, and in them."""
    refused = permit(actor, "verify_ledger", purpose, Relation.NONE).reason
    if refused is not None:
        return refused
    with transaction.atomic():
        ledger.record(actor=actor, act="give_receipt", purpose=purpose, at=at)
        return receipts()


def _write_down(actor: Actor, purpose: Purpose, found: Verified, at: datetime) -> None:
    counts = {"entries": found.checked, "rows": found.rows, "problems": len(found.problems)}
    ledger.record(actor=actor, act="verify_ledger", purpose=purpose, counts=counts, at=at)


_TABLES: Mapping[Words, Callable[[], Iterator[tuple[UUID, str]]]] = MappingProxyType(
    {
        Words("ontmoeting", "encounter"): encounters_for_verification,
        Words("opening van oudere gegevens", "opening of older data"): partial(digests_in, Opening),
        Words("oordeel over hetzelfde kind", "verdict on the same child"): partial(digests_in, Verdict),
        Words("plicht", "duty"): partial(digests_in, Duty),
        Words("internationale navraag", "international check"): partial(digests_in, InternationalCheck),
        Words("overdracht", "hand-over"): rows_for_verification,
        Words("aanmelding", "referral"): partial(digests_in, Referral),
        Words("antwoord op een aanmelding", "answer to a referral"): partial(digests_in, Answer),
    }
)
"""Every kind of row that an entry vouches for, as it is called in a sentence."""


def _walked(since: Sequence[Receipt]) -> Verified:
    """Walk the chains, then the rows; what seems wrong is looked at once more, for people go on working."""
    ends, chains = receipts(), chain.verify()
    tables, wrong = _wrong()
    if wrong:
        again = _wrong()[1]
        wrong = {row: words for row, words in again.items() if row in wrong}
    return Verified(
        checked=chains.checked,
        tables=tables,
        ends=ends,
        unprotected=chains.unprotected,
        problems=(*(one.words for one in chains.findings), *missing_since(since), *wrong.values()),
    )


def _wrong() -> tuple[tuple[tuple[Words, int], ...], _Found]:
    """Give how many rows of each kind there are, and by row what is wrong; rows are read before entries."""
    present = {kind: dict(rows()) for kind, rows in _TABLES.items()}
    called = {one: ledger.name_digest(one, name) for one, name in all_names().items()}
    vouched = chain.vouched()
    found: _Found = {}
    for kind, rows in present.items():
        found |= _differences(kind, rows, vouched.rows)
    there = {row for rows in present.values() for row in rows}
    found |= {row: _removed(row) for row in sorted(vouched.rows.keys() - there)}
    found |= {one: _renamed(one) for one, names in sorted(vouched.names.items()) if names != {called.get(one)}}
    return tuple((kind, len(rows)) for kind, rows in present.items()), found


def _differences(kind: Words, present: Mapping[UUID, str], vouched: Mapping[UUID, str]) -> _Found:
    return {
        row: _forged(kind, row) if row not in vouched else _edited(kind, row)
        for row, digest in sorted(present.items())
        if vouched.get(row) != digest
    }


def _forged(kind: Words, row: UUID) -> Words:
    return Words(
        f"Rij {row} ({kind.nl}) staat niet in het logboek: zij is vervalst, of het logboek is teruggezet.",
        f"Row {row} ({kind.en}) is not in the ledger: it is forged, or the ledger was set back.",
    )


def _edited(kind: Words, row: UUID) -> Words:
    return Words(
        f"Rij {row} ({kind.nl}) is na het vastleggen veranderd.",
        f"Row {row} ({kind.en}) was changed after it was recorded.",
    )


def _removed(row: UUID) -> Words:
    return Words(
        f"Rij {row} staat in het logboek en is er niet meer.",
        f"Row {row} is in the ledger and is no longer there.",
    )


def _renamed(person: UUID) -> Words:
    return Words(
        f"Account {person} heeft een andere naam dan die het logboek kent.",
        f"Account {person} has another name than the one that the ledger knows.",
    )
