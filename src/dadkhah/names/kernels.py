"""The kernel: features and score of two names, for any number of pairs. Numba, no Python objects.

A table travels as the tuple (codes, words, names, worth) of `NameTable`; inside, everything is
reached by bare pointers (`pointers`).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.names.alignment import (
    BEGIN,
    COLUMNS,
    INITIAL_KIND,
    JOIN_SKIP,
    KIND,
    KNOWN,
    LAST_LATIN,
    MASK,
    NO,
    ROWS,
    SCALE,
    TURN_SKIP,
    Model,
    Pointer,
    Room,
    Side,
    fill,
    inner,
    may_join,
    turned_place,
)
from dadkhah.names.pointers import moved, ones, pointer_to
from dadkhah.names.reach import (
    ALL,
    FIRST_WORD,
    IDEAL,
    WORDS,
    Names,
    Table,
    ask_ahead,
    model_of,
    names_of,
    room_of,
    side_of,
)
from dadkhah.names.whole import whole_names
from dadkhah.names.word_order import best_order

__all__ = ["FEATURES", "Floats", "run_pairs"]

Floats = NDArray[np.float32]
Ints = NDArray[np.integer]
FEATURES: Final = (
    "evidence", "cost", "worst", "left_over", "conflict", "style", "turned", "joined", "initials",
    "rarity", "same", "distinct", "rarity_each", "alone", "both_alone", "ample", "matched", "total",
)  # fmt: skip
(EVIDENCE, COST, WORST, LEFT_OVER, CONFLICT, STYLE, TURNED, JOINED, INITIALS, RARITY, SAME,
 DISTINCT, RARITY_EACH, ALONE, BOTH_ALONE, AMPLE, MATCHED, TOTAL) = range(18)  # fmt: skip
KNOTS: Final = (-5.0, -4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 5.0)
ENOUGH: Final = np.float32(20.0)  # nats of evidence, above which each says less
LEARNED: Final = len(FEATURES) + 1 + len(KNOTS)  # numbers a decision holds
GIVEN_KIND: Final = 0  # an initial without its like speaks against as much as a given name
STYLES_FROM: Final = 8  # kinds from this number on are styles, not names


@inner
def _count_match(
    found: Pointer, left: Side, i: int, taken: int, right: Side, j: int, other: int, value: int
) -> None:
    """Add one matched run to the features: `taken` left words from i, `other` right ones from j."""
    a, b = moved(left.words, i * COLUMNS), moved(right.words, j * COLUMNS)
    if (a[KIND] == INITIAL_KIND) != (b[KIND] == INITIAL_KIND):
        found[INITIALS] += 1
        return
    ideal, left_rarity, right_rarity = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for word in range(i, i + taken):
        left_rarity += left.worth[2 * word]
        ideal += left.worth[2 * word + 1]
    for word in range(j, j + other):
        right_rarity += right.worth[2 * word]
        ideal += right.worth[2 * word + 1]
    worth = np.float32(value) / SCALE
    cost = max(np.float32(0.5) * ideal - worth, np.float32(0.0))
    found[EVIDENCE] += worth
    found[COST] += cost
    found[WORST] = max(found[WORST], cost)
    found[MATCHED] += 1
    found[RARITY] += min(left_rarity, right_rarity)
    if taken > 1 or other > 1:
        found[JOINED] += 1
    elif a[KNOWN] and b[KNOWN]:
        found[SAME if a[KNOWN] == b[KNOWN] else DISTINCT] += 1


@inner
def _count_alone(found: Pointer, kind: int, skips: Pointer) -> Any:
    """Count a word that stands alone: a style among the features; give what another word costs."""
    cost = np.float32(skips[GIVEN_KIND if kind == INITIAL_KIND else kind]) / SCALE
    if kind < STYLES_FROM:
        return cost
    found[STYLE] += cost
    return np.float32(0.0)


@inner
def _walk_back(
    found: Pointer, path: Pointer, left: Side, right: Side, turn: int, model: Model, room: Room
) -> int:
    """Walk the alignment back: features into `found`, steps into `path`; give their number."""
    i, j, count = left.size, right.size, 0
    left_alone, right_alone = np.float32(0.0), np.float32(0.0)
    while i > 0 or j > 0:
        here = i * ROWS + j
        kind = room.step[here]
        taken = 2 if kind == 4 else (0 if kind == 2 else 1)
        other = 2 if kind == 5 else (0 if kind == 1 else 1)
        i, j = i - taken, j - other
        b = turned_place(j, turn, right.size)
        if kind == 1:
            left_alone += _count_alone(found, left.words[i * COLUMNS + KIND], model.skips)
        elif kind == 2:
            right_alone += _count_alone(found, right.words[b * COLUMNS + KIND], model.skips)
        else:
            value = room.best[here] - room.best[i * ROWS + j]
            if kind > 3:
                value += model.skips[JOIN_SKIP]
            _count_match(found, left, i, taken, right, b, other, value)
        count = _note(path, count, i, taken, b, other)
    found[LEFT_OVER] = left_alone + right_alone
    found[CONFLICT] = min(left_alone, right_alone)
    return count


@inner
def _note(path: Pointer, count: int, i: int, taken: int, j: int, other: int) -> int:
    """Note one step of an alignment, by words of the two names; give how many there are."""
    step = moved(path, 4 * count)
    step[0], step[1], step[2], step[3] = i, taken, j, other
    return count + 1


@inner
def _named(side: Side) -> int:
    """Count the words of a name that are no style."""
    named = 0
    for word in range(side.size):
        named += side.words[word * COLUMNS + KIND] < STYLES_FROM
    return named


@inner
def _no_letter_crosses(left: Side, right: Side, turn: int) -> bool:
    """Say whether words that stand against each other have the same consonants, all but one.

    Then the words part where they part in the other name, and letters need not be run together.
    """
    differ = 0
    for i in range(left.size):
        j = turned_place(i, turn, right.size)
        differ += ones(left.words[i * COLUMNS + MASK] ^ right.words[j * COLUMNS + MASK])
    return differ <= 1


@inner
def _name_pair(
    left: Side, right: Side, differ: int, ideal: int, model: Model, room: Room,
    found: Pointer, path: Pointer,
) -> int:  # fmt: skip
    """Align two names: features into `found`, steps (last first) into `path`; give their number.

    `differ` says by how many consonants the two names differ, `ideal` what they could reach at
    best. 1. Words against words. 2. In order. 3. Turned (family name first) when in order is poor.
    4. All letters run together, in any order, when words are left over.
    """
    if left.size == 0 or right.size == 0:
        return 0
    bound = fill(left, right, model, room)
    # Two consonants may differ where words are joined otherwise and hardly one matches alone.
    alike = differ <= 1 or (differ == 2 and left.size != right.size and 2 * bound < ideal)
    even = left.size == right.size and _named(left) == _named(right)
    if bound <= 0 and not alike and (even or not may_join(left, right)):
        return 0
    total, turn = NO, 0
    if bound > 0 or not even:
        total, turn = best_order(left, right, bound, ideal, even, model, room)
    apart = left.size != right.size or not _no_letter_crosses(left, right, turn)
    if alike and apart and total * 10 < ideal * 7:
        least = max(total, 0) + model.skips[JOIN_SKIP]
        whole, whole_turned = whole_names(left, right, least, model, room)
        whole -= model.skips[JOIN_SKIP] + (model.skips[TURN_SKIP] if whole_turned else 0)
        if whole > max(total, 0):
            found[TOTAL], found[TURNED] = np.float32(whole) / SCALE, whole_turned
            _count_match(found, left, 0, left.size, right, 0, right.size, whole)
            return _note(path, 0, 0, left.size, 0, right.size)
    found[TOTAL] = np.float32(total) / SCALE
    if total <= 0:
        return 0
    found[TURNED] = turn > 0
    return _walk_back(found, path, left, right, turn, model, room)


@inner
def _complete(found: Pointer) -> None:
    """Derive the features that are made of others."""
    found[RARITY_EACH] = found[RARITY] / (found[MATCHED] + 0.5)
    found[ALONE] = found[LEFT_OVER] > 0.0
    found[BOTH_ALONE] = found[CONFLICT] > 0.0
    found[AMPLE] = max(found[EVIDENCE] - ENOUGH, np.float32(0.0))


@inner
def _decide(found: Pointer, decision: Pointer) -> float:
    """Turn features into a probability; names that share nothing have none.

    `decision` holds one coefficient a feature, the constant, and the log odds that the sum
    stands for at each of KNOTS, between which they are read off a straight line.
    """
    if found[MATCHED] + found[INITIALS] == 0:
        return 0.0
    _complete(found)
    value = decision[len(FEATURES)]
    for place in range(len(FEATURES)):
        value += decision[place] * found[place]
    first, last = len(FEATURES) + 1, len(KNOTS) - 1
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


@inner
def _scripts(left: Names, x: int, right: Names, y: int) -> int:
    """Say by first letters whether two names are of two scripts (0), Latin (1), Arabic (2)."""
    if not left.names[4 * x + WORDS] or not right.names[4 * y + WORDS]:
        return 0
    a = left.codes[left.words[left.names[4 * x + FIRST_WORD] * COLUMNS + BEGIN]] <= LAST_LATIN
    b = right.codes[right.words[right.names[4 * y + FIRST_WORD] * COLUMNS + BEGIN]] <= LAST_LATIN
    return (1 if a else 2) if a == b else 0


@njit(cache=True, nogil=True, error_model="numpy")
def run_pairs(
    left: Table, lefts: Ints, right: Table, rights: Ints, weights: Table, space: Table,
    scores: Floats, features: Floats, path: Ints,
) -> int:  # fmt: skip
    """Score pairs of names: left row lefts[k] with right row rights[k].

    `scores` receives one score a pair; `features` one row a pair unless it has no rows; `path` the
    steps of the last pair (left word, how many, right word, how many), last first. One kernel does
    all three, since compiling is slow. Gives the number of steps of the last pair.
    """
    left_names, right_names = names_of(left), names_of(right)
    model, room = model_of(weights), room_of(space)
    found, steps = np.zeros(len(FEATURES), dtype=np.float32), 0
    said, drawn = pointer_to(found), pointer_to(path)
    one, other = pointer_to(lefts), pointer_to(rights)
    for place in range(len(lefts)):
        x, y = one[place], other[place]
        for feature in range(len(FEATURES)):
            said[feature] = 0.0
        said[TOTAL] = NO / SCALE
        ask_ahead(left_names, one, place, len(lefts))
        ask_ahead(right_names, other, place, len(lefts))
        differ = ones(left_names.names[4 * x + ALL] ^ right_names.names[4 * y + ALL])
        ideal = left_names.names[4 * x + IDEAL] + right_names.names[4 * y + IDEAL]
        steps = _name_pair(
            side_of(left_names, x), side_of(right_names, y), differ, ideal, model, room, said, drawn
        )
        decided = moved(model.decision, LEARNED * _scripts(left_names, x, right_names, y))
        scores[place] = _decide(said, decided)
        if len(features):
            features[place] = found
    return steps
