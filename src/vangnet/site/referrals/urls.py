"""The addresses of referrals."""

from __future__ import annotations

from django.urls import path

from vangnet.site.referrals import views

app_name = "referrals"
urlpatterns = [
    path("encounters/<uuid:encounter_id>/referral", views.new, name="new"),
    path("referrals/<uuid:referral_id>", views.referral, name="referral"),
]
