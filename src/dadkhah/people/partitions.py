"""Partitions of a few mentions into people: every one of them, the likeliest, or draws.

The weight of a partition is exp of the sum, over pairs within a person, of the log ratio of the
pair's evidence, plus the log prior odds once for every mention beyond the first of a person. All
ratios are in nats; minus infinity says that two mentions may never be one person.

Source: Sadinle 2014 (comparison data, partitions); Tancredi and Liseo 2011 (the prior: each
mention names any of N people alike, so that each join costs 1/N); Dahl 2003 (split and merge by
sequential allocation).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["EXACT", "draw", "every_partition", "join_best", "join_each"]

# Up to so many mentions every partition is weighed (877 of 7); more are sampled.
EXACT: Final = 7
BURN_IN: Final = 150
BETWEEN: Final = 3

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]


def every_partition(count: int) -> Labels:
    """List every partition of `count` things as labels, one row each (restricted growth)."""
    rows = [[0]]
    for _ in range(count - 1):
        rows = [[*row, label] for row in rows for label in range(max(row) + 2)]
    return np.array(rows, dtype=np.int32)


def _tables() -> tuple[Labels, NDArray[np.int64]]:
    """Lay the partitions of 1 to EXACT things below each other; `starts` tells where."""
    found = [every_partition(count) for count in range(1, EXACT + 1)]
    padded = [np.pad(rows, ((0, 0), (0, EXACT - rows.shape[1]))) for rows in found]
    starts = np.cumsum([0, *(len(rows) for rows in found)], dtype=np.int64)
    return np.concatenate(padded), starts


def draw(
    starts: NDArray[np.int64],
    weights: Floats,
    places: NDArray[np.int64],
    prior: float,
    draws: int,
    seed: int,
) -> Labels:
    """Draw partitions of every component from the posterior.

    Args:
        starts: component k holds the mentions from starts[k] up to starts[k + 1].
        weights: the square matrix of each component, row after row; `places` tells where.
        prior: log of the prior odds that two mentions are one person.

    Returns:
        Labels, one row per draw; equal labels within a component are one person.
    """
    out = np.zeros((draws, int(starts[-1])), dtype=np.int32)
    _draw_all(starts, weights, places, prior, seed, *_tables(), out)
    return out


@njit(cache=True, nogil=True)
def _draw_all(
    starts: NDArray[np.int64],
    weights: Floats,
    places: NDArray[np.int64],
    prior: float,
    seed: int,
    table: Labels,
    table_starts: NDArray[np.int64],
    out: Labels,
) -> None:
    for k in range(len(starts) - 1):
        first, size = starts[k], starts[k + 1] - starts[k]
        np.random.seed((seed * 1_000_003 + k) % 2**31)
        w = weights[places[k] : places[k] + size * size].reshape(size, size)
        view = out[:, first : first + size]
        if size <= EXACT:
            rows = table[table_starts[size - 1] : table_starts[size]]
            _draw_exact(w, prior, rows, view)
        else:
            _draw_chain(w, prior, view)


@njit(cache=True, nogil=True)
def _log_weight(w: Floats, prior: float, labels: Labels) -> float:
    total, people = 0.0, 0
    for i in range(len(w)):
        people = max(people, labels[i] + 1)
        for j in range(i):
            if labels[i] == labels[j]:
                total += w[i, j]
    return total + prior * (len(w) - people)


@njit(cache=True, nogil=True)
def _draw_exact(w: Floats, prior: float, rows: Labels, out: Labels) -> None:
    """Draw independently from all partitions, weighed one by one."""
    share = np.empty(len(rows))
    for r in range(len(rows)):
        share[r] = _log_weight(w, prior, rows[r])
    share = np.cumsum(np.exp(share - share.max()))
    for d in range(len(out)):
        chosen = np.searchsorted(share, np.random.random() * share[-1], side="right")
        out[d, :] = rows[min(chosen, len(rows) - 1), : len(w)]


@njit(cache=True, nogil=True)
def _draw_chain(w: Floats, prior: float, out: Labels) -> None:
    """Walk: Gibbs over mentions, then splits and merges; kept every few rounds."""
    labels = join_best(w, prior)
    for _ in range(BURN_IN):
        _sweep(w, prior, labels)
        _split_or_merge(w, prior, labels)
    for d in range(len(out)):
        for _ in range(BETWEEN):
            _sweep(w, prior, labels)
            _split_or_merge(w, prior, labels)
            _split_or_merge(w, prior, labels)
        out[d, :] = labels


@njit(cache=True, nogil=True)
def _sweep(w: Floats, prior: float, labels: Labels) -> None:
    """Draw each mention's person given all others."""
    n = len(w)
    sums, sizes, log = np.zeros(n), np.zeros(n, np.int64), np.empty(n)
    for i in range(n):
        sums[:], sizes[:] = 0.0, 0
        for j in range(n):
            if j != i:
                sums[labels[j]] += w[i, j]
                sizes[labels[j]] += 1
        fresh = 0
        while sizes[fresh] > 0:
            fresh += 1
        for c in range(n):
            log[c] = sums[c] + prior if sizes[c] > 0 else -np.inf
        log[fresh] = 0.0
        labels[i] = _choose(log)


