"""One chain per organisation: its head, and its entries that are only ever added."""

from __future__ import annotations

import uuid

from django.db import models

from vangnet.trust.access.models import Organisation


class Chain(models.Model):
    """The head of one organisation's chain; whoever writes holds this row."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True)
    last_number = models.PositiveIntegerField(default=0)
    last_mac = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.last_number}"


class Entry(models.Model):
    """Who did what to which random ids, when and why; never a word about a person.

    `anchor` is the seal of the newest line that the anchor file held when this was written,
    so that cutting that file is found too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    act = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    subjects = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    bindings = models.JSONField(default=dict)
    anchor = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    class Meta:
        """A number stands once in a chain."""

        constraints = [
            models.UniqueConstraint(name="ledger_entry_number_once", fields=["organisation", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"
