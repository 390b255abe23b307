"""The app of the referral pages."""

from django.apps import AppConfig


class ReferralPagesConfig(AppConfig):
    """Templates and views of referrals."""

    name = "vangnet.site.referrals"
    label = "site_referrals"
