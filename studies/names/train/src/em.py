"""The edit model: a joint distribution over symbol pairs, learned by EM from pairs of words.

Source: Ristad and Yianilos, Learning string-edit distance (1998), section 2.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

Pair = tuple[tuple[int, ...], tuple[int, ...]]
LONGEST = 60
TOO_ODD = -2.9  # mean log likelihood per symbol under which a pair is taken for noise
ROUNDS = 12
ROUNDS_WITH_ALL = 3


@njit(cache=True)
def _forward(p, a, b, table):
    """Fill P(beginning of a, beginning of b); give P(a, b)."""
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            value = 1.0 if i == 0 and j == 0 else 0.0
            if i > 0:
                value += table[i - 1, j] * p[a[i - 1], 0]
            if j > 0:
                value += table[i, j - 1] * p[0, b[j - 1]]
            if i > 0 and j > 0:
                value += table[i - 1, j - 1] * p[a[i - 1], b[j - 1]]
            table[i, j] = value
    return table[len(a), len(b)]


@njit(cache=True)
def _backward(p, a, b, forward, table, share, counts):
    """Fill P(rest of a, rest of b), and add the expected uses of every edit."""
    n, m = len(a), len(b)
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            value = 1.0 if i == n and j == m else 0.0
            here = share * forward[i, j]
            if i < n:
                value += p[a[i], 0] * table[i + 1, j]
                counts[a[i], 0] += here * p[a[i], 0] * table[i + 1, j]
            if j < m:
                value += p[0, b[j]] * table[i, j + 1]
                counts[0, b[j]] += here * p[0, b[j]] * table[i, j + 1]
            if i < n and j < m:
                value += p[a[i], b[j]] * table[i + 1, j + 1]
                counts[a[i], b[j]] += here * p[a[i], b[j]] * table[i + 1, j + 1]
            table[i, j] = value


@njit(cache=True)
def _expect(p, left, left_start, right, right_start, weight, counts, likelihood):
    """Add the expected number of uses of every edit to `counts`."""
    forward = np.zeros((LONGEST + 1, LONGEST + 1))
    backward = np.zeros((LONGEST + 1, LONGEST + 1))
    for k in range(len(left_start) - 1):
        a = left[left_start[k] : left_start[k + 1]]
        b = right[right_start[k] : right_start[k + 1]]
        whole = _forward(p, a, b, forward)
        likelihood[k] = np.log(whole + 1e-300) / (len(a) + len(b))
        if weight[k] > 0.0 and whole > 0.0:
            _backward(p, a, b, forward, backward, weight[k] / whole, counts)


def _packed(words: Sequence[tuple[int, ...]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lay words end to end."""
    start = np.concatenate([[0], np.cumsum([len(word) for word in words])]).astype(np.int64)
    return np.array([code for word in words for code in word], dtype=np.int64), start


def learn(
    pairs: Sequence[Pair], weight: Sequence[float], prior: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Learn the joint distribution of edits.

    Args:
        pairs: words as symbol numbers, left and right.
        weight: how much each pair counts.
        prior: edits already seen, as counts; where it is 0, an edit stays impossible.

    Returns: the joint distribution, and the mean log likelihood per symbol of every pair.
    """
    keep = [k for k, pair in enumerate(pairs) if 0 < min(map(len, pair)) <= LONGEST
            and max(map(len, pair)) <= LONGEST]  # fmt: skip
    left, left_start = _packed([pairs[k][0] for k in keep])
    right, right_start = _packed([pairs[k][1] for k in keep])
    full = np.array([weight[k] for k in keep])
    joint = prior / prior.sum()
    likelihood = np.zeros(len(keep))
    for turn in range(ROUNDS):
        used = full if turn < ROUNDS_WITH_ALL else np.where(likelihood < TOO_ODD, 0.0, full)
        counts = np.zeros_like(joint)
        likelihood = np.zeros(len(keep))
        _expect(joint, left, left_start, right, right_start, used, counts, likelihood)
        joint = (counts + prior) / (counts + prior).sum()
    return joint, likelihood
