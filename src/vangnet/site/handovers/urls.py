"""The addresses of the gate; two lists, because one begins at the encounter and one at the request."""

from __future__ import annotations

from django.urls import path

from vangnet.site.handovers import views

app_name = "handovers"
urlpatterns = [
    path("encounters/<uuid:encounter_id>/handover", views.encounter, name="encounter"),
    path("encounters/<uuid:encounter_id>/handover/new", views.start, name="start"),
    path("encounters/<uuid:encounter_id>/handover/incident", views.incident, name="incident"),
    path(
        "encounters/<uuid:encounter_id>/handover/incidents/<uuid:incident_id>/review", views.review, name="review"
    ),
    path("encounters/<uuid:encounter_id>/handover/looked-again", views.looked_again, name="looked_again"),
    path("handovers/<uuid:request_id>", views.gate, name="gate"),
    path("handovers/<uuid:request_id>/checks/<str:check>", views.check, name="check"),
    path("handovers/<uuid:request_id>/proposal", views.proposal, name="proposal"),
    path("handovers/<uuid:request_id>/decision", views.decision, name="decision"),
    path("handovers/<uuid:request_id>/stop", views.stop, name="stop"),
    path("handovers/<uuid:request_id>/record", views.record, name="record"),
]
