"""What speaks for a few mentions as one person: each field, along the trees that tie them.

Source: Chow and Liu 1968 (a tree of pairs for what depends on each other); Meila and Jaakkola 2006
(the mean over all trees, by a determinant).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["Laid", "matrices", "weigh_person"]

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Levels = NDArray[np.int16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Groups one after the other, with the pairs of each beside each other.

    Args:
        starts: group k holds the mentions from starts[k] up to starts[k + 1].
        pair_starts: and the pairs from pair_starts[k] up to pair_starts[k + 1].
        left, right: mentions of each pair; the same twice for evidence within one mention that
            stands for several.
        levels: the level of each field, one row per pair; -1 where the pair does not compare it.
        barred: pairs that may never be one person.
    """

    starts: Places
    pair_starts: Places
    left: Places
    right: Places
    levels: Levels
    barred: NDArray[np.bool_]

    @property
    def arrays(self) -> tuple[Places, Places, Places, Places, Levels, NDArray[np.bool_]]:
        """All of it, as the compiled code takes it."""
        return self.starts, self.pair_starts, self.left, self.right, self.levels, self.barred


@njit(cache=True, nogil=True)
def matrices(
    n: int, first: int, left: Places, right: Places, levels: Levels,
    barred: NDArray[np.bool_], ratios: Floats,
) -> tuple[Floats, NDArray[np.bool_]]:  # fmt: skip
    """Give the ratio between each two mentions by field, 0 where nothing compares it, and the bars.

    Where a mention stands for several, the ratio is the mean over their pairs.
    """
    fields = levels.shape[1]
    e, counts = np.zeros((n, n, fields)), np.zeros((n, n, fields))
    bars = np.zeros((n, n), np.bool_)
    likely = np.exp(ratios)
    for p in range(len(left)):
        i, j = left[p] - first, right[p] - first
        if i == j:
            continue
        for f in range(fields):
            if levels[p, f] >= 0:
                e[i, j, f] += likely[f, levels[p, f]]
                counts[i, j, f] += 1.0
        if barred[p]:
            bars[i, j], bars[j, i] = True, True
    for i in range(n):
        for j in range(i):
            for f in range(fields):
                number = counts[i, j, f] + counts[j, i, f]
                if number > 0:
                    e[i, j, f] = (e[i, j, f] + e[j, i, f]) / number
                    e[j, i, f] = e[i, j, f]
    return e, bars


@njit(cache=True, nogil=True)
def weigh_person(members: Places, e: Floats, bars: NDArray[np.bool_], prior: float) -> float:
    """Weigh one person (log): each field by the mean over the trees of its accounts, and the prior.

    The best of many trees would be good by chance too: a person of five accounts would draw a
    sixth, whose name is like one's and whose day another's. The mean over all is a chance like any
    other: that of accounts each of which was written after one of the others, no matter which.
    """
    k = len(members)
    if k < 2:
        return 0.0
    if _is_barred(members, bars):
        return -np.inf
    total = prior * (k - 1)
    w = np.empty((k, k))
    for f in range(e.shape[2]):
        for a in range(k):
            for b in range(k):
                w[a, b] = e[members[a], members[b], f]
        total += _mean_tree(w)
    return total


@njit(cache=True, nogil=True)
def _is_barred(members: Places, bars: NDArray[np.bool_]) -> bool:
    for a in range(len(members)):
        for b in range(a):
            if bars[members[a], members[b]]:
                return True
    return False


@njit(cache=True, nogil=True)
def _mean_tree(w: Floats) -> float:
    """Give the log of the mean over all trees of the product of their edges, part by part."""
    k = len(w)
    if k == 2:
        return float(np.log(w[0, 1])) if w[0, 1] > 0.0 else 0.0
    if k == 3 and w[0, 1] > 0.0 and w[0, 2] > 0.0 and w[1, 2] > 0.0:
        return float(np.log((w[0, 1] * (w[0, 2] + w[1, 2]) + w[0, 2] * w[1, 2]) / 3.0))
    seen, members = np.zeros(k, np.bool_), np.empty(k, np.int64)
    total = 0.0
    for start in range(k):
        if seen[start]:
            continue
        seen[start], members[0] = True, start
        size, at = 1, 0
        while at < size:
            for v in range(k):
                if not seen[v] and w[members[at], v] > 0.0:
                    seen[v], members[size] = True, v
                    size += 1
            at += 1
        if size == 2:
            total += np.log(w[members[0], members[1]])
        elif size > 2:
            part = members[:size]
            total += _log_trees(w, part, True) - _log_trees(w, part, False)
    return total


@njit(cache=True, nogil=True)
def _log_trees(w: Floats, members: Places, weighted: bool) -> float:
    """Sum over all trees the products of their edges, or count the trees (log).

    Source: Kirchhoff's theorem, one account after the other taken out and its ties given to the
    rest, so that nothing is ever subtracted.
    """
    n = len(members)
    a = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            edge = w[members[i], members[j]] if i != j else 0.0
            a[i, j] = 1.0 if edge > 0.0 and not weighted else edge
    total = 0.0
    for i in range(n - 1):
        ties = a[i, i + 1 :].sum()
        total += np.log(ties)
        for r in range(i + 1, n):
            for c in range(i + 1, n):
                if r != c:
                    a[r, c] += a[r, i] * a[i, c] / ties
    return total
