"""The app of one word: sources."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """sources in the reading room."""

    name = "dadkhah.web.sources"
    label = "sources"

    def ready(self) -> None:
        """Keep the words of every passage that is stored, so that they can be sought."""
        from dadkhah import records
        from dadkhah.web.custody import store
        from dadkhah.web.sources import words

        store.stored.connect(words.keep, sender=records.Passage)
