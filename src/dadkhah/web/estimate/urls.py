"""Addresses of estimate."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.estimate import views

app_name = "estimate"
urlpatterns = [path("", views.how_many, name="how_many")]
