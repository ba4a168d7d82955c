"""What training leaves open: draws of the chances of each level, and of the prior.

The chances among one person's pairs are drawn from a Dirichlet distribution about those trained,
worth as many pairs as people bear out; so are those among two people's. The lowest level of the
name, which training hardly sees, stays as open as the guess it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.people.fields import field_of

__all__ = ["TABLES", "draw_parameters"]

Chances = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
TABLES: Final = 20
# Pairs that the guess at the chance of names that are unlike is worth.
_GUESS: Final = 100.0
# Pairs share mentions, and say as much as a part of them would: one in so many.
_REPEATED: Final = 4.0
# Fields are not independent, and together say less than their product, or more: draws of the
# power to which the ratios are raised.
_POWER: Final = 1.0
_SPREAD: Final = 0.03


def draw_parameters(
    chances: Chances, prior: float, total: float, mentions: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw tables of log ratios (tables x fields x levels) and log prior odds.

    The first table is as trained.

    Args:
        chances: of each level, among one person's pairs and among two people's.
        prior: the chance that two mentions at random are one person.
        total: pairs in all. mentions: named mentions in all.
    """
    rng = np.random.default_rng(seed)
    same = min(max(prior * total, 1.0), float(mentions))
    width = max(len(m) for m, _ in chances.values())
    ratios = np.zeros((TABLES + 1, len(chances), width))
    for at, (name, (m, u)) in enumerate(chances.items()):
        drawn_m = _draw(rng, np.array(m), same / _REPEATED, np.array(field_of(name).m))
        drawn_u = _draw(rng, np.array(u), total / _REPEATED, np.full(len(u), 0.5))
        if name == "rarity":
            drawn_m = _loosen(rng, drawn_m, max(m[0], field_of(name).m[0]))
        ratios[0, at, : len(m)] = np.log(np.array(m) / np.array(u))
        ratios[1:, at, : len(m)] = np.log(drawn_m / drawn_u)
    ratios[1:] *= np.clip(rng.normal(_POWER, _SPREAD, TABLES), 0.7, 1.2)[:, None, None]
    shares = rng.gamma(same / _REPEATED, prior / same * _REPEATED, TABLES)
    shares = np.concatenate([[prior], np.clip(shares, 1e-12, 0.5)])
    return ratios, np.log(shares / (1 - shares))


def _draw(
    rng: np.random.Generator, chances: NDArray[np.float64], worth: float, guess: NDArray[np.float64]
) -> NDArray[np.float64]:
    drawn = rng.dirichlet(chances * worth + guess, TABLES)
    drawn = np.maximum(drawn, 1e-9)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)


def _loosen(rng: np.random.Generator, m: NDArray[np.float64], lowest: float) -> NDArray[np.float64]:
    """Draw the chance of the lowest level anew, about its guess, and cut the others to size."""
    low = rng.beta(_GUESS * lowest, _GUESS * (1 - lowest), len(m))
    low = np.clip(low, 1e-4, 0.5)
    rest = m[:, 1:] / m[:, 1:].sum(axis=1, keepdims=True)
    return np.concatenate([low[:, None], rest * (1 - low[:, None])], axis=1)
