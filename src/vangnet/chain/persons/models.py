"""Who was met, as references, and what was claimed about each, sealed and never erased."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

ROLES = ("child", "companion", "collector")
KINDS = (
    "name",
    "birth_date",
    "sex",
    "birth_place",
    "phone",
    "address",
    "document",
    "biometric",
    "vehicle",
    "relation",
    "identity",
    "authority",
    "conflict_of_interest",
    "companion_role",
)


class Reference(models.Model):
    """One person as met at one encounter: all references of an encounter share its envelope.

    Points at nobody outside the encounter. Withdrawn where a correction says that this person
    was not there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    envelope = models.ForeignKey("keys.EnvelopeKey", on_delete=models.PROTECT, related_name="references")
    role = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """The roles are a closed list."""

        constraints = [models.CheckConstraint(name="persons_reference_role", condition=Q(role__in=ROLES))]

    def __str__(self) -> str:
        return f"{self.role} {self.id}"


class Claim(models.Model):
    """One thing that was said or read about a person; the value is sealed JSON.

    `basis` says on what it rests (stated, document, assessed, inspected). A claim is added or
    withdrawn, never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="claims")
    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20)
    value_sealed = models.BinaryField()
    basis = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        """The kinds are a closed list; a withdrawal says when and by whom."""

        constraints = [
            models.CheckConstraint(name="persons_claim_kind", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="persons_claim_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
