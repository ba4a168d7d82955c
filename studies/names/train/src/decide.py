"""Step 3: fit the coefficients of the score on training lines; rewrite data/weights.tsv."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from pairs import Labelled, labelled, labelled_within, single_words
from pools import Pool, load
from train import write

from dadkhah import names
from dadkhah.names import kernels, scoring
from dadkhah.names import weights as model
from dadkhah.names.table import Frequencies

QUERIES = 2_500
RIDGE = 1.0
PULL = 20.0  # pairs that speak for no change at each knot of the calibration
LEAST_RISE = 0.05
# Styles come and go between sources; one memorial keeps them, so its lines cannot say how often.
FIXED = {"style": -1.0}
USED = [name for name in kernels.FEATURES if name not in ("total", "matched", *FIXED)]


def feature_rows(
    pairs: list[Labelled], frequencies: Frequencies | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the features and labels of pairs."""
    left = names.encode([pair[0] for pair in pairs], frequencies)
    right = names.encode([pair[1] for pair in pairs], frequencies)
    rows = np.arange(len(pairs))
    found = scoring.features(left, rows, right, rows).astype(float)
    return found, np.array([pair[2] for pair in pairs], dtype=float)


def fit(
    rows: NDArray[np.float64], labels: NDArray[np.float64], offset: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fit a logistic regression with a small ridge by Newton's method; the constant is last."""
    design = np.column_stack([rows, np.ones(len(rows))])
    ridge = np.eye(design.shape[1]) * RIDGE
    ridge[-1, -1] = 0.0
    found = np.zeros(design.shape[1])
    for _ in range(30):
        share = 1 / (1 + np.exp(-(design @ found + offset)))
        gradient = design.T @ (labels - share) - ridge @ found
        curve = (design * (share * (1 - share))[:, None]).T @ design + ridge
        found = found + np.linalg.solve(curve, gradient)
    return found


def _share(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn log odds into shares."""
    return 1 / (1 + np.exp(-value))


def calibrate(value: NDArray[np.float64], labels: NDArray[np.float64]) -> list[float]:
    """Fit the log odds at each knot so that the score is the share that is true.

    Straight lines between the knots, fitted by gradient steps on the log likelihood with a pull
    towards no change, and kept rising so that the order of pairs does not change.
    """
    knots = np.array(kernels.KNOTS)
    low = np.clip(np.searchsorted(knots, value, side="right") - 1, 0, len(knots) - 2)
    at = np.clip((value - knots[low]) / (knots[low + 1] - knots[low]), 0.0, 1.0)
    basis = np.zeros((len(value), len(knots)))
    basis[np.arange(len(value)), low] = 1 - at
    basis[np.arange(len(value)), low + 1] = at
    beyond = value - np.clip(value, knots[0], knots[-1])
    found = knots.copy()
    for _ in range(60):
        share = _share(basis @ found + beyond)
        gradient = basis.T @ (labels - share) - PULL * (found - knots)
        curve = (basis * (share * (1 - share))[:, None]).T @ basis + PULL * np.eye(len(knots))
        found = found + np.linalg.solve(curve, gradient)
    while (falls := np.flatnonzero(np.diff(found) < LEAST_RISE * 0.99)).size:
        place = int(falls[0])
        middle = found[place : place + 2].mean()
        found[place : place + 2] = middle - LEAST_RISE / 2, middle + LEAST_RISE / 2
    return [float(one) for one in found]


Rows = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
Pairs = Callable[[Pool, str, int], list[Labelled]]


def _set(pairs: list[Labelled], frequencies: Frequencies | None) -> Rows:
    """Give features, labels and what is fixed."""
    rows, labels = feature_rows(pairs, frequencies)
    keep = rows[:, kernels.FEATURES.index("total")] > 0
    columns = [kernels.FEATURES.index(name) for name in USED]
    fixed = sum(
        (value * rows[keep][:, kernels.FEATURES.index(name)] for name, value in FIXED.items()),
        np.zeros(int(keep.sum())),
    )
    return rows[keep][:, columns], labels[keep], fixed


def _decided(pool: Pool, pairs: Pairs, texts: list[str]) -> dict[str, float]:
    """Fit on training pairs, with and without counted rarity; calibrate each on development."""
    counted = Frequencies.of(texts)
    sets = [_set(pairs(pool, "train", QUERIES), given) for given in (None, counted)]
    rows, labels, fixed = (np.concatenate(column) for column in zip(*sets, strict=True))
    found = fit(rows, labels, fixed)
    decision = FIXED | {
        name: float(value) for name, value in zip([*USED, "constant"], found, strict=True)
    }
    asked = pairs(pool, "dev", QUERIES)
    for label, given in (("knot", None), ("knot counted", counted)):
        held, held_labels, held_fixed = _set(asked, given)
        value = np.column_stack([held, np.ones(len(held))]) @ found + held_fixed
        knots = calibrate(value, held_labels)
        decision |= {f"{label} {at:g}": one for at, one in zip(kernels.KNOTS, knots, strict=True)}
    return decision


def _across(pool: Pool, part: str, count: int) -> list[Labelled]:
    """Make labelled pairs across the scripts, given names alone too."""
    alone = single_words(pool, part, 0, 1) + single_words(pool, part, 1, 0)
    return labelled(pool, part, count) + alone


def _within(pool: Pool, part: str, count: int, way: int) -> list[Labelled]:
    """Make labelled pairs of one script, given names alone too."""
    return labelled_within(pool, part, count, way) + single_words(pool, part, way, way)


def run() -> str:
    """Fit the score of pairs across the scripts, of Latin pairs and of Arabic ones, each apart."""
    pool, decision = load(), {}
    both = pool.persian.texts + pool.latin.texts
    for script, pairs, texts in (
        ("", _across, both),
        ("latin ", partial(_within, way=1), pool.latin.texts),
        ("arabic ", partial(_within, way=0), pool.persian.texts),
    ):
        decided = _decided(pool, pairs, texts)
        decision |= {f"{script}{name}": value for name, value in decided.items()}
    write(model.weights().log_odds, decision)
    return "\n".join(
        f"{name} {value:.3f}" for name, value in decision.items() if "knot" not in name
    )
