"""One row per encounter, and beside it what was said of it, version after version."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.db.models.sql.compiler import SQLCompiler

from vangnet.knowledge.terms import observers


class ShortNumber(models.Func):
    """The last eight signs of an id, by which people name an encounter; written so that an index can hold it."""

    output_field = models.CharField()
    template = "substr(%(expressions)s, 25)"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        """Write the id out: there it is no text, and has its dashes."""
        return self.as_sql(compiler, connection, template="substr((%(expressions)s)::text, 29)", **more)


class Encounter(models.Model):
    """One child was met, by one organisation, at one moment.

    `encounter_id` is the source's own, or issued here where none came. `met_at` is UTC and empty
    where only part of the date is known; `met_on` is the local date, or as much of it as is known.
    `digest` is that of the first account; `is_history` says that it was imported for the index
    alone: never screened, no duties.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    encounter_id = models.CharField(max_length=120)
    envelope = models.OneToOneField("keys.EnvelopeKey", on_delete=models.PROTECT, related_name="+")
    child = models.OneToOneField("persons.Reference", on_delete=models.PROTECT, related_name="encounter")
    country = models.CharField(max_length=2)
    municipality = models.CharField(max_length=10, blank=True)
    zone = models.CharField(max_length=40)
    met_at = models.DateTimeField(null=True)
    met_on = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    request_key = models.UUIDField(null=True)
    digest = models.BinaryField(max_length=32)
    is_history = models.BooleanField(default=False)

    class Meta:
        """The source's number stands once in an organisation, and one press of a button too."""

        constraints = [
            models.UniqueConstraint(name="encounters_number_once", fields=["organisation", "encounter_id"]),
            models.UniqueConstraint(name="encounters_request_once", fields=["organisation", "request_key"]),
        ]
        indexes = [
            models.Index(name="encounters_newest", fields=["organisation", "-recorded_at"]),
            models.Index(F("organisation"), ShortNumber("id"), name="encounters_short_number"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Account(models.Model):
    """Everything told of an encounter except who people are and what was seen; a correction adds one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="accounts", db_index=False)
    number = models.PositiveSmallIntegerField()
    facts_sealed = models.BinaryField()
    reason_sealed = models.BinaryField(null=True)
    digest = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        """Accounts of an encounter are numbered; all but the first say why they were made."""

        constraints = [
            models.UniqueConstraint(name="encounters_account_numbered", fields=["encounter", "number"]),
            models.CheckConstraint(
                name="encounters_account_says_why", condition=Q(number=1) | Q(reason_sealed__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.encounter_id}"


class Observation(models.Model):
    """What somebody did or did not see; the words are sealed. Withdrawn where it does not hold.

    `observer` stays in the clear and is a code of the schema, so that nobody's name can stand in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="observations")
    position = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=10)
    state = models.CharField(max_length=20)
    observer = models.CharField(max_length=60, blank=True)
    at_text = models.CharField(max_length=40, blank=True)
    words_sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", null=True)
    reason_sealed = models.BinaryField(null=True)

    class Meta:
        """A withdrawal says when, by whom and why."""

        constraints = [
            models.CheckConstraint(
                name="encounters_observation_withdrawn_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, reason_sealed__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, reason_sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="encounters_observation_state", condition=Q(state__in=["observed", "not_observed", "unknown"])
            ),
            models.CheckConstraint(
                name="encounters_observation_observer_is_a_code", condition=Q(observer__in=["", *observers()])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.id}"


class Opening(models.Model):
    """A specialist of the organisation decided that an older encounter may be read again (Wpg 8)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="openings")
    reason_sealed = models.BinaryField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.id)
