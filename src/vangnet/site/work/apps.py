"""The app of the work page."""

from django.apps import AppConfig


class WorkPagesConfig(AppConfig):
    """Templates and views of the work list."""

    name = "vangnet.site.work"
    label = "site_work"
