"""Addresses of the queue, for those who decide."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.contributions import desk

app_name = "contributions"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("drawn/<slug:digest>/", desk.drawn, name="drawn"),
    path("<slug:contribution>/", desk.one, name="one"),
    path("<slug:contribution>/<slug:deed>/", desk.decide, name="decide"),
]
