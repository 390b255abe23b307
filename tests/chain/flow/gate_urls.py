"""The addresses that the pages of the gate need, so that their tests stand on no neighbour's pages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from vangnet.site.pages.login import EnterView


def elsewhere(request: HttpRequest, encounter_id: UUID | None = None) -> HttpResponse:
    return HttpResponse("")


encounters = [path("<uuid:encounter_id>/advice", elsewhere, name="advice"), path("new", elsewhere, name="new")]
urlpatterns = [
    path("login", EnterView.as_view(), name="account_login"),
    path("", include("vangnet.site.pages.urls")),
    path("", include("vangnet.site.handovers.urls")),
    path("encounters/", include((encounters, "encounters"))),
]
