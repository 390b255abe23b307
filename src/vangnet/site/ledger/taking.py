"""Entries as a table for an inquiry: ids, acts, purposes, times. Nothing of a child but random ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from vangnet.knowledge.exchange import Answer
from vangnet.site.ledger.lines import OF_THE_LEDGER, Seen

COLUMNS: Final = (
    *("entry", "at", "person_id", "person", "organisations", "act", "purpose", "records"),
    *(kind.value for kind in (Answer.CONTENT, Answer.CONTACT, Answer.HIT)),
)
_BEGINS_A_FORMULA: Final = tuple("=+-@\t\r")


def table_of(seen: Iterable[Seen]) -> str:
    """Write the table as CSV, times in UTC; a name that a spreadsheet would run is marked as text."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    rows.writerows(_row(one) for one in seen)
    return out.getvalue()


def _row(seen: Seen) -> list[object]:
    entry, card = seen.entry, seen.card
    return [
        entry.number,
        entry.at.isoformat(timespec="seconds"),
        entry.actor_id,
        _text(card.name if card else ""),
        _text("; ".join(card.organisations.values()) if card else ""),
        entry.act,
        entry.purpose,
        "" if entry.act in OF_THE_LEDGER else " ".join(str(one) for one in seen.records),
        *(entry.counts.get(name, "") if seen.is_own else "" for name in COLUMNS[-3:]),
    ]


def _text(words: str) -> str:
    return f"'{words}" if words.startswith(_BEGINS_A_FORMULA) else words
