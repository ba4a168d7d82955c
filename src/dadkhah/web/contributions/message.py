"""The form in which a contribution is kept: a plain text with a head, like a letter.

    Contribution: 3b0f6a1c2d4e5f607182
    Part: 1
    About: person:90ab
    Kind: memory
    Language: fa
    Received: 2041-02-01

    The words, exactly as they were sent.

Every message has bytes of its own, since its head names the contribution. What may be shown of it
is a second text, derived from the first: no direction controls, no e-mail address unless its owner
asked for that, and no words that an officer withheld.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dadkhah import links

__all__ = ["body_of", "compose", "for_everybody"]

PAUSE: Final = "\n\n"


def compose(
    *, contribution: str, part: int, about: str, kind: str, language: str, day: str, words: str
) -> bytes:
    """Write a message as it is kept."""
    head = {
        "Contribution": contribution, "Part": str(part), "About": about, "Kind": kind,
        "Language": language, "Received": day,
    }  # fmt: skip
    lines = [f"{name}: {' '.join(value.split())}" for name, value in head.items()]
    letter = "\n".join(lines) + PAUSE + words.replace("\r\n", "\n")
    return letter.encode("utf-8", "replace")


def body_of(kept: bytes) -> str:
    """Give the words of a message as they were sent."""
    return kept.decode("utf-8").partition(PAUSE)[2]


def for_everybody(words: str, *, emails: bool, withhold: Sequence[str] = ()) -> str:
    """Give the words as they may be shown.

    Args:
        withhold: words that an officer decided not to show; a mark stands in their place.
    """
    shown = links.tidy(words) if emails else links.without_emails(words)
    for part in sorted({links.tidy(one) for one in withhold} - {""}, key=len, reverse=True):
        shown = shown.replace(part, links.WITHHELD)
    return shown
