"""The app of one word: posts."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """posts in the reading room."""

    name = "dadkhah.web.posts"
    label = "posts"
