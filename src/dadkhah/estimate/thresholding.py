"""Bayesian thresholding: pairs of lists tied only where the overlaps bear it out (Silverman 2020).

Made for sparse tables, where a pair of lists shares few people or none and a search among models
falls from one into the other. The steps:

1. the Poisson log-linear model with every pair is drawn from, under a normal prior on each pair's
   interaction, so that an empty overlap gives a finite posterior and not a failed fit; under a flat
   prior its interaction is minus infinity, and its cells leave the table;
2. a pair stays when the mean of its interaction is at least `THRESHOLD` standard deviations from 0;
3. the model of the pairs that stay is drawn from again, and its intercept is the log of the number
   of people on no list.

People are supposed alike but for these ties, so the answer is shown and can only forbid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from dadkhah.estimate.diagnostics import split_rhat
from dadkhah.estimate.existence import kept_cells
from dadkhah.estimate.fitting import poisson_walk
from dadkhah.estimate.hierarchy import Term, full_table, lay_out
from dadkhah.estimate.values import Finding, Floats, Overlaps

__all__ = ["FAMILY", "MOST_LISTS", "THRESHOLD", "thresholded"]

FAMILY = "pairs by threshold"
THRESHOLD = 2.0
"""Least ratio of an interaction's posterior mean to its standard deviation."""
MOST_LISTS = 8
_MAIN_VARIANCE = 1e4
_CHAINS = 4
_MOVES = 1500
_CLIMBS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """Cells x terms (intercept, lists, pairs), people per cell, and the prior's precisions."""

    design: Floats
    counts: Floats
    precision: Floats
    pairs: tuple[Term, ...]

    def density(self, place: Floats) -> float:
        """Log posterior density, up to a constant."""
        eta = np.minimum(self.design @ place, 700.0)
        return float(self.counts @ eta - np.exp(eta).sum() - 0.5 * self.precision @ place**2)

    def curve(self, place: Floats) -> Floats:
        """Negative second derivative."""
        mean = np.exp(np.minimum(self.design @ place, 700.0))
        curve: Floats = (self.design.T * mean) @ self.design + np.diag(self.precision)
        return curve


def _laid_out(table: Overlaps, pairs: Sequence[Term], variance: float) -> _Model | None:
    """The model of these pairs; None when a flat prior leaves the unseen number free."""
    if not math.isinf(variance):
        patterns, counts = full_table(table)
        on = [np.ones(len(counts)), *patterns.T, *(patterns[:, p].all(axis=1) for p in pairs)]
        design = np.array(on, dtype=float).T.copy()
        precision = np.full(design.shape[1], 1.0 / variance)
        precision[: len(table.lists) + 1] = 1.0 / _MAIN_VARIANCE
        return _Model(design=design, counts=counts, precision=precision, pairs=tuple(pairs))
    frame = lay_out(table, [frozenset(pairs)])
    rows, terms = frame.rows[0] == 1, frame.models[0] == 1
    design, counts = frame.design[rows][:, terms], frame.counts[rows]
    inner, fixed = kept_cells(design, counts)
    if not (inner.all() and fixed):
        return None
    names = [(), *((j,) for j in range(len(table.lists))), *sorted(pairs)]
    left = tuple(t for t, there in zip(names, terms, strict=True) if there and len(t) == 2)
    flat = np.full(design.shape[1], 1.0 / _MAIN_VARIANCE)
    return _Model(design=design.copy(), counts=counts, precision=flat, pairs=left)


def _peak(model: _Model) -> Floats:
    """The most probable place, by Newton's method with halved steps."""
    place = np.zeros(model.design.shape[1])
    place[0] = math.log(model.counts.mean() + 1.0)
    value = model.density(place)
    for _ in range(_CLIMBS):
        mean = np.exp(np.minimum(model.design @ place, 700.0))
        slope = model.design.T @ (model.counts - mean) - model.precision * place
        step = np.linalg.solve(model.curve(place), slope)
        step *= min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        after = model.density(place + step)
        while after < value - 1e-9 and float(np.abs(step).max()) > 1e-12:
            step *= 0.5
            after = model.density(place + step)
        place, value = place + step, after
        if float(np.abs(step).max()) < 1e-9:
            break
    return place


