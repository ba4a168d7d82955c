"""Keys in bulk: hashes of words, of pairs of words, of words with a slip, and their products.

What a mention says is a list of hashes; 0 says nothing. Lists lie one after the other: those of
mention n are hashes[start[n]] to hashes[start[n + 1]].
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["cross", "lists_of", "pairs_within", "parts_within", "seen_twice", "slips", "swap"]

Hashes = NDArray[np.uint64]
Starts = NDArray[np.int64]
_ONE = np.uint64(0x9E3779B97F4A7C15)
_TWO = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)


@njit(cache=True, nogil=True)
def _mix(a: np.uint64, b: np.uint64) -> np.uint64:
    """Mix two hashes into one that is never 0."""
    mixed = (a * _ONE) ^ b
    mixed = (mixed ^ (mixed >> _SHIFT)) * _TWO
    return (mixed ^ (mixed >> _SHIFT)) | np.uint64(1 << 63)


@njit(cache=True, nogil=True)
def cross(
    a_start: Starts, a: Hashes, b_start: Starts, b: Hashes, salt: int
) -> tuple[Hashes, NDArray[np.int32]]:
    """Join every hash of each mention's first list with every one of its second.

    Returns:
        Keys, and the mention of each.
    """
    total = 0
    for row in range(len(a_start) - 1):
        total += (a_start[row + 1] - a_start[row]) * (b_start[row + 1] - b_start[row])
    keys, rows = np.empty(total, np.uint64), np.empty(total, np.int32)
    at = 0
    for row in range(len(a_start) - 1):
        for i in range(a_start[row], a_start[row + 1]):
            for j in range(b_start[row], b_start[row + 1]):
                keys[at] = _mix(a[i] + np.uint64(salt), b[j])
                rows[at] = row
                at += 1
    return keys, rows


@njit(cache=True, nogil=True)
def lists_of(row: Starts, start: Starts, hashes: Hashes) -> tuple[Starts, Hashes]:
    """Give each mention the list of its name."""
    begins = np.zeros(len(row) + 1, np.int64)
    for n in range(len(row)):
        begins[n + 1] = begins[n] + start[row[n] + 1] - start[row[n]]
    found = np.empty(begins[-1], np.uint64)
    for n in range(len(row)):
        found[begins[n] : begins[n + 1]] = hashes[start[row[n]] : start[row[n] + 1]]
    return begins, found


@njit(cache=True, nogil=True)
def pairs_within(start: Starts, hashes: Hashes) -> tuple[Starts, Hashes]:
    """Join every two words of each name, in either order."""
    begins = np.zeros(len(start), np.int64)
    for n in range(len(start) - 1):
        size = start[n + 1] - start[n]
        begins[n + 1] = begins[n] + size * (size - 1) // 2
    found, at = np.empty(begins[-1], np.uint64), 0
    for n in range(len(start) - 1):
        for i in range(start[n], start[n + 1]):
            for j in range(i + 1, start[n + 1]):
                found[at] = _mix(min(hashes[i], hashes[j]), max(hashes[i], hashes[j]))
                at += 1
    return begins, found


@njit(cache=True, nogil=True)
def parts_within(start: Starts, hashes: Hashes, begins_with: Hashes) -> tuple[Starts, Hashes]:
    """Join each word of each name with the beginning of each other one."""
    begins = np.zeros(len(start), np.int64)
    for n in range(len(start) - 1):
        size = start[n + 1] - start[n]
        begins[n + 1] = begins[n] + size * (size - 1)
    found, at = np.empty(begins[-1], np.uint64), 0
    for n in range(len(start) - 1):
        for i in range(start[n], start[n + 1]):
            for j in range(start[n], start[n + 1]):
                if i != j:
                    found[at] = _mix(hashes[i] + np.uint64(7), begins_with[j])
                    at += 1
    return begins, found


@njit(cache=True, nogil=True)
def slips(
    start: Starts, word: NDArray[np.int32], codes: NDArray[np.uint8], letters: Starts, shortest: int
) -> tuple[Starts, Hashes]:
    """Hash all letters of each name, whole and with each one left out in turn."""
    begins = np.zeros(len(start), np.int64)
    for n in range(len(start) - 1):
        size = 0
        for w in range(start[n], start[n + 1]):
            size += letters[word[w] + 1] - letters[word[w]]
        begins[n + 1] = begins[n] + (size + 1 if size >= shortest else 0)
    found = np.empty(begins[-1], np.uint64)
    text = np.empty(4096, np.uint8)
    for n in range(len(start) - 1):
        size = begins[n + 1] - begins[n] - 1
        at = 0
        for w in range(start[n], start[n + 1] if size > 0 else start[n]):
            for c in range(letters[word[w]], letters[word[w] + 1]):
                text[at] = codes[c]
                at += 1
        for out in range(-1, size):
            key = np.uint64(1)
            for c in range(size):
                if c != out:
                    key = _mix(key, np.uint64(text[c]))
            found[begins[n] + out + 1] = key
    return begins, found


@njit(cache=True, nogil=True)
def swap(
    start: Starts, word: NDArray[np.int32], codes: NDArray[np.uint8], letters: Starts, shortest: int
) -> tuple[Starts, Hashes]:
    """Hash the letters of each name without regard to their order."""
    begins = np.zeros(len(start), np.int64)
    found = np.empty(len(start) - 1, np.uint64)
    at = 0
    for n in range(len(start) - 1):
        key, size = np.uint64(0), 0
        for w in range(start[n], start[n + 1]):
            for c in range(letters[word[w]], letters[word[w] + 1]):
                key += _mix(np.uint64(11), np.uint64(codes[c]))
                size += 1
        if size >= shortest:
            found[at] = _mix(np.uint64(13), key)
            at += 1
        begins[n + 1] = at
    return begins, found[:at]


@njit(cache=True, nogil=True)
def seen_twice(keys: Hashes, bits: int) -> NDArray[np.bool_]:
    """Mark the keys that more than one place may have; a key that stands alone is mostly not."""
    once = np.zeros(1 << (bits - 3), np.uint8)
    twice = np.zeros(1 << (bits - 3), np.uint8)
    shift = np.uint64(64 - bits)
    for key in keys:
        place = (key * _ONE) >> shift
        byte, bit = place >> np.uint64(3), np.uint8(np.uint64(1) << (place & np.uint64(7)))
        if once[byte] & bit:
            twice[byte] |= bit
        else:
            once[byte] |= bit
    marked = np.empty(len(keys), np.bool_)
    for at in range(len(keys)):
        place = (keys[at] * _ONE) >> shift
        marked[at] = (twice[place >> np.uint64(3)] >> np.uint8(place & np.uint64(7))) & np.uint8(1)
    return marked
