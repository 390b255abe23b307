"""Two tables of wrapped keys; the key that opens them lies in a file, never here."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class EnvelopeKey(models.Model):
    """The key of one encounter, wrapped under the master key; empty once it was destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        """A key is there or its destruction is dated: never both, never neither."""

        constraints = [
            models.CheckConstraint(
                name="keys_envelope_there_or_destroyed",
                condition=Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | Q(wrapped__isnull=True, destroyed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class OrganisationKey(models.Model):
    """The key under which one organisation's match features lie, wrapped under the master key."""

    organisation_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.organisation_id)
