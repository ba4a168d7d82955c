"""Common given names, told apart: a spelling that is clearly of one is not of another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.names.alignment import LONGEST, SCALE, align_words
from dadkhah.names.fold import fold_word, is_arabic, letters
from dadkhah.names.symbols import symbols
from dadkhah.names.weights import weights

__all__ = ["known_numbers"]

_CLEAR: Final = 2.0  # nats by which the nearest common name must win
_CLOSE: Final = 3.0  # nats that a spelling may lie under the best that it could reach

Packed = tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int32]]


@cache
def _numbers() -> dict[str, int]:
    """Number the common names, and the family names in -i made of them, by Persian fold."""
    text = resources.files("dadkhah.names").joinpath("data/given.tsv").read_text("utf-8")
    given = [word for line in text.splitlines() if line and line[0] != "#" for word in line.split()]
    folds = [fold_word(letters(word)) for word in given]
    family = [f"{fold}ی" for fold in folds if fold[-1] not in "یاه"]
    return {fold: place for place, fold in enumerate(dict.fromkeys(folds + family), start=1)}


def _packed(words: Sequence[tuple[int, ...]]) -> Packed:
    """Lay words end to end: symbols, where each begins, and the best that each could reach."""
    odds = weights().log_odds
    best = [SCALE * 0.5 * sum(float(odds[code].max()) for code in word) for word in words]
    starts = np.cumsum([0, *(len(word) for word in words)]).astype(np.int64)
    codes = np.array([code for word in words for code in word], dtype=np.uint8)
    return codes, starts, np.rint(best).astype(np.int32)


@cache
def _known() -> tuple[Packed, NDArray[np.int16]]:
    """Lay the common names end to end, with the odds."""
    odds = np.rint(weights().log_odds * SCALE).astype(np.int16)
    return _packed([symbols(fold) for fold in _numbers()]), odds


@njit(cache=True, nogil=True)
def _nearest(
    codes: NDArray[np.uint8], starts: NDArray[np.int64], best: NDArray[np.int32],
    known: NDArray[np.uint8], known_starts: NDArray[np.int64], known_best: NDArray[np.int32],
    odds: NDArray[np.int16], found: NDArray[np.int32],
) -> None:  # fmt: skip
    """Number each word by the nearest common name when that is close and clear."""
    row = np.empty(LONGEST + 1, dtype=np.int32)
    for word in range(len(starts) - 1):
        begin, end = starts[word], starts[word + 1]
        if begin == end:
            continue
        first, second, number = -30000, -30000, 0
        for place in range(len(known_starts) - 1):
            k0, k1 = known_starts[place], known_starts[place + 1]
            if abs((k1 - k0) - (end - begin)) > 5:
                continue
            value = align_words(codes, begin, end, known, k0, k1, odds, row)
            value -= best[word] + known_best[place]
            if value > first:
                first, second, number = value, first, place + 1
            elif value > second:
                second = value
        if first > -_CLOSE * SCALE and first - second > _CLEAR * SCALE:
            found[word] = number


def known_numbers(folds: Sequence[str]) -> NDArray[np.int32]:
    """Give the number of the common name that each folded word spells, 0 for none."""
    numbers = _numbers()
    found = np.array([numbers.get(fold, 0) for fold in folds], dtype=np.int32)
    roman = [place for place, fold in enumerate(folds) if fold and not is_arabic(fold)]
    if roman:
        known, odds = _known()
        nearest = np.zeros(len(roman), dtype=np.int32)
        _nearest(*_packed([symbols(folds[place]) for place in roman]), *known, odds, nearest)
        found[roman] = nearest
    return found
