"""Bayesian latent classes: the number of people when kinds of people differ in every list.

Model (Manrique-Vallier 2016): up to `classes` kinds with stick-breaking shares, concentration
alpha ~ Gamma(a, b); within a kind, lists are independent with rates ~ Beta(1, 1) unless
stated; p(N) = 1/N. The sampler is `kernels`; this page sets it up, runs chains in threads, and
turns what they saw into draws of N.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dadkhah.estimate.diagnostics import bulk_draws, split_rhat
from dadkhah.estimate.moves import hamiltonian_chain
from dadkhah.estimate.sweeps import allocate
from dadkhah.estimate.values import Floats, Overlaps

__all__ = [
    "Chain",
    "LatentPrior",
    "Posterior",
    "data_of",
    "posterior_of",
    "prefix_tree",
    "sample",
    "settled",
    "workspace",
]

Progress = Callable[[str, float], None]
_BURN_SWEEPS = 100
_TUNING_MOVES = 300
_KEPT_STATES = 100
_LARGE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentPrior:
    """What is assumed before looking: concentration Gamma(a, b), rates Beta(yes, no)."""

    a: float = 0.25
    b: float = 0.25
    yes: float = 1.0
    no: float = 1.0
    classes: int = 10

    def numbers(self) -> Floats:
        """The four hyperparameters in the order the kernel wants."""
        return np.array([self.a, self.b, self.yes, self.no])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Where a chain is, and what it needs to go on: it can be stopped and resumed."""

    state: Floats
    step: float
    rng: np.random.Generator


