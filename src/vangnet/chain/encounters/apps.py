"""The app under its own label."""

from __future__ import annotations

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """Encounters, their accounts and observations."""

    name = "vangnet.chain.encounters"
    label = "encounters"
