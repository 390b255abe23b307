"""The addresses of the ledger; what somebody looks for never stands in one."""

from __future__ import annotations

from django.urls import path

from vangnet.site.ledger import views

app_name = "ledger"
urlpatterns = [
    path("ledger", views.entries, name="entries"),
    path("ledger/export", views.take_along, name="export"),
    path("ledger/check", views.check, name="check"),
]
