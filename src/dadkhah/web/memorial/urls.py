"""Addresses of the memorial, as the reading room hands it out."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.memorial import views

app_name = "memorial"
urlpatterns = [
    path("", views.page, name="front"),
    path("<path:path>", views.page, name="page"),
]
