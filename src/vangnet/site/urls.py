"""Every address of the site; no personal data ever stands in one."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from vangnet.site.pages.login import EnterView, SecondView

handler400 = "vangnet.site.pages.errors.bad_request"
handler403 = "vangnet.site.pages.errors.forbidden"
handler404 = "vangnet.site.pages.errors.not_found"
handler500 = "vangnet.site.pages.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("login", EnterView.as_view(), name="account_login"),
    path("login/second", SecondView.as_view(), name="mfa_authenticate"),
    path("", include("vangnet.site.pages.urls")),
    path("", include("vangnet.site.accounts.urls")),
    path("encounters/", include("vangnet.site.encounters.urls")),
    path("", include("vangnet.site.handovers.urls")),
    path("", include("vangnet.site.referrals.urls")),
    path("", include("vangnet.site.crosscheck.urls")),
    path("", include("vangnet.site.ledger.urls")),
    path("api/v1/", include("vangnet.site.api.urls")),
    path("", include("vangnet.site.work.urls")),
]
