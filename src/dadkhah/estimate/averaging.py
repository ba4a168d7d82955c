"""One answer over draws of who is who and of missing strata, and where its width comes from.

Each draw is a full set of strata. A table that comes up again is estimated once. The first draw is
asked of every family, the others of the two that speak. Strata are added up within a draw, draws
are pooled (Sadinle 2018; Rubin 1987), and the variance of log N is shared out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dadkhah.estimate.answer import estimate
from dadkhah.estimate.borrowing import FAMILY as BORROWED
from dadkhah.estimate.borrowing import lend
from dadkhah.estimate.families import MODELS, Progress
from dadkhah.estimate.pooling import average, total
from dadkhah.estimate.values import Answer, Floats, Overlaps
from dadkhah.estimate.verdict import SPEAKING
from dadkhah.records import Collection as ListRecord

__all__ = ["Averaged", "Draw", "estimate_draws"]

_FEWER = ("chao", "degree", "wary")
_LEAST_DRAWS = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """The strata as they are in one draw of the partition and one of the missing strata."""

    tables: tuple[Overlaps, ...]
    partition: int = 0
    imputation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Averaged:
    """The answer, the answer of every stratum, and the shares of the variance of log N."""

    answer: Answer
    strata: tuple[Answer, ...]
    width: dict[str, Any]


def estimate_draws(
    draws: Sequence[Draw],
    *,
    assumption: str,
    seed: int = 1,
    level: float = 0.95,
    models: Sequence[str] = MODELS,
    borrow: str = "",
    collections: Iterable[ListRecord] = (),
    progress: Progress | None = None,
) -> Averaged:
    """Estimate over draws of who is who and of missing strata.

    Args:
        draws: at least one; the first is the register as it stands.
        borrow: why thin strata may be judged by the others, as for `estimate`.

    Raises:
        EstimateError: pooling-nothing and those of `estimate`.
    """
    known: dict[Any, Answer] = {}
    described = list(collections)
    answers: list[tuple[Answer, ...]] = []
    for number, draw in enumerate(draws):
        parts = []
        for table in draw.tables:
            key = (table.stratum, table.lists, table.patterns, table.counts)
            if key not in known:
                known[key] = estimate(
                    table, assumption=assumption, seed=seed, level=level, collections=described,
                    models=models if number == 0 else [m for m in _FEWER if m in models],
                    draws=500 if number == 0 else _LEAST_DRAWS,
                )  # fmt: skip
            parts.append(known[key])
        answers.append(lend(draw.tables, parts, why=borrow, level=level, seed=seed))
        if progress:
            progress("draws of who is who and of strata", (number + 1) / len(draws))
    sums = [parts[0] if len(parts) == 1 else total(parts, seed=seed) for parts in answers]
    pooled = average(sums, seed=seed) if sums[1:] else sums[0] if sums else average(sums)
    first = sums[0]
    whole = replace(pooled, findings=first.findings, gates=first.gates, strata=(),
                    diagnostics=first.diagnostics)  # fmt: skip
    return Averaged(
        answer=whole,
        strata=_by_stratum(answers, seed) if len(answers[0]) > 1 else (),
        width=_width(draws, answers, seed),
    )


def _by_stratum(answers: Sequence[Sequence[Answer]], seed: int) -> tuple[Answer, ...]:
    """Each stratum's answer, pooled over the draws that have it; the first draw's evidence."""
    pooled = []
    for first in answers[0]:
        same = [part for parts in answers for part in parts if part.stratum == first.stratum]
        answer = average(same, seed=seed) if same[1:] else first
        pooled.append(
            replace(answer, findings=first.findings, gates=first.gates,
                    diagnostics=first.diagnostics)
        )  # fmt: skip
    return tuple(pooled)


def _family_sums(parts: Sequence[Answer], rng: np.random.Generator) -> Floats:
    """Log of the sum over strata, per speaking family (rows) and draw."""
    rows = []
    for name in SPEAKING:
        summed = np.zeros(1000)
        for part in parts:
            spoken = [f.draws for f in part.findings if f.family in (name, BORROWED)]
            own = spoken[-1] if spoken else None
            summed += rng.choice(own, 1000) if own is not None else float(part.documented)
        rows.append(np.log(np.maximum(summed, 1.0)))
    return np.array(rows)


def _width(draws: Sequence[Draw], answers: Sequence[Sequence[Answer]], seed: int) -> dict[str, Any]:
    """Share out the variance of log N among linkage, missing strata, models and sampling."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 47]))
    logs = [_family_sums(parts, rng) for parts in answers]
    means = np.array([log.mean() for log in logs])
    partitions = {d.partition for d in draws}
    by_partition = [
        float(np.mean([m for m, d in zip(means, draws, strict=True) if d.partition == p]))
        for p in sorted(partitions)
    ]
    within = [
        float(np.var([m for m, d in zip(means, draws, strict=True) if d.partition == p]))
        for p in sorted(partitions)
        if sum(d.partition == p for d in draws) > 1
    ]
    parts = {
        "linkage": float(np.var(by_partition)),
        "missing strata": float(np.mean(within)) if within else 0.0,
        "models": float(np.mean([log.mean(axis=1).var() for log in logs])),
        "sampling": float(np.mean([log.var(axis=1).mean() for log in logs])),
    }
    whole = sum(parts.values()) or 1.0
    return {
        **{name: part / whole for name, part in parts.items()},
        "partitions": len(partitions),
        "imputations": len({d.imputation for d in draws}),
    }
