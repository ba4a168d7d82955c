"""People who differ by degree: everybody has an ease of being listed, normal on the logit scale.

Classes say that people fall in a few kinds, and where the lists do not show kinds, that they are
alike. Here unlikeness is a number, the spread of ease, for which "none" is only one of its values;
what the lists cannot exclude of it stays in the answer. The steps, for each spread on a grid:

1. the chance of a pattern depends on its lists and on how many they are, so list lengths and the
   people on k lists are all that is needed; ease is integrated by Gauss-Hermite nodes;
2. the lists' levels are found by Newton's method and integrated by Laplace's approximation;
3. the number of people given the rest is n plus a negative binomial, under p(N) = 1/N.

Source: Coull and Agresti (1999), Biometrics 55; Fienberg, Johnson and Junker (1999), JRSS A 162;
Rue, Martino and Chopin (2009), JRSS B 71, for the nested approximation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from dadkhah.estimate.values import Finding, Floats, Overlaps

__all__ = ["FAMILY", "PRIOR_SPREAD", "graded", "nodes"]

FAMILY = "ease by degree"
PRIOR_SPREAD = 1.0
"""Scale of the half-normal prior on the spread of ease, in logits."""
_MOST_SPREAD = 4.0
_NODES = 61
_GRID = 41
_DRAWS = 4000
_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    """List lengths, people on 1, 2, ... lists, and everybody."""

    lengths: Floats
    times: Floats

    @property
    def people(self) -> float:
        return float(self.times.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Peak:
    """Where the levels of the lists are most probable for one spread, and how sharply."""

    spread: float
    levels: Floats
    precision: Floats
    evidence: float


@cache
def nodes() -> tuple[Floats, Floats]:
    """Gauss-Hermite nodes and log weights of a standard normal."""
    places, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return places, np.log(weights / weights.sum())


def _data(table: Overlaps) -> _Data:
    times = np.zeros(len(table.lists))
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        times[sum(pattern) - 1] += count
    return _Data(lengths=np.array(table.sizes(), dtype=float), times=times)


def _quiet(levels: Floats, spread: float) -> tuple[Floats, Floats, Floats]:
    """Ease at the nodes, log weight of being on no list there, and rates (nodes x lists)."""
    places, weights = nodes()
    ease = spread * places
    logits = ease[:, None] + levels
    return ease, weights - np.logaddexp(0.0, logits).sum(axis=1), 1.0 / (1.0 + np.exp(-logits))


def _density(levels: Floats, spread: float, data: _Data) -> tuple[float, Floats, Floats]:
    """Log density of the levels, its gradient, and its negative second derivative."""
    ease, quiet, rates = _quiet(levels, spread)
    on = np.arange(len(levels) + 1)
    logs = quiet + on[:, None] * ease
    peak = logs.max(axis=1, keepdims=True)
    mass = np.exp(logs - peak)
    whole = mass.sum(axis=1)
    chance = np.log(whole) + peak[:, 0]
    mass /= whole[:, None]
    missed = min(np.exp(chance[0]), 1.0 - 1e-12)
    pull = np.concatenate([[data.people * missed / (1.0 - missed)], data.times])
    mean = mass @ rates
    value = float(levels @ data.lengths + data.times @ chance[1:])
    value -= data.people * float(np.log1p(-missed))
    weights = pull @ mass
    slope = data.lengths - pull @ mean
    curve = np.diag(weights @ (rates * (1.0 - rates)))
    curve -= rates.T @ (weights[:, None] * rates) - mean.T @ (pull[:, None] * mean)
    # The share seen also moves: everybody on no list pulls all the more.
    extra = data.people * missed / (1.0 - missed) ** 2
    curve -= extra * np.outer(mean[0], mean[0])
    prior = 1.0 / (1.0 + np.exp(-levels))
    value += float((levels - 2.0 * np.logaddexp(0.0, levels)).sum())
    return value, slope + 1.0 - 2.0 * prior, curve + np.diag(2.0 * prior * (1.0 - prior))


def _climb(start: Floats, spread: float, data: _Data) -> _Peak | None:
    """Find the most probable levels for one spread; None when they run away."""
    levels = start.copy()
    value, slope, curve = _density(levels, spread, data)
    for _ in range(_STEPS):
        try:
            step = np.linalg.solve(curve + 1e-9 * np.eye(len(levels)), slope)
        except np.linalg.LinAlgError:
            return None
        if float(step @ slope) < 0.0:
            step = slope / max(float(np.abs(slope).max()), 1.0)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        after = _density(levels + step, spread, data)
        while after[0] < value - 1e-9 and float(np.abs(step).max()) > 1e-10:
            step *= 0.5
            after = _density(levels + step, spread, data)
        levels = levels + step
        value, slope, curve = after
        if float(np.abs(step).max()) < 1e-7:
            break
    sign, volume = np.linalg.slogdet(curve)
    if sign <= 0 or not np.isfinite(value):
        return None
    evidence = value - 0.5 * float(volume) - 0.5 * (spread / PRIOR_SPREAD) ** 2
    return _Peak(spread=spread, levels=levels, precision=curve, evidence=evidence)


def _peaks(data: _Data, spreads: Floats) -> list[_Peak]:
    """Climb from each spread to the next."""
    share = np.clip(data.lengths / data.people * 0.6, 1e-6, 0.95)
    levels, found = np.log(share / (1.0 - share)), []
    for spread in spreads:
        peak = _climb(levels, float(spread), data)
        if peak is not None:
            levels = peak.levels
            found.append(peak)
    return found


def _refined(data: _Data) -> list[_Peak]:
    """Peaks on a grid that covers where the evidence lies."""
    coarse = _peaks(data, np.linspace(0.0, _MOST_SPREAD, _GRID))
    if not coarse:
        return []
    best = max(peak.evidence for peak in coarse)
    near = [peak.spread for peak in coarse if peak.evidence > best - 14.0]
    gap = _MOST_SPREAD / (_GRID - 1)
    return _peaks(data, np.linspace(max(near[0] - gap, 0.0), near[-1] + gap, _GRID))


def graded(table: Overlaps, *, seed: int, level: float = 0.95) -> Finding:
    """Estimate when ease of being listed is spread over people by degree.

    Args:
        table: tidy overlaps of at least three lists, each naming somebody.

    Returns:
        A finding; `detail` has "spread", the posterior mean of the spread of ease in logits, and
        "unevenness", the coefficient of variation over people of the expected number of lists.
    """
    data = _data(table)
    peaks = _refined(data)
    if not peaks:
        return Finding(family=FAMILY, low=table.documented, middle=np.inf, high=np.inf)
    rng = np.random.default_rng(np.random.SeedSequence([seed, 41]))
    logs = np.array([peak.evidence for peak in peaks])
    mass = np.exp(logs - logs.max())
    counts = rng.multinomial(_DRAWS, mass / mass.sum())
    people, uneven = [], []
    for peak, many in zip(peaks, counts, strict=True):
        if many:
            seen, unlike = _drawn(peak, int(many), rng)
            mean = np.minimum(rng.gamma(data.people, 1.0, many) * (1.0 - seen) / seen, 1e17)
            people.append(data.people + rng.poisson(mean))
            uneven.append(np.full(many, unlike))
    drawn = np.concatenate(people).astype(float)
    half = (1.0 - level) / 2.0
    low, middle, high = np.quantile(drawn, [half, 0.5, 1.0 - half])
    cv = np.concatenate(uneven)
    return Finding(
        family=FAMILY,
        low=float(low),
        middle=float(middle),
        high=float(high),
        detail={
            "spread": float(mass @ [p.spread for p in peaks] / mass.sum()),
            "unevenness": float(cv.mean()),
            "uneven_chance": float((cv > 0.5).mean()),
        },
        draws=rng.permutation(drawn),
    )


def _drawn(peak: _Peak, many: int, rng: np.random.Generator) -> tuple[Floats, float]:
    """Draws of the share seen at one spread, and how uneven people are there."""
    root = np.linalg.cholesky(np.linalg.inv(peak.precision))
    noise = rng.standard_normal((many, len(peak.levels))) @ root.T
    missed = np.array(
        [np.exp(_quiet(peak.levels + shift, peak.spread)[1]).sum() for shift in noise]
    )
    _, weights = nodes()
    expected = _quiet(peak.levels, peak.spread)[2].sum(axis=1)
    mean = float(np.exp(weights) @ expected)
    spread = float(np.sqrt(np.exp(weights) @ (expected - mean) ** 2))
    return np.clip(1.0 - missed, 1e-12, 1.0 - 1e-12), spread / mean
