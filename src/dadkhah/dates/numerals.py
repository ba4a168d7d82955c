"""Numbers written out in English, Persian and Arabic, cardinal and ordinal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from dadkhah.dates.lexicon import data
from dadkhah.dates.tokens import Token, fold_word

__all__ = ["Number", "number_at"]

# value, digits it would be written with, ordinal
Number = tuple[int, int, bool]
# the token after it, its value, whether it is an ordinal
Piece = tuple[int, int, bool]
Reader = Callable[[Sequence[Token], int], Piece | None]
_TEN_MORE: Final = "عشر"
_HYPHENS: Final = ("-", "\u2010", "\u2011")


@cache
def _english() -> dict[str, tuple[int, bool]]:
    words = data("numbers")["english"]
    known = {word: (value, False) for word, value in {**words["units"], **words["tens"]}.items()}
    return known | {word: (value, True) for word, value in words["ordinals"].items()}


@cache
def _persian() -> dict[str, tuple[int, bool]]:
    """Give every Persian and Arabic number word, with the ordinals that endings make of them."""
    words = data("numbers")
    cardinals = words["persian"]["units"]
    known = {fold_word(word): (value, False) for word, value in words["arabic"]["units"].items()}
    for ending in words["persian"]["endings"]:
        known |= {fold_word(word + ending): (value, True) for word, value in cardinals.items()}
    known |= {
        fold_word(word + suffix): (value, True)
        for word, value in words["persian"]["ordinals"].items()
        for suffix in ("", "ین")
    }
    return known | {fold_word(word): (value, False) for word, value in cardinals.items()}


def _word(cut: Sequence[Token], at: int) -> str:
    return cut[at].fold if at < len(cut) else ""


def _below_hundred(cut: Sequence[Token], at: int) -> Piece | None:
    """Read "eight", "eighty", "eighty-eight", "eighty-eighth"."""
    value, ordinal = _english().get(_word(cut, at), (-1, False))
    if value < 0:
        return None
    if value < 20 or value > 90 or ordinal:
        return at + 1, value, ordinal
    after = at + 2 if _word(cut, at + 1) in _HYPHENS else at + 1
    unit, last = _english().get(_word(cut, after), (0, False))
    return (after + 1, value + unit, last) if 0 < unit < 10 else (at + 1, value, False)


def _after_and(cut: Sequence[Token], at: int, reader: Reader) -> Piece | None:
    """Read what follows a hundred or a thousand, with "and" or without."""
    return reader(cut, at + 1 if _word(cut, at) == "and" else at)


def _below_thousand(cut: Sequence[Token], at: int) -> Piece | None:
    piece = _below_hundred(cut, at)
    if piece is None or piece[2] or _word(cut, piece[0]) != "hundred":
        return piece
    end, value = piece[0] + 1, piece[1] * 100
    rest = _after_and(cut, end, _below_hundred)
    return (rest[0], value + rest[1], rest[2]) if rest else (end, value, False)


def _english_number(cut: Sequence[Token], at: int) -> Piece | None:
    """Read "two thousand and thirteen", "thirty-fifth", and "nineteen eighty-eight"."""
    piece = _below_thousand(cut, at)
    if piece is None or piece[2]:
        return piece
    end, value, _ = piece
    if _word(cut, end) == "thousand":
        rest = _after_and(cut, end + 1, _below_thousand)
        return (
            (rest[0], value * 1000 + rest[1], rest[2]) if rest else (end + 1, value * 1000, False)
        )
    pair = _below_hundred(cut, end) if 10 <= value <= 99 else None
    return (pair[0], value * 100 + pair[1], pair[2]) if pair and pair[1] >= 10 else piece


def _size(value: int) -> int:
    """Give the place of a Persian number word: hundreds, tens, or units and teens."""
    return 100 if value >= 100 else 10 if value >= 20 else 1


def _persian_chain(cut: Sequence[Token], at: int) -> Piece | None:
    """Read شصت و هفت, سیصد و شصت و هفت, بیست و هشتم: smaller and smaller words joined by و."""
    total, ordinal = _persian().get(_word(cut, at), (-1, False))
    if total < 0:
        return None
    end, size = at + 1, _size(total)
    while not ordinal and _word(cut, end)[:1] == "و":
        joined = _word(cut, end)[1:]
        value, last = _persian().get(joined or _word(cut, end + 1), (0, False))
        if not value or _size(value) >= size:
            break
        end += 1 if joined else 2
        total, ordinal, size = total + value, last, _size(value)
    return end, total, ordinal


@cache
def _thousand() -> frozenset[str]:
    return frozenset(fold_word(word) for word in data("numbers")["persian"]["thousand"])


def _arabic_ordinal(cut: Sequence[Token], at: int) -> Piece | None:
    """Read الأول, الثاني عشر, الثامن والعشرون."""
    known = _arabic_ordinals()
    value = known.get(_word(cut, at), 0)
    following = _word(cut, at + 1)
    if value and value < 10 and following == _TEN_MORE:
        return at + 2, value + 10, True
    tens = known.get(following.removeprefix("و"), 0) if following[:1] == "و" else 0
    if value and value < 10 and tens >= 20:
        return at + 2, value + tens, True
    return (at + 1, value, True) if value else None


@cache
def _arabic_ordinals() -> dict[str, int]:
    words = data("numbers")["arabic"]["ordinals"]
    return {fold_word(word): int(value) for word, value in words.items()}


def _persian_number(cut: Sequence[Token], at: int) -> Piece | None:
    """Read هزار و سیصد و شصت و هفت, پنج هزار, سی ام."""
    piece = (at, 1, False) if _word(cut, at) in _thousand() else _persian_chain(cut, at)
    if piece is not None and not piece[2] and _word(cut, piece[0]) in _thousand():
        end, value = piece[0] + 1, piece[1] * 1000
        rest = _persian_chain(cut, end + 1) if _word(cut, end) == "و" else None
        piece = (rest[0], value + rest[1], rest[2]) if rest else (end, value, False)
    if piece is not None and not piece[2] and _persian_ending(cut, piece[0]):
        return piece[0] + 1, piece[1], True
    return piece


@cache
def _endings() -> frozenset[str]:
    return frozenset(fold_word(ending) for ending in data("numbers")["persian"]["endings"])


def _persian_ending(cut: Sequence[Token], at: int) -> bool:
    return _word(cut, at) in _endings()


def number_at(cut: Sequence[Token], at: int) -> tuple[int, Number] | None:
    """Read the number at a token, in digits or in words.

    Returns: the token after it, and its value, number of digits and whether it is an ordinal; None
        when no number stands here.
    """
    token = cut[at]
    if token.kind == "number":
        ordinal = token.ordinal or (not token.ascii and _persian_ending(cut, at + 1))
        end = at + 2 if ordinal and not token.ordinal else at + 1
        return end, (token.numbers[0], token.digits[0], ordinal)
    if token.kind != "word":
        return None
    if token.fold.isascii():
        piece = _english_number(cut, at)
    else:
        piece = _arabic_ordinal(cut, at) or _persian_number(cut, at)
    return (piece[0], (piece[1], len(str(piece[1])), piece[2])) if piece else None
