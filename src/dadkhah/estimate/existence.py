"""Does a log-linear model have an answer on this table? (Fienberg and Rinaldo 2012)

With empty cells the likelihood may rise for ever along some direction. Then some cells are
pushed to exactly zero; what remains may or may not fix the number of people on no list. The
steps, for a design A (cells x terms) and counts n:

1. look for a direction d with A d = 0 where n > 0 and A d <= 0 where n = 0, not all zero;
2. if there is one, the cells with A d < 0 are zero at the maximum and leave the table;
3. the unseen cell's row is the intercept alone; it is fixed only if it is a combination of the
   rows that are left (Chan, Silverman and Vincent 2021, section 3).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from dadkhah.estimate.values import Floats

__all__ = ["kept_cells"]


def kept_cells(design: Floats, counts: Floats) -> tuple[npt.NDArray[np.bool_], bool]:
    """Find the cells a fit must keep, and whether the number of unseen people is then fixed.

    Args:
        design: cells x terms of one model, the intercept first.
        counts: people per cell.
    """
    empty = counts == 0
    keep = np.ones(len(counts), dtype=bool)
    while (open_cells := empty & keep).any():
        fall = _direction(design[counts > 0], design[open_cells])
        if fall is None:
            break
        keep[np.flatnonzero(open_cells)[fall]] = False
    return keep, _intercept_fixed(design[keep])


def _direction(full: Floats, empty: Floats) -> npt.NDArray[np.bool_] | None:
    """Which empty cells can be driven to zero; None when none can.

    Maximises the sum of how far cells fall, each at most 1, so one solution shows them all.
    """
    cells, terms = empty.shape
    cost = np.concatenate([np.zeros(terms), -np.ones(cells)])
    answer = linprog(
        cost,
        A_ub=np.hstack([empty, np.eye(cells)]),
        b_ub=np.zeros(cells),
        A_eq=np.hstack([full, np.zeros((len(full), cells))]) if len(full) else None,
        b_eq=np.zeros(len(full)) if len(full) else None,
        bounds=[(None, None)] * terms + [(0.0, 1.0)] * cells,
        method="highs",
    )
    if answer.x is None or -answer.fun < 1e-7:
        return None
    fallen: npt.NDArray[np.bool_] = answer.x[terms:] > 1e-7
    return fallen


def _intercept_fixed(design: Floats) -> bool:
    """Is the intercept a combination of the rows, that is, estimable?"""
    if not len(design):
        return False
    target = np.zeros(design.shape[1])
    target[0] = 1.0
    return bool(np.linalg.matrix_rank(np.vstack([design, target])) == np.linalg.matrix_rank(design))
