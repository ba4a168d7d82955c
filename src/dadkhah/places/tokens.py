"""Text cut into folded words, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dadkhah.text import fold_letters

__all__ = ["Word", "fold", "words"]

_WORD: Final = re.compile(
    r"[^\W_](?:[^\W_]|[\u064b-\u065f\u0670\u0640\u0300-\u036f]|['’ʿʾʻ`](?=[^\W\d_]))*|[^\w\s]"
)
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKS: Final = re.compile("[\u0300-\u036f'’ʿʾʻ`]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: its place, its fold, and whether it is written with a capital."""

    start: int
    end: int
    fold: str
    capital: bool


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold one word: letters as in `dadkhah.text`, then case, accents, apostrophes and madda."""
    folded = fold_letters(word).casefold().replace("\u200c", "").replace("آ", "ا")
    if folded.isascii():
        return folded.replace("'", "").replace("`", "")
    return _MARKS.sub("", unicodedata.normalize("NFD", folded))


def words(text: str) -> list[Word]:
    """Cut text into words and marks; a joiner (ZWNJ) cuts a word in two. Linear in its length."""
    visible = text if text.isascii() else _INVISIBLE.sub(" ", text)
    return [
        Word(found.start(), found.end(), fold(found.group()), not found.group()[0].islower())
        for found in _WORD.finditer(visible)
    ]
