"""The app of one word: sources."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """sources in the reading room."""

    name = "dadkhah.web.sources"
    label = "sources"
