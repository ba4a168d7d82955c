"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("pairs/", views.pairs, name="pairs"),
    path("pairs/<int:pair_id>/", views.pair, name="pair"),
    path("of/<slug:mention_id>/", views.of_mention, name="of_mention"),
    path("<slug:person_id>/", views.person, name="person"),
]
