"""Addresses of posts."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.posts import views

app_name = "posts"
urlpatterns = [path("", views.posts, name="list")]
