"""The digest of an encounter with its accounts and observations, as the ledger binds it, and of every one that stands.

One digest for all three: who changes when or where a child was met, takes an observation out or puts
one in, changes it. Every write of one holds the encounter, so the last entry binds the last state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import models

from vangnet.chain.encounters.models import Account, Encounter, Observation
from vangnet.trust.ledger.digests import columns_of, digest_together, values_of

_LABEL = "encounters.encounter"
_AT_ONCE = 1000
_BELONGING = (Account, Observation)


def digest_of_new(rows: Iterable[models.Model]) -> str:
    """Give the digest (hex) of an encounter from the rows that were written for it just now."""
    return digest_together(_LABEL, map(values_of, rows))


def digests_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Give for each of these encounters its digest as it stands: three queries."""
    told: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for row in Encounter.objects.filter(pk__in=ids).values_list("pk", *columns_of(Encounter)):
        told[row[0]].append(row[1:])
    for table in _BELONGING:
        rows = table._default_manager.filter(encounter_id__in=ids)  # noqa: SLF001 - the public underscore of Django
        for row in rows.values_list("encounter_id", *columns_of(table)):
            told[row[0]].append(row[1:])
    return {one: digest_together(_LABEL, rows) for one, rows in told.items()}


def encounters_for_verification() -> Iterator[tuple[UUID, str]]:
    """Give every encounter with the digest of what stands there now, for comparing with the ledger."""
    ids = list(Encounter.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), _AT_ONCE):
        yield from digests_of(ids[first : first + _AT_ONCE]).items()
