"""The app of one word: accounts."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """accounts in the reading room."""

    name = "dadkhah.web.accounts"
    label = "accounts"
