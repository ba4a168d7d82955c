"""What kept states say of kinds of people: how unlike they were, and the cells they imply."""

from __future__ import annotations

import numpy as np

from dadkhah.estimate.latent import LatentPrior
from dadkhah.estimate.values import Floats, Overlaps

__all__ = ["UNEVEN", "cell_chances", "kinds", "prior_overlap"]

_PRIOR_DRAWS = 2000
UNEVEN = 0.5
"""Half the people three times as easy to list as the other half."""


def _shares(states: Floats, lists: int, classes: int) -> tuple[Floats, Floats]:
    """Share of each kind, and log of its chance to be on no list, at each kept state."""
    start = classes - 1
    sticks = np.exp(np.minimum(states[:, :start], 30.0))
    behind = np.concatenate([np.zeros((len(states), 1)), sticks.cumsum(axis=1)], axis=1)
    log_share = -behind
    log_share[:, :start] += np.log(np.maximum(-np.expm1(-sticks), 1e-300))
    logits = states[:, start:].reshape(len(states), lists, classes)
    return log_share, -np.logaddexp(0.0, logits).sum(axis=1)


def kinds(states: Floats, lists: int, classes: int) -> dict[str, float]:
    """How unlike people were: what the kept states say of kinds and their chance of being seen.

    Returns:
        "mostly_missed": share of people in kinds more likely missed than listed;
        "unevenness": coefficient of variation, over people, of the expected number of lists;
        both posterior means; "uneven_chance": posterior chance that it is above `UNEVEN`.
    """
    log_share, quiet = _shares(states, lists, classes)
    share = np.exp(log_share)
    seen = -np.expm1(quiet)
    rates = states[:, classes - 1 :].reshape(len(states), lists, classes)
    expected = (1.0 / (1.0 + np.exp(-rates))).sum(axis=1)
    mean = (share * expected).sum(axis=1)
    spread = np.sqrt((share * (expected - mean[:, None]) ** 2).sum(axis=1))
    uneven = spread / mean
    return {
        "mostly_missed": float((share * (seen < 0.5)).sum(axis=1).mean()),
        "unevenness": float(uneven.mean()),
        "uneven_chance": float((uneven > UNEVEN).mean()),
    }


def prior_overlap(
    people: Floats, documented: int, prior: LatentPrior, lists: int, *, seed: int
) -> float:
    """How far the answer is what was assumed before looking (the prior-only run of ST-19).

    Args:
        people: posterior draws of N.

    Returns:
        The area that prior and posterior of log(N / documented) share: 1 when the lists added
        nothing. The prior is drawn straight, without chains.
    """
    rng = np.random.default_rng(np.random.SeedSequence([seed, 37]))
    alpha = rng.gamma(prior.a, 1.0 / prior.b, (_PRIOR_DRAWS, 1))
    left = rng.random((_PRIOR_DRAWS, prior.classes - 1)) ** (1.0 / np.maximum(alpha, 1e-12))
    behind = np.concatenate([np.ones((_PRIOR_DRAWS, 1)), np.cumprod(left, axis=1)], axis=1)
    share = behind * np.concatenate([1.0 - left, np.ones((_PRIOR_DRAWS, 1))], axis=1)
    rates = rng.beta(prior.yes, prior.no, (_PRIOR_DRAWS, lists, prior.classes))
    seen = 1.0 - (share * np.prod(1.0 - rates, axis=1)).sum(axis=1)
    before = -np.log(np.maximum(seen, 1e-12))
    after = np.log(np.ravel(people) / documented)
    edges = np.unique(np.quantile(before, np.linspace(0.0, 1.0, 21)))
    edges[0], edges[-1] = -np.inf, np.inf
    parts = [np.histogram(x, edges)[0] / x.size for x in (before, after)]
    return float(np.minimum(*parts).sum())


def cell_chances(states: Floats, table: Overlaps, classes: int) -> Floats:
    """Chance of every pattern of the table, given being seen, at each kept state.

    Returns:
        States x patterns.
    """
    log_share, quiet = _shares(states, len(table.lists), classes)
    logits = states[:, classes - 1 :].reshape(len(states), len(table.lists), classes)
    quiet = quiet + log_share
    on = np.array(table.patterns, dtype=float)
    cells = np.exp(np.einsum("pj,sjk->spk", on, logits) + quiet[:, None, :]).sum(axis=2)
    seen = np.exp(log_share).sum(axis=1) - np.exp(quiet).sum(axis=1)
    chances: Floats = cells / seen[:, None]
    return chances
