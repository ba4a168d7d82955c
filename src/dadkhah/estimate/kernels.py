"""The latent-class posterior and its sampler, in compiled loops over cells only.

The model is Manrique-Vallier (2016): people fall in classes with stick-breaking weights, lists
are independent within a class. Three things are integrated out by algebra, not by chance:

1. who is in which class (only cells of the overlap table remain, so cost does not grow with N);
2. N itself (under p(N) = 1/N the likelihood is that of the seen cells given being seen, and N
   given the rest is n plus a negative binomial);
3. the concentration alpha (a gamma mixture of exponentials is a Lomax, in closed form).

What is left is a smooth density, walked by Hamiltonian Monte Carlo. Every pattern's probability
is its parent's times one odds (a prefix tree), so a gradient costs two passes over the tree.

A full class is known a thousand times better than an empty one and classes change roles, so no
fixed scale fits. Each move first draws a noisy copy of the class sizes (`aux`), which enters the
target as one more variable, and takes its scales from that copy: exact, and right at every place.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from dadkhah.estimate.values import Floats

__all__ = ["LOOSE", "NOISE", "fill_rates", "gradient", "likelihood"]

Ints = npt.NDArray[np.int64]
CLIP = 30.0
# Sums may be reordered (for speed); infinities and NaN keep their meaning.
LOOSE = {"reassoc", "contract", "arcp", "nsz"}
NOISE = 0.7


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def fill_rates(position: Floats, classes: int, work: Any) -> tuple[float, float, float]:
    """Fill shares, odds, rates, base (share x chance of no list) and shown.

    Returns:
        Seen share, sum of sticks, and the log of all (1 + odds) multiplied.
    """
    share, stick, odds, rate, base, shown, _force, _cells = work
    lists = odds.shape[0]
    start = classes - 1
    behind, seen, volume = 0.0, 0.0, 0.0
    for k in range(classes):
        left = math.exp(-behind)
        base[k] = 1.0
        if k < start:
            stick[k] = math.exp(min(position[k], CLIP))
            share[k] = -left * math.expm1(-stick[k])
            behind += stick[k]
        else:
            share[k] = left
    for j in range(lists):
        own, chances = odds[j], rate[j]
        logits = position[start + j * classes : start + (j + 1) * classes]
        for k in range(classes):
            own[k] = math.exp(min(max(logits[k], -CLIP), CLIP))
        for k in range(classes):
            whole = 1.0 + own[k]
            chances[k] = own[k] / whole
            base[k] *= whole
    for k in range(classes):
        volume += math.log(base[k])
        base[k] = share[k] / base[k]
        shown[k] = share[k] - base[k]
        seen += shown[k]
    return seen, behind, volume


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def _tree_cells(tree: Ints, counts: Floats, classes: int, work: Any, out: Floats) -> float:
    """Log probability of the cells; responsibilities summed down the tree into out and force.

    Source: reverse-mode differentiation of a product along a prefix tree.
    """
    _share, _stick, odds, _rate, base, _shown, force, cells = work
    chance, mass, whole, _dense = cells
    start = classes - 1
    value = 0.0
    for k in range(classes):
        chance[0, k] = base[k]
        mass[0, k] = 0.0
    for c in range(1, tree.shape[0]):
        above, own = chance[np.uint64(tree[c, 0])], odds[np.uint64(tree[c, 1])]
        here, heavy = chance[np.uint64(c)], mass[np.uint64(c)]
        whole = 0.0
        for k in range(classes):
            here[k] = above[k] * own[k]
            whole += here[k]
        factor = 0.0
        if counts[c] > 0.0:
            value += counts[c] * math.log(whole)
            factor = counts[c] / whole
        for k in range(classes):
            heavy[k] = factor * here[k]
    for c in range(tree.shape[0] - 1, 0, -1):
        at = start + tree[c, 1] * classes
        below, heavy = mass[np.uint64(tree[c, 0])], mass[np.uint64(c)]
        pulled = out[at : at + classes]
        for k in range(classes):
            below[k] += heavy[k]
            pulled[k] += heavy[k]
    force[:] = mass[0]
    return value


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def _cube_up(base: float, odds: Floats, here: Floats, whole: Floats) -> None:
    """Fill one class's chance of every pattern, and add it to the whole."""
    here[0] = base
    size = 1
    for j in range(odds.shape[0]):
        factor = odds[j]
        low, high = here[:size], here[size : 2 * size]
        for c in range(size):
            high[c] = low[c] * factor
        size *= 2
    for c in range(whole.shape[0]):
        whole[c] += here[c]


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def _cube_down(heavy: Floats, sums: Floats) -> float:
    """Sum one class's responsibilities over the patterns of every list; over all of them."""
    size = heavy.shape[0] // 2
    for j in range(sums.shape[0] - 1, -1, -1):
        low, high = heavy[:size], heavy[size : 2 * size]
        summed = 0.0
        for c in range(size):
            summed += high[c]
            low[c] += high[c]
        sums[j] = summed
        size //= 2
    return float(heavy[0])


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def _cube_cells(classes: int, work: Any, out: Floats, valued: bool) -> float:
    """The same for a table with most patterns present: all of them, one class at a time.

    Patterns are numbered by their lists as bits, so adding list j doubles a block, and every loop
    runs over neighbours in memory.
    """
    _share, _stick, odds, _rate, base, _shown, force, cells = work
    chance, mass, whole, dense = cells
    start = classes - 1
    whole[:] = 0.0
    for k in range(classes):
        _cube_up(base[k], odds[:, k], chance[k], whole)
    value = 0.0
    if valued:
        for c in range(1, dense.shape[0]):
            if dense[c] > 0.0:
                value += dense[c] * math.log(whole[c])
    for c in range(dense.shape[0]):
        whole[c] = dense[c] / whole[c]
    heavy = mass[0]
    for k in range(classes):
        here = chance[k]
        for c in range(dense.shape[0]):
            heavy[c] = whole[c] * here[c]
        force[k] = _cube_down(heavy, out[start + k :: classes])
    return value


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def gradient(
    position: Floats, data: Any, model: Any, aux: Floats, out: Floats, work: Any, valued: bool,
) -> float:  # fmt: skip
    """Log density at a position (and its noisy sizes), its gradient written into `out`.

    Args:
        position: log stick lengths (classes - 1), then list logits (lists x classes), flat.
        data: tree as int array (nodes, 2) of parent node and list added, node 0 the empty
            pattern; people per node as float; their sum; typical p(1 - p) per list.
        model: a, b of the concentration's gamma and alpha, beta of the rates' beta as one array;
            classes; power, the likelihood's exponent, 1 for the posterior and 0 for the prior.
        aux: log(1 + noisy class size) per class.
        work: scratch arrays of one chain (`latent` makes them).
        valued: False may leave the log-likelihood out of the value, which saves logarithms.
    """
    share, _stick, _odds, _rate, base, shown, force, cells = work
    tree, counts, people, _spread = data
    prior, classes, power = model
    seen, sticks, volume = fill_rates(position, classes, work)
    out[:] = 0.0
    if cells[3].shape[0] > 0:
        value = _cube_cells(classes, work, out, valued)
    else:
        value = _tree_cells(tree, counts, classes, work, out)
    value = power * (value - people * math.log(seen))
    total = power * people
    for k in range(classes):
        size = people * shown[k] / seen
        gap = (math.log1p(size) - aux[k]) / NOISE
        value -= 0.5 * gap * gap
        tug = -gap / NOISE * size / (1.0 + size)
        total += tug
        share[k] = tug / shown[k]
        force[k] *= power
    pull = total / seen
    both = prior[2] + prior[3]
    # From here base and share are scratch: what each rate is multiplied by, and log-share slopes.
    for k in range(classes):
        net = pull - share[k]
        share[k] = force[k] - net * shown[k]
        base[k] = force[k] + net * base[k] + both
    return float(value - both * volume + _prior_slopes(position, sticks, model, out, work))


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def _prior_slopes(position: Floats, sticks: float, model: Any, out: Floats, work: Any) -> float:
    """Finish the gradient of rates and sticks; the rest of the log prior."""
    share, stick, odds, rate, base, _shown, _force, _cells = work
    prior, classes, power = model
    start, value = classes - 1, 0.0
    for j in range(odds.shape[0]):
        at, chances = start + j * classes, rate[j]
        pulled, logits = out[at : at + classes], position[at : at + classes]
        for k in range(classes):
            pulled[k] = power * pulled[k] - chances[k] * base[k] + prior[2]
            value += prior[2] * logits[k]
    shape = prior[0] + classes - 1.0
    after = share[start]
    for k in range(classes - 2, -1, -1):
        s = stick[k]
        slope = 1.0 / math.expm1(s) if s < 600.0 else 0.0
        out[k] = s * (share[k] * slope - after) + 1.0 - shape * s / (prior[1] + sticks)
        after += share[k]
        value += position[k]
    return float(value - shape * math.log(prior[1] + sticks))


@njit(cache=True, nogil=True, error_model="numpy", fastmath=LOOSE)
def likelihood(position: Floats, data: Any, classes: int, out: Floats, work: Any) -> float:
    """Log-likelihood of the seen cells given being seen; `out` is scratch."""
    seen, _sticks, _volume = fill_rates(position, classes, work)
    out[:] = 0.0
    if work[7][3].shape[0] > 0:
        value = _cube_cells(classes, work, out, True)
    else:
        value = _tree_cells(data[0], data[1], classes, work, out)
    return float(value - data[2] * math.log(seen))
