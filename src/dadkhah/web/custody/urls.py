"""Addresses of custody."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.custody import views

app_name = "custody"
urlpatterns = [
    path("", views.log, name="log"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
    path("<int:index>/", views.entry, name="entry"),
]
