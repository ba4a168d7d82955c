"""Align two names letter by letter, wherever their words part and whichever comes first."""

from __future__ import annotations

from dadkhah.names.alignment import (
    BEGIN,
    COLUMNS,
    END,
    MOST_SYMBOLS,
    TURN_SKIP,
    Model,
    Pointer,
    Room,
    Side,
    align_words,
    inner,
    run_together,
)
from dadkhah.names.pointers import moved

__all__ = ["whole_names"]


@inner
def _letters(side: Side, into: Pointer) -> tuple[Pointer, int]:
    """Give the symbols of a whole name as of one word, and how many they are."""
    if side.size > 1:
        return into, run_together(side, 0, side.size - 1, into)
    begin = side.words[BEGIN]
    return moved(side.codes, begin), side.words[END] - begin


@inner
def _turned_whole(
    turned: Side, one: Pointer, n: int, other: Pointer, m: int, least: int, model: Model, room: Room
) -> int:
    """Align all letters of one name, turned at each of its words, with those of the other."""
    best = least
    for word in range(1, turned.size):
        cut = turned.words[word * COLUMNS + BEGIN] - turned.words[BEGIN]
        best = align_words(one, n, min(cut, n), other, m, best, model, room.row)
    return best


@inner
def whole_names(left: Side, right: Side, least: int, model: Model, room: Room) -> tuple[int, int]:
    """Align two names letter by letter without regard to words; give the worth, and if turned.

    Either name may be turned at any of its words, so that spacing and order are both free. Worth
    `least` or less is given as `least`.
    """
    one, n = _letters(left, room.letters)
    other, m = _letters(right, moved(room.letters, MOST_SYMBOLS))
    straight = align_words(one, n, 0, other, m, least, model, room.row)
    best = straight if straight > least else least + model.skips[TURN_SKIP]
    best = max(_turned_whole(right, other, m, one, n, best, model, room), best)
    best = _turned_whole(left, one, n, other, m, best, model, room)
    if straight <= least and best <= least + model.skips[TURN_SKIP]:
        return least, 0
    return best, int(best > straight)