@njit(cache=True, nogil=True)
def _choose(log: Floats) -> int:
    share = np.cumsum(np.exp(log - log.max()))
    chosen = np.searchsorted(share, np.random.random() * share[-1], side="right")
    return int(min(chosen, len(log) - 1))


@njit(cache=True, nogil=True)
def _split_or_merge(w: Floats, prior: float, labels: Labels) -> None:
    """Propose to split one person, or to merge two, by sequential allocation."""
    n = len(w)
    i = np.random.randint(n)
    j = (i + 1 + np.random.randint(n - 1)) % n
    members = np.array(
        [m for m in range(n) if m not in (i, j) and labels[m] in (labels[i], labels[j])],
        dtype=np.int64,
    )
    np.random.shuffle(members)
    together = labels[i] == labels[j]
    side = np.zeros(n, np.int8)
    side[i], side[j] = 1, 2
    chance = _allocate(w, labels, members, side, together, labels[i])
    gain = prior
    for a in range(n):
        for b in range(n):
            if side[a] == 1 and side[b] == 2:
                gain += w[a, b]
    accept = -gain - chance if together else gain + chance
    if np.log(np.random.random()) < accept:
        _apply(labels, side, together, labels[i])


@njit(cache=True, nogil=True)
def _allocate(
    w: Floats,
    labels: Labels,
    members: NDArray[np.int64],
    side: NDArray[np.int8],
    free: bool,
    first: int,
) -> float:
    """Give each member a side, by chance or as it is, and the log chance of doing so."""
    chance = 0.0
    for m in members:
        one, two = 0.0, 0.0
        for other in range(len(w)):
            if side[other] == 1:
                one += w[m, other]
            elif side[other] == 2:
                two += w[m, other]
        neither = one == -np.inf and two == -np.inf
        share = 0.5 if neither else 1.0 / (1.0 + np.exp(two - one))
        to_one = np.random.random() < share if free else labels[m] == first
        side[m] = 1 if to_one else 2
        chance += np.log(share) if to_one else np.log(1.0 - share)
    return chance


@njit(cache=True, nogil=True)
def _apply(labels: Labels, side: NDArray[np.int8], split: bool, into: int) -> None:
    if split:
        used = np.zeros(len(labels), np.bool_)
        for label in labels:
            used[label] = True
        fresh = 0
        while used[fresh]:
            fresh += 1
        for m in range(len(labels)):
            if side[m] == 2:
                labels[m] = fresh
    else:
        for m in range(len(labels)):
            if side[m] == 2:
                labels[m] = into


@njit(cache=True, nogil=True)
def join_best(w: Floats, prior: float) -> Labels:
    """Join the two groups that gain most, again and again, until no join gains.

    Returns:
        Labels, each the number of the group's first mention.
    """
    n = len(w)
    between = w.copy()
    alive = np.ones(n, np.bool_)
    labels = np.arange(n).astype(np.int32)
    while True:
        best, a, b = 0.0, -1, -1
        for i in range(n):
            if alive[i]:
                for j in range(i + 1, n):
                    if alive[j] and between[i, j] + prior > best:
                        best, a, b = between[i, j] + prior, i, j
        if a < 0:
            return labels
        alive[b] = False
        for k in range(n):
            between[a, k] += between[b, k]
            between[k, a] = between[a, k]
            if labels[k] == labels[b] and k != b:
                labels[k] = labels[a]
        labels[b] = labels[a]


@njit(cache=True, nogil=True)
def join_each(
    starts: NDArray[np.int64], weights: Floats, places: NDArray[np.int64], prior: float
) -> Labels:
    """Join each component by `join_best`; labels are numbers of first mentions over all."""
    out = np.empty(starts[-1], dtype=np.int32)
    for k in range(len(starts) - 1):
        first, size = starts[k], starts[k + 1] - starts[k]
        w = weights[places[k] : places[k] + size * size].reshape(size, size)
        out[first : first + size] = join_best(w, prior) + first
    return out
