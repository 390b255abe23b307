"""Is every ledger entry the one that was written, and every row of the gate the one that was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from vangnet.chain.handovers.digests import rows_for_verification
from vangnet.knowledge.terms import Words
from vangnet.trust.ledger import selectors as ledger


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


def verify_all() -> Verified:
    """Walk every chain, then hold every row of the gate against what the ledger vouches for.

    A row that nobody vouched for is forged; one whose content differs was edited; one that is
    vouched for and not there was removed.
    """
    chains = ledger.verify()
    vouched = ledger.bound()
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
