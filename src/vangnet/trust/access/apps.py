"""The app under its own label."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Organisations, people and their roles."""

    name = "vangnet.trust.access"
    label = "access"
