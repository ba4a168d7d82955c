"""Step 3: fit the coefficients of the score on training lines; rewrite data/weights.tsv."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pairs import Labelled, labelled
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
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + LEAST_RISE)
    return [float(one) for one in found]


def _sets(
    pool: Pool, part: str, queries: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give features, labels and what is fixed, without and with the case's frequencies."""
    pairs = labelled(pool, part, queries)
    frequencies = Frequencies.of(pool.persian.texts + pool.latin.texts)
    sets = [feature_rows(pairs, given) for given in (None, frequencies)]
    rows = np.concatenate([found for found, _ in sets])
    labels = np.concatenate([label for _, label in sets])
    keep = rows[:, kernels.FEATURES.index("total")] > 0
    columns = [kernels.FEATURES.index(name) for name in USED]
    fixed = sum(
        (value * rows[keep][:, kernels.FEATURES.index(name)] for name, value in FIXED.items()),
        np.zeros(int(keep.sum())),
    )
    return rows[keep][:, columns], labels[keep], fixed


def run() -> str:
    """Fit on training pairs, calibrate on development pairs; both with and without frequencies."""
    pool = load()
    rows, labels, fixed = _sets(pool, "train", QUERIES)
    found = fit(rows, labels, fixed)
    decision = FIXED | {
        name: float(value) for name, value in zip([*USED, "constant"], found, strict=True)
    }
    held, held_labels, held_fixed = _sets(pool, "dev", QUERIES)
    value = np.column_stack([held, np.ones(len(held))]) @ found + held_fixed
    knots = calibrate(value, held_labels)
    decision |= {f"knot {knot:g}": one for knot, one in zip(kernels.KNOTS, knots, strict=True)}
    write(model.weights().log_odds, decision)
    return f"{len(labels)} pairs; {decision}"
