"""The mistakes that compilers make: letters, seams, schools, titles, order, keyboards."""

from __future__ import annotations

import random

__all__ = ["fill_seams", "misspell", "to_arabic_letters"]

# Letters that differ by dots only, or that one hears alike.
_PERSIAN_CONFUSED = {
    "ب": "پ", "پ": "ب", "ت": "ث", "ن": "ت", "ج": "ح", "ح": "خ", "خ": "ح", "چ": "ج", "ر": "ز",
    "ز": "ر", "ژ": "ز", "س": "ش", "ش": "س", "ص": "س", "ق": "غ", "غ": "ق", "ط": "ت", "ک": "گ",
    "گ": "ک", "ه": "ح", "ذ": "ز", "ف": "ق",
}  # fmt: skip
_LATIN_CONFUSED = {
    "a": "e", "e": "a", "i": "e", "o": "u", "u": "o", "q": "g", "z": "s", "s": "z", "v": "w",
    "m": "n", "n": "m", "k": "h", "y": "i", "b": "p", "d": "t", "j": "g", "f": "v",
}  # fmt: skip
_ARABIC_LETTERS = str.maketrans({"ی": "ي", "ک": "ك"})


def to_arabic_letters(text: str) -> str:
    """Write keheh and yeh as an Arabic keyboard gives them."""
    return text.translate(_ARABIC_LETTERS)


def misspell(rng: random.Random, text: str) -> str:
    """Make one mistake of one letter: confused, dropped, doubled or swapped."""
    positions = [i for i, letter in enumerate(text) if letter.isalpha() and i > 0]
    if len(positions) < 3:
        return text
    at = rng.choice(positions)
    letter = text[at]
    confused = (_LATIN_CONFUSED | _PERSIAN_CONFUSED).get(letter, letter)
    match rng.randrange(5):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + letter + text[at:]
        case 2 if at + 1 < len(text) and text[at + 1].isalpha():
            return text[:at] + text[at + 1] + letter + text[at + 2 :]
        case _:
            return text[:at] + confused + text[at + 1 :]


def fill_seams(rng: random.Random, text: str, chance: float, *, persian: bool) -> str:
    """Join the parts of a compound name, or part them by a space or a hyphen.

    Args:
        chance: of a spelling other than the usual one (joiner in Persian, joined in Latin).
    """
    usual, other = ("\u200c", ("", " ")) if persian else ("", (" ", "-"))
    pieces = text.split("~")
    result = pieces[0]
    for piece in pieces[1:]:
        seam = usual if rng.random() >= chance else rng.choice(other)
        result += seam + (piece if persian else _cased(piece, capital=bool(seam)))
    return result


def _cased(piece: str, *, capital: bool) -> str:
    return (piece[:1].upper() if capital else piece[:1].lower()) + piece[1:]
