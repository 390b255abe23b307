"""Reads about keys: whether one was destroyed and when; never a key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from vangnet.trust.keys.models import EnvelopeKey


def destroyed(envelope_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Say which of these keys were destroyed, and when."""
    rows = EnvelopeKey.objects.filter(pk__in=set(envelope_ids), destroyed_at__isnull=False)
    return {row.id: row.destroyed_at for row in rows if row.destroyed_at is not None}
