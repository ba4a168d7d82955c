"""The app of one word: estimate."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """estimate in the reading room."""

    name = "dadkhah.web.estimate"
    label = "estimate"
