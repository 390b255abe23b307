"""Ask for pages of the ledger, and put entries into it."""

from __future__ import annotations

from typing import Any

import time_machine
from django.db import transaction
from django.test import Client

from chain.referrals.town import Town, after
from vangnet.knowledge.terms import Purpose
from vangnet.trust.ledger import services

NOW = after(30)
CHILD = ("Nora", "Noor", "Lindqvist", "SPECI", "00004117", "2013")


def asked(client: Client, path: str = "/ledger", status: int = 200, follow: bool = True, **fields: str) -> str:
    with time_machine.travel(NOW, tick=False):
        answer = client.post(path, fields, follow=follow) if fields else client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().split())


def wrote(town: Town, who: str, act: str, **more: Any) -> None:
    given = {"actor": town.actor(who), "act": act, "purpose": Purpose.PROTECT_CHILD, "at": after(1)}
    with transaction.atomic():
        services.record(**given | more)
