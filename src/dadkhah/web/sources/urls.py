"""Addresses of sources; the reading desk of one source is in claims, which knows what it says."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.sources import views

app_name = "sources"
urlpatterns = [
    path("", views.sources, name="list"),
    path("words/", views.words, name="words"),
    path("collections/", views.collections, name="collections"),
    path("collections/<slug:collection_id>/", views.collection, name="collection"),
    path("captures/<slug:digest>/", views.bytes_of, name="bytes"),
]
