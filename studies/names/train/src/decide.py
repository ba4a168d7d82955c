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

QUERIES = 1_000
RIDGE = 1.0
USED = [name for name in kernels.FEATURES if name not in ("total", "matched")]


def feature_rows(
    pairs: list[Labelled], frequencies: Frequencies | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the features and labels of pairs."""
    left = names.encode([pair[0] for pair in pairs], frequencies)
    right = names.encode([pair[1] for pair in pairs], frequencies)
    rows = np.arange(len(pairs))
    found = scoring.features(left, rows, right, rows).astype(float)
    return found, np.array([pair[2] for pair in pairs], dtype=float)


def fit(rows: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit a logistic regression with a small ridge by Newton's method; the constant is last."""
    design = np.column_stack([rows, np.ones(len(rows))])
    ridge = np.eye(design.shape[1]) * RIDGE
    ridge[-1, -1] = 0.0
    found = np.zeros(design.shape[1])
    for _ in range(30):
        share = 1 / (1 + np.exp(-design @ found))
        gradient = design.T @ (labels - share) - ridge @ found
        curve = (design * (share * (1 - share))[:, None]).T @ design + ridge
        found = found + np.linalg.solve(curve, gradient)
    return found


def run() -> str:
    """Fit on pairs with and without the case's frequencies, so that one score serves both."""
    pool = load()
    pairs = labelled(pool, "train", QUERIES)
    frequencies = Frequencies.of(pool.persian.texts + pool.latin.texts)
    sets = [feature_rows(pairs, given) for given in (None, frequencies)]
    rows = np.concatenate([found for found, _ in sets])
    labels = np.concatenate([label for _, label in sets])
    keep = rows[:, kernels.FEATURES.index("total")] > 0
    columns = [kernels.FEATURES.index(name) for name in USED]
    found = fit(rows[keep][:, columns], labels[keep])
    decision = {name: float(value) for name, value in zip([*USED, "constant"], found, strict=True)}
    write(model.weights().log_odds, decision)
    return f"{len(pairs)} pairs, {int(labels.sum()) // 2} true; {decision}"
