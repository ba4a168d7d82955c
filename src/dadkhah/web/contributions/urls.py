"""Addresses of contributions for everybody; /contribute/ is the one that other sites link to."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.contributions import views

app_name = "contribute"
urlpatterns = [
    path("", views.contribute, name="form"),
    path("rules/", views.rules, name="rules"),
    path("receipt/", views.receipt, name="receipt"),
    path("receipt/add/", views.add, name="add"),
    path("receipt/withdraw/", views.withdraw, name="withdraw"),
    path("published/", views.published, name="published"),
    path("corrections/", views.traces, name="traces"),
    path("picture/<slug:sealed>/", views.picture_of, name="picture"),
    path("sound/<slug:sealed>/", views.sound_of, name="sound"),
    path("<slug:contribution>/", views.one, name="one"),
]
