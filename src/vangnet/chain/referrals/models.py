"""Referrals and answers: rows that are added, never edited."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Referral(models.Model):
    """One organisation asks another to take a matter over; the receiver has a duty to answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="referrals_sent")
    receiver = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="referrals_received")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=40)
    text_sealed = models.BinaryField()
    sent_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        """A referral goes to another organisation, and the same press of a button sends it once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request_key"], name="referral_sent_once"),
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("receiver")), name="referral_to_another_organisation"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["receiver", "answer_by"], name="referral_inbox")]


class Answer(models.Model):
    """What the receiver said; asking back leaves the referral open, so several answers may follow each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(max_length=20)
    reason_sealed = models.BinaryField()
    answered_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        """Only the three answers of the chain, and one final one a referral."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(value__in=["accepted", "declined", "asked_back"]), name="answer_in_list"
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(value__in=["accepted", "declined"]),
                name="answer_final_once",
            ),
        ]
