"""Initials: which first letters can stand for one another, in both scripts."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from dadkhah.names.fold import is_arabic
from dadkhah.names.symbols import SYMBOLS, symbols
from dadkhah.names.tokens import LETTER_GROUPS
from dadkhah.names.weights import weights

__all__ = ["first_letters"]

_LETTERS: Final = (*"abcdefghijklmnopqrstuvwxyz", *sorted(LETTER_GROUPS))
_BIT: Final = {letter: 1 << place for place, letter in enumerate(_LETTERS)}
_CODE: Final = {symbol: place for place, symbol in enumerate(SYMBOLS)}
_LIKELY: Final = 1.0  # nats from which two letters are one sound


def _letter(symbol: int) -> str:
    """Give the letter of a symbol, without its place and th, dh as t, d."""
    bare = SYMBOLS[symbol].rstrip("^$:")
    return str(bare[0] if bare in ("th", "dh") else bare)


@cache
def _alike(symbol: int) -> int:
    """Give the Latin letters, as bits, that are likely the same sound."""
    odds, found = weights().log_odds, 0
    for letter, bit in _BIT.items():
        forms = [_CODE[form] for form in (letter, f"{letter}^") if form in _CODE]
        if max(float(odds[symbol, form]) for form in forms) > _LIKELY:
            found |= bit
    return found


@lru_cache(maxsize=1 << 16)
def first_letters(folded: str, *, initial: bool) -> tuple[int, int]:
    """Give the first letters that a word or initial has for sure, and those that it may have.

    One may stand for the other when the sure letters of one are among the possible of the other.
    A single Latin letter may be the beginning of a letter group (K. for Khosrow).
    """
    code = symbols(folded)[0]
    if is_arabic(folded):
        return _alike(code), _alike(code)
    own = _BIT[_letter(code)]
    if initial:
        own |= sum(_BIT[group] for group in LETTER_GROUPS if group[0] == folded)
    return own, own | _alike(code)
