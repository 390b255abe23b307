"""The app under its own label."""

from __future__ import annotations

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """References to people and what is claimed about them."""

    name = "vangnet.chain.persons"
    label = "persons"
