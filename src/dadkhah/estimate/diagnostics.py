"""Do the chains agree, and how many independent draws are they worth? (ST-18)

Rank-normalised split R-hat and effective draws after Vehtari et al. (2021), as ArviZ computes
them (a test compares the two); written here because importing ArviZ takes seconds.
`to_arviz` hands the draws over for its trace and rank plots.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from scipy.stats import norm, rankdata

from dadkhah.estimate.values import Diagnostics, Draws, Floats

__all__ = ["bulk_draws", "modes", "split_rhat", "summary", "tail_draws", "to_arviz"]


_TRACED, _RANK_PARTS = 120, 20


def _split(draws: Floats) -> Floats:
    """Cut every chain in two, so that a drifting chain disagrees with itself."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_scores(draws: Floats) -> Floats:
    ranks = rankdata(draws, method="average").reshape(draws.shape)
    scores: Floats = norm.ppf((ranks - 0.375) / (draws.size + 0.25))
    return scores


def _rhat(draws: Floats) -> float:
    length = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean()
    between = length * draws.mean(axis=1).var(ddof=1)
    if within <= 0.0:
        return 1.0 if between <= 0.0 else float("inf")
    return float(np.sqrt(((length - 1) / length * within + between / length) / within))


def split_rhat(draws: Floats) -> float:
    """How far the half-chains disagree; 1 when they do not.

    Args:
        draws: (chains, draws).

    Source: Vehtari et al. (2021), Bayesian Analysis 16, section 4: the larger of bulk and tail.
    """
    halves = _split(draws)
    folded = np.abs(halves - np.median(halves))
    return max(_rhat(_normal_scores(halves)), _rhat(_normal_scores(folded)))


def _effective(draws: Floats) -> float:
    """Independent draws that would tell as much (Geyer's monotone sequence)."""
    chains, length = draws.shape
    centred = draws - draws.mean(axis=1, keepdims=True)
    padded = 1 << (2 * length - 1).bit_length()
    power = np.abs(np.fft.rfft(centred, padded, axis=1)) ** 2
    covariance = np.fft.irfft(power, padded, axis=1)[:, :length] / length
    within = covariance[:, 0].mean() * length / (length - 1)
    total = within * (length - 1) / length
    if chains > 1:
        total += draws.mean(axis=1).var(ddof=1)
    if total <= 0.0:
        return float(draws.size)
    rho = 1.0 - (within - covariance.mean(axis=0)) / total
    rho[0] = 1.0
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0.0)
    kept = np.minimum.accumulate(pairs[: negative[0] if negative.size else None])
    time = max(-1.0 + 2.0 * float(kept.sum()), 1.0 / np.log10(draws.size))
    return float(draws.size / time)


def bulk_draws(draws: Floats) -> float:
    """Effective draws for the middle of the distribution."""
    return _effective(_normal_scores(_split(draws)))


def tail_draws(draws: Floats) -> float:
    """Effective draws for the 5% and 95% points, the smaller of the two."""
    halves = _split(draws)
    ends = np.quantile(draws, [0.05, 0.95])
    return min(_effective((halves <= end).astype(float)) for end in ends)


def modes(draws: Floats, *, apart: float = 1.5, share: float = 0.05) -> tuple[float, ...]:
    """Find separate answers: peaks of log N at least a factor `apart`, with a deep valley between.

    Args:
        draws: numbers of people, any shape.
        share: least share of the draws that a peak must hold.
    """
    logs = np.log(np.ravel(draws))
    if np.ptp(logs) < np.log(apart):
        return (float(np.exp(np.median(logs))),)
    counts, edges = np.histogram(logs, bins=80)
    smooth = np.convolve(counts, np.ones(5) / 5, "same")
    middle = 0.5 * (edges[1:] + edges[:-1])
    found: list[int] = []
    for first, last in _rises(smooth):
        peak = first + int(np.argmax(smooth[first:last]))
        valley = smooth[found[-1] : peak].min() if found else 0.0
        # A shoulder of a long tail is no answer of its own: a valley must lie before it.
        deep = smooth[peak] >= 2.0 * valley
        if deep and smooth[first:last].sum() >= share * counts.sum():
            found.append(peak)
    places = middle[found]
    far = [m for i, m in enumerate(places) if i == 0 or m - places[i - 1] >= np.log(apart)]
    return tuple(float(np.exp(m)) for m in far)


def _rises(smooth: Floats) -> list[tuple[int, int]]:
    """Stretches that stay above a fifth of their own peak, left to right."""
    left, found = 0, []
    while left < smooth.size:
        right = left
        while right < smooth.size and smooth[right] >= 0.2 * smooth[left : right + 1].max():
            right += 1
        found.append((left, max(right, left + 1)))
        left = max(right, left + 1)
        while left < smooth.size - 1 and smooth[left] >= smooth[left + 1]:
            left += 1
    return found


def summary(people: Floats, predictive: dict[str, float] | None = None) -> Diagnostics:
    """Put the diagnostics of draws of N on one page."""
    logs = np.log(people)
    return Diagnostics(
        split_rhat=round(split_rhat(logs), 4),
        bulk_draws=round(bulk_draws(logs), 1),
        tail_draws=round(tail_draws(logs), 1),
        chains=people.shape[0],
        draws=people.shape[1],
        modes=modes(people),
        predictive=predictive or {},
        trace=_trace(people),
        ranks=_ranks(people),
    )


def _trace(people: Floats) -> tuple[tuple[float, ...], ...]:
    """Each chain at equal steps."""
    kept = np.linspace(0, people.shape[1] - 1, min(_TRACED, people.shape[1])).astype(int)
    return tuple(tuple(float(x) for x in row) for row in people[:, kept])


def _ranks(people: Floats) -> tuple[tuple[int, ...], ...]:
    """Rank histograms, one per chain (Vehtari et al. 2021, section 4)."""
    ranked = rankdata(people, method="ordinal").reshape(people.shape)
    parts = np.minimum((ranked - 1) * _RANK_PARTS // people.size, _RANK_PARTS - 1).astype(int)
    return tuple(tuple(np.bincount(row, minlength=_RANK_PARTS).tolist()) for row in parts)


def to_arviz(draws: Draws) -> Any:
    """Hand the draws to ArviZ, whose trace and rank plots need no more than this."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # ArviZ announces its next version on import
        import arviz
    return arviz.from_dict(posterior={"people": draws.values})
