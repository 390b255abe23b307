"""The addresses of encounters; only a random id stands in them."""

from __future__ import annotations

from django.urls import path

from vangnet.site.encounters import adding, reading, views

app_name = "encounters"
urlpatterns = [
    path("new", views.new, name="new"),
    path("<uuid:encounter_id>/advice", reading.advice, name="advice"),
    path("<uuid:encounter_id>/add", adding.add, name="add"),
    path("<uuid:encounter_id>/timeline", reading.timeline_page, name="timeline"),
    path("<uuid:encounter_id>/duties/<uuid:duty_id>/done", reading.duty_done, name="duty-done"),
    path("<uuid:encounter_id>/international-check", reading.international_check, name="international-check"),
]
