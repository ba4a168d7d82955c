"""The app of one word: custody."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """custody in the reading room."""

    name = "dadkhah.web.custody"
    label = "custody"
