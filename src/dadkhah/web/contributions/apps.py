"""The app of one word: contributions."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """contributions in the reading room."""

    name = "dadkhah.web.contributions"
    label = "contributions"
