"""Keys of names in bulk, as numbers, and the names that share them. Numba, no Python objects."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.names.parts import MOST_WORDS

__all__ = ["ALONE", "ASKS", "MOST_KEYS", "PRICE", "WHOLE", "fill_keys", "gather"]

Bytes = NDArray[np.uint8]
Rows = NDArray[np.int64]
Numbers = NDArray[np.uint64]
# What a key is: of the whole name; of less than it; of a name of one word; of one word of a longer
# name, which asks only for names of one word; of one word that few names have; of the whole name by
# its finer letters; of all but one of these; of two words; of the whole name with marks, but for
# one letter, and whole; of a word and a part of another.
WHOLE, LOOSE, ALONE, ASKS, RARE, FINE, SLIP, PAIR, NEAR, MARKED, PART = range(11)
# What each candidate by such a key costs, by how seldom it is the right one.
PRICE = np.array([0.0, 1.0, 1.0, 3.0, 1.0, 0.7, 3.0, 0.5, 1.0, 0.4, 1.5])
_FINE, _COARSE, _PAIR, _WORD, _VOWELS, _MARKED, _BEGINS, _ENDS = range(1, 9)
_BOUNDARY, _CLOSING, _FIRST_LETTER = ord("."), ord("I"), ord("a")
_LONGEST = 48
_SHORTEST_SLIP, _SHORTEST_NEAR, _SHORTEST_PAIR, _SHORTEST_RARE = 5, 4, 3, 3
_PART, _MOST_PARTED = 2, 3
# A word is rare when it is that of at most so many names, and of at most one in so many.
MOST_RARE, ONE_IN = 50, 200
MOST_KEYS = 16 + 2 * _LONGEST + 3 * MOST_WORDS * MOST_WORDS + 3 * MOST_WORDS + 1  # at most

_OFFSET = np.uint64(14695981039346656037)
_PRIME = np.uint64(1099511628211)
_FOLD = np.uint64(33)
_SPREAD = np.uint64(0xFF51AFD7ED558CCD)


@njit(cache=True, nogil=True)
def _joined(
    order: Rows, count: int, first: int, letters: Bytes, start: Rows, into: Bytes
) -> int:  # fmt: skip
    """Run words together, from the one at `first` on and round, doubling taken out."""
    size = 0
    for place in range(count):
        word = order[(place + first) % count]
        for at in range(start[word], start[word + 1]):
            if size < _LONGEST and (size == 0 or into[size - 1] != letters[at]):
                into[size] = letters[at]
                size += 1
    return size


@njit(cache=True, nogil=True)
def _number(kind: int, text: Bytes, size: int, without: int) -> np.uint64:
    """Hash a text, but for one letter. Source: FNV-1a; the last step is that of MurmurHash3."""
    found = (_OFFSET ^ np.uint64(kind)) * _PRIME
    last = np.uint8(0)
    for at in range(size):
        if at != without and text[at] != last:
            found = (found ^ np.uint64(text[at])) * _PRIME
            last = text[at]
    found = (found ^ (found >> _FOLD)) * _SPREAD
    return np.uint64(found ^ (found >> _FOLD))


@njit(cache=True, nogil=True)
def _add(key: np.uint64, role: int, keys: Numbers, roles: Bytes, begin: int, end: int) -> int:
    """Add a key that the name does not have yet; give the new end."""
    for at in range(begin, end):
        if keys[at] == key:
            return end
    keys[end], roles[end] = key, role
    return end + 1


@njit(cache=True, nogil=True)
def _runs(
    kind: int, role: int, turns: int, order: Rows, count: int, letters: Bytes, start: Rows,
    text: Bytes, keys: Numbers, roles: Bytes, begin: int, end: int,
) -> int:  # fmt: skip
    """Add the words run together: in order, and turned by one word either way."""
    for turn in range(min(turns, count)):
        first = 0 if turn == 0 else count - 1 if turn == 1 else 1
        size = _joined(order, count, first, letters, start, text)
        end = _add(_number(kind, text, size, -1), role, keys, roles, begin, end)
    return end


@njit(cache=True, nogil=True)
def _slips(
    order: Rows, count: int, letters: Bytes, start: Rows,
    text: Bytes, keys: Numbers, roles: Bytes, begin: int, end: int,
) -> int:  # fmt: skip
    """Add the words run together but for one letter."""
    size = _joined(order, count, 0, letters, start, text)
    for without in range(size if size >= _SHORTEST_SLIP else 0):
        end = _add(_number(_FINE, text, size, without), SLIP, keys, roles, begin, end)
    return end


@njit(cache=True, nogil=True)
def _near(
    slips: bool, order: Rows, count: int, sign: Bytes, start: Rows,
    text: Bytes, keys: Numbers, roles: Bytes, begin: int, end: int,
) -> int:  # fmt: skip
    """Add the words with their marks: all letters, and all but one of them if slips are asked.

    Where words part and whether they begin with a vowel is kept, of the last whether it ends in i:
    so few names share such a key that one letter may be passed over.
    """
    size, letters = 0, 0
    for place in range(count):
        for at in range(start[order[place]], start[order[place] + 1]):
            if size < _LONGEST and (sign[at] != _CLOSING or place == count - 1):
                text[size] = sign[at]
                size += 1
                letters += sign[at] >= _FIRST_LETTER
        if size < _LONGEST:
            text[size] = _BOUNDARY
            size += 1
    end = _add(_number(_MARKED, text, size, -1), MARKED, keys, roles, begin, end)
    for without in range(size if slips and letters >= _SHORTEST_NEAR else 0):
        if text[without] >= _FIRST_LETTER:
            end = _add(_number(_MARKED, text, size, without), NEAR, keys, roles, begin, end)
    return end


@njit(cache=True, nogil=True)
def _parts(
    order: Rows, count: int, letters: Bytes, start: Rows, hashes: Numbers,
    keys: Numbers, roles: Bytes, begin: int, end: int,
) -> int:  # fmt: skip
    """Add each word with the first two letters of each other one, and with its last two.

    Names of four words and more have pairs enough.
    """
    for one in range(count if count <= _MOST_PARTED else 0):
        for other in range(count):
            a, b = order[one], order[other]
            size = start[b + 1] - start[b]
            if one != other and start[a + 1] - start[a] >= _PART and size >= _PART:
                first = _number(_BEGINS, letters[start[b] :], _PART, -1)
                last = _number(_ENDS, letters[start[b + 1] - _PART :], _PART, -1)
                for part in (first, last):
                    key = ((hashes[a] * _PRIME) ^ part) * _SPREAD
                    end = _add(key, PART, keys, roles, begin, end)
    return end


@njit(cache=True, nogil=True)
def _pairs(
    order: Rows, count: int, start: Rows, hashes: Numbers,
    keys: Numbers, roles: Bytes, begin: int, end: int,
) -> int:  # fmt: skip
    """Add every two words, whichever comes first; each word as a name of one word, and as rare."""
    for one in range(count):
        a = order[one]
        end = _add(hashes[a], ALONE if count == 1 else ASKS, keys, roles, begin, end)
        if count > 1 and start[a + 1] - start[a] >= _SHORTEST_RARE:
            end = _add(hashes[a] * _SPREAD, RARE, keys, roles, begin, end)
        for other in range(one + 1, count):
            b = order[other]
            if start[a + 1] - start[a] + start[b + 1] - start[b] >= _SHORTEST_PAIR:
                low, high = min(hashes[a], hashes[b]), max(hashes[a], hashes[b])
                key = np.uint64((low * _PRIME) ^ high) * _SPREAD
                end = _add(key, PAIR, keys, roles, begin, end)
    return end


@njit(cache=True, nogil=True)
def _chosen(word: NDArray[np.int32], use: Bytes, a: int, b: int, fine: Rows, order: Rows) -> int:
    """Choose the words that name the person; every word when only styles are left."""
    count = 0
    for place in range(a, b):
        if use[place] == 0 and fine[word[place] + 1] > fine[word[place]]:
            order[count] = word[place]
            count += 1
    for place in range(a, b if count == 0 else a):
        if fine[word[place] + 1] > fine[word[place]]:
            order[count] = word[place]
            count += 1
    return count


@njit(cache=True, nogil=True)
def _aside(word: NDArray[np.int32], use: Bytes, a: int, b: int, order: Rows, count: int) -> int:
    """Add the words of other names to those that name the person; give how many there are."""
    for place in range(a, b):
        if use[place] == 2 and count < MOST_WORDS:
            order[count] = word[place]
            count += 1
    return count


@njit(cache=True, nogil=True)
def _styled(word: NDArray[np.int32], use: Bytes, a: int, b: int, order: Rows) -> int:
    """Choose the words that name the person, and the styles."""
    count = 0
    for place in range(a, b):
        if use[place] < 2:
            order[count] = word[place]
            count += 1
    return count


@njit(cache=True, nogil=True)
def fill_keys(
    word: NDArray[np.int32], use: Bytes, start: Rows, fine: Bytes, fine_start: Rows,
    other: Bytes, other_start: Rows, coarse: Bytes, coarse_start: Rows,
    far: Bytes, far_start: Rows, stem: Bytes, stem_start: Rows, sign: Bytes, sign_start: Rows,
    second: Bytes, second_start: Rows, hashes: Numbers, keys: Numbers, roles: Bytes, ends: Rows,
) -> None:  # fmt: skip
    """Fill the keys of names: those of name n end at ends[n].

    `use` is 0 for a word that names the person, 1 for a style, 2 for what is aside. `fine`,
    `other`, `coarse`, `far`, `stem`, `sign` and `second` are what `skeleton.readings` gives of
    each word, in its order, laid end to end; `hashes` number the first of them.
    """
    order, text, end = np.empty(MOST_WORDS, np.int64), np.empty(_LONGEST, np.uint8), 0
    for name in range(len(start) - 1):
        a, b, begin = start[name], start[name + 1], end
        count = _chosen(word, use, a, b, fine_start, order)
        if count:
            end = _runs(_COARSE, WHOLE, 3, order, count, coarse, coarse_start, text, keys, roles,
                        begin, end)  # fmt: skip
            end = _runs(_COARSE, WHOLE, 1, order, count, far, far_start, text, keys, roles,
                        begin, end)  # fmt: skip
            end = _runs(_FINE, FINE, 3, order, count, fine, fine_start, text, keys, roles,
                        begin, end)  # fmt: skip
            end = _runs(_FINE, FINE, 3, order, count, other, other_start, text, keys, roles,
                        begin, end)  # fmt: skip
            end = _runs(_FINE, LOOSE, 1, order, count, stem, stem_start, text, keys, roles,
                        begin, end)  # fmt: skip
            end = _slips(order, count, fine, fine_start, text, keys, roles, begin, end)
            end = _near(True, order, count, sign, sign_start, text, keys, roles, begin, end)
            end = _near(False, order, count, second, second_start, text, keys, roles, begin, end)
            end = _parts(order, count, fine, fine_start, hashes, keys, roles, begin, end)
            end = _pairs(order, count, fine_start, hashes, keys, roles, begin, end)
            more = _aside(word, use, a, b, order, count)
            if more > count:
                end = _pairs(order, more, fine_start, hashes, keys, roles, begin, end)
            count = _styled(word, use, a, b, order)
            end = _runs(_FINE, LOOSE, 1, order, count, fine, fine_start, text, keys, roles,
                        begin, end)  # fmt: skip
        elif b > a:
            text[0] = min(b - a, MOST_WORDS)
            end = _add(_number(_VOWELS, text, 1, -1), WHOLE, keys, roles, begin, end)
        ends[name] = end


@njit(cache=True, nogil=True)
def word_numbers(letters: Bytes, start: Rows) -> Numbers:
    """Number each word by its letters."""
    found = np.empty(len(start) - 1, np.uint64)
    for word in range(len(found)):
        found[word] = _number(_WORD, letters[start[word] :], start[word + 1] - start[word], -1)
    return found


@njit(cache=True, nogil=True)
def gather(
    asked: Rows, roles: Bytes, low: Rows, high: Rows, low_asks: Rows, high_asks: Rows,
    held: NDArray[np.int32], asks: NDArray[np.int32], names: int, most: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:  # fmt: skip
    """Gather the names that share a key with each asked one, by the cheapest keys first.

    Args:
        asked: for each key, the name that asks by it, in order, its keys by what they cost.
        low, high: where its key lies among `held`, names sorted by their keys.
        low_asks, high_asks: the same among `asks`, the names that ask for those of one word.
        names: how many names are looked among.
        most: what the keys of less than the whole name may cost.
    """
    seen = np.full(names, -1, np.int64)
    left, right, size = np.empty(1024, np.int32), np.empty(1024, np.int32), 0
    spent, before, rare = 0.0, -1, min(MOST_RARE, names // ONE_IN)
    for place in range(len(asked)):
        name, role = asked[place], roles[place]
        spent = spent if name == before else 0.0
        before = name
        more = high[place] - low[place] + high_asks[place] - low_asks[place]
        price = more * PRICE[role]
        if (role != WHOLE and spent + price > most) or (role == RARE and more > rare):
            continue
        spent += price
        while size + more > len(left):
            left = np.concatenate((left, np.empty_like(left)))
            right = np.concatenate((right, np.empty_like(right)))
        for at in range(more):
            there = low[place] + at
            found = (
                held[there] if there < high[place] else asks[low_asks[place] + there - high[place]]
            )
            if seen[found] != name:
                seen[found] = name
                left[size], right[size] = name, found
                size += 1
    return left[:size].copy(), right[:size].copy()
