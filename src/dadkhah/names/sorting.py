"""Persian alphabetical order."""

from __future__ import annotations

from typing import Final

from dadkhah.text import fold_letters

__all__ = ["sort_key"]

_ALPHABET: Final = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_UNCOUNTED: Final = frozenset("\u200c'`´‘’ʻʼʾʿ")
_PLACE: Final = {letter: chr(0x1000 + place) for place, letter in enumerate(_ALPHABET)}


def sort_key(text: str) -> str:
    """Give a key whose code point order is Persian alphabetical order.

    Spaces sort first, joiners and the Latin marks for ayn and hamza do not count, digits and Latin
    letters come before Persian ones, Latin without regard to case. Equal letters sort equal
    however they are encoded.

    Source: the order of the Persian alphabet as in Unicode CLDR, locale fa.
    """
    folded = fold_letters(text).casefold()
    return "".join(_PLACE.get(letter, letter) for letter in folded if letter not in _UNCOUNTED)
