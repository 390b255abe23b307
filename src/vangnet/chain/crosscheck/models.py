"""The index under which an encounter is found again, and what people said about pairs of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

VALUES = ("same", "different", "unsure")


class IndexKey(models.Model):
    """One blocking key of one encounter, as an HMAC of 16 bytes; rebuildable, so without foreign-key checks."""

    pk = models.CompositePrimaryKey("key", "encounter")
    key = models.BinaryField(max_length=16)
    encounter = models.ForeignKey(
        "encounters.Encounter", on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    organisation = models.ForeignKey(
        "access.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    def __str__(self) -> str:
        return str(self.encounter_id)


class Features(models.Model):
    """What is compared of one encounter, sealed under the key of its organisation."""

    encounter = models.OneToOneField(
        "encounters.Encounter", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    features_sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.encounter_id)


class Tally(models.Model):
    """How many encounters of an organisation stand in the index, kept in the transaction that changes it.

    How rare a name is, is asked at every search; nobody counts the whole index for that.
    """

    organisation = models.OneToOneField(
        "access.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    encounters = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.encounters}"


class Verdict(models.Model):
    """One person of one organisation said whether two encounters are of the same child.

    `organisation` is the side for which it was said. Of each side at most one verdict about a pair
    stands; a newer one revokes it. Two organisations are joined only when both said same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=10)
    reason_sealed = models.BinaryField()
    given_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        """Left comes before right, the values are a closed list, a revocation says by whom."""

        constraints = [
            models.CheckConstraint(name="crosscheck_verdict_value", condition=Q(value__in=VALUES)),
            models.CheckConstraint(name="crosscheck_verdict_order", condition=Q(left__lt=F("right"))),
            models.UniqueConstraint(
                name="crosscheck_verdict_stands_once",
                fields=["left", "right", "organisation"],
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="crosscheck_verdict_revoked_by",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.id}"


class Membership(models.Model):
    """Of which child an encounter is, as *same* verdicts have it; rebuildable. No row: a child of its own."""

    encounter = models.OneToOneField(
        "encounters.Encounter", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    child_id = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return str(self.encounter_id)


class Contradiction(models.Model):
    """A verdict took apart what others had joined, or could not join what was judged different."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="+")
    child_id = models.UUIDField()
    raised_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Review(models.Model):
    """A task: somebody acted on a join that no longer stands, and looks again at what they did."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    contradiction = models.ForeignKey(Contradiction, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        """Nobody is told twice."""

        constraints = [
            models.UniqueConstraint(
                name="crosscheck_review_once", fields=["contradiction", "person", "organisation"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
