"""The app of the pages that account for who saw what."""

from django.apps import AppConfig


class LedgerPagesConfig(AppConfig):
    """Templates and views of the ledger."""

    name = "vangnet.site.ledger"
    label = "site_ledger"
