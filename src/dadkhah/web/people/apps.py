"""The app of one word: people."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """people in the reading room."""

    name = "dadkhah.web.people"
    label = "people"
