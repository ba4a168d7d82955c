"""What the answer rests on: one list fewer, other priors, the prior alone (ST-19)."""

from __future__ import annotations

from typing import Any

import numpy as np

from dadkhah.estimate.kinds import prior_overlap
from dadkhah.estimate.latent import LatentPrior, sample
from dadkhah.estimate.loglinear import MOST_LISTS, average
from dadkhah.estimate.overlaps import MOST_MODELLED, drop_list, join_smallest
from dadkhah.estimate.values import Floats, Overlaps

__all__ = ["PRIORS", "WARY", "sensitivity"]

WARY = LatentPrior(yes=0.5, no=2.0)
"""A second prior on rates, which expects most kinds of people to be hard to list."""

PRIORS = {
    "stated: rates even, few kinds": LatentPrior(),
    "rates low": WARY,
    "more kinds": LatentPrior(a=1.0, b=0.5),
    "rates near the middle": LatentPrior(yes=2.0, no=2.0),
    "at most five kinds": LatentPrior(classes=5),
}


def _row(people: Floats, level: float) -> dict[str, float]:
    half = (1.0 - level) / 2.0
    low, middle, high = np.quantile(people, [half, 0.5, 1.0 - half])
    return {"low": float(low), "middle": float(middle), "high": float(high)}


def sensitivity(
    table: Overlaps, *, seed: int, level: float = 0.95, draws: int = 600
) -> dict[str, Any]:
    """Estimate again without each list, and under each of `PRIORS`.

    Args:
        table: tidy overlaps; of more than ten lists the smallest are taken together.
        draws: per chain, four chains; enough for a panel.

    Returns:
        "without_list": per list, the latent classes' and the log-linear interval without it,
        and the people it alone names; "priors": an interval per prior, with "prior_overlap",
        the share of it that was there before any list was read.
    """
    table = join_smallest(table, MOST_MODELLED)
    without: dict[str, Any] = {}
    for name in table.lists if len(table.lists) > 2 else ():
        less = drop_list(table, name)
        if not less.documented:
            continue
        posterior = sample(less, seed=seed, draws=draws)
        without[name] = {
            "documented": less.documented,
            "only_here": table.documented - less.documented,
            "latent classes": _row(posterior.people, level),
        }
        if len(less.lists) <= MOST_LISTS:
            found = average(less, seed=seed, level=level, resamples=100)
            without[name]["log-linear"] = {
                "low": found.low, "middle": found.middle, "high": found.high,
            }  # fmt: skip
    priors = {}
    for name, prior in PRIORS.items():
        people = sample(table, seed=seed, draws=draws, prior=prior).people
        priors[name] = _row(people, level) | {
            "prior_overlap": prior_overlap(
                people, table.documented, prior, len(table.lists), seed=seed
            )
        }
    return {"without_list": without, "priors": priors}
