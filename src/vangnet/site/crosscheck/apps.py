"""The app of the pages that compare."""

from django.apps import AppConfig


class CrosscheckPagesConfig(AppConfig):
    """Templates and views of possible earlier encounters."""

    name = "vangnet.site.crosscheck"
    label = "site_crosscheck"
