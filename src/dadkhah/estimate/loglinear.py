"""Log-linear models: every hierarchical model up to an order, or a stepwise search beyond.

A model is judged before it is believed: its maximum must exist and the number of people on no
list must be fixed by it (`existence`). Models are averaged by AIC or BIC, and a bootstrap fits
and weighs them anew on every resampled table, so the interval knows that a choice was made.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.stats import chi2

from dadkhah.estimate.hierarchy import (
    Frame,
    Model,
    Term,
    closed,
    fit_frame,
    full_table,
    hierarchical_models,
    lay_out,
    verified,
)
from dadkhah.estimate.values import Finding, Floats, Overlaps

__all__ = ["MOST_LISTS", "Fitted", "average", "fit", "stepwise"]

MOST_LISTS = 10
_PATH_MODELS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """One model's fit: interactions, people in all, deviance, weights' ingredients."""

    interactions: tuple[Term, ...]
    people: float
    deviance: float
    parameters: int
    freedom: int
    aic: float
    bic: float
    identified: bool

    @property
    def fits(self) -> float:
        """Chance of a deviance this large if the model were true; 1 when nothing is left free."""
        return float(chi2.sf(self.deviance, self.freedom)) if self.freedom > 0 else 1.0


def _scores(frame: Frame, deviances: Floats, people: float) -> tuple[Floats, Floats]:
    """AIC and BIC per table and model; BIC counts people, as log-linear practice does."""
    parameters = frame.models.sum(axis=1)
    return deviances + 2.0 * parameters, deviances + math.log(people) * parameters


def fit(
    table: Overlaps, models: Sequence[Iterable[Term]], *, checked: bool = True
) -> tuple[Fitted, ...]:
    """Fit log-linear models given by their interactions, lower orders added.

    Args:
        table: tidy overlaps of at most `MOST_LISTS` lists.
        models: each a set of tuples of list positions, such as {(0, 1), (1, 2)}.
        checked: test each for existence and identifiability; slow with many empty cells.
    """
    frame = lay_out(table, [closed(m) for m in models])
    frame = verified(frame) if checked else frame
    intercepts, deviances = fit_frame(frame, frame.counts[None, :])
    aic, bic = _scores(frame, deviances, table.documented)
    sizes = frame.models.sum(axis=1)
    return tuple(
        Fitted(
            interactions=tuple(sorted(frame.names[m], key=lambda t: (len(t), t))),
            people=table.documented + math.exp(min(intercepts[0, m], 700.0)),
            deviance=float(deviances[0, m]),
            parameters=int(sizes[m]),
            freedom=int(frame.rows[m].sum() - sizes[m]),
            aic=float(aic[0, m]),
            bic=float(bic[0, m]),
            identified=bool(np.isfinite(deviances[0, m])),
        )
        for m in range(len(models))
    )


def _candidates(table: Overlaps, order: int) -> tuple[Model, ...]:
    lists = len(table.lists)
    if lists <= 4:
        return hierarchical_models(lists, order)
    if lists == 5:
        return hierarchical_models(lists, 2)
    return _path(table)


def _path(table: Overlaps) -> tuple[Model, ...]:
    """Models met on the way when pair interactions are added one by one, and their neighbours.

    A pair that shares nobody has no finite interaction and is never added; the other conditions
    of existence are tested on the models that are kept.
    """
    patterns, counts = full_table(table)
    pairs = [
        p for p in combinations(range(len(table.lists)), 2)
        if (counts * patterns[:, p].all(axis=1)).sum() > 0
    ]  # fmt: skip
    current: Model = frozenset()
    scores = {current: fit(table, [current], checked=False)[0].bic}
    while grown := [current | {p} for p in pairs if p not in current]:
        tried = fit(table, grown, checked=False)
        scores |= {m: f.bic for m, f in zip(grown, tried, strict=True) if f.identified}
        top = min(grown, key=lambda m: scores.get(m, math.inf))
        if scores.get(top, math.inf) > scores[current]:
            break
        current = top
    less = [current - {p} for p in current]
    scores |= {
        m: f.bic for m, f in zip(less, fit(table, less, checked=False), strict=True) if f.identified
    }
    return tuple(sorted(scores, key=lambda m: scores[m])[:_PATH_MODELS])


def _weights(scores: Floats) -> Floats:
    """Model weights per table; a model without a fit has none."""
    filled = np.where(np.isfinite(scores), scores, np.inf)
    least = filled.min(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        raw = np.exp(-0.5 * (filled - least))
    raw = np.nan_to_num(raw)
    weights: Floats = raw / np.maximum(raw.sum(axis=1, keepdims=True), 1e-300)
    return weights


def average(
    table: Overlaps,
    *,
    seed: int,
    level: float = 0.95,
    criterion: str = "bic",
    order: int = 3,
    resamples: int = 400,
    window: int = 60,
) -> Finding:
    """Average log-linear models, with a bootstrap that fits and weighs them anew each time.

    Args:
        criterion: "aic" or "bic".
        order: most lists in one interaction, for up to four lists; pairs beyond.
        resamples: bootstrap tables, each giving one draw.
        window: models kept, best first.

    Returns:
        A finding whose draws hold model choice and sampling; infinite when no model has a
        finite answer.

    Source: Fienberg (1972); Buckland, Burnham and Augustin (1997) for the averaging.
    """
    pick = 0 if criterion == "aic" else 1
    candidates = lay_out(table, _candidates(table, order))
    # Ranked twice: the test of existence is slow, so only the best are put to it.
    frame = _best(verified(_best(candidates, pick, window)), pick, window)
    family = f"log-linear {criterion}"
    if not frame.names:
        return Finding(family=family, low=table.documented, middle=math.inf, high=math.inf,
                       detail={"models": len(candidates.names)})  # fmt: skip
    draws = _bootstrap(frame, seed, resamples if len(table.lists) < 6 else resamples // 2, pick)
    half = (1.0 - level) / 2.0
    low, middle, high = np.quantile(draws, [half, 0.5, 1.0 - half])
    return Finding(
        family=family,
        role="check",
        low=float(low),
        middle=float(middle),
        high=float(high),
        detail={"models": len(candidates.names), **_leading(table, frame, pick)},
        draws=draws,
    )


def _best(frame: Frame, pick: int, window: int) -> Frame:
    """The models of a frame that have a fit, best first, at most `window`."""
    deviances = fit_frame(frame, frame.counts[None, :])[1]
    scores = _scores(frame, deviances, frame.counts.sum())[pick][0]
    ranked = np.argsort(np.where(np.isfinite(scores), scores, np.inf), kind="stable")
    return frame.only(ranked[np.isfinite(scores[ranked])][:window])


def _leading(table: Overlaps, frame: Frame, pick: int) -> dict[str, object]:
    """What a report says of the average and of the best model."""
    intercepts, deviances = fit_frame(frame, frame.counts[None, :])
    weights = _weights(_scores(frame, deviances, frame.counts.sum())[pick])[0]
    people = table.documented + np.exp(np.minimum(intercepts[0], 700.0))
    freedom = int(frame.rows[0].sum() - frame.models[0].sum())
    return {
        "averaged": float(weights @ people),
        "best": [[table.lists[j] for j in t] for t in sorted(frame.names[0])],
        "best_people": float(people[0]),
        "best_weight": float(weights[0]),
        "best_fits": float(chi2.sf(deviances[0, 0], freedom)) if freedom > 0 else 1.0,
    }


def _bootstrap(frame: Frame, seed: int, resamples: int, pick: int) -> Floats:
    """One draw of N per resampled table: refit, reweigh, draw a model, draw the unseen."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 7]))
    tables = rng.poisson(frame.counts, (resamples, frame.counts.size)).astype(float)
    intercepts, deviances = fit_frame(frame, tables)
    scores = _scores(frame, deviances, frame.counts.sum())[pick]
    weights = _weights(scores)
    chosen = (weights.cumsum(axis=1) < rng.random((resamples, 1))).sum(axis=1)
    chosen = np.minimum(chosen, weights.shape[1] - 1)
    unseen = np.exp(np.minimum(intercepts[np.arange(resamples), chosen], 36.0))
    unseen = np.where(np.isfinite(unseen), unseen, np.exp(36.0))
    draws: Floats = frame.counts.sum() + rng.poisson(unseen).astype(float)
    return draws


def stepwise(table: Overlaps, *, criterion: str = "aic", threshold: float = 0.02) -> Fitted:
    """Add pair interactions one by one while they help.

    Args:
        criterion: "aic", "bic", or "p": add the pair with the smallest likelihood-ratio p-value
            while it is below `threshold` (Silverman's sparse-table rule, 0.02).

    Source: Chan, Silverman and Vincent (2021), Journal of Official Statistics 37.
    """
    pairs = list(combinations(range(len(table.lists)), 2))
    now = fit(table, [frozenset()])[0]
    while True:
        grown = [
            f for f in fit(table, [frozenset(now.interactions) | {p} for p in pairs
                                   if p not in now.interactions])
            if f.identified
        ]  # fmt: skip
        if not grown:
            return now
        if criterion == "p":
            top = min(grown, key=lambda f: f.deviance)
            helps = chi2.sf(now.deviance - top.deviance, 1) < threshold
        else:
            top = min(grown, key=lambda f: getattr(f, criterion))
            helps = getattr(top, criterion) < getattr(now, criterion)
        if not helps:
            return now
        now = top
