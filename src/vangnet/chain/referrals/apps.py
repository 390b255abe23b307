"""The app of referrals."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals and their answers."""

    name = "vangnet.chain.referrals"
    label = "referrals"
