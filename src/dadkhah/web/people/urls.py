"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from dadkhah.web.people import judging, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("pairs/", judging.pairs, name="pairs"),
    path("pairs/next/", judging.next_pair, name="next_pair"),
    path("pairs/mine/", judging.mine, name="mine"),
    path("pairs/<int:pair_id>/", judging.pair, name="pair"),
    path("pairs/of/<slug:left>/<slug:right>/", judging.two, name="two"),
    path("runs/", views.runs, name="runs"),
    path("runs/changes/", views.changes, name="changes"),
    path("runs/<slug:run_id>/", views.run, name="run"),
    path("judgements/<slug:judgement_id>/undo/", judging.undo, name="undo"),
    path("of/<slug:mention_id>/", views.of_mention, name="of_mention"),
    path("<slug:person_id>/", views.person, name="person"),
    path("<slug:person_id>/beside/", judging.beside, name="beside"),
    path("<slug:person_id>/explode/", judging.explode, name="explode"),
]
