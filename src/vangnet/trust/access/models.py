"""Organisations, the people who work for them, and in which role."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.handover import RECEIVING
from vangnet.knowledge.terms import LANGUAGES
from vangnet.trust.access.policy import Role


class Organisation(models.Model):
    """One controller: every record belongs to exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    regime = models.CharField(max_length=20)
    municipality = models.CharField(max_length=10, blank=True)
    contact_words = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)

    class Meta:
        """The regimes are a closed list."""

        constraints = [
            models.CheckConstraint(
                name="access_organisation_regime", condition=Q(regime__in=[one.value for one in Regime])
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Receiving(models.Model):
    """An organisation has this kind of place for a child; one without any receives nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="receiving")
    code = models.CharField(max_length=30)

    class Meta:
        """A kind stands once on a card, and is one of the closed list."""

        constraints = [
            models.UniqueConstraint(name="access_receiving_once", fields=["organisation", "code"]),
            models.CheckConstraint(name="access_receiving_code", condition=Q(code__in=sorted(RECEIVING))),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.organisation_id}"


class PersonManager(BaseUserManager["Person"]):
    """Makes people who can log in; nobody is ever an administrator of everything."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person; without a password they cannot log in until one is set."""
        person = self.model(username=self.model.normalize_username(username), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who works with Vangnet, or a named service account; never a child.

    `once_until` is empty for whoever has a password of their own; else the password is one that an
    administrator gave, must be changed at the first page, and lets nobody in after that moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="nl")
    is_service = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    once_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        """The languages are a closed list."""

        constraints = [
            models.CheckConstraint(name="access_person_language", condition=Q(language__in=LANGUAGES)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def must_change_password(self) -> bool:
        """Whether the password of now is one that an administrator gave."""
        return self.once_until is not None

    @property
    def is_staff(self) -> bool:
        """Whether this person may see everything: nobody may."""
        return False


class Membership(models.Model):
    """A person has a role at an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30)

    class Meta:
        """A role is held once, and is one of the closed list."""

        constraints = [
            models.UniqueConstraint(name="access_membership_once", fields=["person", "organisation", "role"]),
            models.CheckConstraint(
                name="access_membership_role", condition=Q(role__in=[role.value for role in Role])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"
