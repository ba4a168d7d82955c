"""Names that are unlike as a whole, though each word of one lies near a word of the other.

Relatives share a word, and their other words have nothing to do with each other; accounts of one
person, badly written, have a slip in one word and another slip in the next.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.people.letters import bits, edits_between, slip_apart

__all__ = ["each_near"]

Codes = NDArray[np.uint8]
Starts = NDArray[np.int64]
Words = NDArray[np.int32]
SHORTEST = 3
LONG, VERY_LONG, LONG_SKELETON = 4, 7, 5
MOST_WORDS = 16
LONGEST = 32


@njit(cache=True, nogil=True)
def each_near(
    start: Starts, word: Words, skeleton: Words, codes: Codes, letters: Starts,
    symbols: Codes, begins: Starts, masks: NDArray[np.uint32], a: Starts, b: Starts,
) -> NDArray[np.int8]:  # fmt: skip
    """Grade pairs of names in which each word of the one with fewer lies near one of the other.

    Each word is taken once; two words may meet one that runs them together.

    Returns:
        2 where the shorter name has two words at least, 1 where it has but one, else 0.
    """
    found = np.zeros(len(a), np.int8)
    rows, room = np.zeros((3, LONGEST), np.int32), np.zeros(2 * LONGEST, np.uint8)
    for at in range(len(a)):
        one = word[start[a[at]] : start[a[at] + 1]]
        two = word[start[b[at]] : start[b[at] + 1]]
        if len(one) > len(two):
            one, two = two, one
        if len(one) and len(two) <= MOST_WORDS and _all_met(
            one, two, skeleton, codes, letters, symbols, begins, masks, rows, room
        ):  # fmt: skip
            found[at] = min(len(one), 2)
    return found


@njit(cache=True, nogil=True)
def _all_met(
    one: Words, two: Words, skeleton: Words, codes: Codes, letters: Starts, symbols: Codes,
    begins: Starts, masks: NDArray[np.uint32], rows: NDArray[np.int32], room: Codes,
) -> bool:  # fmt: skip
    """Say whether each word of the first meets one of the second, or two that it runs together."""
    taken = 0
    for i in range(len(one)):
        best, chosen = 0, -1
        for j in range(len(two)):
            if best == 2 or (taken >> j) & 1:
                continue
            if one[i] == two[j] or skeleton[one[i]] == skeleton[two[j]]:
                best, chosen = 2, j
            elif best == 0 and _near(one[i], two[j], codes, letters, symbols, begins, masks, rows):
                best, chosen = 1, j
        if best > 0:
            taken |= 1 << chosen
            continue
        for j in range(len(two) - 1):
            if not (taken >> j) & 3 and _joined(one[i], two[j], two[j + 1], codes, letters, room):
                taken |= 3 << j
                chosen = j
                break
        if chosen < 0:
            return False
    return True


@njit(cache=True, nogil=True)
def _near(
    one: int, two: int, codes: Codes, letters: Starts, symbols: Codes, begins: Starts,
    masks: NDArray[np.uint32], rows: NDArray[np.int32],
) -> bool:  # fmt: skip
    """Say whether two words lie near: their consonants, or their letters, few slips apart."""
    i, size = letters[one], letters[one + 1] - letters[one]
    j, other = letters[two], letters[two + 1] - letters[two]
    if (size == 1 and begins[one + 1] - begins[one] == 1) or (
        other == 1 and begins[two + 1] - begins[two] == 1
    ):
        return bool(other > 0 and size > 0 and codes[i] == codes[j])  # an initial
    shorter = min(size, other)
    most = 0 if shorter < SHORTEST else (1 if shorter < LONG_SKELETON else 2)
    if (
        most > 0
        and abs(size - other) <= most
        and max(size, other) < LONGEST
        and edits_between(codes, i, size, codes, j, other, rows) <= most
    ):
        return True
    size, other = begins[one + 1] - begins[one], begins[two + 1] - begins[two]
    shorter = min(size, other)
    most = 1 if shorter < LONG else (2 if shorter < VERY_LONG else 3)
    if shorter < SHORTEST or abs(size - other) > most or max(size, other) >= LONGEST:
        return False
    if bits(masks[one] ^ masks[two]) > 2 * most:
        return False
    return edits_between(symbols, begins[one], size, symbols, begins[two], other, rows) <= most


@njit(cache=True, nogil=True)
def _joined(
    whole: int, first: int, second: int, codes: Codes, letters: Starts, room: Codes
) -> bool:
    """Say whether a word is two others run together, their consonants a slip apart at most."""
    size = letters[whole + 1] - letters[whole]
    one, two = letters[first + 1] - letters[first], letters[second + 1] - letters[second]
    if size < SHORTEST or min(one, two) == 0 or one + two > len(room):
        return False
    room[:one] = codes[letters[first] : letters[first + 1]]
    room[one : one + two] = codes[letters[second] : letters[second + 1]]
    return slip_apart(codes, letters[whole], letters[whole + 1], room, 0, one + two)
