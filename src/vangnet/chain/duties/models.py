"""What the law asks after an encounter, and whether other countries were asked."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from vangnet.knowledge.terms import CHANNELS

STATES = ("asked", "not_asked", "answered", "unknown")


class Duty(models.Model):
    """One duty of one encounter: who holds it, since when, until when, done or not.

    Empty `due_at` is a duty without a deadline. A duty whose ground fell away lapses; a changed
    one lapses and a new row stands beside it. What was done stays done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="duties")
    clock = models.CharField(max_length=10)
    holder_code = models.CharField(max_length=40)
    starts_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    hard = models.BooleanField()
    started_at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", null=True)
    proof_sealed = models.BinaryField(null=True)

    class Meta:
        """A clock runs once for an encounter; what is done says when, by whom and with what proof."""

        constraints = [
            models.UniqueConstraint(
                name="duties_clock_runs_once", fields=["encounter", "clock"], condition=Q(lapsed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="duties_done_with_proof",
                condition=Q(done_at__isnull=True, done_by__isnull=True, proof_sealed__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False, proof_sealed__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="duties_open",
                fields=["organisation", "due_at"],
                condition=Q(lapsed_at__isnull=True, done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.id}"


class InternationalCheck(models.Model):
    """What became of one channel at one moment; rows are only added, the newest says how it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    asked_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    answer_sealed = models.BinaryField()

    class Meta:
        """Channels and states are closed lists."""

        constraints = [
            models.CheckConstraint(name="duties_channel", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(name="duties_channel_state", condition=Q(state__in=STATES)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"
