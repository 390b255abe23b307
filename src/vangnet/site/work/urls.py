"""The addresses of one's own work."""

from __future__ import annotations

from django.urls import path

from vangnet.site.work import views

app_name = "work"
urlpatterns = [
    path("", views.now, name="now"),
    path("older", views.older, name="older"),
    path("encounters", views.encounters, name="encounters"),
]
