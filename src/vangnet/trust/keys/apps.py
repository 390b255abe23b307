"""The app under its own label."""

from __future__ import annotations

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Envelope and organisation keys."""

    name = "vangnet.trust.keys"
    label = "keys"
