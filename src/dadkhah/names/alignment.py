"""Align two words by symbols and two names by words, in whole numbers. Numba, no Python objects.

Sums of log odds are kept as whole numbers, SCALE to the nat: adding them is several times faster.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit
from numba.extending import intrinsic
from numpy.typing import NDArray

from dadkhah.names.symbols import GAP, LATIN, WITHIN

__all__ = [
    "Codes",
    "Ints",
    "align_words",
    "best_order",
    "bits",
    "fill",
    "inner",
    "may_join",
    "run_of_symbols",
]

Codes = NDArray[np.uint8]
Ints = NDArray[np.integer]
# Columns of `NameTable.words`; what they hold is said there.
BEGIN, END, KIND, SPELLING, MASK, JOINT_MASK, FIRST, FIRST_WIDE, KNOWN = range(9)
INITIAL_KIND: Final = 7
LAST_LATIN: Final = len(LATIN)
LONGEST: Final = 48
SCALE: Final = 64
NO: Final = -6400
CACHE_SIZE: Final = 1 << 15
MOST: Final = 8
# What an initial is worth against a word that it begins, and at least against its like.
INITIAL_WORTH: Final = SCALE // 2
INITIALS_WORTH: Final = 2 * SCALE
WELL: Final = 14 * SCALE
JOIN_SKIP, TURN_SKIP = 10, 11

# Calls inside the kernels are inlined: passing a dozen arrays costs more than aligning two words.
inner = njit(cache=True, nogil=True, error_model="numpy", forceinline=True)


@intrinsic
def _ones(_typing: Any, value: Any) -> Any:
    """Count the bits of a whole number in one instruction."""

    def build(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return value(value), build


@inner
def bits(value: int) -> int:
    """Count the bits of a number."""
    return int(_ones(value))  # type: ignore[call-arg]


@inner
def align_words(
    left: Codes, l0: int, l1: int, right: Codes, r0: int, r1: int, odds: Ints, row: Ints
) -> int:
    """Give the log odds of the best alignment of two runs of symbols."""
    l1, count = min(l1, l0 + LONGEST), min(r1 - r0, LONGEST)
    skip = GAP if (left[l0] <= LAST_LATIN) != (right[r0] <= LAST_LATIN) else WITHIN
    row[0] = 0
    for j in range(count):
        row[j + 1] = row[j] + odds[skip, right[r0 + j]]
    for i in range(l0, l1):
        symbol = left[i]
        gap = odds[skip, symbol]
        diagonal = row[0]
        before = diagonal + gap
        row[0] = before
        for j in range(count):
            other = right[r0 + j]
            above = row[j + 1]
            best = max(diagonal + odds[symbol, other], above + gap)
            diagonal = above
            before = max(best, before + odds[skip, other])
            row[j + 1] = before
    return int(row[count])


@inner
def _possible(left_length: int, right_length: int, left_mask: int, right_mask: int) -> bool:
    """Say whether two runs can be the same at all, by length and consonants."""
    longer = max(left_length, right_length)
    return abs(left_length - right_length) * 20 <= 40 + longer * 9 and bits(
        left_mask ^ right_mask
    ) <= 2 + (longer > 8)


@inner
def _may_be_joined(left_length: int, right_length: int, left_mask: int, right_mask: int) -> bool:
    """Say whether two words together can be one word: at most one consonant apart."""
    longer = max(left_length, right_length)
    return bits(left_mask ^ right_mask) <= 1 and abs(left_length - right_length) * 20 <= (
        40 + longer * 9
    )


@inner
def run_of_symbols(
    lc: Codes,
    l0: int,
    l1: int,
    left_mask: int,
    rc: Codes,
    r0: int,
    r1: int,
    right_mask: int,
    odds: Ints,
    row: Ints,
) -> int:
    """Give the log odds of two words against one, NO when they cannot be the same."""
    if not _may_be_joined(l1 - l0, r1 - r0, left_mask, right_mask):
        return NO
    return align_words(lc, l0, l1, rc, r0, r1, odds, row)


@inner
def fill(
    pair: Ints,
    lc: Codes,
    lw: Ints,
    a0: int,
    n: int,
    rc: Codes,
    rw: Ints,
    b0: int,
    m: int,
    odds: Ints,
    skips: Ints,
    row: Ints,
    column: Ints,
    keys: Ints,
    values: Ints,
) -> int:
    """Fill the matrix of word against word; give what no alignment of single words can exceed.

    A pair of spellings is aligned once and remembered. An initial stands for any word it begins.
    Half a match counts for either word; a word that matches none costs what leaving it out costs.
    """
    bound = 0
    for j in range(m):
        column[j] = -2 * skips[rw[b0 + j, KIND]]
    for i in range(n):
        a = a0 + i
        row_best = -2 * skips[lw[a, KIND]]
        l0, l1, left_mask = lw[a, BEGIN], lw[a, END], lw[a, MASK]
        left_initial = lw[a, KIND] == INITIAL_KIND
        for j in range(m):
            b = b0 + j
            r0, r1 = rw[b, BEGIN], rw[b, END]
            value = NO
            if left_initial or rw[b, KIND] == INITIAL_KIND:
                if (lw[a, FIRST] & rw[b, FIRST_WIDE]) | (lw[a, FIRST_WIDE] & rw[b, FIRST]):
                    value = INITIAL_WORTH
                    if left_initial and rw[b, KIND] == INITIAL_KIND:
                        value = max(odds[lc[l0], rc[r0]], INITIALS_WORTH)
            elif _possible(l1 - l0, r1 - r0, left_mask, rw[b, MASK]):
                key = (np.int64(lw[a, SPELLING]) << 32) | np.int64(rw[b, SPELLING])
                slot = ((key * np.int64(0x9E3779B97F4A7C1)) >> 40) & (CACHE_SIZE - 1)
                if keys[slot] == key:
                    value = values[slot]
                else:
                    value = align_words(lc, l0, l1, rc, r0, r1, odds, row)
                    keys[slot], values[slot] = key, value
            pair[i, j] = value
            row_best = max(row_best, value)
            column[j] = max(column[j], value)
        bound += row_best
    for j in range(m):
        bound += column[j]
    return bound >> 1


@inner
def may_join(lw: Ints, a0: int, n: int, rw: Ints, b0: int, m: int) -> bool:
    """Say whether two neighbouring words of one name can be one word of the other."""
    for a in range(a0, a0 + n):
        left, left_mask, left_joint = lw[a, END] - lw[a, BEGIN], lw[a, MASK], lw[a, JOINT_MASK]
        more_left = a + 1 < a0 + n
        for b in range(b0, b0 + m):
            if (
                more_left
                and _may_be_joined(
                    lw[a + 1, END] - lw[a, BEGIN], rw[b, END] - rw[b, BEGIN],
                    left_joint, rw[b, MASK],
                )
            ):  # fmt: skip
                return True
            if (
                b + 1 < b0 + m
                and _may_be_joined(
                    left, rw[b + 1, END] - rw[b, BEGIN], left_mask, rw[b, JOINT_MASK]
                )
            ):  # fmt: skip
                return True
    return False


@inner
def _align(
    pair: Ints,
    lc: Codes,
    lw: Ints,
    a0: int,
    n: int,
    rc: Codes,
    rw: Ints,
    b0: int,
    m: int,
    turn: int,
    even: bool,
    odds: Ints,
    skips: Ints,
    row: Ints,
    best: Ints,
    step: Ints,
) -> int:
    """Align words in order, the right ones turned by `turn`; give the total.

    Steps: 1 a left word alone, 2 a right word alone, 3 one to one, 4 two left words to one right,
    5 one left word to two right.
    """
    best[0, 0] = 0
    for i in range(1, n + 1):
        best[i, 0], step[i, 0] = best[i - 1, 0] - skips[lw[a0 + i - 1, KIND]], 1
    for j in range(1, m + 1):
        b = b0 + j - 1 + turn - (m if j - 1 + turn >= m else 0)
        right_skip = skips[rw[b, KIND]]
        best[0, j], step[0, j] = best[0, j - 1] - right_skip, 2
        for i in range(1, n + 1):
            a = a0 + i - 1
            value, kind = best[i - 1, j] - skips[lw[a, KIND]], 1
            if best[i, j - 1] - right_skip > value:
                value, kind = best[i, j - 1] - right_skip, 2
            if best[i - 1, j - 1] + pair[i - 1, b - b0] > value:
                value, kind = best[i - 1, j - 1] + pair[i - 1, b - b0], 3
            if not even and pair[i - 1, b - b0] < WELL:
                for two in range(2):
                    if (two == 0 and i == 1) or (two == 1 and (j == 1 or b == b0)):
                        continue
                    first, second = a - 1 + two, b - two
                    together = best[i - 2 + two, j - 1 - two] - skips[JOIN_SKIP] + run_of_symbols(
                        lc, lw[first, BEGIN], lw[a, END],
                        lw[first, MASK if two else JOINT_MASK],
                        rc, rw[second, BEGIN], rw[b, END],
                        rw[second, JOINT_MASK if two else MASK], odds, row,
                    )  # fmt: skip
                    if together > value:
                        value, kind = together, 4 + two
            best[i, j], step[i, j] = value, kind
    return int(best[n, m])


@inner
def best_order(
    pair: Ints, lc: Codes, lw: Ints, a0: int, n: int, rc: Codes, rw: Ints, b0: int, m: int,
    bound: int, ideal: int, even: bool, odds: Ints, skips: Ints, row: Ints, best: Ints, step: Ints,
) -> tuple[int, int]:  # fmt: skip
    """Align in order, then turned by one word either way if that could be better.

    `bound` is what single words can reach, `ideal` what the two names could reach at best; `even`
    says that both have as many words, styles aside, so that none need be joined.

    The matrices are left as of the best order; gives its total and its turn.
    """
    total, turn, last = NO * MOST, 0, 0
    for attempt in range(4):
        other = m - 1 if attempt == 2 else (turn if attempt == 3 else attempt)
        if (attempt == 2 and m < 3) or (attempt == 3 and turn == last):
            continue
        last = other
        value = _align(
            pair, lc, lw, a0, n, rc, rw, b0, m, other, even, odds, skips, row, best, step
        )
        value -= skips[TURN_SKIP] if other else 0
        if value > total:
            total, turn = value, other
        if attempt == 0 and (
            n == 1
            or m == 1
            or (
                bound - skips[TURN_SKIP] <= total
                and (even or total * 10 > ideal * 7 or not may_join(lw, a0, n, rw, b0, m))
            )
        ):
            break
    return total, turn
