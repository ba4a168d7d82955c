"""Align two names word by word, in order or turned. Numba, no Python objects."""

from __future__ import annotations

from dadkhah.names.alignment import (
    COLUMNS,
    JOIN_SKIP,
    KIND,
    MOST,
    NO,
    ROWS,
    TURN_SKIP,
    WELL,
    Model,
    Room,
    Side,
    inner,
    joined,
    may_join,
    turned_place,
)

__all__ = ["best_order"]


@inner
def _align(left: Side, right: Side, turn: int, even: bool, model: Model, room: Room) -> int:
    """Align words in order, the right ones turned by `turn`; give the total.

    Steps: 1 a left word alone, 2 a right word alone, 3 one to one, 4 two left words to one right,
    5 one left word to two right.
    """
    best, step, skips = room.best, room.step, model.skips
    best[0] = 0
    for i in range(1, left.size + 1):
        best[i * ROWS] = best[(i - 1) * ROWS] - skips[left.words[(i - 1) * COLUMNS + KIND]]
        step[i * ROWS] = 1
    for j in range(1, right.size + 1):
        b = turned_place(j - 1, turn, right.size)
        right_skip = skips[right.words[b * COLUMNS + KIND]]
        best[j], step[j] = best[j - 1] - right_skip, 2
        for i in range(1, left.size + 1):
            here = i * ROWS + j
            alone = best[here - ROWS] - skips[left.words[(i - 1) * COLUMNS + KIND]]
            matched = room.pair[(i - 1) * MOST + b]
            value, kind = alone, 1
            if best[here - 1] - right_skip > value:
                value, kind = best[here - 1] - right_skip, 2
            if best[here - ROWS - 1] + matched > value:
                value, kind = best[here - ROWS - 1] + matched, 3
            if not even and matched < WELL:
                for two in range(2):
                    if (two == 0 and i == 1) or (two == 1 and (j == 1 or b == 0)):
                        continue
                    together = joined(left, i - 1, 2 - two, right, b, 1 + two, model, room)
                    together += best[here - (2 - two) * ROWS - 1 - two] - skips[JOIN_SKIP]
                    if together > value:
                        value, kind = together, 4 + two
            best[here], step[here] = value, kind
    return int(best[left.size * ROWS + right.size])


@inner
def best_order(
    left: Side, right: Side, bound: int, ideal: int, even: bool, model: Model, room: Room
) -> tuple[int, int]:
    """Align in order, then turned by one word either way if that could be better.

    `bound` is what single words can reach, `ideal` what the two names could reach at best; `even`
    says that both have as many words, styles aside, so that none need be joined.

    The matrices are left as of the best order; gives its total and its turn.
    """
    n, m = left.size, right.size
    total, turn, last = NO * MOST, 0, 0
    for attempt in range(4):
        other = m - 1 if attempt == 2 else (turn if attempt == 3 else attempt)
        if (attempt == 2 and m < 3) or (attempt == 3 and turn == last):
            continue
        last = other
        value = _align(left, right, other, even, model, room)
        value -= model.skips[TURN_SKIP] if other else 0
        if value > total:
            total, turn = value, other
        if attempt == 0 and (
            n == 1
            or m == 1
            or (
                bound - model.skips[TURN_SKIP] <= total
                and (even or total * 10 > ideal * 7 or not may_join(left, right))
            )
        ):
            break
    return total, turn
