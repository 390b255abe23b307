"""Is every ledger entry the one that was written, and every row of the gate the one that was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vangnet.chain.handovers.digests import rows_for_verification
from vangnet.knowledge.terms import Purpose, Reason, Words
from vangnet.trust.access.policy import Actor, Relation, permit
from vangnet.trust.ledger import selectors as chain
from vangnet.trust.ledger import services as ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was checked and what was found wrong, in sentences; `unprotected` entries came after the last anchor."""

    checked: int
    rows: int
    unprotected: int
    problems: tuple[Words, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify_all(*, actor: Actor, purpose: Purpose, at: datetime) -> Verified | Reason:
    """Walk every chain, then hold every row of the gate against what the ledger vouches for.

    A row that nobody vouched for is forged; one whose content differs was edited; one that is
    vouched for and not there was removed. That it was verified, by whom and with how many problems, is
    an entry itself; where that cannot be written, what was found is told all the same, and so is this.
    """
    refused = permit(actor, "verify_ledger", purpose, Relation.NONE).reason
    if refused is not None:
        return refused
    found = _walked()
    try:
        with transaction.atomic():
            _write_down(actor, purpose, found, at)
    except ledger.LedgerUnavailableError as unwritten:
        return replace(found, problems=(*found.problems, unwritten.words))
    return found


def _write_down(actor: Actor, purpose: Purpose, found: Verified, at: datetime) -> None:
    counts = {"entries": found.checked, "rows": found.rows, "problems": len(found.problems)}
    ledger.record(actor=actor, act="verify_ledger", purpose=purpose, counts=counts, at=at)


def _walked() -> Verified:
    chains = chain.verify()
    vouched = chain.bound()
    present = dict(rows_for_verification())
    problems = [*(finding.words for finding in chains.findings), *_differences(vouched, present)]
    return Verified(
        checked=chains.checked, rows=len(present), unprotected=chains.unprotected, problems=tuple(problems)
    )


def _differences(vouched: Mapping[UUID, str], present: Mapping[UUID, str]) -> Iterator[Words]:
    for row, digest in sorted(present.items()):
        if row not in vouched:
            yield Words(
                f"Rij {row} van de overdracht staat niet in het logboek: zij is vervalst.",
                f"Row {row} of the hand-over is not in the ledger: it is forged.",
            )
        elif vouched[row] != digest:
            yield Words(
                f"Rij {row} van de overdracht is na het vastleggen veranderd.",
                f"Row {row} of the hand-over was changed after it was recorded.",
            )
    for row in sorted(vouched.keys() - present.keys()):
        yield Words(
            f"Rij {row} van de overdracht staat in het logboek en is er niet meer.",
            f"Row {row} of the hand-over is in the ledger and is no longer there.",
        )
