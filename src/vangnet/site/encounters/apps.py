"""The app of the encounter's doors."""

from __future__ import annotations

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """Intake, advice and timeline."""

    name = "vangnet.site.encounters"
    label = "site_encounters"
