"""The app of hand-overs."""

from __future__ import annotations

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    """Requests for a child, checks, decisions of two people, hand-overs and incidents."""

    name = "vangnet.chain.handovers"
    label = "handovers"
