"""The addresses of possible earlier encounters."""

from __future__ import annotations

from django.urls import path

from vangnet.site.crosscheck import views

app_name = "crosscheck"
urlpatterns = [
    path("encounters/<uuid:encounter_id>/candidates", views.candidates, name="candidates"),
    path("encounters/<uuid:encounter_id>/candidates/by-number", views.choose, name="choose"),
    path("encounters/<uuid:encounter_id>/candidates/<uuid:other_id>", views.compare, name="compare"),
    path("encounters/<uuid:encounter_id>/candidates/<uuid:other_id>/back", views.take_back, name="take_back"),
    path("encounters/<uuid:encounter_id>/candidates/<uuid:other_id>/open", views.open_older, name="open_older"),
]
