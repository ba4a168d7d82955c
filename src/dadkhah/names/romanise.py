"""Romanisation for display: one documented scheme, plain letters, Persian practice."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import Final

from dadkhah.names.fold import is_arabic
from dadkhah.names.reading import Name
from dadkhah.text import clean, fold_letters

__all__ = ["romanise"]

_LETTERS: Final = {
    "ا": "a", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h",
    "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s",
    "ض": "z", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "گ": "g",
    "ل": "l", "م": "m", "ن": "n", "و": "u", "ه": "h", "ی": "i",
}  # fmt: skip
_AT_START: Final = {"و": "v", "ی": "y", "ع": "a"}
_VOWELS: Final = "اویآ"
_SHORTEST: Final = 2


def romanise(name: Name | str) -> str:
    """Write a name in Latin letters for display; what is in Latin already stays as it is.

    Known elements of names get their vowels (data/elements.tsv); in other words only what is
    written is romanised, so that no short vowel is invented. A source's own romanisation is
    always to be shown before this one.

    Returns: the name in a-z, capitals at the beginning of words, hyphens for joiners.

    Source: docs/names.md, romanisation.
    """
    text = clean(name.written if isinstance(name, Name) else name)
    return " ".join(_word(word) for word in text.split())


@cache
def _elements() -> dict[str, str]:
    """Read the elements with their vowels, by folded spelling."""
    path = resources.files("dadkhah.names").joinpath("data/elements.tsv")
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line[0] != "#")
    return {fold_letters(persian).replace("\u200c", ""): latin for persian, latin in rows}


@cache
def _longest() -> int:
    """Count the letters of the longest element."""
    return max(map(len, _elements()))


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> str:
    """Romanise one word, with joiners inside it."""
    folded = fold_letters(word)
    whole = _elements().get(folded.replace("\u200c", ""))
    if whole is not None:
        return whole
    pieces = [_piece(piece) for piece in folded.split("\u200c") if piece]
    found = "-".join(pieces)
    return found[:1].upper() + found[1:] if is_arabic(folded) else word


def _piece(piece: str) -> str:
    """Romanise letters: a known element at the beginning, the same for the rest, else spelled."""
    known = _elements()
    for cut in range(min(len(piece), _longest()), _SHORTEST, -1):
        rest = piece[cut:]
        if piece[:cut] in known and (not rest or rest == "ی" or rest in known):
            tail = "i" if rest == "ی" else known.get(rest, "").lower()
            return known[piece[:cut]] + tail
    return _spelled(piece)


def _spelled(piece: str) -> str:
    """Romanise letter by letter; vav and yeh are consonants before a long vowel."""
    found = ""
    for place, letter in enumerate(piece):
        before_vowel = piece[place + 1 : place + 2] in tuple(_VOWELS)
        if letter in _AT_START and (place == 0 or (before_vowel and letter != "ع")):
            found += _AT_START[letter]
        elif letter == "ه" and place and place == len(piece) - 1:
            found += "e" if piece[place - 1] not in _VOWELS else "h"
        else:
            found += _LETTERS.get(letter, letter)
    return found
