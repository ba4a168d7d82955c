"""Align two words by symbols and two names by words, in whole numbers. Numba, no Python objects.

Sums of log odds are kept as whole numbers, SCALE to the nat: adding them is several times faster.
Arrays travel as bare pointers (`pointers`), gathered in tuples that cost nothing.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.names.parts import MOST_WORDS
from dadkhah.names.pointers import moved, ones
from dadkhah.names.swapping import FEWEST, SWAPPED, align_swapped
from dadkhah.names.symbols import COUNT, LATIN, WITHIN_WORD

__all__ = [
    "Codes",
    "Ints",
    "Model",
    "Pointer",
    "Room",
    "Side",
    "align_words",
    "fill",
    "inner",
    "joined",
    "may_join",
    "run_together",
    "turned_place",
]

Pointer = Any
Codes = NDArray[np.uint8]
Ints = NDArray[np.integer]
# Columns of `NameTable.words`; what they hold is said there.
BEGIN, END, KIND, SPELLING, MASK, JOINT_MASK, FIRST, FIRST_WIDE, KNOWN = range(9)
COLUMNS: Final = KNOWN + 1
WIDTH: Final = COUNT + 1
INITIAL_KIND: Final = 7
LAST_LATIN: Final = len(LATIN)
LONGEST: Final = 48
SCALE: Final = 64
NO: Final = -6400
NEVER: Final = -1_000_000
CACHE_SIZE: Final = 1 << 15
MOST: Final = MOST_WORDS
ROWS: Final = MOST + 1
MOST_SYMBOLS: Final = 400  # of a whole name run together; the rest is not looked at
INSIDE: Final = np.array(WITHIN_WORD, dtype=np.uint8)
# What an initial is worth against a word that it begins, and at least against its like: that both
# names are shortened says something by itself.
INITIAL_WORTH: Final = SCALE // 2
INITIALS_WORTH: Final = 2 * SCALE
BOTH_SHORT: Final = 2 * SCALE
WELL: Final = 14 * SCALE
SWAP: Final = int(SWAPPED * SCALE)
JOIN_SKIP, TURN_SKIP = 10, 11

inner = njit(cache=True, nogil=True, error_model="numpy", forceinline=True)


class Side(NamedTuple):
    """One name: the symbols of its table, its words, what they are worth, how many they are."""

    codes: Pointer
    words: Pointer
    worth: Pointer
    size: int


class Model(NamedTuple):
    """Weights: what two symbols gain over leaving both out, WIDTH a row, across the scripts and
    then within one; what leaving one out costs, and the most it gains; what words cost, by kind;
    the decision.
    """

    gains: Pointer
    gaps: Pointer
    peaks: Pointer
    skips: Pointer
    decision: Pointer


class Room(NamedTuple):
    """What a run works in: a row of sums, words against words, best totals, steps, and so on."""

    row: Pointer
    pair: Pointer
    best: Pointer
    step: Pointer
    keys: Pointer
    values: Pointer
    column: Pointer
    letters: Pointer


@inner
def turned_place(j: int, turn: int, count: int) -> int:
    """Give where the j-th of `count` lies when they are turned."""
    return j + turn - (count if j + turn >= count else 0)


@inner
def align_words(
    left: Pointer, length: int, cut: int, right: Pointer, m: int, least: int, model: Model,
    row: Pointer,
) -> int:  # fmt: skip
    """Give the log odds of the best alignment of two runs of symbols, or `least` if that is more.

    The left run is turned: it begins at `cut`. What leaving out every symbol of both would cost is
    taken first, and what each pair gains over leaving both out is added. So no row ever falls, a
    gap costs nothing in it, and its last place with the most that is left to gain tells when to
    stop. Two rows are filled at a time.
    """
    n, m = min(length, LONGEST), min(m, LONGEST)
    within = (left[cut] <= LAST_LATIN) == (right[0] <= LAST_LATIN)
    gaps, peaks = moved(model.gaps, within * WIDTH), moved(model.peaks, within * WIDTH)
    gains = moved(model.gains, within * WIDTH * WIDTH)
    wanted = least
    for j in range(m):
        row[j + 1] = 0
        wanted -= gaps[right[j]]
    alone = least - wanted
    for i in range(n):
        symbol = left[turned_place(i, cut, length)]
        alone += gaps[symbol]
        wanted -= gaps[symbol] + peaks[symbol]
    for i in range(0, n, 2):
        # A row of nothing, the symbol 0, ends a run of an odd number.
        one = left[turned_place(i, cut, length)]
        two = left[turned_place(i + 1, cut, length)] if i + 1 < n else 0
        wanted += peaks[one] + peaks[two]
        gain, next_gain = moved(gains, one * WIDTH), moved(gains, two * WIDTH)
        diagonal, before, below = np.int32(0), np.int32(0), np.int32(0)
        for j in range(m):
            other, above = right[j], row[j + 1]
            step = np.int32(before + next_gain[other])
            before = max(before, above, np.int32(diagonal + gain[other]))
            below = max(below, before, step)
            row[j + 1] = below
            diagonal = above
        if row[m] <= wanted:
            return least
    return int(max(alone + row[m], least))


@inner
def _lengths_agree(left: int, right: int) -> bool:
    """Say whether two runs of symbols can be the same by their lengths."""
    return abs(left - right) * 20 <= 40 + max(left, right) * 9


@inner
def _possible(left: int, right: int, left_mask: int, right_mask: int) -> bool:
    """Say whether two runs can be the same at all, by length and consonants."""
    if ones(left_mask ^ right_mask) > 2 + (max(left, right) > 8):
        return False
    return _lengths_agree(left, right)


@inner
def _may_be_joined(left: int, right: int, left_mask: int, right_mask: int) -> bool:
    """Say whether two words together can be one word: at most one consonant apart."""
    return ones(left_mask ^ right_mask) <= 1 and _lengths_agree(left, right)


@inner
def _initials(left: Side, i: int, right: Side, j: int, model: Model) -> int:
    """Give what an initial is worth against a word, or against another initial."""
    a, b = moved(left.words, i * COLUMNS), moved(right.words, j * COLUMNS)
    if not ((a[FIRST] & b[FIRST_WIDE]) | (a[FIRST_WIDE] & b[FIRST])):
        return NO
    if a[KIND] == INITIAL_KIND and b[KIND] == INITIAL_KIND:
        one, other = left.codes[a[BEGIN]], right.codes[b[BEGIN]]
        odds = model.gains[one * WIDTH + other] + model.gaps[one] + model.gaps[other]
        return int(max(odds, INITIALS_WORTH) + BOTH_SHORT)
    return INITIAL_WORTH


@inner
def _spellings(left: Side, i: int, right: Side, j: int, model: Model, room: Room) -> int:
    """Give what one word is worth against another; each two spellings are aligned once."""
    a, b = moved(left.words, i * COLUMNS), moved(right.words, j * COLUMNS)
    n, m = a[END] - a[BEGIN], b[END] - b[BEGIN]
    if not _possible(n, m, a[MASK], b[MASK]):
        return NO
    key = (a[SPELLING] << 32) | b[SPELLING]
    slot = ((key * 0x9E3779B97F4A7C1) >> 40) & (CACHE_SIZE - 1)
    if room.keys[slot] != key:
        room.keys[slot] = key
        one, other = moved(left.codes, a[BEGIN]), moved(right.codes, b[BEGIN])
        value = align_words(one, n, 0, other, m, NEVER, model, room.row)
        if a[MASK] == b[MASK] and min(n, m) >= FEWEST and max(n, m) <= LONGEST:
            ideal = (left.worth[2 * i + 1] + right.worth[2 * j + 1]) * np.float32(SCALE // 2)
            if value + 2 * SWAP < ideal:
                value = max(value, _swapped(one, n, other, m, model))
        room.values[slot] = value
    return int(room.values[slot])


@inner
def _swapped(one: Pointer, n: int, other: Pointer, m: int, model: Model) -> int:
    """Give the log odds of two words of the same consonants, neighbours swapped."""
    within = (one[0] <= LAST_LATIN) == (other[0] <= LAST_LATIN)
    gaps, gains = moved(model.gaps, within * WIDTH), moved(model.gains, within * WIDTH * WIDTH)
    value = align_swapped(one, n, other, m, gains, SWAP)
    for i in range(n):
        value += gaps[one[i]]
    for j in range(m):
        value += gaps[other[j]]
    return value


@inner
def fill(left: Side, right: Side, model: Model, room: Room) -> int:
    """Fill the matrix of word against word; give what no alignment of single words can exceed.

    Half a match counts for either word; a word that matches none costs what leaving it out costs.
    """
    bound = 0
    for j in range(right.size):
        room.column[j] = -2 * model.skips[right.words[j * COLUMNS + KIND]]
    for i in range(left.size):
        kind = left.words[i * COLUMNS + KIND]
        best = -2 * model.skips[kind]
        for j in range(right.size):
            if kind == INITIAL_KIND or right.words[j * COLUMNS + KIND] == INITIAL_KIND:
                value = _initials(left, i, right, j, model)
            else:
                value = _spellings(left, i, right, j, model, room)
            room.pair[i * MOST + j] = value
            best = max(best, value)
            room.column[j] = max(room.column[j], value)
        bound += best
    for j in range(right.size):
        bound += room.column[j]
    return bound >> 1


@inner
def _any_join(one: Side, other: Side) -> bool:
    """Say whether two neighbouring words of one name can be one word of the other."""
    for i in range(one.size - 1):
        a = moved(one.words, i * COLUMNS)
        length = a[COLUMNS + END] - a[BEGIN]
        for j in range(other.size):
            b = moved(other.words, j * COLUMNS)
            if _may_be_joined(length, b[END] - b[BEGIN], a[JOINT_MASK], b[MASK]):
                return True
    return False


@inner
def may_join(left: Side, right: Side) -> bool:
    """Say whether two neighbouring words of either name can be one word of the other."""
    return _any_join(left, right) or _any_join(right, left)


@njit(cache=True, nogil=True, error_model="numpy")
def run_together(side: Side, first: int, last: int, into: Pointer) -> int:
    """Write the symbols of words run together, as those of one word; give how many they are."""
    size = 0
    for word in range(first, last + 1):
        a = moved(side.words, word * COLUMNS)
        for at in range(a[BEGIN], min(a[END], a[BEGIN] + MOST_SYMBOLS - size)):
            symbol = side.codes[at]
            if (word > first and at < a[BEGIN] + 2) or (word < last and at >= a[END] - 2):
                symbol = INSIDE[symbol]
            into[size] = symbol
            size += 1
    return size


@inner
def joined(
    left: Side, i: int, taken: int, right: Side, j: int, other: int, model: Model, room: Room
) -> int:
    """Give what words run together are worth: `taken` words up to i against `other` up to j."""
    a, b = moved(left.words, i * COLUMNS), moved(right.words, j * COLUMNS)
    first = moved(a, -(taken - 1) * COLUMNS)
    second = moved(b, -(other - 1) * COLUMNS)
    left_mask = first[JOINT_MASK] if taken > 1 else first[MASK]
    right_mask = second[JOINT_MASK] if other > 1 else second[MASK]
    n, m = a[END] - first[BEGIN], b[END] - second[BEGIN]
    if not _may_be_joined(n, m, left_mask, right_mask):
        return NO
    one, two = moved(left.codes, first[BEGIN]), moved(right.codes, second[BEGIN])
    if taken > 1:
        one = room.letters
        n = run_together(left, i - 1, i, one)
    else:
        two = room.letters
        m = run_together(right, j - 1, j, two)
    return align_words(one, n, 0, two, m, NEVER, model, room.row)
