"""Common given names, told apart: a spelling that is clearly of one is not of another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise, takewhile
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.names.alignment import LONGEST, SCALE, Codes, Ints
from dadkhah.names.fold import fold_word, is_arabic, letters
from dadkhah.names.symbols import GAP, WITHIN, symbols
from dadkhah.names.weights import weights

__all__ = ["known_numbers"]

_CLEAR: Final = 7 * SCALE // 2  # 1.75 nats, by which the nearest common name must win
_CLOSE: Final = 2 * 3 * SCALE  # three nats that a spelling may lie under what is usual of it
_MOST_LONGER: Final = 5  # symbols, by which a spelling and a common name may differ in length
_OFTEN: Final = -1 * SCALE  # what leaving a symbol out may cost that is often not written

Packed = tuple[Codes, Ints]


@cache
def _numbers() -> dict[str, int]:
    """Number the common names, and the family names in -i made of them, by Persian fold."""
    text = resources.files("dadkhah.names").joinpath("data/given.tsv").read_text("utf-8")
    given = [word for line in text.splitlines() if line and line[0] != "#" for word in line.split()]
    folds = [fold_word(letters(word)) for word in given]
    family = [f"{fold}ی" for fold in folds if fold[-1] not in "یاه"]
    return {fold: place for place, fold in enumerate(dict.fromkeys(folds + family), start=1)}


def _packed(words: Sequence[tuple[int, ...]]) -> Packed:
    """Lay words end to end: symbols, and where each begins."""
    starts = np.cumsum([0, *(len(word) for word in words)]).astype(np.int64)
    return np.array([code for word in words for code in word], dtype=np.uint8), starts


def _shared(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    """Count the symbols with which both words begin."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    )


@cache
def _known() -> tuple[Codes, Ints, Ints, Ints, Ints, Ints]:
    """Lay the common names end to end, in order of their symbols.

    Returns: symbols, starts, how many first symbols each has in common with the one before it, the
        prices of edits across the scripts, what leaving out costs of symbols that are often not
        written (short vowels) and 0 of others, and the number of each.
    """
    odds = np.rint(weights().log_odds * SCALE).astype(np.int32)
    best = odds.max(axis=1)
    best[GAP] = best[WITHIN] = 0
    prices = best[:, None] + best[None, :] - 2 * odds
    order = sorted((symbols(fold), number) for fold, number in _numbers().items())
    words = [word for word, _ in order]
    shared = [0, *(_shared(a, b) for a, b in pairwise(words))]
    numbers = np.array([number for _, number in order], dtype=np.int32)
    prices = prices.astype(np.int32)
    usual = np.where(odds[GAP] > _OFTEN, prices[GAP], 0).astype(np.int32)
    return *_packed(words), np.array(shared), prices, usual, numbers


@njit(cache=True, nogil=True, error_model="numpy")
def _next_row(
    above: Ints, row: Ints, symbol: int, codes: Codes, begin: int, count: int, prices: Ints
) -> int:
    """Fill the prices of one more symbol against each beginning of a word; give the least.

    A price is twice how far an edit lies under the mean of what its two symbols reach at best, so
    that none is negative and a row that lies above a price everywhere ends the search.
    """
    gap = prices[GAP, symbol]
    before = above[0] + gap
    row[0], least = before, before
    for j in range(count):
        other = codes[begin + j]
        before = min(
            above[j] + prices[symbol, other], above[j + 1] + gap, before + prices[GAP, other]
        )
        row[j + 1] = before
        least = min(least, before)
    return int(least)


@njit(cache=True, nogil=True, error_model="numpy")
def _fill(
    rows: Ints, filled: int, known: Codes, k0: int, k1: int, codes: Codes, begin: int, count: int,
    prices: Ints, most: int,
) -> int:  # fmt: skip
    """Fill the rows of a common name from those it shares; give how many, negative if dear."""
    while filled < k1 - k0:
        least = _next_row(
            rows[filled], rows[filled + 1], known[k0 + filled], codes, begin, count, prices
        )
        filled += 1
        if least > most:
            return -filled
    return filled


@njit(cache=True, nogil=True, error_model="numpy")
def _nearest(
    codes: Codes, starts: Ints, known: Codes, known_starts: Ints, shared: Ints, prices: Ints,
    usual: Ints, found: Ints,
) -> None:  # fmt: skip
    """Number each word by the nearest common name when that is close and clear.

    A short vowel that is not written in the other script is usual, and no distance.

    The common names are in order, so that a beginning that two of them share is aligned once, and
    left at once when it is too dear.
    """
    rows = np.empty((LONGEST + 1, LONGEST + 1), dtype=np.int32)
    for word in range(len(starts) - 1):
        begin, count = starts[word], min(starts[word + 1] - starts[word], LONGEST)
        if count == 0:
            continue
        rows[0, 0], close = 0, _CLOSE
        for j in range(count):
            rows[0, j + 1] = rows[0, j] + prices[GAP, codes[begin + j]]
            close += usual[codes[begin + j]]
        first = second = close + _CLEAR + 1
        number, filled, dear = 0, 0, LONGEST
        for place in range(len(known_starts) - 1):
            k0, k1 = known_starts[place], known_starts[place + 1]
            filled = min(filled, shared[place])
            dear = dear if dear <= shared[place] else LONGEST
            if dear < LONGEST or abs(k1 - k0 - count) > _MOST_LONGER:
                continue
            most = min(second, first + _CLEAR + 1)
            filled = _fill(rows, filled, known, k0, k1, codes, begin, count, prices, most)
            if filled < 0:
                dear = filled = -filled
            elif rows[filled, count] < first:
                first, second, number = rows[filled, count], first, place + 1
            else:
                second = min(second, rows[filled, count])
        if first < close and second - first > _CLEAR:
            found[word] = number


def known_numbers(folds: Sequence[str]) -> NDArray[np.int32]:
    """Give the number of the common name that each folded word spells, 0 for none."""
    numbers = _numbers()
    found = np.array([numbers.get(fold, 0) for fold in folds], dtype=np.int32)
    roman = [place for place, fold in enumerate(folds) if fold and not is_arabic(fold)]
    if roman:
        nearest = np.zeros(len(roman), dtype=np.int32)
        known, known_starts, shared, prices, usual, numbered = _known()
        codes, starts = _packed([symbols(folds[place]) for place in roman])
        _nearest(codes, starts, known, known_starts, shared, prices, usual, nearest)
        found[roman] = np.concatenate([[0], numbered])[nearest]
    return found
