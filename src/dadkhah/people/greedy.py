"""The likeliest partition of each group: parts are joined greedily, while a join gains."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.people.trees import Laid, matrices, weigh_person

__all__ = ["join_best", "join_each"]

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]
Places = NDArray[np.int64]
Levels = NDArray[np.int16]


def join_each(laid: Laid, ratios: Floats, prior: float) -> Labels:
    """Join, group by group, the two parts that gain most, again and again, while a join gains.

    Returns:
        Labels, each the number of a part's first mention over all groups.
    """
    out = np.zeros(int(laid.starts[-1]), dtype=np.int32)
    _join_all(*laid.arrays, ratios, prior, out)
    return out


@njit(cache=True, nogil=True)
def join_best(e: Floats, bars: NDArray[np.bool_], prior: float) -> Labels:
    """Join the two parts that gain most, again and again, until no join gains.

    Returns:
        Labels, each the number of the part's first mention.
    """
    n = e.shape[0]
    labels = np.arange(n).astype(np.int32)
    alone, gains = np.zeros(n), np.full((n, n), -np.inf)
    for i in range(n):
        for j in range(i + 1, n):
            gains[i, j] = weigh_person(np.array([i, j]), e, bars, prior)
    while True:
        at = int(np.argmax(gains))
        a, b = at // n, at % n
        if not gains[a, b] > 0.0:
            return labels
        alone[a] += gains[a, b] + alone[b]
        gains[b, :], gains[:, b] = -np.inf, -np.inf
        for m in range(n):
            if labels[m] == b:
                labels[m] = a
        own = np.flatnonzero(labels == a)
        for k in range(n):
            if k != a and labels[k] == k:
                both = np.append(own, np.flatnonzero(labels == k))
                gain = weigh_person(both, e, bars, prior) - alone[a] - alone[k]
                gains[min(a, k), max(a, k)] = gain


@njit(cache=True, nogil=True)
def _join_all(
    starts: Places, pair_starts: Places, left: Places, right: Places, levels: Levels,
    barred: NDArray[np.bool_], ratios: Floats, prior: float, out: Labels,
) -> None:  # fmt: skip
    for k in range(len(starts) - 1):
        first, size = starts[k], starts[k + 1] - starts[k]
        a, b = pair_starts[k], pair_starts[k + 1]
        e, bars = matrices(size, first, left[a:b], right[a:b], levels[a:b], barred[a:b], ratios)
        out[first : first + size] = join_best(e, bars, prior) + first
