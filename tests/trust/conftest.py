"""An organisation, somebody who works there, and an anchor file of their own for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from triggers import triggers_away
from vangnet.trust.access.models import Organisation
from vangnet.trust.access.policy import Actor, Role
from vangnet.trust.access.services import actor_for, create_organisation, create_person, give_role
from vangnet.trust.ledger.models import Chain, Entry


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 1, 14, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def anchor_file(settings, tmp_path: Path) -> Path:
    settings.VANGNET_ANCHOR_FILE = tmp_path / "anchors" / "ledger.jsonl"
    return settings.VANGNET_ANCHOR_FILE


@pytest.fixture
def organisation(db) -> Organisation:
    return create_organisation(code="NL-POL-AMS", name="Politie", country="NL", regime="police")


@pytest.fixture
def other_organisation(db) -> Organisation:
    return create_organisation(code="NL-RVDK-AMS", name="Raad", country="NL", regime="youth_care")


@pytest.fixture
def actor_of(db) -> Callable[[Organisation], Actor]:
    def make(organisation: Organisation) -> Actor:
        person = create_person(username=f"officer-{organisation.code}", name="Robin de Boer")
        give_role(person=person, organisation=organisation, role=Role.OFFICER)
        actor = actor_for(person)
        assert isinstance(actor, Actor)
        return actor

    return make


@pytest.fixture
def actor(organisation, actor_of) -> Actor:
    return actor_of(organisation)


@pytest.fixture
def durable(transactional_db) -> Iterator[None]:
    """Let a test commit for real; its chains are taken out again as only a superuser can."""
    yield
    with triggers_away():
        Entry.objects.all().delete()
        Chain.objects.all().delete()
