"""Moves of one chain: Hamiltonian trajectories with Gibbs sweeps between, in compiled loops."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from dadkhah.estimate.kernels import NOISE, fill_rates, gradient, likelihood
from dadkhah.estimate.sweeps import allocate, relabel
from dadkhah.estimate.values import Floats

__all__ = ["hamiltonian_chain", "tempered_chain"]


@njit(cache=True, nogil=True, error_model="numpy")
def _scales(aux: Floats, spread: Floats, classes: int, power: float, scale: Floats) -> None:
    """Variance per coordinate that noisy class sizes suggest."""
    start = classes - 1
    behind = power * max(math.exp(aux[start]) - 1.0, 0.0)
    for k in range(classes - 2, -1, -1):
        size = power * max(math.exp(aux[k]) - 1.0, 0.0)
        whole = behind + size + 1.0
        share = (size + 0.5) / whole
        stick = -math.log1p(-min(share, 1.0 - 0.1 / whole))
        scale[k] = 1.0 / (0.7 + whole * (1.0 - share) * stick * stick / share)
        behind += size
    for k in range(classes):
        size = power * max(math.exp(aux[k]) - 1.0, 0.0)
        for j in range(spread.shape[0]):
            scale[start + j * classes + k] = 1.0 / (0.3 + size * spread[j])


@njit(cache=True, nogil=True, error_model="numpy")
def _leap(
    place: Floats, momentum: Floats, slope: Floats, step: float, scale: Floats, leaps: int,
    data: Any, model: Any, aux: Floats, work: Any,
) -> float:  # fmt: skip
    """Move place and momentum along the trajectory; the log density where it ends."""
    value = 0.0
    size = place.shape[0]
    for turn in range(leaps):
        for i in range(size):
            momentum[i] += 0.5 * step * slope[i]
            place[i] += step * scale[i] * momentum[i]
        value = gradient(place, data, model, aux, slope, work, turn == leaps - 1)
        if not math.isfinite(value):
            return -math.inf
        for i in range(size):
            momentum[i] += 0.5 * step * slope[i]
    return float(value)


@njit(cache=True, nogil=True, error_model="numpy")
def _move(
    state: Floats, step: float, leaps: int, data: Any, model: Any, work: Any,
    rng: np.random.Generator, scratch: Any, aux: Floats,
) -> tuple[float, float]:  # fmt: skip
    """One Hamiltonian move with scales from freshly drawn noisy class sizes.

    Returns:
        Log density and chance of acceptance; `state` is moved when it is accepted.
    """
    slope, place, momentum, scale = scratch
    people, classes = data[2], model[1]
    shown = work[5]
    seen = fill_rates(state, classes, work)[0]
    for k in range(classes):
        aux[k] = math.log1p(people * shown[k] / seen) + NOISE * rng.standard_normal()
    _scales(aux, data[3], classes, model[2], scale)
    value = gradient(state, data, model, aux, slope, work, True)
    change = -value
    for i in range(state.shape[0]):
        momentum[i] = rng.standard_normal() / math.sqrt(scale[i])
        change += 0.5 * momentum[i] * momentum[i] * scale[i]
        place[i] = state[i]
    after = _leap(place, momentum, slope, step, scale, leaps, data, model, aux, work)
    change += after
    for i in range(state.shape[0]):
        change -= 0.5 * momentum[i] * momentum[i] * scale[i]
    accept = math.exp(min(0.0, change)) if math.isfinite(change) else 0.0
    if rng.random() < accept:
        state[:] = place
        value = after
    return value, accept


@njit(cache=True, nogil=True, error_model="numpy")
def hamiltonian_chain(
    state: Floats, values: Floats, kept: Floats, step: float, reach: int, sweeps: int, data: Any,
    model: Any, work: Any, rng: np.random.Generator, tuning: bool,
) -> float:  # fmt: skip
    """Run one block of a chain; `state` is moved in place, one row of `values` per move.

    Args:
        values: out, per move: log density, seen share, acceptance.
        kept: out, states at even distances.
        step: leapfrog step. reach: most leapfrog steps in a move; their number is uniform.
        sweeps: a Gibbs sweep every so many moves.
        data, model, work: as for `gradient`. tuning: adapt the step towards 80% acceptance.

    Returns:
        The step to go on with.

    Source: Hoffman and Gelman (2014), section 3.2, for the adaptation.
    """
    size = state.shape[0]
    scratch = (np.empty(size), np.empty(size), np.empty(size), np.empty(size))
    aux = np.empty(model[1])
    stride = values.shape[0] // max(kept.shape[0], 1)
    centre, gap, smooth = math.log(10.0 * step), 0.0, math.log(step)
    for t in range(values.shape[0]):
        if t % sweeps == 0:
            allocate(state, data, model, work, rng)
        relabel(state, model, data[3].shape[0], rng)
        leaps = 1 + int(rng.random() * reach)
        value, accept = _move(state, step, leaps, data, model, work, rng, scratch, aux)
        values[t, 0] = value
        values[t, 1] = fill_rates(state, model[1], work)[0]
        values[t, 2] = accept
        if kept.shape[0] > 0 and (t + 1) % stride == 0 and (t + 1) // stride <= kept.shape[0]:
            kept[(t + 1) // stride - 1] = state
        if tuning:
            gap += ((0.8 - accept) - gap) / (t + 11.0)
            guess = centre - math.sqrt(t + 1.0) / 0.05 * gap
            eta = (t + 1.0) ** -0.75
            smooth = eta * guess + (1.0 - eta) * smooth
            step = math.exp(min(guess, 1.0))
    return float(math.exp(min(smooth, 1.0)) if tuning else step)


@njit(cache=True, nogil=True, error_model="numpy")
def tempered_chain(
    states: Floats, values: Floats, steps: Floats, powers: Floats, reach: int, sweeps: int,
    data: Any, model: Any, work: Any, rng: np.random.Generator,
) -> None:  # fmt: skip
    """Run replicas at falling powers of the likelihood and let neighbours swap places.

    The flat ones cross between separate answers that the sharp one cannot; swapping keeps every
    replica's own target. Replica 0 has power 1.

    Args:
        states: replicas x coordinates, moved in place. values: out, of replica 0, per round:
            log density, seen share, swaps accepted as a share.
        steps: leapfrog step per replica. powers: falling from 1.

    Source: Geyer (1991); Earl and Deem (2005).
    """
    size, ladder = states.shape[1], powers.shape[0]
    scratch = (np.empty(size), np.empty(size), np.empty(size), np.empty(size))
    aux, swap = np.empty(model[1]), np.empty(size)
    fits = np.empty(ladder)
    for t in range(values.shape[0]):
        for r in range(ladder):
            own = (model[0], model[1], powers[r])
            # The sweep is exact for the posterior and the prior alone, so only replica 0 has it.
            if r == 0 and t % sweeps == 0:
                allocate(states[0], data, own, work, rng)
            relabel(states[r], own, data[3].shape[0], rng)
            leaps = 1 + int(rng.random() * reach)
            value, _accept = _move(states[r], steps[r], leaps, data, own, work, rng, scratch, aux)
            if r == 0:
                values[t, 0] = value
            fits[r] = likelihood(states[r], data, model[1], scratch[0], work)
        swapped = 0.0
        for r in range(t % 2, ladder - 1, 2):
            gain = (powers[r] - powers[r + 1]) * (fits[r + 1] - fits[r])
            if math.log(1.0 - rng.random()) < gain:
                swap[:] = states[r]
                states[r] = states[r + 1]
                states[r + 1] = swap
                fits[r], fits[r + 1] = fits[r + 1], fits[r]
                swapped += 1.0
        values[t, 1] = fill_rates(states[0], model[1], work)[0]
        values[t, 2] = swapped / max((ladder - t % 2) // 2, 1)
