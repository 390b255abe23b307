"""The gate's record: rows that are added and never edited.

The triggers of migrations 0002 to 0008 hold for every way in: they refuse a hand-over without its
valid decision, every change and every deletion. A later migration that makes SQLite build one of
these tables anew loses its triggers and has to write them again; a column that may be NULL is added
in place. Such a column is left out of the digest where it is NULL (`digests.ADDED`).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vangnet.knowledge.handover import OUTCOMES

HANDOVERS = tuple(code for code, end in OUTCOMES.items() if end.kind == "handover")
INCIDENTS = tuple(code for code, end in OUTCOMES.items() if end.kind == "incident")
ANSWERS = ("not_yet", "refer", "ready_for_two_people")
NEEDS_READY = tuple(code for code, end in OUTCOMES.items() if end.needs_ready)


class Request(models.Model):
    """The gate was opened for one encounter; `collector` is None where nobody asks for the child."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="requests")
    collector = models.ForeignKey("persons.Reference", on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class Check(models.Model):
    """What somebody found about one check; never that it passed. `number` counts over all requests of the child.

    In rows from before migration 0005 it counts within the request.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveIntegerField()
    check_id = models.CharField(max_length=4)
    state = models.CharField(max_length=30)
    source = models.CharField(max_length=30)
    evidence_sealed = models.BinaryField()
    made_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """Checks of a request are numbered without a gap."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="handovers_check_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.check_id} {self.number}"


class Proposal(models.Model):
    """One person proposes an outcome; `checks_as_of` is the number of the last check of the child.

    `accounts_as_of` is that of the last account of the encounter. `receiver` is the organisation that
    receives the child; None where whoever asked receives. `number` counts within the request, so that
    no clock says which proposal came last. Number and accounts are NULL only in rows from before they
    were there; where nobody knows on which account one rests, nothing can rest on it any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=40)
    machine_outcome = models.CharField(max_length=30)
    checks_as_of = models.PositiveIntegerField()
    accounts_as_of = models.PositiveIntegerField(null=True)
    receiver = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    reason_sealed = models.BinaryField()
    proposed_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        """The outcomes are a closed list, and so are the machine's three answers; no two share a number."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "number"],
                condition=Q(number__isnull=False),
                name="handovers_proposal_numbered",
            ),
            models.CheckConstraint(condition=Q(outcome__in=HANDOVERS), name="handovers_proposal_outcome"),
            models.CheckConstraint(condition=Q(machine_outcome__in=ANSWERS), name="handovers_proposal_machine"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"


class Decision(models.Model):
    """Two people decided with whom this child goes: the one who proposed it, and another.

    `reason_sealed` holds the second person's own words; a trigger wants them of every new row. It and
    `accounts_as_of` are NULL only in rows from before the columns were there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="decisions")
    child = models.ForeignKey("persons.Reference", on_delete=models.PROTECT, related_name="+")
    collector = models.ForeignKey("persons.Reference", on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=40)
    machine_outcome = models.CharField(max_length=30)
    checks_as_of = models.PositiveIntegerField()
    accounts_as_of = models.PositiveIntegerField(null=True)
    receiver = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    first_decider = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    second_decider = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    reason_sealed = models.BinaryField(null=True)

    class Meta:
        """Two different people; who holds authority only where the gate was ready and somebody asked.

        The two unique constraints are what the hand-over's foreign keys point at.
        """

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(first_decider=F("second_decider")), name="handovers_decision_two_people"
            ),
            models.CheckConstraint(condition=Q(outcome__in=HANDOVERS), name="handovers_decision_outcome"),
            models.CheckConstraint(condition=Q(machine_outcome__in=ANSWERS), name="handovers_decision_machine"),
            models.CheckConstraint(
                condition=~Q(outcome__in=NEEDS_READY)
                | Q(machine_outcome="ready_for_two_people", collector__isnull=False),
                name="handovers_decision_ready",
            ),
            models.UniqueConstraint(
                fields=["id", "child", "outcome", "first_decider", "second_decider"],
                name="handovers_decision_copied",
            ),
            models.UniqueConstraint(
                fields=["id", "child", "collector", "outcome", "first_decider", "second_decider"],
                name="handovers_decision_copied_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"


class Supersession(models.Model):
    """A decision that no longer holds, and why; there is no way back but a new decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="supersession")
    reason_sealed = models.BinaryField()
    superseded_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.decision_id)


class Handover(models.Model):
    """The child went with a receiver, on a decision of two people, whose content stands copied here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="handover")
    child = models.ForeignKey("persons.Reference", on_delete=models.PROTECT, related_name="+")
    collector = models.ForeignKey("persons.Reference", on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=40)
    first_decider = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    second_decider = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    receipt_sealed = models.BinaryField()
    handed_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    class Meta:
        """Two different people, and an outcome of the closed list."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(first_decider=F("second_decider")), name="handovers_handover_two_people"
            ),
            models.CheckConstraint(condition=Q(outcome__in=HANDOVERS), name="handovers_handover_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"


class Incident(models.Model):
    """The child left at the legal limit or went missing: no receiver, one person, always reviewed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="incidents")
    outcome = models.CharField(max_length=40)
    words_sealed = models.BinaryField()
    recorded_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """Only the two incidents of the closed list."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=INCIDENTS), name="handovers_incident_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"


class Review(models.Model):
    """Somebody else than who recorded an incident looked at it: in which role, when, in own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="review")
    role = models.CharField(max_length=30)
    words_sealed = models.BinaryField()
    reviewed_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.incident_id)
