"""Hold back floods and copies without knowing who sends.

Whoever sends must first answer a ticket; what is counted is only how many came in this minute, by
all processes of the server together, in memory, and never from where.
"""

from __future__ import annotations

import hmac
from typing import Final

from django.conf import settings

from dadkhah import text
from dadkhah.web import tally
from dadkhah.web.contributions.models import Fingerprint
from dadkhah.web.contributions.tickets import derived_key

__all__ = ["fingerprint", "is_copy", "too_many"]

# Short words of mourning are rightly the same from many people.
SHORT: Final = 80
COPIES: Final = 3


def too_many() -> bool:
    """Count one that was sent, and say whether this minute has had too many."""
    return tally.count("contributions", seconds=60) > int(settings.CONTRIBUTIONS_PER_MINUTE)


def fingerprint(words: str) -> str:
    """Give the keyed digest of a text, the same however it is typed; empty for a short one."""
    plain = " ".join(text.fold_letters(words).casefold().split())
    if len(plain) < SHORT:
        return ""
    return hmac.digest(derived_key("copies"), plain.encode(), "sha256").hex()


def is_copy(found: str, about: str) -> bool:
    """Say whether this text is here already about the same, or about too many others."""
    if not found:
        return False
    places = list(Fingerprint.objects.filter(words=found).values_list("about", flat=True)[:COPIES])
    return about in places or len(places) >= COPIES
