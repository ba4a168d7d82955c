"""Sums over strata, and averages over partitions of people or imputed strata.

A sum adds draws, stratum by stratum (ST-09). An average pools draws in equal parts: the draw of
a partition is one more thing that is not known (linkage-averaging, Sadinle 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dadkhah.errors import EstimateError
from dadkhah.estimate.reasons import reason
from dadkhah.estimate.values import Answer, AtLeast, Draws, Estimate, Floats, Reason, Refusal

__all__ = ["average", "total", "variance_parts"]

_DRAWS = 4000


def _stream(seed: int, what: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence([seed, what]))


def _some(answers: Sequence[Answer]) -> None:
    if not answers:
        raise EstimateError(
            "pooling-nothing",
            "There are no answers to put together.",
            todo="Give at least one answer.",
        )


def _codes(answers: Sequence[Answer]) -> tuple[Reason, ...]:
    """Reasons of all answers, each code once."""
    found: dict[str, Reason] = {}
    for answer in answers:
        for why in getattr(answer, "reasons", ()):
            found.setdefault(why.code, why)
    return tuple(found.values())


def _drawn(answer: Answer, rng: np.random.Generator) -> Floats:
    """Draws of an answer; a refusal stands for the documented and no more."""
    if answer.draws is None:
        return np.full(_DRAWS, float(answer.documented))
    drawn = answer.draws.pooled()
    # Draws made together with other strata stay in their places, so that a sum keeps them paired.
    return drawn if answer.draws.joint and drawn.size == _DRAWS else rng.choice(drawn, _DRAWS)


def total(strata: Sequence[Answer], *, seed: int = 0, stratum: str = "all strata") -> Answer:
    """Add strata by joint draws.

    One stratum that gives only "at least", or refuses, makes the sum an "at least": its
    documented people are in the sum, its unlisted are not.

    Args:
        strata: answers for strata that share nobody, of one level.
        seed: for pairing the draws.

    Raises:
        EstimateError: pooling-nothing, pooling-levels-differ.
    """
    _some(strata)
    levels = {a.level for a in strata if not isinstance(a, Refusal)}
    if len(levels) > 1:
        raise EstimateError(
            "pooling-levels-differ",
            "The strata have intervals of different levels.",
            where=", ".join(str(level) for level in sorted(levels)),
            todo="Estimate every stratum at one level.",
        )
    rng = _stream(seed, 23)
    summed = np.sum([_drawn(a, rng) for a in strata], axis=0)
    documented = sum(a.documented for a in strata)
    first = next((a for a in strata if not isinstance(a, Refusal)), None)
    if first is None:
        return Refusal(reasons=_codes(strata), documented=documented, stratum=stratum, seed=seed,
                       assumption=strata[0].assumption, strata=tuple(strata))  # fmt: skip
    drawn = Draws(
        values=summed[None, :], seed=seed, versions=first.draws.versions if first.draws else {}
    )
    level = first.level
    if all(isinstance(a, Estimate) for a in strata):
        half = (1.0 - level) / 2.0
        low, middle, high = np.quantile(summed, [half, 0.5, 1.0 - half])
        return Estimate(
            low=float(low), middle=float(middle), high=float(high), level=level,
            documented=documented, stratum=stratum, assumption=first.assumption, seed=seed,
            notes=(reason("never-listable"),), draws=drawn, strata=tuple(strata),
        )  # fmt: skip
    return AtLeast(
        low=float(np.floor(np.quantile(summed, 1.0 - level))), level=level,
        reasons=_codes(strata), documented=documented, stratum=stratum,
        assumption=first.assumption, seed=seed, notes=(reason("never-listable"),), draws=drawn,
        strata=tuple(strata),
    )  # fmt: skip


def average(partitions: Sequence[Answer], *, seed: int = 0) -> Answer:
    """Pool answers to one question, computed from several draws of who is who.

    An interval needs an estimate from most partitions; when more than one in twenty gives only a
    bound or refuses, so does the average.

    Args:
        partitions: answers from draws of the linkage, or from imputations of missing strata.

    Raises:
        EstimateError: pooling-nothing.

    Source: Sadinle (2018), Annals of Applied Statistics 12, on linkage-averaging.
    """
    _some(partitions)
    rng = _stream(seed, 29)
    estimates = [a for a in partitions if isinstance(a, Estimate)]
    bounds = [a for a in partitions if isinstance(a, AtLeast)]
    documented = round(float(np.median([a.documented for a in partitions])))
    stratum, assumption = partitions[0].stratum, partitions[0].assumption
    if len(estimates) >= 0.95 * len(partitions):
        pooled = np.concatenate([_drawn(a, rng) for a in estimates])
        half = (1.0 - estimates[0].level) / 2.0
        low, middle, high = np.quantile(pooled, [half, 0.5, 1.0 - half])
        return Estimate(
            low=float(low), middle=float(middle), high=float(high), level=estimates[0].level,
            documented=documented, stratum=stratum, assumption=assumption, seed=seed,
            notes=estimates[0].notes, gates=estimates[0].gates,
            draws=_kept(pooled, estimates[0], seed),
        )  # fmt: skip
    if len(bounds) + len(estimates) < 0.95 * len(partitions):
        return Refusal(
            reasons=_codes(partitions), documented=documented, stratum=stratum,
            assumption=assumption, seed=seed,
        )  # fmt: skip
    said: list[Estimate | AtLeast] = [*bounds, *estimates]
    pooled = np.concatenate([_drawn(a, rng) for a in said])
    level = said[0].level
    return AtLeast(
        low=float(np.floor(np.quantile(pooled, 1.0 - level))), level=level,
        reasons=_codes(partitions), documented=documented, stratum=stratum,
        assumption=assumption, seed=seed, notes=said[0].notes, draws=_kept(pooled, said[0], seed),
    )  # fmt: skip


def _kept(pooled: Floats, like: Answer, seed: int) -> Draws:
    """Thin pooled draws to a few thousand."""
    thin = pooled[:: max(1, pooled.size // _DRAWS)]
    return Draws(
        values=thin[None, :], seed=seed, versions=like.draws.versions if like.draws else {}
    )


def variance_parts(partitions: Sequence[Answer]) -> dict[str, Any]:
    """Say how much of the width is linkage, how much model choice, how much sampling.

    Shares of the variance of the log of N, by the law of total variance: between partitions,
    between families within a partition, and within families.

    Args:
        partitions: answers with their findings; refusals are left out.
    """
    between, families, within, means = 0.0, [], [], []
    for answer in partitions:
        drawn = [
            np.log(f.draws) for f in answer.findings if f.draws is not None and f.role == "interval"
        ]
        if not drawn:
            continue
        means.append(float(np.mean([d.mean() for d in drawn])))
        families.append(float(np.var([d.mean() for d in drawn])))
        within.append(float(np.mean([d.var() for d in drawn])))
    if not means:
        return {"linkage": 0.0, "models": 0.0, "sampling": 0.0, "partitions": 0}
    between = float(np.var(means))
    parts = (between, float(np.mean(families)), float(np.mean(within)))
    whole = sum(parts) or 1.0
    return {
        "linkage": parts[0] / whole,
        "models": parts[1] / whole,
        "sampling": parts[2] / whole,
        "partitions": len(means),
    }