_Walked = tuple[Chain, Floats, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What the chains saw: draws of N, the log density and seen share, one row per chain."""

    people: Floats
    density: Floats
    seen: Floats
    acceptance: float
    chains: tuple[Chain, ...]
    states: Floats


def prefix_tree(table: Overlaps) -> tuple[npt.NDArray[np.int64], Floats]:
    """Write patterns as a tree whose every node adds one list to its parent.

    Returns:
        Nodes as (parent, list added), root first, and people per node.
    """
    place: dict[tuple[int, ...], int] = {(): 0}
    nodes, counts = [(0, 0)], [0.0]
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        on = tuple(j for j, x in enumerate(pattern) if x)
        for depth in range(1, len(on) + 1):
            if on[:depth] not in place:
                place[on[:depth]] = len(nodes)
                nodes.append((place[on[: depth - 1]], on[depth - 1]))
                counts.append(0.0)
        counts[place[on]] += count
    return np.array(nodes, dtype=np.int64), np.array(counts)


_Work = tuple[Floats, Floats, Floats, Floats, Floats, Floats, Floats, tuple[Floats, ...]]
_Data = tuple[npt.NDArray[np.int64], Floats, float, Floats]


def _dense(table: Overlaps) -> Floats:
    """People per pattern numbered by its bits, when most patterns are there; else nothing."""
    lists = len(table.lists)
    if not 5 <= lists <= 14 or 3 * len(table.patterns) < 2**lists:
        return np.zeros(0)
    people = np.zeros(2**lists)
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        people[sum(x << j for j, x in enumerate(pattern))] = count
    return people


def workspace(table: Overlaps, classes: int) -> _Work:
    """Scratch arrays of the kernels, one set per chain."""
    lists, nodes, dense = len(table.lists), len(prefix_tree(table)[0]), _dense(table)
    if dense.size:
        cells = (np.zeros((classes, dense.size)), np.zeros((1, dense.size)),
                 np.zeros(dense.size), dense)  # fmt: skip
    else:
        cells = (np.zeros((nodes, classes)), np.zeros((nodes, classes)), np.zeros(0), dense)
    flat = [np.zeros(classes) for _ in range(5)]
    square = [np.zeros((lists, classes)) for _ in range(2)]
    return flat[0], flat[1], square[0], square[1], flat[2], flat[3], flat[4], cells


def data_of(table: Overlaps) -> _Data:
    """What the kernels read of a table."""
    tree, counts = prefix_tree(table)
    return tree, counts, float(counts.sum()), _spread(table)


def _spread(table: Overlaps) -> Floats:
    """A typical p(1 - p) per list, the scale of what one person tells about a rate."""
    share = np.array(table.sizes(), dtype=float) / max(table.documented, 1) / 1.5
    return np.clip(share * (1.0 - share), 1e-4, 0.25)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One chain's fixed setting."""

    table: Overlaps
    prior: LatentPrior
    power: float
    reach: int
    sweeps: int

    def model(self) -> tuple[Floats, int, float]:
        """What the kernels read of the setting."""
        return self.prior.numbers(), self.prior.classes, self.power

    def walk(self, chain: Chain, moves: int, tuning: bool) -> _Walked:
        """Move a chain on; the chain, rows of density, seen share, acceptance, and kept states."""
        state, values = chain.state.copy(), np.empty((moves, 3))
        kept = np.empty((0 if tuning else min(_KEPT_STATES, moves), state.size))
        step = hamiltonian_chain(
            state, values, kept, chain.step, self.reach, self.sweeps, data_of(self.table),
            self.model(), workspace(self.table, self.prior.classes), chain.rng, tuning,
        )  # fmt: skip
        return Chain(state=state, step=step, rng=chain.rng), values, kept

    def start(self, rng: np.random.Generator) -> Chain:
        """Begin far from anything in particular, sweep, and tune the step."""
        lists, classes = len(self.table.lists), self.prior.classes
        data, work = data_of(self.table), workspace(self.table, classes)
        state = rng.normal(size=classes - 1 + lists * classes)
        for _ in range(_BURN_SWEEPS):
            allocate(state, data, self.model(), work, rng)
        chain = Chain(state=state, step=0.1, rng=rng)
        return self.walk(chain, _TUNING_MOVES, tuning=True)[0]


def sample(
    table: Overlaps,
    *,
    seed: int,
    chains: int = 4,
    draws: int = 2000,
    prior: LatentPrior | None = None,
    power: float = 1.0,
    reach: int | None = None,
    sweeps: int | None = None,
    threads: int = 2,
    resume: Posterior | None = None,
    progress: Progress | None = None,
) -> Posterior:
    """Draw the number of people from the latent-class posterior.

    Args:
        table: tidy overlaps.
        seed: the same seed gives the same draws, whatever the number of threads.
        draws: moves kept per chain, after tuning.
        power: 1 for the posterior, 0 for the prior on the rates alone.
        reach: most leapfrog steps per move; 80, or 100 on large tables, when not given.
        sweeps: a Gibbs sweep every so many moves, which lets empty classes come and go; 3, or 15
            on large tables, where a sweep costs more than a move.
        resume: go on from where these chains stopped; `seed` is then not used.
        progress: told what is running and how far (0 to 1).

    Source: Manrique-Vallier (2016), Biometrics 72; Neal (2011) for Hamiltonian moves.
    """
    large = len(table.patterns) > _LARGE
    run = _Run(
        table=table,
        prior=prior or LatentPrior(),
        power=power,
        reach=reach or (100 if large else 80),
        sweeps=sweeps or (15 if large else 3),
    )
    seeds = np.random.SeedSequence(seed).spawn(chains)
    before = resume.chains if resume else (None,) * chains

    def one(index: int) -> _Walked:
        chain = before[index] or run.start(np.random.default_rng(seeds[index]))
        walked = run.walk(chain, draws, tuning=False)
        if progress:
            progress("latent classes", (index + 1) / len(before))
        return walked

    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(one, range(len(before))))
    states = np.concatenate([kept for _, _, kept in done])
    chained = [chain for chain, _, _ in done]
    return posterior_of(table, chained, np.array([v for _, v, _ in done]), states)


def posterior_of(table: Overlaps, chains: list[Chain], values: Floats, states: Floats) -> Posterior:
    """Draw N given each seen share: n plus a negative binomial."""
    seen = np.clip(values[:, :, 1], 1e-12, 1.0)
    known = float(table.documented)
    unseen = np.empty_like(seen)
    for row, chain in enumerate(chains):
        odds = (1.0 - seen[row]) / seen[row]
        mean = np.minimum(chain.rng.gamma(known, 1.0, odds.size) * odds, 1e17)
        unseen[row] = chain.rng.poisson(mean)
    return Posterior(
        people=known + unseen,
        density=values[:, :, 0],
        seen=seen,
        acceptance=float(values[:, :, 2].mean()),
        chains=tuple(chains),
        states=states,
    )


def settled(posterior: Posterior, *, rhat: float = 1.01, draws: float = 400.0) -> bool:
    """Say whether the chains agree and hold enough independent draws of log N (ST-18)."""
    logs = np.log(posterior.people)
    return split_rhat(logs) < rhat and bulk_draws(logs) >= draws
