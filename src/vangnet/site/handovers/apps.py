"""The app of the pages of the gate; it has templates and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class HandoverPagesConfig(AppConfig):
    """The pages of the gate."""

    name = "vangnet.site.handovers"
    label = "handover_pages"
