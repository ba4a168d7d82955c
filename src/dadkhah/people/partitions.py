"""Partitions of a few mentions into people: every one of them, the likeliest, or draws.

The weight of a partition is exp of a sum over its persons: the evidence of the person's accounts,
field by field, and the log prior odds once for every mention beyond the first.

The accounts of one person repeat each other. All pairs of n accounts would count one agreement
n (n - 1) / 2 times, and make one person of two brothers with four accounts each. So a field is
read as if each account had been written after one other: it counts the pairs along a tree that ties
its accounts, n - 1 of them, and the mean is taken over all trees. For two mentions that is the
pair's own evidence. Pairs that do not compare the field are no edges. All ratios are in
nats; a barred pair is never one person.

Source: Sadinle 2014 (comparison data, partitions); Tancredi and Liseo 2011 (the prior: each
mention names any of N people alike, so that each join costs 1/N); Chow and Liu 1968 (the tree);
Meila and Jaakkola 2006 (the mean over trees); Dahl 2003 (split and merge by sequential allocation).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.people.greedy import join_best
from dadkhah.people.trees import Laid, matrices, weigh_person

__all__ = ["EXACT", "draw", "every_partition"]

# Up to so many mentions every partition is weighed (877 of 7); more are sampled.
EXACT: Final = 7
BURN_IN: Final = 80
BETWEEN: Final = 2
BETWEEN_TABLES: Final = 15

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]
Places = NDArray[np.int64]
Levels = NDArray[np.int16]


def every_partition(count: int) -> Labels:
    """List every partition of `count` things as labels, one row each (restricted growth)."""
    rows = [[0]]
    for _ in range(count - 1):
        rows = [[*row, label] for row in rows for label in range(max(row) + 2)]
    return np.array(rows, dtype=np.int32)


def _tables() -> tuple[Labels, Places]:
    """Lay the partitions of 1 to EXACT things below each other; `starts` tells where."""
    found = [every_partition(count) for count in range(1, EXACT + 1)]
    padded = [np.pad(rows, ((0, 0), (0, EXACT - rows.shape[1]))) for rows in found]
    starts = np.cumsum([0, *(len(rows) for rows in found)], dtype=np.int64)
    return np.concatenate(padded), starts


def draw(laid: Laid, ratios: Floats, priors: Floats, draws: int, seeds: Places) -> Labels:
    """Draw partitions of every group from the posterior.

    Args:
        ratios: log ratio of each level of each field, one table for each draw of the parameters
            (tables x fields x levels).
        priors: log of the prior odds that two mentions are one person, one for each table.
        draws: a multiple of the number of tables; each table gives an equal share of them.
        seeds: one for each group, which is drawn alike whatever other groups there are.

    Returns:
        Labels, one row per draw; equal labels within a group are one person.
    """
    out = np.zeros((draws, int(laid.starts[-1])), dtype=np.int32)
    _draw_all(*laid.arrays, ratios, priors, seeds, *_tables(), out)
    return out


@njit(cache=True, nogil=True)
def _draw_all(
    starts: Places, pair_starts: Places, left: Places, right: Places, levels: Levels,
    barred: NDArray[np.bool_], ratios: Floats, priors: Floats, seeds: Places, table: Labels,
    table_starts: Places, out: Labels,
) -> None:  # fmt: skip
    each = len(out) // len(priors)
    for k in range(len(starts) - 1):
        first, size = starts[k], starts[k + 1] - starts[k]
        a, b = pair_starts[k], pair_starts[k + 1]
        np.random.seed(seeds[k])
        labels = np.zeros(size, np.int32)
        for t in range(len(priors)):
            e, bars = matrices(
                size, first, left[a:b], right[a:b], levels[a:b], barred[a:b], ratios[t]
            )
            view = out[t * each : (t + 1) * each, first : first + size]
            if size <= EXACT:
                rows = table[table_starts[size - 1] : table_starts[size], :size]
                _draw_exact(e, bars, priors[t], rows, view)
            else:
                if t == 0:
                    labels = join_best(e, bars, priors[t])
                _draw_chain(e, bars, priors[t], labels, BURN_IN if t == 0 else BETWEEN_TABLES, view)


@njit(cache=True, nogil=True)
def _draw_exact(
    e: Floats, bars: NDArray[np.bool_], prior: float, rows: Labels, out: Labels
) -> None:
    """Draw independently from all partitions; each possible person is weighed once."""
    n = e.shape[0]
    persons = np.zeros(1 << n)
    members = np.empty(n, np.int64)
    for mask in range(1, 1 << n):
        k = 0
        for i in range(n):
            if mask >> i & 1:
                members[k] = i
                k += 1
        persons[mask] = weigh_person(members[:k], e, bars, prior)
    share = np.empty(len(rows))
    for r in range(len(rows)):
        masks = np.zeros(n, np.int64)
        for i in range(n):
            masks[rows[r, i]] |= 1 << i
        share[r] = persons[masks].sum()
    share = np.cumsum(np.exp(share - share.max()))
    for d in range(len(out)):
        chosen = np.searchsorted(share, np.random.random() * share[-1], side="right")
        out[d, :] = rows[min(chosen, len(rows) - 1)]


@njit(cache=True, nogil=True)
def _draw_chain(
    e: Floats, bars: NDArray[np.bool_], prior: float, labels: Labels, burn: int, out: Labels
) -> None:
    """Walk on from `labels`: Gibbs over mentions, then splits and merges; kept now and then."""
    gains, fresh = _gains(e, bars, prior, labels)
    for _ in range(burn):
        _sweep(e, bars, prior, labels, gains, fresh)
        _split_or_merge(e, bars, prior, labels, fresh)
    for d in range(len(out)):
        for _ in range(BETWEEN):
            _sweep(e, bars, prior, labels, gains, fresh)
            _split_or_merge(e, bars, prior, labels, fresh)
            _split_or_merge(e, bars, prior, labels, fresh)
        out[d, :] = labels


@njit(cache=True, nogil=True)
def _gains(
    e: Floats, bars: NDArray[np.bool_], prior: float, labels: Labels
) -> tuple[Floats, NDArray[np.bool_]]:
    """Lay out what each mention gains by joining each person, and which of it is known.

    gains[i, c] is of joining the others of person c; a walk moves few mentions at a time, so that
    most of it stays known from one round to the next.
    """
    n = len(labels)
    gains, fresh = np.zeros((n, n)), np.zeros((n, n), np.bool_)
    sizes = np.bincount(labels, minlength=n)
    pair = np.empty(2, np.int64)
    for j in range(n):
        if sizes[labels[j]] == 1:
            for i in range(n):
                if i != j:
                    pair[0], pair[1] = j, i
                    gains[i, labels[j]] = weigh_person(pair, e, bars, prior)
                    fresh[i, labels[j]] = True
    return gains, fresh


@njit(cache=True, nogil=True)
def _sweep(
    e: Floats, bars: NDArray[np.bool_], prior: float, labels: Labels, gains: Floats,
    fresh: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Draw each mention's person given all others."""
    n = len(labels)
    sizes = np.bincount(labels, minlength=n)
    log = np.empty(n)
    for i in range(n):
        own, labels[i] = labels[i], -1
        sizes[own] -= 1
        empty = own if sizes[own] == 0 else int(np.argmin(sizes))
        for c in range(n):
            if sizes[c] > 0:
                if not fresh[i, c]:
                    others = np.flatnonzero(labels == c)
                    alone = weigh_person(others, e, bars, prior)
                    gains[i, c] = weigh_person(np.append(others, i), e, bars, prior) - alone
                    fresh[i, c] = True
                log[c] = gains[i, c]
            else:
                log[c] = 0.0 if c == empty else -np.inf
        chosen = _choose(log)
        labels[i] = chosen
        sizes[chosen] += 1
        if chosen != own:
            left, joined = fresh[i, own], fresh[i, chosen]
            fresh[:, own], fresh[:, chosen] = False, False
            fresh[i, own], fresh[i, chosen] = left and sizes[own] > 0, joined


