"""Slow down guessing of passwords, per account and for all together; no address is kept."""

from __future__ import annotations

from typing import Final

from dadkhah.web import tally

__all__ = ["failed", "forget", "must_wait"]

WINDOW_SECONDS: Final = 900
FAILURES_OF_ONE: Final = 5
FAILURES_OF_ALL: Final = 100
ONE: Final = "sign-in of one"
ALL: Final = "sign-in of all"


def must_wait(username: str) -> bool:
    """Say whether an account, or everybody, has failed too often in this quarter of an hour."""
    one = tally.so_far(ONE, seconds=WINDOW_SECONDS, of=_plain(username))
    return one >= FAILURES_OF_ONE or tally.so_far(ALL, seconds=WINDOW_SECONDS) >= FAILURES_OF_ALL


def failed(username: str) -> None:
    """Count a failure, in every process of the server."""
    tally.count(ONE, seconds=WINDOW_SECONDS, of=_plain(username))
    tally.count(ALL, seconds=WINDOW_SECONDS)


def forget(username: str) -> None:
    """Forget the failures of an account that signed in."""
    tally.forget(ONE, of=_plain(username))


def _plain(username: str) -> str:
    return username.strip().lower()
