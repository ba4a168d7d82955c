"""Symbols: the graphemes of both scripts as small numbers, for the edit model and its kernels."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dadkhah.names.fold import is_arabic

__all__ = [
    "ARABIC",
    "COUNT",
    "GAP",
    "LATIN",
    "SYMBOLS",
    "VOWELS",
    "WITHIN",
    "symbols",
]

GAP: Final = 0
VOWELS: Final = "aeiou"
# Where a letter stands says much of what it stands for: ^ begins a word, $ ends it, : touches
# another vowel. A short vowel between consonants is not written in the Arabic script; a final one
# mostly is; final ی may be an a (Isa); ای and او at the beginning may be one vowel; the و of خوا
# (~) is silent.
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
    "y^",
    "y$",
    *(f"{vowel}{place}" for place in "^:$" for vowel in VOWELS),
)
ARABIC: Final = (
    *"اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیەةڤ",
    *("ا^", "ا$", "ه$", "ی$", "و$", "ع^", "ا^ی", "ا^و", "ی^", "و^", "و~"),
)
SYMBOLS: Final = ("-", *LATIN, *ARABIC)
COUNT: Final = len(SYMBOLS)
WITHIN: Final = COUNT  # the gap between two spellings in one script

_CODE: Final = {symbol: place for place, symbol in enumerate(SYMBOLS)}
# What a symbol is within a word, where its place marks it at the beginning or the end.
WITHIN_WORD: Final = tuple(
    _CODE[symbol if symbol == "y$" else symbol.partition("^")[0].removesuffix("$")]
    for symbol in SYMBOLS
)
# th is mostly t and h (Fathi), seldom ث.
_LATIN_PIECE: Final = re.compile("[kgsczd]h|[a-z]")
_SILENT_H: Final = re.compile("(?<=[aeiou])h$")
_SILENT_VAV: Final = re.compile("(?<=خ)و(?=ا)")


def _arabic_pieces(folded: str) -> list[str]:
    """Cut a word of the Arabic script into symbols, known by their place."""
    pieces = [*folded]
    for silent in _SILENT_VAV.finditer(folded):
        pieces[silent.start()] = "و~"
    if f"{pieces[0]}^" in _CODE and pieces[0] in "اع":
        pieces[0] += "^"
        if len(pieces) > 2 and pieces[1] in "یو":
            pieces[0] += pieces[1] if pieces[0] == "ا^" else ""
            pieces[1] += "^"
    if len(pieces) > 1 and f"{pieces[-1]}$" in _CODE and len(folded) > 2:
        pieces[-1] += "$"
    return [piece for piece in pieces if piece in _CODE]


def _latin_pieces(folded: str) -> list[str]:
    """Cut a Latin word into symbols, vowels and y known by their place."""
    silent = len(folded) > 2 and _SILENT_H.search(folded) is not None
    pieces: list[str] = _LATIN_PIECE.findall(folded[:-1] if silent else folded)
    last = len(pieces) - 1
    found = []
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else ""
        after = pieces[place + 1] if place < last else ""
        found.append(piece + _place_mark(piece, before, after, final=place == last))
    return found + ["h$"] * silent


def _place_mark(piece: str, before: str, after: str, *, final: bool) -> str:
    """Give the mark of the place where a vowel or y stands."""
    if piece == "y":
        return "^" if not before else "" if after in _VOWEL_SET else "$"
    if piece not in _VOWEL_SET:
        return ""
    if not before:
        return "^"
    if final:
        return "$"
    return ":" if before in _VOWEL_SET or after in _VOWEL_SET else ""


_VOWEL_SET: Final = frozenset(VOWELS)


@lru_cache(maxsize=1 << 18)
def _pieces(folded: str) -> tuple[int, ...]:
    """Cut a folded word into symbol numbers."""
    pieces = _arabic_pieces(folded) if is_arabic(folded) else _latin_pieces(folded)
    return tuple(_CODE[piece] for piece in pieces)


def symbols(folded: str) -> tuple[int, ...]:
    """Give the symbol numbers of one folded word (1 to COUNT - 1; GAP never occurs)."""
    return _pieces(folded) if folded else ()
