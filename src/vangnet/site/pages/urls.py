"""The addresses of the frame."""

from __future__ import annotations

from django.urls import path

from vangnet.site.pages import views
from vangnet.site.pages.worker import service_worker

app_name = "pages"
urlpatterns = [
    path("health", views.health, name="health"),
    path("awake", views.awake, name="awake"),
    path("logout", views.logout, name="logout"),
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
    path("offline", views.offline, name="offline"),
    path("clock", views.clock, name="clock"),
    path("purpose", views.purpose, name="purpose"),
    path("organisation", views.organisation, name="organisation"),
    path("sw.js", service_worker, name="service-worker"),
]
