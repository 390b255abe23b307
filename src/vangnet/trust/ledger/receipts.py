"""Receipts: the head of a chain in one line that is kept elsewhere, and held against the ledger later.

Whoever cuts a ledger, its rows and its anchors back together to one earlier moment leaves a ledger
that is whole in itself. Only what somebody else wrote down shows that it had come further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from vangnet.knowledge.terms import Reason, Words
from vangnet.trust.ledger.models import Chain, Entry

_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*):([1-9][0-9]{0,9}):([0-9a-f]{64})(?:\s+\S+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How far the chain of one organisation had come: number and MAC of its last entry, and its time where known."""

    organisation: str
    number: int
    mac: str
    at: datetime | None = None

    @property
    def line(self) -> str:
        """The receipt as it is copied or mailed."""
        when = "" if self.at is None else f" {self.at.astimezone(UTC).isoformat(timespec='seconds')}"
        return f"{self.organisation}:{self.number}:{self.mac}{when}"


def receipts() -> tuple[Receipt, ...]:
    """Give a receipt of every chain that has an entry, by the code of its organisation."""
    heads = Chain.objects.filter(last_number__gt=0).order_by("organisation__code")
    found = list(heads.values_list("organisation_id", "organisation__code", "last_number", "last_mac"))
    return tuple(
        Receipt(organisation=code, number=number, mac=mac, at=_time_of(organisation_id, number))
        for organisation_id, code, number, mac in found
    )


def read_receipts(given: Iterable[str]) -> tuple[Receipt, ...] | Reason:
    """Read receipts, each a line or the name of a file of lines; a Reason where one is neither."""
    read: list[Receipt] = []
    for text in given:
        lines = [text] if _LINE.fullmatch(text.strip()) else _lines_of(text)
        found = [_LINE.fullmatch(line.strip()) for line in lines]
        if not found or None in found:
            return _no_receipt(text)
        read += [Receipt(organisation=one[1], number=int(one[2]), mac=one[3]) for one in found if one is not None]
    return tuple(read)


def missing_since(kept: Iterable[Receipt]) -> Iterator[Words]:
    """Say of each receipt that does not fit where the ledger is shorter than it or differs from it."""
    for receipt in kept:
        entries = Entry.objects.filter(organisation__code=receipt.organisation)
        mac = entries.filter(number=receipt.number).values_list("mac", flat=True).first()
        if mac == receipt.mac:
            continue
        last = entries.order_by("-number").values_list("number", flat=True).first() or 0
        yield _shorter(receipt, last) if mac is None else _differs(receipt)


def _lines_of(text: str) -> list[str]:
    try:
        return [line for line in Path(text).read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        return []


def _time_of(organisation_id: UUID, number: int) -> datetime | None:
    rows = Entry.objects.filter(organisation_id=organisation_id, number=number)
    return rows.values_list("at", flat=True).first()


def _shorter(receipt: Receipt, last: int) -> Words:
    return Words(
        f"Logboek van {receipt.organisation}: het bewijs noemt regel {receipt.number}, en die is er niet. "
        f"Het logboek heeft {last} regels; het is teruggezet of afgekapt.",
        f"Ledger of {receipt.organisation}: the receipt names entry {receipt.number}, which is not there. "
        f"The ledger has {last} entries; it was set back or cut.",
    )


def _differs(receipt: Receipt) -> Words:
    return Words(
        f"Logboek van {receipt.organisation}, regel {receipt.number}: dit is een andere regel dan in het bewijs. "
        "Het logboek is teruggezet en opnieuw gevuld, of het bewijs is verkeerd overgenomen.",
        f"Ledger of {receipt.organisation}, entry {receipt.number}: this is another entry than the receipt names. "
        "The ledger was set back and filled anew, or the receipt was copied wrongly.",
    )


def _no_receipt(text: str) -> Reason:
    return Reason(
        code="receipt",
        where="since",
        words=Words(
            f"{text} is geen bewijs en geen bestand met bewijzen; geef een regel van: vangnet ledger receipt.",
            f"{text} is no receipt and no file of receipts; give a line of: vangnet ledger receipt.",
        ),
    )
