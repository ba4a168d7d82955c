"""Slow down guessing of passwords, per account and for all together; no address is kept."""

from __future__ import annotations

import hashlib
from typing import Final

from django.core.cache import cache

__all__ = ["failed", "forget", "must_wait"]

WINDOW_SECONDS: Final = 900
FAILURES_OF_ONE: Final = 5
FAILURES_OF_ALL: Final = 100
ALL: Final = "sign-in:all"


def must_wait(username: str) -> bool:
    """Say whether an account, or everybody, has failed too often in the last quarter hour."""
    counts = cache.get_many([_key(username), ALL])
    return counts.get(_key(username), 0) >= FAILURES_OF_ONE or counts.get(ALL, 0) >= FAILURES_OF_ALL


def failed(username: str) -> None:
    """Count a failure."""
    for key in (_key(username), ALL):
        cache.add(key, 0, WINDOW_SECONDS)
        cache.incr(key)


def forget(username: str) -> None:
    """Forget the failures of an account that signed in."""
    cache.delete(_key(username))


def _key(username: str) -> str:
    """Name the counter without keeping the name that was typed."""
    return f"sign-in:{hashlib.sha256(username.strip().lower().encode()).hexdigest()[:32]}"
