"""What the tests of the ledger share: one entry more, as an actor wrote it."""

from __future__ import annotations

import pytest
from django.db import transaction

from vangnet.knowledge.terms import Purpose
from vangnet.trust.ledger import services


@pytest.fixture
def write(actor, at):
    def record(**changes):
        given = {"actor": actor, "act": "read_encounter", "purpose": Purpose.PROTECT_CHILD, "at": at}
        with transaction.atomic():
            services.record(**given | changes)

    return record