@njit(cache=True, nogil=True)
def _choose(log: Floats) -> int:
    share = np.cumsum(np.exp(log - log.max()))
    chosen = np.searchsorted(share, np.random.random() * share[-1], side="right")
    return int(min(chosen, len(log) - 1))


@njit(cache=True, nogil=True)
def _split_or_merge(
    e: Floats, bars: NDArray[np.bool_], prior: float, labels: Labels, fresh: NDArray[np.bool_]
) -> None:
    """Propose to split one person, or to merge two, by sequential allocation."""
    n = len(labels)
    i = np.random.randint(n)
    j = (i + 1 + np.random.randint(n - 1)) % n
    members = np.array(
        [m for m in range(n) if m not in (i, j) and labels[m] in (labels[i], labels[j])],
        dtype=np.int64,
    )
    np.random.shuffle(members)
    together = labels[i] == labels[j]
    side = np.full(n, -1, np.int32)
    side[i], side[j] = 0, 1
    chance = _allocate(e, bars, prior, labels, members, side, together, labels[i])
    one, two = np.flatnonzero(side == 0), np.flatnonzero(side == 1)
    apart = weigh_person(one, e, bars, prior) + weigh_person(two, e, bars, prior)
    gain = weigh_person(np.flatnonzero(side >= 0), e, bars, prior) - apart
    accept = -gain - chance if together else gain + chance
    if np.log(np.random.random()) < accept:
        fresh[:, labels[j]] = False
        _apply(labels, side, together, labels[i])
        fresh[:, labels[i]] = False
        fresh[:, labels[j]] = False


@njit(cache=True, nogil=True)
def _allocate(
    e: Floats, bars: NDArray[np.bool_], prior: float, labels: Labels, members: Places,
    side: Labels, free: bool, first: int,
) -> float:  # fmt: skip
    """Give each member a side, by chance or as it is, and the log chance of doing so."""
    chance = 0.0
    gain = np.zeros(2)
    for m in members:
        for each in range(2):
            own = np.flatnonzero(side == each)
            gain[each] = weigh_person(np.append(own, m), e, bars, prior)
            gain[each] -= weigh_person(own, e, bars, prior)
        neither = gain[0] == -np.inf and gain[1] == -np.inf
        share = 0.5 if neither else 1.0 / (1.0 + np.exp(gain[1] - gain[0]))
        to_one = np.random.random() < share if free else labels[m] == first
        side[m] = 0 if to_one else 1
        chance += np.log(share) if to_one else np.log(1.0 - share)
    return chance


@njit(cache=True, nogil=True)
def _apply(labels: Labels, side: Labels, split: bool, into: int) -> None:
    """Give the second side a label of its own, or the first's."""
    fresh = into
    if split:
        used = np.zeros(len(labels), np.bool_)
        for label in labels:
            used[label] = True
        fresh = 0
        while used[fresh]:
            fresh += 1
    for m in range(len(labels)):
        if side[m] == 1:
            labels[m] = fresh