def _walked(model: _Model, seed: int, stage: int, moves: int) -> Floats:
    """Draws of the terms: chains x moves x terms, started apart around the peak."""
    peak = _peak(model)
    root = np.linalg.cholesky(np.linalg.inv(model.curve(peak)))
    seeds = np.random.SeedSequence([seed, 53, stage]).spawn(_CHAINS)
    chains = []
    for each in seeds:
        rng = np.random.default_rng(each)
        drawn = np.empty((moves, len(peak)))
        poisson_walk(model.design, model.counts, model.precision, peak, root, drawn, rng)
        chains.append(drawn)
    return np.array(chains)


def _staying(draws: Floats, pairs: Sequence[Term], threshold: float) -> dict[Term, float]:
    """The pairs whose interaction is far enough from none, with the ratio of mean to spread."""
    if not pairs:
        return {}
    own = draws[:, :, -len(pairs) :].reshape(-1, len(pairs))
    ratios = own.mean(axis=0) / np.maximum(own.std(axis=0, ddof=1), 1e-12)
    return {p: float(r) for p, r in zip(pairs, ratios, strict=True) if abs(r) >= threshold}


def _unseen_free(table: Overlaps, why: str) -> Finding:
    return Finding(family=FAMILY, low=table.documented, middle=math.inf, high=math.inf,
                   role="shown", detail={"why": why})  # fmt: skip


def thresholded(
    table: Overlaps,
    *,
    seed: int,
    level: float = 0.95,
    variance: float = 1.0,
    threshold: float = THRESHOLD,
    moves: int = _MOVES,
) -> Finding:
    """Estimate from the pairs of lists that the overlaps themselves tie.

    Args:
        table: tidy overlaps of three to eight lists, each naming somebody.
        variance: of the normal prior on every pair's interaction; `inf` for a flat prior.
        threshold: least mean over standard deviation of an interaction that stays.
        moves: per chain, of four.

    Returns:
        A finding with role "check"; `detail` has "ties", the pairs that stayed with their ratios.

    Source: Silverman (2020), JRSS A 183, section 4; Chan, Silverman and Vincent (2021), JASA 116,
    for the empty overlaps.
    """
    lists = len(table.lists)
    if not 3 <= lists <= MOST_LISTS:
        return _unseen_free(table, "three to eight lists")
    whole = _laid_out(table, list(combinations(range(lists), 2)), variance)
    if whole is None:
        return _unseen_free(table, "the number on no list is not fixed by these overlaps")
    staying = _staying(_walked(whole, seed, 1, moves), whole.pairs, threshold)
    emptied = [p for p in combinations(range(lists), 2) if p not in whole.pairs]
    model = _laid_out(table, sorted([*staying, *emptied]), variance)
    if model is None:
        return _unseen_free(table, "the number on no list is not fixed by these overlaps")
    logs = _walked(model, seed, 2, moves)[:, :, 0]
    rng = np.random.default_rng(np.random.SeedSequence([seed, 59]))
    people = table.documented + rng.poisson(np.exp(np.minimum(logs, 39.0))).astype(float)
    half = (1.0 - level) / 2.0
    low, middle, high = (float(q) for q in np.quantile(people, [half, 0.5, 1.0 - half]))
    rhat = split_rhat(logs)
    return Finding(
        family=FAMILY,
        role="check",
        low=low,
        middle=middle,
        high=high if high < 1e15 else math.inf,
        detail={
            "ties": [
                [table.lists[i], table.lists[j], round(ratio, 2)]
                for (i, j), ratio in staying.items()
            ],
            "threshold": threshold,
            "split_rhat": round(rhat, 4),
            "settled": rhat < 1.01,
        },
        draws=people.ravel()[:: max(1, people.size // 4000)],
    )
