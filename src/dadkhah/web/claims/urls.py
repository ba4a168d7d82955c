"""Addresses of claims; `desk` stands under /sources/."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.claims, name="list"),
    path("figures/", views.figures, name="figures"),
    path("orders/", views.orders, name="orders"),
    path("timeline/", views.timeline, name="timeline"),
    path("<slug:claim_id>/", views.claim, name="claim"),
]
