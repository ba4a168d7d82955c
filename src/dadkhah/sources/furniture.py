"""What a site puts around a text: told by a lexicon in English and Persian, never by a guess."""

from __future__ import annotations

import functools
import re
from typing import Final

from dadkhah.sources.language import lexicon
from dadkhah.text import fold_letters

__all__ = ["MAX_CHARACTERS", "is_furniture", "version"]

MAX_CHARACTERS: Final = 400
"""A longer line is a text, whatever it begins with."""

_LONG_START_WORDS: Final = 4
_SHORT_LINE_WORDS: Final = 8
_EDGES: Final = " \t\u200c.,:;!?؟،؛…*+•·‣▪-–—«»\"'“”‘’()[]{}<>|/\\→←↑▲▼"
_SPLIT: Final = re.compile(r"\s*[|/·•»›>]\s*|\s{2,}|\t+")


def is_furniture(line: str) -> bool:
    """Say whether a whole line is furniture.

    A menu run together on one line ("Home | About | Contact") is, when each part is.
    """
    if not line.strip() or len(line) > MAX_CHARACTERS:
        return False
    if _alone(_plain(line)):
        return True
    parts = [_plain(part) for part in _SPLIT.split(line.strip()) if part.strip()]
    return len(parts) > 1 and all(_alone(part) for part in parts)


def version() -> str:
    """Give the version of the lexicon, which a derived text records."""
    return str(lexicon("furniture")["version"])


def _alone(folded: str) -> bool:
    phrases, long_starts, short_starts, pattern = _compiled()
    if folded in phrases or folded.startswith(long_starts) or pattern.fullmatch(folded):
        return True
    return folded.startswith(short_starts) and len(folded.split()) <= _SHORT_LINE_WORDS


@functools.lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    return fold_letters(text).replace("\u200c", " ").casefold().strip(_EDGES) or text.strip()


@functools.cache
def _compiled() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...], re.Pattern[str]]:
    data = lexicon("furniture")
    phrases = frozenset(_plain(line) for lines in data["phrases"].values() for line in lines)
    starts = [_plain(line) for lines in data["starts"].values() for line in lines]
    long_starts = tuple(start for start in starts if len(start.split()) >= _LONG_START_WORDS)
    short_starts = tuple(start for start in starts if len(start.split()) < _LONG_START_WORDS)
    pattern = re.compile("|".join(f"(?:{one})" for one in data["patterns"]), re.IGNORECASE)
    return phrases, long_starts, short_starts, pattern
