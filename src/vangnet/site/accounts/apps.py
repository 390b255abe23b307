"""The app of one's own account."""

from django.apps import AppConfig


class AccountPagesConfig(AppConfig):
    """Templates and views of one's own account."""

    name = "vangnet.site.accounts"
    label = "site_accounts"
