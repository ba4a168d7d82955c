"""Ease by degree over many parts at once: a thin part's rates lean on those of the others.

The model of `graded` in every part of the population, tied from above: the levels of the lists in a
part are normal around levels common to all parts, with one unknown scale. Half of that variance is
the part's own ease (a remote province that all lists reach badly), half is each list's in the part.
The scale is learnt: where parts differ, little is borrowed. The steps, for each spread of ease and
each scale on a grid:

1. levels of all parts and the common ones are climbed together by Newton's method; parts touch each
   other only through the common levels, so a step costs one small system per part and one more;
2. they are integrated by Laplace's approximation, and drawn together, so that sums are joint draws;
3. the number of people of a part given the rest is n plus a negative binomial, under p(N) = 1/N.

Source: Coull and Agresti (1999), Biometrics 55, for the model of one part; Gelman and Hill (2007),
chapter 12, for partial pooling; Rue, Martino and Chopin (2009), JRSS B 71, for the approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dadkhah.estimate.graded import PRIOR_SPREAD
from dadkhah.estimate.parts import Parts, density, parts_of, seen
from dadkhah.estimate.values import Floats, Overlaps

__all__ = ["PRIOR_SCALE", "Together", "together"]

PRIOR_SCALE = 1.0
"""Scale of the half-normal prior on how far parts differ, in logits."""
_SPREADS = np.linspace(0.0, 3.0, 10)
_SCALES = np.array([0.06, 0.15, 0.35, 0.7, 1.2, 2.0])
_FINE_SPREADS, _FINE_SCALES = 11, 6
_DRAWS = 4000
_STEPS = 40
_NEGLIGIBLE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Draws of the number of people, parts x draws, made together; and what they rest on.

    Args:
        shared: per part and draw, the chance of being on two lists or more, given being on one.
        spread: posterior mean of the spread of ease. scale: of how far parts differ, in logits.
    """

    people: Floats
    shared: Floats
    spread: float
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tie:
    """The prior of a part's levels around the common ones: precisions, and their log volume."""

    inner: Floats
    cross: Floats
    volume: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Peak:
    """Where levels and common levels are most probable for one spread and scale."""

    spread: float
    scale: float
    levels: Floats
    common: Floats
    inner: Floats
    upper: Floats
    cross: Floats
    evidence: float


def _tie(data: Parts, scale: float) -> _Tie:
    """Half of the variance is common to the lists of a part."""
    parts, lists = data.open.shape
    inner, cross = np.zeros((parts, lists, lists)), np.zeros((parts, lists, lists))
    volume = 0.0
    for row, able in enumerate(data.open):
        at = np.flatnonzero(able)
        spread = 0.5 * scale**2 * (np.eye(len(at)) + np.ones((len(at), len(at))))
        precise = np.linalg.inv(spread)
        inner[row] = np.diag(1.0 - able)
        inner[row][np.ix_(at, at)] = cross[row][np.ix_(at, at)] = precise
        volume -= float(np.linalg.slogdet(spread)[1])
    return _Tie(inner=inner, cross=cross, volume=volume)


_Step = tuple[Floats, Floats]


def _value(levels: Floats, common: Floats, spread: float, data: Parts, tie: _Tie) -> float:
    """Log density of all levels, up to a constant."""
    away = (levels - common) * data.open
    found = density(levels, spread, data)[0].sum()
    found -= 0.5 * float(np.einsum("sj,sji,si->", away, tie.cross, away))
    return float(found + (common - 2.0 * np.logaddexp(0.0, common)).sum())


def _newton(
    levels: Floats, common: Floats, spread: float, data: Parts, tie: _Tie
) -> tuple[_Step, Floats, Floats]:
    """One step for all levels, the inner curves, and the curve of the common levels given them."""
    _, slope, curve = density(levels, spread, data)
    away = (levels - common) * data.open
    drawn = np.einsum("sji,si->sj", tie.cross, away)
    prior = 1.0 / (1.0 + np.exp(-common))
    inner = curve + tie.inner
    folded = np.linalg.solve(inner, tie.cross)
    upper = tie.cross.sum(axis=0) + np.diag(2.0 * prior * (1.0 - prior))
    upper = upper - (tie.cross @ folded).sum(axis=0)
    alone = np.linalg.solve(inner, (slope - drawn)[:, :, None])[:, :, 0]
    above = drawn.sum(axis=0) + 1.0 - 2.0 * prior
    above = above + np.einsum("sji,si->j", tie.cross, alone)
    move = np.linalg.solve(upper, above)
    return (alone + folded @ move, move), inner, upper


