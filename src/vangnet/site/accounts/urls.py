"""The addresses of one's own account."""

from __future__ import annotations

from django.urls import path

from vangnet.site.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account", views.account, name="account"),
    path("account/password", views.password, name="password"),
    path("account/second-proof", views.second_proof, name="second-proof"),
    path("account/recovery-codes", views.recovery_codes, name="recovery-codes"),
]
