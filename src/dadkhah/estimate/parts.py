"""Parts of the population, each with ease by degree: what their overlaps say of the lists' levels.

The model of `graded`, for all parts at once in one pass over the nodes of ease.

Source: Coull and Agresti (1999), Biometrics 55.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dadkhah.estimate.graded import nodes
from dadkhah.estimate.values import Floats, Overlaps

__all__ = ["Parts", "density", "parts_of", "seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """List lengths and people on 1, 2, ... lists per part; which lists could list in which part."""

    lengths: Floats
    times: Floats
    open: Floats

    @property
    def people(self) -> Floats:
        total: Floats = self.times.sum(axis=1)
        return total


def parts_of(tables: Sequence[Overlaps]) -> Parts:
    """Sum tables up; lists are those of all tables, in the order met."""
    names = tuple(dict.fromkeys(name for table in tables for name in table.lists))
    shape = (len(tables), len(names))
    lengths, times, able = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for row, table in enumerate(tables):
        places = [names.index(name) for name in table.lists]
        lengths[row, places], able[row, places] = table.sizes(), 1.0
        for pattern, count in zip(table.patterns, table.counts, strict=True):
            times[row, sum(pattern) - 1] += count
    return Parts(lengths=lengths, times=times, open=able)


def _quiet(levels: Floats, able: Floats, spread: float) -> tuple[Floats, Floats, Floats]:
    """Ease at the nodes, log weight of being on no list, and rates (parts x nodes x lists)."""
    places, weights = nodes()
    ease = spread * places
    logits = ease[:, None] + levels[..., None, :]
    silent = np.logaddexp(0.0, logits)
    rates = np.exp(logits - silent) * able[..., None, :]
    return ease, weights - (silent * able[..., None, :]).sum(axis=-1), rates


def _on_so_many(quiet: Floats, ease: Floats, lists: int) -> tuple[Floats, Floats]:
    """Log chance of one pattern of k lists at level 0, and each node's part in it."""
    logs = quiet[:, None, :] + np.arange(lists + 1)[:, None] * ease
    peak = logs.max(axis=2, keepdims=True)
    mass = np.exp(logs - peak)
    whole = mass.sum(axis=2)
    return np.log(whole) + peak[:, :, 0], mass / whole[:, :, None]


def density(levels: Floats, spread: float, data: Parts) -> tuple[Floats, Floats, Floats]:
    """Log likelihood per part, its gradient, and its negative second derivative; as in `graded`."""
    ease, quiet, rates = _quiet(levels, data.open, spread)
    chance, mass = _on_so_many(quiet, ease, levels.shape[1])
    missed = np.minimum(np.exp(chance[:, 0]), 1.0 - 1e-12)
    odds = data.people * missed / (1.0 - missed)
    pull = np.concatenate([odds[:, None], data.times], axis=1)
    mean = mass @ rates
    value = (levels * data.lengths).sum(axis=1) + (data.times * chance[:, 1:]).sum(axis=1)
    value -= data.people * np.log1p(-missed)
    weights = (pull[:, :, None] * mass).sum(axis=1)
    slope = data.lengths - (pull[:, :, None] * mean).sum(axis=1)
    curve = np.einsum("sn,snj->sj", weights, rates * (1.0 - rates))[:, :, None] * np.eye(
        levels.shape[1]
    )
    curve -= np.swapaxes(rates, 1, 2) @ (weights[:, :, None] * rates)
    curve += np.swapaxes(mean, 1, 2) @ (pull[:, :, None] * mean)
    extra = odds / (1.0 - missed)
    curve -= extra[:, None, None] * mean[:, 0, :, None] * mean[:, 0, None, :]
    return value, slope * data.open, curve


def seen(levels: Floats, able: Any, spread: float) -> tuple[Floats, Floats]:
    """Chance of being on no list, and on exactly one, per draw."""
    _ease, quiet, rates = _quiet(levels, able, spread)
    weight = np.exp(quiet)
    odds = np.where(rates < 1.0, rates / np.maximum(1.0 - rates, 1e-12), 1e12)
    once = (weight * odds.sum(axis=2)).sum(axis=1)
    return np.clip(weight.sum(axis=1), 1e-12, 1.0 - 1e-12), once