def _climb(start: _Step, spread: float, scale: float, data: Parts) -> _Peak | None:
    """Find the most probable levels for one spread and scale; None when they run away."""
    levels, common = start
    tie = _tie(data, scale)
    value = _value(levels, common, spread, data, tie)
    for _ in range(_STEPS):
        (step, move), _inner, _upper = _newton(levels, common, spread, data, tie)
        longest = max(float(np.abs(step).max()), float(np.abs(move).max()), 1e-12)
        size = min(1.0, 1.5 / longest)
        after = _value(levels + size * step, common + size * move, spread, data, tie)
        while after < value - 1e-9 and size * longest > 1e-8:
            size *= 0.4
            after = _value(levels + size * step, common + size * move, spread, data, tie)
        levels, common, value = levels + size * step, common + size * move, after
        if size * longest < 1e-6:
            break
    _, inner, upper = _newton(levels, common, spread, data, tie)
    signs, volumes = np.linalg.slogdet(inner)
    sign, volume = np.linalg.slogdet(upper)
    if (signs <= 0).any() or sign <= 0 or not np.isfinite(value):
        return None
    evidence = value + 0.5 * tie.volume - 0.5 * float(volumes.sum() + volume)
    evidence -= 0.5 * (spread / PRIOR_SPREAD) ** 2 + 0.5 * (scale / PRIOR_SCALE) ** 2
    return _Peak(spread=spread, scale=scale, levels=levels, common=common, inner=inner,
                 upper=upper, cross=tie.cross, evidence=evidence)  # fmt: skip


def _over(data: Parts, spreads: Floats, scales: Floats, start: _Step) -> list[_Peak]:
    """Climb over a grid, each from its neighbour."""
    found: list[_Peak] = []
    for scale in scales:
        here = start
        for spread in spreads:
            peak = _climb(here, float(spread), float(scale), data)
            if peak is not None:
                here = (peak.levels, peak.common)
                found.append(peak)
    return found


def _refined(data: Parts) -> list[_Peak]:
    """Peaks on a grid that covers where the evidence lies."""
    share = np.clip(data.lengths.sum(axis=0) / data.people.sum() * 0.6, 1e-4, 0.9)
    common = np.log(share / (1.0 - share))
    coarse = _over(data, _SPREADS, _SCALES, (np.tile(common, (len(data.lengths), 1)), common))
    if not coarse:
        return []
    best = max(coarse, key=lambda peak: peak.evidence)
    near = [peak for peak in coarse if peak.evidence > best.evidence - _NEGLIGIBLE]
    gap = float(_SPREADS[1] - _SPREADS[0])
    low = max(min(peak.spread for peak in near) - gap, 0.0)
    high = max(peak.spread for peak in near) + gap
    first, last = (f(peak.scale for peak in near) for f in (min, max))
    scales = np.geomspace(first / 1.4, last * 1.4, _FINE_SCALES)
    return _over(data, np.linspace(low, high, _FINE_SPREADS), scales, (best.levels, best.common))


def together(tables: Sequence[Overlaps], *, seed: int) -> Together | None:
    """Draw the people of all parts together.

    Args:
        tables: one per part; lists that could not list in a part are not in its table.

    Returns:
        Draws; None when no levels could be found.
    """
    data = parts_of(tables)
    peaks = _refined(data)
    if not peaks:
        return None
    logs = np.array([peak.evidence for peak in peaks])
    # Scales stand apart by a factor, so each stands for a stretch of its own length.
    mass = np.exp(logs - logs.max()) * np.array([peak.scale for peak in peaks])
    mass /= mass.sum()
    rng = np.random.default_rng(np.random.SeedSequence([seed, 61]))
    drawn = [
        _drawn(peak, int(many), data, rng)
        for peak, many in zip(peaks, rng.multinomial(_DRAWS, mass), strict=True)
        if many
    ]
    people = np.concatenate([first for first, _ in drawn], axis=1)
    shared = np.concatenate([second for _, second in drawn], axis=1)
    mixed = rng.permutation(_DRAWS)
    return Together(
        people=people[:, mixed],
        shared=shared[:, mixed],
        spread=float(mass @ [p.spread for p in peaks]),
        scale=float(mass @ [p.scale for p in peaks]),
    )


def _drawn(peak: _Peak, many: int, data: Parts, rng: np.random.Generator) -> _Step:
    """Draws of people, and of the chance of being on two lists or more, parts x draws."""
    parts, lists = peak.levels.shape
    root = np.linalg.cholesky(np.linalg.inv(peak.upper))
    shift = rng.standard_normal((many, lists)) @ root.T
    folded = np.linalg.solve(peak.inner, peak.cross)
    inner = np.linalg.cholesky(np.linalg.inv(peak.inner))
    noise = np.einsum("sji,dsi->dsj", inner, rng.standard_normal((many, parts, lists)))
    levels = peak.levels + np.einsum("sji,di->dsj", folded, shift) + noise
    people, shared = np.empty((parts, many)), np.empty((parts, many))
    for row in range(parts):
        able = np.broadcast_to(data.open[row], (many, lists))
        missed, once = seen(levels[:, row], able, peak.spread)
        known = data.people[row]
        mean = np.minimum(rng.gamma(known, 1.0, many) * missed / (1.0 - missed), 1e17)
        people[row] = known + rng.poisson(mean)
        shared[row] = np.clip(1.0 - once / (1.0 - missed), 1e-9, 1.0 - 1e-9)
    return people, shared
