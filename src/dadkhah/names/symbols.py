"""Symbols: the graphemes of both scripts as small numbers, for the edit model and its kernels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from dadkhah.names.fold import is_arabic

__all__ = ["ARABIC", "COUNT", "GAP", "LATIN", "SYMBOLS", "WITHIN", "consonant_mask", "symbols"]

GAP: Final = 0
LATIN: Final = (
    *"abcdefghijklmnopqrstuvwxyz",
    "kh",
    "gh",
    "sh",
    "ch",
    "zh",
    "th",
    "dh",
    "h$",
    *(f"{vowel}^" for vowel in "aeiou"),
)
ARABIC: Final = (*"اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیەةڤ", "ا^", "ه$")
SYMBOLS: Final = ("-", *LATIN, *ARABIC)
COUNT: Final = len(SYMBOLS)
WITHIN: Final = COUNT  # the gap between two spellings in one script

_CODE: Final = {symbol: place for place, symbol in enumerate(SYMBOLS)}
_LATIN_PIECE: Final = re.compile("[kgscztd]h|[a-z]")
_SILENT_H: Final = re.compile("(?<=[aeiou])h$")
# Classes of consonants that schools and copyists rarely cross. A run of symbols is summed up by
# how many of each class it has: three bits a class, one for each of the first three.
_CLASSES: Final = (
    ("b", "p", "ب", "پ"),
    ("d", "t", "ت", "د", "ط", "ة"),
    ("s", "z", "th", "dh", "ث", "ذ", "ز", "س", "ص", "ض", "ظ"),
    ("j", "c", "ch", "sh", "zh", "kh", "x", "ج", "چ", "ش", "ژ", "خ"),
    ("r", "ر"),
    ("f", "ف"),
    ("l", "ل"),
    ("m", "م"),
    ("n", "ن"),
    ("g", "k", "q", "gh", "گ", "ک", "ق", "غ"),
)
_CLASS: Final = {_CODE[symbol]: place for place, group in enumerate(_CLASSES) for symbol in group}


@lru_cache(maxsize=1 << 18)
def _pieces(folded: str) -> tuple[int, ...]:
    """Cut a folded word into symbols."""
    if is_arabic(folded):
        codes = [_CODE[letter] for letter in folded if letter in _CODE]
        if folded[0] == "ا":
            codes[0] = _CODE["ا^"]
        if len(folded) > 2 and folded[-1] == "ه":
            codes[-1] = _CODE["ه$"]
        return tuple(codes)
    silent = len(folded) > 2 and _SILENT_H.search(folded) is not None
    codes = [_CODE[piece] for piece in _LATIN_PIECE.findall(folded[:-1] if silent else folded)]
    if codes and folded[0] in "aeiou":
        codes[0] = _CODE[f"{folded[0]}^"]
    return tuple(codes + [_CODE["h$"]] * silent)


def symbols(folded: str) -> tuple[int, ...]:
    """Give the symbol numbers of one folded word (1 to COUNT - 1; GAP never occurs)."""
    return _pieces(folded) if folded else ()


def consonant_mask(codes: Iterable[int]) -> int:
    """Sum up the consonants of a run of symbols: bits that differ count as consonants that do."""
    counts = Counter(_CLASS[code] for code in codes if code in _CLASS)
    return sum(((1 << min(count, 3)) - 1) << (3 * place) for place, count in counts.items())
