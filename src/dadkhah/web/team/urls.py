"""Addresses of the accounts of a case."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.team import views

app_name = "team"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("add/", views.add, name="add"),
    path("password/", views.password, name="password"),
    path("<int:number>/<slug:deed>/", views.change, name="change"),
]
