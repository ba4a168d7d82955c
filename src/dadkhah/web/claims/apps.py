"""The app of one word: claims."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """claims in the reading room."""

    name = "dadkhah.web.claims"
    label = "claims"
