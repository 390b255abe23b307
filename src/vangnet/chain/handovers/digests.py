"""The digest of a row of the gate, as the ledger binds it, and of every row that stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from uuid import UUID

from django.db import models

from vangnet.chain.handovers.models import (
    Check,
    Decision,
    Handover,
    Incident,
    Proposal,
    Request,
    Review,
    Supersession,
)
from vangnet.trust.keys.services import Place
from vangnet.trust.ledger import digests

ADDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "handovers.decision": frozenset({"reason_sealed", "accounts_as_of", "receiver_id"}),
        "handovers.proposal": frozenset({"number", "accounts_as_of", "receiver_id"}),
    }
)
"""Columns that came later: NULL in an older row, whose digest was made without them."""


TABLES: tuple[type[models.Model], ...] = (
    Request,
    Check,
    Proposal,
    Decision,
    Supersession,
    Handover,
    Incident,
    Review,
)


def rows_for_verification() -> Iterator[tuple[UUID, str]]:
    """Give every row of the gate with the digest of what stands there now, for comparing with the ledger."""
    for table in TABLES:
        for row in table._default_manager.all().iterator(chunk_size=2000):  # noqa: SLF001 - the public underscore of Django
            yield UUID(str(row.pk)), digest_of(row)


def digest_of(row: models.Model) -> str:
    """Give the digest (hex) of every column of a row; two rows that differ anywhere differ here."""
    table = row._meta  # noqa: SLF001 - the one public underscore of Django
    return digests.digest_of(row, added=ADDED.get(table.label_lower, ()))


def place_of(row: models.Model) -> Place:
    """Give the place to which the sealed words of a row are bound; each table has one such column."""
    return Place(row._meta.label_lower, row.pk)  # noqa: SLF001 - the one public underscore of Django
