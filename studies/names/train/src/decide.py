"""Step 3: fit the coefficients of the score on training lines; rewrite data/weights.tsv."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pairs import Labelled, labelled
from pools import load
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


def run() -> str:
    """Fit on training pairs, with and without counted rarity; calibrate each on development."""
    pool = load()
    counted = Frequencies.of(pool.persian.texts + pool.latin.texts)
    pairs = labelled(pool, "train", QUERIES)
    sets = [_set(pairs, given) for given in (None, counted)]
    rows, labels, fixed = (np.concatenate(column) for column in zip(*sets, strict=True))
    found = fit(rows, labels, fixed)
    decision = FIXED | {
        name: float(value) for name, value in zip([*USED, "constant"], found, strict=True)
    }
    pairs = labelled(pool, "dev", QUERIES)
    for label, given in (("knot", None), ("knot counted", counted)):
        held, held_labels, held_fixed = _set(pairs, given)
        value = np.column_stack([held, np.ones(len(held))]) @ found + held_fixed
        knots = calibrate(value, held_labels)
        decision |= {f"{label} {at:g}": one for at, one in zip(kernels.KNOTS, knots, strict=True)}
    write(model.weights().log_odds, decision)
    return f"{len(labels)} rows; {decision}"
