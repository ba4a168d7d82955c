"""Gibbs sweeps of one chain: everybody's class drawn cell by cell, and classes trading places."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from dadkhah.estimate.kernels import fill_rates
from dadkhah.estimate.values import Floats

__all__ = ["allocate", "gibbs_chain", "relabel"]


@njit(cache=True, nogil=True, error_model="numpy")
def _class_chances(
    state: Floats, data: Any, classes: int, work: Any, chance: Floats,
) -> tuple[float, float]:  # fmt: skip
    """Fill, per node of the tree, the chance of its pattern in each class."""
    _share, _stick, odds, _rate, base, _shown, _force, _cells = work
    tree = data[0]
    seen, sticks, _volume = fill_rates(state, classes, work)
    for k in range(classes):
        chance[0, k] = base[k]
    for c in range(1, tree.shape[0]):
        for k in range(classes):
            chance[c, k] = chance[tree[c, 0], k] * odds[tree[c, 1], k]
    return seen, sticks


@njit(cache=True, nogil=True, error_model="numpy")
def _share_out(
    data: Any, unseen: float, classes: int, chance: Floats, size: Floats, hits: Floats,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Draw the class of everybody, cell by cell: people and list memberships per class."""
    tree, counts, _people, _spread = data
    mass = np.zeros((tree.shape[0], classes))
    for c in range(tree.shape[0] - 1, -1, -1):
        left = unseen if c == 0 else counts[c]
        whole = 0.0
        if left > 0.0:
            for k in range(classes):
                whole += chance[c, k]
        for k in range(classes):
            if left > 0.0:
                part = min(max(chance[c, k] / whole, 0.0), 1.0)
                drawn = left if k == classes - 1 else float(rng.binomial(int(left), part))
                whole -= chance[c, k]
                left -= drawn
                mass[c, k] += drawn
            if c > 0:
                mass[tree[c, 0], k] += mass[c, k]
                hits[tree[c, 1], k] += mass[c, k]
            else:
                size[k] = mass[0, k]


@njit(cache=True, nogil=True, error_model="numpy")
def allocate(state: Floats, data: Any, model: Any, work: Any, rng: np.random.Generator) -> None:
    """One plain Gibbs sweep: draw class sizes per cell, then weights and rates given them.

    Source: Manrique-Vallier (2016), section 4.
    """
    tree, _counts, people, spread = data
    prior, classes, power = model
    lists, start = spread.shape[0], classes - 1
    chance = np.empty((tree.shape[0], classes))
    size, hits = np.zeros(classes), np.zeros((lists, classes))
    seen, sticks = _class_chances(state, data, classes, work, chance)
    alpha = rng.gamma(prior[0] + classes - 1.0, 1.0 / (prior[1] + sticks))
    if power > 0.0:
        mean = min(rng.gamma(people, 1.0) * (1.0 - seen) / seen, 1e15)
        _share_out(data, float(rng.poisson(mean)), classes, chance, size, hits, rng)
    behind = size[start]
    for k in range(classes - 2, -1, -1):
        v = max(rng.beta(1.0 + size[k], alpha + behind), 1e-300)
        state[k] = math.log(max(-math.log1p(-min(v, 1.0 - 1e-16)), 1e-300))
        behind += size[k]
    for j in range(lists):
        for k in range(classes):
            yes = rng.standard_gamma(prior[2] + hits[j, k])
            no = rng.standard_gamma(prior[3] + size[k] - hits[j, k])
            state[start + j * classes + k] = math.log(max(yes, 1e-300) / max(no, 1e-300))


@njit(cache=True, nogil=True, error_model="numpy")
def _log_order(share: Floats, prior: Floats) -> float:
    """Log density of shares in this order, up to a constant, the concentration integrated out.

    Sticks are independent Beta(1, alpha); changing to shares divides by what is left before each,
    and the gamma on alpha leaves a power of b - log(last share).
    """
    left, total = 0.0, 0.0
    for k in range(share.shape[0] - 1, 0, -1):
        left += share[k]
        total -= math.log(left)
    shape = prior[0] + share.shape[0] - 1.0
    last = math.log(share[share.shape[0] - 1])
    return float(total - shape * math.log(prior[1] - last))


@njit(cache=True, nogil=True, error_model="numpy")
def relabel(state: Floats, model: Any, lists: int, rng: np.random.Generator) -> None:
    """Let classes trade places, with their shares and rates: the likelihood does not change.

    Source: Papaspiliopoulos and Roberts (2008), section 4, here with the sticks integrated.
    """
    prior, classes, _power = model
    start = classes - 1
    share, order = np.empty(classes), np.arange(classes)
    behind = 0.0
    for k in range(start):
        stick = math.exp(min(state[k], 30.0))
        share[k] = max(-math.expm1(-stick) * math.exp(-behind), 1e-250)
        behind += stick
    share[start] = max(math.exp(-behind), 1e-250)
    now = _log_order(share, prior)
    for _ in range(2 * classes):
        i, j = int(rng.random() * classes), int(rng.random() * classes)
        share[i], share[j] = share[j], share[i]
        then = _log_order(share, prior)
        if math.log(1.0 - rng.random()) < then - now:
            now = then
            order[i], order[j] = order[j], order[i]
        else:
            share[i], share[j] = share[j], share[i]
    left = share[start]
    for k in range(start - 1, -1, -1):
        state[k] = math.log(max(math.log1p(share[k] / left), 1e-300))
        left += share[k]
    rates = np.empty(classes)
    for j in range(lists):
        at = start + j * classes
        for k in range(classes):
            rates[k] = state[at + order[k]]
        state[at : at + classes] = rates


@njit(cache=True, nogil=True, error_model="numpy")
def gibbs_chain(
    state: Floats, values: Floats, data: Any, model: Any, work: Any, rng: np.random.Generator,
) -> None:  # fmt: skip
    """Plain Gibbs sweeps alone: the reference that the sampler is measured by."""
    for t in range(values.shape[0]):
        allocate(state, data, model, work, rng)
        values[t, 1] = fill_rates(state, model[1], work)[0]
