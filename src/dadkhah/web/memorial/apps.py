"""The app of one word: memorial."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """memorial in the reading room."""

    name = "dadkhah.web.memorial"
    label = "memorial"
