"""Consonants of names as bytes: run together, compared, and what shared words are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.people.wording import Letters

__all__ = [
    "bits",
    "edits_between",
    "in_any_order",
    "one_after_other",
    "shared_worth",
    "slip_apart",
    "within_one",
]

Codes = NDArray[np.uint8]
Starts = NDArray[np.int64]
SLIP = 1.0  # nats
SHORTEST_SLIP = 3
LEAST = 0.01  # nats, of two words that are one though all have it
LONG, VERY_LONG = 4, 7


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


def symbols_of(words: Sequence[str]) -> tuple[Codes, Starts, NDArray[np.uint32]]:
    """Lay words in Latin letters beside each other, and mark of each which letters it has.

    Other scripts leave vowels out, so that a letter makes another word: theirs have no letters.
    """
    latin = [word if word.isascii() else "" for word in words]
    sizes = np.fromiter(map(len, latin), dtype=np.int64, count=len(latin))
    symbols = np.frombuffer("".join(latin).encode("ascii"), dtype=np.uint8)
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    masks = np.zeros(len(words), dtype=np.uint32)
    marks = np.uint32(1) << (symbols & 31).astype(np.uint32)
    said = np.flatnonzero(sizes)
    masks[said] = np.bitwise_or.reduceat(marks, begins[said]) if len(said) else 0
    return symbols, begins, masks


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
def slip_apart(left: Codes, i: int, i_end: int, right: Codes, j: int, j_end: int) -> bool:
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
            found[at] = slip_apart(left, i, i_end, right, j, j_end)
    return found


@njit(cache=True, nogil=True)
def edits_between(
    left: Codes, i: int, size: int, right: Codes, j: int, other: int, rows: NDArray[np.int32]
) -> int:
    """Count letters left out, put in, other, or two neighbours swapped, between two words."""
    for b in range(other + 1):
        rows[0, b] = b
    for a in range(1, size + 1):
        now, last, before = a % 3, (a - 1) % 3, (a - 2) % 3
        rows[now, 0] = a
        for b in range(1, other + 1):
            unlike = left[i + a - 1] != right[j + b - 1]
            best = min(rows[last, b] + 1, rows[now, b - 1] + 1, rows[last, b - 1] + unlike)
            turned = a > 1 and b > 1 and left[i + a - 1] == right[j + b - 2]
            if turned and left[i + a - 2] == right[j + b - 1]:
                best = min(best, rows[before, b - 2] + 1)
            rows[now, b] = best
    return int(rows[size % 3, other])


@njit(cache=True, nogil=True)
def bits(mask: np.uint32) -> int:
    """Count the bits that are set."""
    count = 0
    while mask:
        mask &= mask - np.uint32(1)
        count += 1
    return count


@njit(cache=True, nogil=True)
def _slips(
    one: int, two: int, symbols: Codes, begins: Starts, masks: NDArray[np.uint32],
    rows: NDArray[np.int32],
) -> int:  # fmt: skip
    """Say in how many letters two words differ, where these are few for their length; else -1."""
    size, other = begins[one + 1] - begins[one], begins[two + 1] - begins[two]
    shorter = min(size, other)
    most = 0 if shorter < LONG else (1 if shorter < VERY_LONG else 2)
    if most == 0 or abs(size - other) > most or max(size, other) >= rows.shape[1]:
        return -1
    if bits(masks[one] ^ masks[two]) > 2 * most:
        return -1
    edits = edits_between(symbols, begins[one], size, symbols, begins[two], other, rows)
    return edits if edits <= most else -1


@njit(cache=True, nogil=True)
def _worth(
    one: int, two: int, skeleton: NDArray[np.int32], codes: Codes, letters: Starts,
    worth: NDArray[np.float32], skeleton_worth: NDArray[np.float32], slips: int,
) -> Any:  # fmt: skip  # a number of 32 bits, which numba checks
    """Say what two words are worth as one: 0 where they are not."""
    if one == two:
        return worth[one]
    best = np.float32(0.0)
    if slips > 0:
        best = max(min(worth[one], worth[two]) - np.float32(SLIP * slips), np.float32(LEAST))
    if skeleton[one] == skeleton[two]:
        return max(best, skeleton_worth[one])
    ends = letters[one], letters[one + 1], letters[two], letters[two + 1]
    if min(ends[1] - ends[0], ends[3] - ends[2]) < SHORTEST_SLIP:
        return best
    if slip_apart(codes, ends[0], ends[1], codes, ends[2], ends[3]):
        return max(best, min(skeleton_worth[one], skeleton_worth[two]) - np.float32(SLIP))
    return best


@njit(cache=True, nogil=True)
def shared_worth(
    start: Starts, word: NDArray[np.int32], skeleton: NDArray[np.int32], codes: Codes,
    letters: Starts, worth: NDArray[np.float32], skeleton_worth: NDArray[np.float32],
    symbols: Codes, begins: Starts, masks: NDArray[np.uint32],
    plain: NDArray[np.bool_], a: Starts, b: Starts,
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]]:  # fmt: skip
    """Sum what the words that two names share are worth, each word taken once.

    A word written alike is worth its own rarity; one that is few letters apart that of the
    commoner of the two, less what the slips cost; one with the same consonants that of these, one
    whose consonants are a slip apart that of the commoner of the two, less what a slip costs.

    Returns:
        The sums; whether every word of the shorter name, of two at least, is written alike in the
        other or few letters apart; and whether both names have a word that the other has not.
    """
    found = np.zeros(len(a), np.float32)
    inside, unlike = np.zeros(len(a), np.bool_), np.zeros(len(a), np.bool_)
    rows = np.zeros((3, 32), np.int32)
    for at in range(len(a)):
        taken, first, end = 0, start[b[at]], start[b[at] + 1]
        opens, closes = start[a[at]], start[a[at] + 1]
        met, shared = 0, 0
        for i in range(opens, closes):
            best, chosen, near = np.float32(0.0), -1, False
            for j in range(first, end):
                if not (taken >> (j - first)) & 1:
                    one, two = word[i], word[j]
                    slips = 0 if one == two else _slips(one, two, symbols, begins, masks, rows)
                    said = _worth(one, two, skeleton, codes, letters, worth, skeleton_worth, slips)
                    if said > best:
                        best, chosen, near = said, j - first, slips >= 0
            if chosen >= 0:
                taken |= 1 << chosen
                found[at] += best
                met += near
                shared += 1
        shorter = min(closes - opens, end - first)
        inside[at] = shorter >= 2 and met >= shorter and plain[a[at]] and plain[b[at]]
        unlike[at] = shared < shorter
    return found, inside, unlike
