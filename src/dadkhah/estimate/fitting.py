"""Poisson log-linear fits and walks in compiled loops: many small models on one small table."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from dadkhah.estimate.values import Floats

__all__ = ["fit_many", "poisson_fit", "poisson_walk"]

Ints = npt.NDArray[np.int64]


@njit(cache=True, nogil=True, error_model="numpy")
def _solve(matrix: Floats, right: Floats, size: int) -> bool:
    """Solve a symmetric positive system in place by Cholesky; False when it is singular."""
    for i in range(size):
        for j in range(i + 1):
            total = matrix[i, j]
            for k in range(j):
                total -= matrix[i, k] * matrix[j, k]
            if i == j:
                if total <= 1e-11:
                    return False
                matrix[i, i] = math.sqrt(total)
            else:
                matrix[i, j] = total / matrix[j, j]
    for i in range(size):
        for k in range(i):
            right[i] -= matrix[i, k] * right[k]
        right[i] /= matrix[i, i]
    for i in range(size - 1, -1, -1):
        for k in range(i + 1, size):
            right[i] -= matrix[k, i] * right[k]
        right[i] /= matrix[i, i]
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def _normal_equations(
    design: Floats, columns: Ints, rows: Ints, counts: Floats, eta: Floats, matrix: Floats,
    right: Floats,
) -> None:  # fmt: skip
    """Fill the weighted least-squares system at the linear predictor eta."""
    matrix[:] = 0.0
    right[:] = 0.0
    for i in range(design.shape[0]):
        if not rows[i]:
            continue
        mean = math.exp(eta[i])
        response = eta[i] + (counts[i] - mean) / mean
        for a in range(columns.shape[0]):
            x = mean * design[i, columns[a]]
            if x != 0.0:
                right[a] += x * response
                for b in range(a + 1):
                    matrix[a, b] += x * design[i, columns[b]]


@njit(cache=True, nogil=True, error_model="numpy")
def _predict(
    design: Floats, columns: Ints, rows: Ints, counts: Floats, right: Floats, eta: Floats
) -> tuple[float, float]:
    """Put the solution into eta; log-likelihood without constants, and deviance."""
    deviance, loglik = 0.0, 0.0
    for i in range(design.shape[0]):
        if not rows[i]:
            continue
        total = 0.0
        for a in range(columns.shape[0]):
            total += design[i, columns[a]] * right[a]
        eta[i] = min(max(total, -60.0), 60.0)
        mean = math.exp(eta[i])
        loglik += counts[i] * eta[i] - mean
        deviance += 2.0 * (mean - counts[i])
        if counts[i] > 0.0:
            deviance += 2.0 * counts[i] * (math.log(counts[i]) - eta[i])
    return loglik, deviance


@njit(cache=True, nogil=True, error_model="numpy")
def poisson_fit(
    design: Floats, columns: Ints, rows: Ints, counts: Floats, coefficients: Floats
) -> tuple[float, float]:
    """Fit a Poisson log-linear model by Newton's method (iteratively reweighted least squares).

    Args:
        design: cells x all terms. columns: the terms of this model. rows: cells kept (0 or 1).
        counts: people per cell. coefficients: out, per column.

    Returns:
        Log-likelihood without constants, deviance; NaN when the fit failed.
    """
    size = columns.shape[0]
    eta = np.log(counts + 0.5)
    matrix, right = np.empty((size, size)), np.empty(size)
    previous = np.inf
    for _ in range(60):
        _normal_equations(design, columns, rows, counts, eta, matrix, right)
        if not _solve(matrix, right, size):
            return np.nan, np.nan
        loglik, deviance = _predict(design, columns, rows, counts, right, eta)
        if abs(deviance - previous) < 1e-9 * (abs(deviance) + 0.1):
            coefficients[:size] = right
            return loglik, deviance
        previous = deviance
    return np.nan, np.nan


@njit(cache=True, nogil=True, error_model="numpy")
def fit_many(design: Floats, models: Ints, rows: Ints, tables: Floats) -> tuple[Floats, Floats]:
    """Fit every model to every table.

    Args:
        models: models x terms, 1 where the model has the term; term 0 is the intercept.
        rows: models x cells, 1 where the cell is kept. tables: tables x cells.

    Returns:
        Intercepts and deviances, tables x models; NaN where the fit failed.
    """
    intercepts = np.full((tables.shape[0], models.shape[0]), np.nan)
    deviances = np.full((tables.shape[0], models.shape[0]), np.nan)
    coefficients = np.empty(models.shape[1])
    for m in range(models.shape[0]):
        columns = np.flatnonzero(models[m])
        for t in range(tables.shape[0]):
            _loglik, deviance = poisson_fit(design, columns, rows[m], tables[t], coefficients)
            if not math.isnan(deviance):
                intercepts[t, m] = coefficients[0]
                deviances[t, m] = deviance
    return intercepts, deviances


_LEAPS = 4


@njit(cache=True, nogil=True, error_model="numpy")
def _pull(
    design: Floats, counts: Floats, precision: Floats, place: Floats, slope: Floats
) -> float:  # fmt: skip
    """Log posterior density at a place; its slope goes into slope."""
    value = 0.0
    for a in range(place.shape[0]):
        value -= 0.5 * precision[a] * place[a] * place[a]
        slope[a] = -precision[a] * place[a]
    for i in range(design.shape[0]):
        eta = 0.0
        for a in range(place.shape[0]):
            eta += design[i, a] * place[a]
        mean = math.exp(min(eta, 700.0))
        value += counts[i] * eta - mean
        for a in range(place.shape[0]):
            slope[a] += design[i, a] * (counts[i] - mean)
    return value


@njit(cache=True, nogil=True, error_model="numpy")
def poisson_walk(
    design: Floats, counts: Floats, precision: Floats, peak: Floats, root: Floats, drawn: Floats,
    rng: np.random.Generator,
) -> float:  # fmt: skip
    """Draw coefficients under a normal prior, by Hamiltonian moves on the scale of the peak.

    Args:
        design: cells x terms. counts: people per cell. precision: of the prior, per term.
        peak: the most probable place. root: Cholesky factor of the inverse curve there.
        drawn: out, moves x terms; a tenth as many moves are made before.

    Returns:
        Share of moves accepted.

    Source: Neal (2011), Handbook of Markov Chain Monte Carlo, chapter 5.
    """
    size, moves = peak.shape[0], drawn.shape[0]
    slope, ahead, push = np.empty(size), np.empty(size), np.empty(size)
    place: Floats = peak + 1.5 * (root @ rng.standard_normal(size))
    value = _pull(design, counts, precision, place, slope)
    accepted = 0.0
    for move in range(-(moves // 10), moves):
        for a in range(size):
            push[a] = rng.standard_normal()
        energy = value - 0.5 * float(push @ push)
        pace = 0.4 * (0.7 + 0.6 * rng.random())
        there: Floats = place.copy()
        ahead[:] = slope
        reached = value
        for _ in range(_LEAPS):
            push += 0.5 * pace * (root.T @ ahead)
            there += pace * (root @ push)
            reached = _pull(design, counts, precision, there, ahead)
            push += 0.5 * pace * (root.T @ ahead)
        if math.log(rng.random()) < reached - 0.5 * float(push @ push) - energy:
            place, value = there, reached
            slope[:] = ahead
            accepted += move >= 0
        if move >= 0:
            drawn[move] = place
    return float(accepted / moves)
