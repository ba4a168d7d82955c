"""Posterior predictive checks: would the model have made overlaps like these? (ST-19)"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from dadkhah.estimate.kinds import cell_chances
from dadkhah.estimate.latent import Posterior
from dadkhah.estimate.values import Floats, Overlaps

__all__ = ["predictive_checks"]


def _distance(counts: Floats, expected: Floats) -> Floats:
    """Freeman and Tukey's distance, steady for small cells."""
    distance: Floats = ((np.sqrt(counts) - np.sqrt(expected)) ** 2).sum(axis=-1)
    return distance


def predictive_checks(
    posterior: Posterior, table: Overlaps, *, classes: int, seed: int
) -> dict[str, float]:
    """Repeat the table from the posterior and ask how often it looks more extreme.

    Returns:
        "cells": share of repetitions farther from their expectation than the data; small means
        the model does not fit. "A & B": share of repetitions with at least as many people on
        both lists; near 0 or 1 means that this overlap is not explained.
    """
    rng = np.random.default_rng(np.random.SeedSequence([seed, 13]))
    chances = cell_chances(posterior.states, table, classes)
    rest = np.maximum(1.0 - chances.sum(axis=1, keepdims=True), 0.0)
    whole = np.hstack([chances, rest])
    whole /= whole.sum(axis=1, keepdims=True)
    people = table.documented
    again = np.array([rng.multinomial(people, row) for row in whole], dtype=float)
    seen = np.array([*table.counts, 0], dtype=float)
    expected = people * whole
    checks = {"cells": float((_distance(again, expected) >= _distance(seen, expected)).mean())}
    patterns = np.array([*table.patterns, (0,) * len(table.lists)], dtype=bool)
    for i, j in combinations(range(len(table.lists)), 2):
        both = patterns[:, i] & patterns[:, j]
        higher = again[:, both].sum(axis=1) >= seen[both].sum()
        checks[f"{table.lists[i]} & {table.lists[j]}"] = float(higher.mean())
    return checks
