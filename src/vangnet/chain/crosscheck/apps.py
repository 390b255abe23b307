"""The app under its own label."""

from __future__ import annotations

from django.apps import AppConfig


class CrosscheckConfig(AppConfig):
    """The index, the verdicts and what follows from them."""

    name = "vangnet.chain.crosscheck"
    label = "crosscheck"
