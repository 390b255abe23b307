"""The app of the frame and its components."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The frame of every page."""

    name = "vangnet.site.pages"
    label = "pages"
