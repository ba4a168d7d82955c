"""Persian alphabetical order."""

from __future__ import annotations

from typing import Final

from dadkhah.text import fold_letters

__all__ = ["sort_key"]

_ALPHABET: Final = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PLACE: Final = {letter: chr(0x1000 + place) for place, letter in enumerate(_ALPHABET)}


def sort_key(text: str) -> str:
    """Give a key whose code point order is Persian alphabetical order.

    Spaces sort first, joiners do not count, digits and Latin letters come before Persian ones,
    Latin without regard to case. Equal letters sort equal however they are encoded.

    Source: the order of the Persian alphabet as in Unicode CLDR, locale fa.
    """
    folded = fold_letters(text).replace("\u200c", "").casefold()
    return "".join(_PLACE.get(letter, letter) for letter in folded)
