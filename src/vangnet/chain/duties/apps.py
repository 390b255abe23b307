"""The app under its own label."""

from __future__ import annotations

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Duties and international checks."""

    name = "vangnet.chain.duties"
    label = "duties"
