"""Texts that stand where a name is missing: they are counted, and match nobody."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dadkhah.names import lexicon
from dadkhah.names.fold import letters
from dadkhah.names.plain import is_plain

__all__ = ["MAX_LETTERS", "all_unidentified", "is_unidentified"]

MAX_LETTERS: Final = 400
_NUMBERS: Final = re.compile(r"[\d\W_]+")
_MOST_WORDS: Final = 6


def is_unidentified(text: str) -> bool:
    """Say whether a text stands where a name is missing: "unknown", ناشناس, N.N., "Unnamed 3".

    So do texts that name a relative alone: "wife of Ali Moradi", "an unnamed brother of ...".
    """
    if is_plain(text.partition(" ")[0]):
        return False
    plain = letters(text[: MAX_LETTERS + 1])
    words = tuple(_NUMBERS.sub(" ", plain.replace("n/a", "na")).split())
    return _relative_alone(words) or (0 < len(words) <= _MOST_WORDS and all_unidentified(words))


@lru_cache(maxsize=1 << 16)
def all_unidentified(words: tuple[str, ...]) -> bool:
    """Say whether words are only "unknown" and its company, at least one of them the word."""
    place, found = 0, False
    while place < len(words):
        step = lexicon.longest("unidentified", words[place:])
        found = found or step > 0
        step = step or lexicon.longest("neutral", words[place:])
        if not step:
            return False
        place += step
    return found


@lru_cache(maxsize=1 << 16)
def _relative_alone(words: tuple[str, ...]) -> bool:
    """Say whether words name a relative and, before that, nobody."""
    for place in range(min(len(words), _MOST_WORDS)):
        here = words[place:]
        step = lexicon.longest("relative", here)
        if step and lexicon.meaning("relative", " ".join(here[:step])) != "after a name":
            return len(here) > step
        step = lexicon.longest("unidentified", here[:1]) or lexicon.longest("neutral", here[:1])
        if not step:
            return False
    return False
