"""The families of models, each asked the same question of one table."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from dadkhah.estimate.chao import lower_bound
from dadkhah.estimate.decomposable import decomposable
from dadkhah.estimate.diagnostics import summary
from dadkhah.estimate.graded import graded
from dadkhah.estimate.kinds import kinds, prior_overlap
from dadkhah.estimate.latent import LatentPrior, Posterior, sample, settled
from dadkhah.estimate.loglinear import MOST_LISTS, average
from dadkhah.estimate.predictive import predictive_checks
from dadkhah.estimate.sensitivity import WARY
from dadkhah.estimate.tempering import temper
from dadkhah.estimate.thresholding import MOST_LISTS as MOST_TIED
from dadkhah.estimate.thresholding import thresholded
from dadkhah.estimate.values import Diagnostics, Finding, Overlaps
from dadkhah.estimate.verdict import SPEAKING, WARY_FAMILY

__all__ = ["MODELS", "Asking", "Progress", "ask"]

MODELS = ("chao", "log-linear", "graphs", "threshold", "degree", "latent", "wary")
Progress = Callable[[str, float], None]
_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How the families are asked: as for `estimate`."""

    seed: int
    level: float
    models: tuple[str, ...]
    chains: int
    draws: int
    progress: Progress | None = None

    def tell(self, what: str, share: float) -> None:
        """Say what is running and how far."""
        if self.progress:
            self.progress(what, share)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    """A family that needs no chains of latent classes, and the most lists it takes."""

    called: str
    most: int
    find: Callable[..., Finding]


_PLAIN = {
    "log-linear": _Plain(
        called="log-linear", most=MOST_LISTS, find=partial(average, resamples=300)
    ),
    "graphs": _Plain(called="graphs", most=5, find=decomposable),
    "threshold": _Plain(called="pairs by threshold", most=MOST_TIED, find=thresholded),
    "degree": _Plain(called="ease by degree", most=60, find=graded),
}


def ask(table: Overlaps, how: Asking) -> tuple[tuple[Finding, ...], Diagnostics | None]:
    """Ask every family; the bound is always asked."""
    found = [lower_bound(table, level=how.level)]
    how.tell("lower bound", 1.0)
    for name, family in _PLAIN.items():
        if name in how.models and len(table.lists) <= family.most:
            found.append(family.find(table, seed=how.seed, level=how.level))
            how.tell(family.called, 1.0)
    diagnostics = None
    if "latent" in how.models:
        plain = _settle(table, how, how.seed, LatentPrior())
        found.append(_finding("latent classes", plain, table, how, LatentPrior()))
        diagnostics = _checked(plain, LatentPrior(), table, how)
    if "wary" in how.models:
        wary = _settle(table, how, how.seed + 1, WARY)
        found.append(_finding(WARY_FAMILY, wary, table, how, WARY))
        diagnostics = _checked(wary, WARY, table, how)
    return tuple(found), diagnostics


def _checked(posterior: Posterior, prior: LatentPrior, table: Overlaps, how: Asking) -> Diagnostics:
    """Diagnostics with posterior predictive checks."""
    checks = predictive_checks(posterior, table, classes=prior.classes, seed=how.seed)
    return summary(posterior.people, checks)


def _settle(table: Overlaps, how: Asking, seed: int, prior: LatentPrior) -> Posterior:
    """Run until the chains agree, doubling the draws; then, if they do not, temper them."""
    chains, draws, progress = how.chains, how.draws, how.progress
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
    draws = max(2 * draws, 1000)
    return temper(table, seed=seed, chains=chains, draws=draws, prior=prior, progress=progress)


def _finding(
    family: str, posterior: Posterior, table: Overlaps, how: Asking, prior: LatentPrior
) -> Finding:
    """Sum a posterior up; the draws are thinned to a few thousand."""
    people, lists = posterior.people, len(table.lists)
    half = (1.0 - how.level) / 2.0
    low, middle, high = np.quantile(people, [half, 0.5, 1.0 - half])
    flat = people.ravel()
    page = summary(people)
    return Finding(
        family=family,
        low=float(low),
        middle=float(middle),
        high=float(high) if high < 1e15 else math.inf,
        role="interval" if family in SPEAKING else "check",
        detail={
            "split_rhat": page.split_rhat,
            "bulk_draws": page.bulk_draws,
            "modes": page.modes,
            "settled": page.split_rhat < 1.01 and page.bulk_draws >= 400,
            "prior_overlap": prior_overlap(people, table.documented, prior, lists, seed=how.seed),
            **kinds(posterior.states, lists, prior.classes),
        },
        draws=flat[:: max(1, flat.size // 4000)],
    )
