"""One interface: overlaps in, one of three honest answers out."""

from __future__ import annotations

import math
import platform
from collections.abc import Callable, Collection, Iterable, Mapping
from importlib import metadata

import numpy as np

from dadkhah import __version__
from dadkhah.errors import EstimateError
from dadkhah.estimate.chao import lower_bound
from dadkhah.estimate.decomposable import decomposable
from dadkhah.estimate.diagnostics import summary
from dadkhah.estimate.gates import gates as test_gates
from dadkhah.estimate.kinds import kinds, prior_overlap
from dadkhah.estimate.latent import LatentPrior, Posterior, sample, settled
from dadkhah.estimate.loglinear import MOST_LISTS, average
from dadkhah.estimate.overlaps import tidy
from dadkhah.estimate.predictive import predictive_checks
from dadkhah.estimate.reasons import reason
from dadkhah.estimate.sensitivity import WARY
from dadkhah.estimate.tempering import temper
from dadkhah.estimate.values import (
    Answer,
    AtLeast,
    Diagnostics,
    Draws,
    Estimate,
    Finding,
    Gate,
    Overlaps,
    Reason,
    Refusal,
)
from dadkhah.estimate.verdict import WARY_FAMILY, Verdict, decide
from dadkhah.records import Collection as ListRecord

__all__ = ["MODELS", "estimate", "versions"]

MODELS = ("chao", "log-linear", "graphs", "latent")
Progress = Callable[[str, float], None]
_MOST_ROUNDS = 3


def versions() -> dict[str, str]:
    """Versions that a reproduction of the draws needs."""
    names = ("numpy", "scipy", "numba")
    return {
        "dadkhah": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in names},
    }


def estimate(
    overlaps: Overlaps,
    *,
    seed: int,
    assumption: str,
    level: float = 0.95,
    models: Collection[str] = MODELS,
    chains: int = 4,
    draws: int = 1000,
    collections: Iterable[ListRecord] | Mapping[str, ListRecord] = (),
    progress: Progress | None = None,
) -> Answer:
    """Say how many people there are, listed and unlisted, as honestly as the lists allow.

    Args:
        overlaps: people per pattern of independent lists, for one stratum.
        seed: the same seed, versions and overlaps give the same answer.
        assumption: the written identifying assumption (ST-15): why, in this case, the lists can
            tell of the unlisted. It is shown wherever the answer is.
        level: of the interval, or of the one-sided bound.
        models: families to ask, of `MODELS`; an interval needs "latent" and one more (ST-11).
        draws: per chain, at the least; more are taken until the chains agree.
        collections: the lists' records, for the gate on their description.
        progress: told what is running and how far (0 to 1).

    Raises:
        EstimateError: estimate-assumption-missing, estimate-setting-bad and those of `tidy`.
    """
    _check(assumption, level, models, chains, draws, seed)
    table = tidy(overlaps)
    passed = test_gates(table, collections)
    if _stopped(passed, "everything"):
        return _refuse(table, passed, assumption, seed)
    table = _without_empty(table)
    findings, diagnostics = _ask(table, seed, level, models, chains, draws, progress)
    verdict = decide(table, findings, passed, diagnostics, level=level, seed=seed)
    return _answer(table, verdict, passed, diagnostics, assumption, seed, level)


def _check(
    assumption: str, level: float, models: Collection[str], chains: int, draws: int, seed: int
) -> None:
    """Refuse settings that no estimate can use."""
    if not assumption.strip():
        raise EstimateError(
            "estimate-assumption-missing",
            "An estimate needs a written identifying assumption.",
            todo="Write why these lists, in this case, can tell of people on none of them.",
        )
    unknown = sorted(set(models) - set(MODELS))
    if unknown or not models:
        raise EstimateError(
            "estimate-setting-bad",
            "These model families are not known." if unknown else "No model family was named.",
            where=", ".join(unknown),
            todo=f"Choose among {', '.join(MODELS)}.",
        )
    if not 0.5 <= level < 1.0 or chains < 2 or draws < 50 or seed < 0:
        raise EstimateError(
            "estimate-setting-bad",
            f"level {level}, chains {chains}, draws {draws} or seed {seed} cannot be used.",
            todo="level from 0.5 to below 1, 2 chains or more of 50 draws or more, seed from 0.",
        )


def _stopped(gates: tuple[Gate, ...], what: str) -> tuple[Reason, ...]:
    """The failed gates that forbid this much."""
    return tuple(g.reason() for g in gates if not g.passed and g.stops == what)


def _without_empty(table: Overlaps) -> Overlaps:
    """Leave out lists that name nobody here; they tell nothing and the gate has said so."""
    full = [j for j, size in enumerate(table.sizes()) if size]
    if len(full) == len(table.lists):
        return table
    return tidy(
        Overlaps(
            lists=tuple(table.lists[j] for j in full),
            patterns=tuple(tuple(p[j] for j in full) for p in table.patterns),
            counts=table.counts,
            stratum=table.stratum,
            structural_zeros=table.structural_zeros,
            merged=table.merged,
        )
    )


