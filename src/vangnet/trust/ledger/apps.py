"""The app under its own label."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The chains of entries."""

    name = "vangnet.trust.ledger"
    label = "ledger"
