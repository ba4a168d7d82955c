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


def must_wait(username: str, device: str = "") -> bool:
    """Say whether there were too many failures in this quarter of an hour.

    Args:
        device: of a browser in which the account signed in before; only its own failures count, so
            that nobody can be locked out by the guesses of others.
    """
    one = tally.so_far(ONE, seconds=WINDOW_SECONDS, of=_who(username, device))
    if device or one >= FAILURES_OF_ONE:
        return one >= FAILURES_OF_ONE
    return tally.so_far(ALL, seconds=WINDOW_SECONDS) >= FAILURES_OF_ALL


def failed(username: str, device: str = "") -> None:
    """Count a failure, in every process of the server."""
    tally.count(ONE, seconds=WINDOW_SECONDS, of=_who(username, device))
    if not device:
        tally.count(ALL, seconds=WINDOW_SECONDS)


def forget(username: str, device: str = "") -> None:
    """Forget the failures of an account that signed in."""
    tally.forget(ONE, of=_who(username, device))


def _who(username: str, device: str) -> str:
    return f"device {device}" if device else f"account {username.strip().lower()}"