def _ask(
    table: Overlaps, seed: int, level: float, models: Collection[str], chains: int, draws: int,
    progress: Progress | None,
) -> tuple[tuple[Finding, ...], Diagnostics | None]:  # fmt: skip
    """Ask every family; the bound is always asked."""
    tell = progress or _silent
    found = [lower_bound(table, level=level)]
    tell("lower bound", 1.0)
    if "log-linear" in models and len(table.lists) <= MOST_LISTS:
        found.append(average(table, seed=seed, level=level, resamples=300))
        tell("log-linear", 1.0)
    if "graphs" in models and 3 <= len(table.lists) <= 5:
        found.append(decomposable(table, seed=seed, level=level))
        tell("graphs", 1.0)
    if "latent" not in models:
        return tuple(found), None
    plain = _settle(table, seed, chains, draws, LatentPrior(), progress)
    wary = _settle(table, seed + 1, chains, draws, WARY, progress)
    found.append(_finding("latent classes", plain, table, level, LatentPrior(), seed))
    found.append(_finding(WARY_FAMILY, wary, table, level, WARY, seed))
    checks = predictive_checks(plain, table, classes=LatentPrior().classes, seed=seed)
    return tuple(found), summary(plain.people, checks)


def _silent(what: str, share: float) -> None:
    """Tell nobody."""


def _settle(
    table: Overlaps, seed: int, chains: int, draws: int, prior: LatentPrior,
    progress: Progress | None,
) -> Posterior:  # fmt: skip
    """Run until the chains agree, doubling the draws; then, if they do not, temper them."""
    posterior = sample(table, seed=seed, chains=chains, draws=draws, prior=prior, progress=progress)
    for turn in range(1, _MOST_ROUNDS):
        if settled(posterior):
            return posterior
        posterior = sample(
            table, seed=seed, chains=chains, draws=draws * 2**turn, prior=prior,
            resume=posterior, progress=progress,
        )  # fmt: skip
    if settled(posterior):
        return posterior
    return temper(table, seed=seed, chains=chains, draws=2 * draws, prior=prior, progress=progress)


def _finding(family: str, posterior: Posterior, table: Overlaps, level: float,
             prior: LatentPrior, seed: int) -> Finding:  # fmt: skip
    """Sum a posterior up; the draws are thinned to a few thousand."""
    people, lists = posterior.people, len(table.lists)
    half = (1.0 - level) / 2.0
    low, middle, high = np.quantile(people, [half, 0.5, 1.0 - half])
    flat = people.ravel()
    page = summary(people)
    return Finding(
        family=family,
        low=float(low),
        middle=float(middle),
        high=float(high) if high < 1e15 else math.inf,
        detail={
            "split_rhat": page.split_rhat,
            "bulk_draws": page.bulk_draws,
            "modes": page.modes,
            "settled": page.split_rhat < 1.01 and page.bulk_draws >= 400,
            "prior_overlap": prior_overlap(people, table.documented, prior, lists, seed=seed),
            **kinds(posterior.states, lists, prior.classes),
        },
        draws=flat[:: max(1, flat.size // 4000)],
    )


def _refuse(table: Overlaps, gates: tuple[Gate, ...], assumption: str, seed: int) -> Refusal:
    """Refuse because of gates."""
    return Refusal(
        reasons=_stopped(gates, "everything"),
        documented=table.documented,
        stratum=table.stratum,
        assumption=assumption,
        seed=seed,
        gates=gates,
        notes=(reason("never-listable"),),
    )


def _answer(
    table: Overlaps, verdict: Verdict, gates: tuple[Gate, ...], diagnostics: Diagnostics | None,
    assumption: str, seed: int, level: float,
) -> Answer:  # fmt: skip
    """Dress the verdict as one of the three answers."""
    drawn = None
    if verdict.draws is not None:
        drawn = Draws(values=verdict.draws, seed=seed, versions=versions())
    reasons = (*_stopped(gates, "interval"), *verdict.reasons)
    notes = (*verdict.notes, reason("never-listable"))
    if verdict.kind == "estimate":
        return Estimate(
            low=verdict.low, middle=verdict.middle, high=verdict.high, level=level,
            documented=table.documented, stratum=table.stratum, assumption=assumption, seed=seed,
            findings=verdict.findings, gates=gates, notes=notes, diagnostics=diagnostics,
            draws=drawn,
        )  # fmt: skip
    if verdict.kind == "at-least":
        return AtLeast(
            low=verdict.low, level=level, reasons=reasons, documented=table.documented,
            stratum=table.stratum, assumption=assumption, seed=seed, findings=verdict.findings,
            gates=gates, notes=notes, diagnostics=diagnostics, draws=drawn,
        )  # fmt: skip
    return Refusal(
        reasons=reasons, documented=table.documented, stratum=table.stratum,
        assumption=assumption, seed=seed, findings=verdict.findings, gates=gates, notes=notes,
        diagnostics=diagnostics,
    )  # fmt: skip
