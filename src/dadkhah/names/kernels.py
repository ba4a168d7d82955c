"""The kernel: features and score of two names, for any number of pairs. Numba, no Python objects.

A table travels as the tuple (codes, words, name_start, name_mask, name_ideal, worth) of
`NameTable`; inside a run of pairs it is unpacked once: counting references to arrays costs more
than scoring.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.names.alignment import (
    CACHE_SIZE,
    INITIAL_KIND,
    JOIN_SKIP,
    KIND,
    KNOWN,
    LONGEST,
    MOST,
    NO,
    SCALE,
    TURN_SKIP,
    Codes,
    Ints,
    best_order,
    bits,
    fill,
    inner,
    may_join,
)
from dadkhah.names.whole import whole_names

__all__ = ["FEATURES", "Floats", "decide", "run_pairs"]

Floats = NDArray[np.float32]
Table = tuple[Any, ...]  # arrays of several types; numba checks them
Room = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Codes, Ints]
FEATURES: Final = (
    "evidence", "cost", "worst", "left_over", "conflict", "style", "turned", "joined", "initials",
    "rarity", "same", "distinct", "rarity_each", "alone", "both_alone", "matched", "total",
)  # fmt: skip
(EVIDENCE, COST, WORST, LEFT_OVER, CONFLICT, STYLE, TURNED, JOINED, INITIALS, RARITY, SAME,
 DISTINCT, RARITY_EACH, ALONE, BOTH_ALONE, MATCHED, TOTAL) = range(17)  # fmt: skip
KNOTS: Final = (-5.0, -4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 5.0)
GIVEN_KIND: Final = 0  # an initial without its like speaks against as much as a given name
STYLES_FROM: Final = 8  # kinds from this number on are styles, not names


@inner
def _count_match(
    found: Floats,
    lw: Ints,
    li: Floats,
    a: int,
    a1: int,
    rw: Ints,
    ri: Floats,
    b: int,
    b1: int,
    value: int,
) -> None:
    """Add one matched run to the features."""
    if (lw[a, KIND] == INITIAL_KIND) != (rw[b, KIND] == INITIAL_KIND):
        found[INITIALS] += 1
        return
    ideal, left_rarity, right_rarity = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for word in range(a, a1):
        left_rarity += li[word, 0]
        ideal += li[word, 1]
    for word in range(b, b1):
        right_rarity += ri[word, 0]
        ideal += ri[word, 1]
    worth = np.float32(value) / SCALE
    cost = max(np.float32(0.5) * ideal - worth, np.float32(0.0))
    found[EVIDENCE] += worth
    found[COST] += cost
    found[WORST] = max(found[WORST], cost)
    found[MATCHED] += 1
    found[RARITY] += min(left_rarity, right_rarity)
    if (a1 - a > 1) or (b1 - b > 1):
        found[JOINED] += 1
    elif lw[a, KNOWN] and rw[b, KNOWN]:
        found[SAME if lw[a, KNOWN] == rw[b, KNOWN] else DISTINCT] += 1


@inner
def _walk_back(
    found: Floats,
    path: Ints,
    lw: Ints,
    li: Floats,
    a0: int,
    n: int,
    rw: Ints,
    ri: Floats,
    b0: int,
    m: int,
    turn: int,
    skips: Ints,
    best: Ints,
    step: Ints,
) -> int:
    """Walk the alignment back: features into `found`, steps into `path`; give their number."""
    i, j, count = n, m, 0
    left_alone, right_alone = np.float32(0.0), np.float32(0.0)
    while i > 0 or j > 0:
        kind = step[i, j]
        from_i, from_j = i, j
        i -= 2 if kind == 4 else (0 if kind == 2 else 1)
        j -= 2 if kind == 5 else (0 if kind == 1 else 1)
        a, b = a0 + i, b0 + j + turn - (m if j + turn >= m else 0)
        if kind == 1:
            cost = np.float32(skips[GIVEN_KIND if lw[a, KIND] == INITIAL_KIND else lw[a, KIND]])
            cost /= SCALE
            if lw[a, KIND] >= STYLES_FROM:
                found[STYLE] += cost
            else:
                left_alone += cost
        elif kind == 2:
            cost = np.float32(skips[GIVEN_KIND if rw[b, KIND] == INITIAL_KIND else rw[b, KIND]])
            cost /= SCALE
            if rw[b, KIND] >= STYLES_FROM:
                found[STYLE] += cost
            else:
                right_alone += cost
        else:
            value = best[from_i, from_j] - best[i, j]
            if kind > 3:
                value += skips[JOIN_SKIP]
            _count_match(found, lw, li, a, a + from_i - i, rw, ri, b, b + from_j - j, value)
        path[count, 0], path[count, 1] = a, from_i - i
        path[count, 2], path[count, 3] = b, from_j - j
        count += 1
    found[LEFT_OVER] = left_alone + right_alone
    found[CONFLICT] = min(left_alone, right_alone)
    return count


@inner
def _name_pair(
    lc: Codes,
    lw: Ints,
    li: Floats,
    a0: int,
    n: int,
    left_mask: int,
    rc: Codes,
    rw: Ints,
    ri: Floats,
    b0: int,
    m: int,
    right_mask: int,
    ideal: int,
    odds: Ints,
    skips: Ints,
    row: Ints,
    pair: Ints,
    best: Ints,
    step: Ints,
    keys: Ints,
    values: Ints,
    buffer: Codes,
    column: Ints,
    found: Floats,
    path: Ints,
) -> int:
    """Align two names: features into `found`, steps (last first) into `path`; give their number.

    1. Words against words. 2. In order. 3. Turned (family name first) when in order is poor.
    4. All letters run together, in any order, when words are left over.
    """
    found[:] = 0.0
    found[TOTAL] = NO / SCALE
    if n == 0 or m == 0:
        return 0
    bound = fill(pair, lc, lw, a0, n, rc, rw, b0, m, odds, skips, row, column, keys, values)
    alike = bits(left_mask ^ right_mask) <= 1
    even = n == m and _named(lw, a0, n) == _named(rw, b0, m)
    if bound <= 0 and not alike and (even or not may_join(lw, a0, n, rw, b0, m)):
        return 0
    total, turn = NO, 0
    if bound > 0 or not even:
        total, turn = best_order(
            pair, lc, lw, a0, n, rc, rw, b0, m, bound, ideal, even, odds, skips, row, best, step
        )
    whole, whole_turned = NO, 0
    if alike and n + m > 2 and total * 10 < ideal * 7:
        whole, whole_turned = whole_names(lc, lw, a0, n, rc, rw, b0, m, odds, row, buffer)
        whole -= skips[JOIN_SKIP] + (skips[TURN_SKIP] if whole_turned else 0)
    found[TOTAL] = np.float32(max(total, whole)) / SCALE
    if found[TOTAL] <= 0:
        return 0
    if whole > total:
        _count_match(found, lw, li, a0, a0 + n, rw, ri, b0, b0 + m, whole)
        found[TURNED] = whole_turned
        path[0, 0], path[0, 1], path[0, 2], path[0, 3] = a0, n, b0, m
        return 1
    found[TURNED] = turn > 0
    return _walk_back(found, path, lw, li, a0, n, rw, ri, b0, m, turn, skips, best, step)


@inner
def _named(words: Ints, first: int, count: int) -> int:
    """Count the words of a name that are no style."""
    named = 0
    for word in range(first, first + count):
        named += words[word, KIND] < STYLES_FROM
    return named


@inner
def make_room() -> Room:
    """Make the arrays that a run of alignments works in."""
    row = np.empty(LONGEST + 1, dtype=np.int32)
    pair = np.empty((MOST, MOST), dtype=np.int32)
    best = np.empty((MOST + 1, MOST + 1), dtype=np.int32)
    step = np.zeros((MOST + 1, MOST + 1), dtype=np.uint8)
    keys = np.full(CACHE_SIZE, -1, dtype=np.int64)
    values = np.empty(CACHE_SIZE, dtype=np.int32)
    buffer = np.empty(LONGEST, dtype=np.uint8)
    column = np.empty(MOST, dtype=np.int32)
    return row, pair, best, step, keys, values, buffer, column


@inner
def _complete(found: Floats) -> None:
    """Derive the features that are made of others."""
    found[RARITY_EACH] = found[RARITY] / (found[MATCHED] + 0.5)
    found[ALONE] = found[LEFT_OVER] > 0.0
    found[BOTH_ALONE] = found[CONFLICT] > 0.0


@inner
def decide(found: Floats, decision: Floats) -> float:
    """Turn features into a probability; names that share nothing have none.

    `decision` holds one coefficient a feature, the constant, and the log odds that the sum
    stands for at each of KNOTS, between which they are read off a straight line.
    """
    if found[MATCHED] + found[INITIALS] == 0:
        return 0.0
    _complete(found)
    value = decision[len(found)]
    for place in range(len(found)):
        value += decision[place] * found[place]
    first, last = len(found) + 1, len(KNOTS) - 1
    if value <= KNOTS[0]:
        value += decision[first] - KNOTS[0]
    elif value >= KNOTS[last]:
        value += decision[first + last] - KNOTS[last]
    else:
        knot = 0
        while value >= KNOTS[knot + 1]:
            knot += 1
        share = (value - KNOTS[knot]) / (KNOTS[knot + 1] - KNOTS[knot])
        low, high = decision[first + knot], decision[first + knot + 1]
        value = low + share * (high - low)
    return float(1.0 / (1.0 + np.exp(-value)))


@njit(cache=True, nogil=True, error_model="numpy")
def run_pairs(
    left: Table,
    lefts: Ints,
    right: Table,
    rights: Ints,
    odds: Ints,
    skips: Ints,
    decision: Floats,
    scores: Floats,
    features: Floats,
    path: Ints,
) -> int:
    """Score pairs of names: left row lefts[k] with right row rights[k].

    `scores` receives one score a pair; `features` one row a pair unless it has no rows; `path` the
    steps of the last pair (left word, how many, right word, how many), last first. One kernel does
    all three, since compiling is slow. Gives the number of steps of the last pair.
    """
    row, pair, best, step, keys, values, buffer, column = make_room()
    lc, lw, ln, lm, ll, li = left
    rc, rw, rn, rm, rl, ri = right
    found = np.zeros(len(FEATURES), dtype=np.float32)
    steps = 0
    for place in range(len(lefts)):
        x, y = lefts[place], rights[place]
        a0, b0 = ln[x], rn[y]
        steps = _name_pair(
            lc, lw, li, a0, ln[x + 1] - a0, lm[x], rc, rw, ri, b0, rn[y + 1] - b0, rm[y],
            ll[x] + rl[y], odds, skips, row, pair, best, step, keys, values, buffer, column,
            found, path,
        )  # fmt: skip
        scores[place] = decide(found, decision)
        if len(features):
            features[place] = found
    return steps
