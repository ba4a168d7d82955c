"""Consonants of names as bytes: run together, compared, and what shared words are worth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.people.wording import Letters

__all__ = ["in_any_order", "one_after_other", "shared_worth", "within_one"]

Codes = NDArray[np.uint8]
Starts = NDArray[np.int64]
SLIP = 1.0  # nats
SHORTEST_SLIP = 3


def one_after_other(start: Starts, word: NDArray[np.int32], letters: Letters) -> Letters:
    """Run the consonants of each name's words together."""
    codes, begins = _laid(start, word.astype(np.int64), letters.codes, letters.start)
    return Letters(codes=codes, start=begins)


def in_any_order(
    start: Starts, word: NDArray[np.int32], ranks: NDArray[np.int64], letters: Letters
) -> Letters:
    """Run the consonants of each name's words together, the words in alphabetical order."""
    name = np.repeat(np.arange(len(start) - 1), np.diff(start))
    order = np.lexsort((ranks[word], name))
    return one_after_other(start, word[order], letters)


@njit(cache=True, nogil=True)
def _laid(start: Starts, word: Starts, codes: Codes, letters: Starts) -> tuple[Codes, Starts]:
    begins = np.zeros(len(start), np.int64)
    for n in range(len(start) - 1):
        begins[n + 1] = begins[n]
        for w in range(start[n], start[n + 1]):
            begins[n + 1] += letters[word[w] + 1] - letters[word[w]]
    found = np.empty(begins[-1], np.uint8)
    at = 0
    for w in range(start[-1]):
        for c in range(letters[word[w]], letters[word[w] + 1]):
            found[at] = codes[c]
            at += 1
    return found, begins


@njit(cache=True, nogil=True)
def _slip_apart(left: Codes, i: int, i_end: int, right: Codes, j: int, j_end: int) -> bool:
    """Say whether two runs of letters differ by one at most."""
    if abs((i_end - i) - (j_end - j)) > 1:
        return False
    while i < i_end and j < j_end and left[i] == right[j]:
        i += 1
        j += 1
    while i < i_end and j < j_end and left[i_end - 1] == right[j_end - 1]:
        i_end -= 1
        j_end -= 1
    return i_end - i <= 1 and j_end - j <= 1


@njit(cache=True, nogil=True)
def within_one(
    left: Codes,
    left_start: Starts,
    a: Starts,
    right: Codes,
    right_start: Starts,
    b: Starts,
    shortest: int,
) -> NDArray[np.bool_]:
    """Mark pairs of texts that differ by one letter at most: left out, put in, or another.

    Texts shorter than `shortest` are not asked.
    """
    found = np.zeros(len(a), np.bool_)
    for at in range(len(a)):
        i, i_end = left_start[a[at]], left_start[a[at] + 1]
        j, j_end = right_start[b[at]], right_start[b[at] + 1]
        if min(i_end - i, j_end - j) >= shortest:
            found[at] = _slip_apart(left, i, i_end, right, j, j_end)
    return found


@njit(cache=True, nogil=True)
def _worth(
    one: int,
    two: int,
    skeleton: NDArray[np.int32],
    codes: Codes,
    letters: Starts,
    worth: NDArray[np.float32],
    skeleton_worth: NDArray[np.float32],
) -> Any:  # a number of 32 bits, which numba checks
    """Say what two words are worth as one: 0 where they are not."""
    if one == two:
        return worth[one]
    if skeleton[one] == skeleton[two]:
        return skeleton_worth[one]
    ends = letters[one], letters[one + 1], letters[two], letters[two + 1]
    if min(ends[1] - ends[0], ends[3] - ends[2]) < SHORTEST_SLIP:
        return np.float32(0.0)
    if _slip_apart(codes, ends[0], ends[1], codes, ends[2], ends[3]):
        return min(skeleton_worth[one], skeleton_worth[two]) - np.float32(SLIP)
    return np.float32(0.0)


@njit(cache=True, nogil=True)
def shared_worth(
    start: Starts,
    word: NDArray[np.int32],
    skeleton: NDArray[np.int32],
    codes: Codes,
    letters: Starts,
    worth: NDArray[np.float32],
    skeleton_worth: NDArray[np.float32],
    a: Starts,
    b: Starts,
) -> NDArray[np.float32]:
    """Sum what the words that two names share are worth, each word taken once.

    A word written alike is worth its own rarity, one with the same consonants that of these, one
    whose consonants are a slip apart that of the commoner of the two, less what a slip costs.
    """
    found = np.zeros(len(a), np.float32)
    for at in range(len(a)):
        taken, first, end = 0, start[b[at]], start[b[at] + 1]
        for i in range(start[a[at]], start[a[at] + 1]):
            best, chosen = np.float32(0.0), -1
            for j in range(first, end):
                if not (taken >> (j - first)) & 1:
                    said = _worth(word[i], word[j], skeleton, codes, letters, worth, skeleton_worth)
                    if said > best:
                        best, chosen = said, j - first
            if chosen >= 0:
                taken |= 1 << chosen
                found[at] += best
    return found
