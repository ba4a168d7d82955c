"""When chains do not agree: replicas at flatter likelihoods that swap places (parallel tempering).

Two answers that a chain cannot walk between are then visited in their right proportion, or, when
even this does not settle, are reported as two.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from dadkhah.estimate.latent import (
    Chain,
    LatentPrior,
    Posterior,
    Progress,
    data_of,
    posterior_of,
    workspace,
)
from dadkhah.estimate.moves import hamiltonian_chain, tempered_chain
from dadkhah.estimate.sweeps import allocate
from dadkhah.estimate.values import Floats, Overlaps

__all__ = ["temper"]

POWERS = 0.7 ** np.arange(8.0)
_REACH = 40
_SWEEPS = 2
_TUNING_MOVES = 200
_BLOCKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ladder:
    """One ladder of replicas."""

    table: Overlaps
    prior: LatentPrior

    def climb(self, rng: np.random.Generator, rounds: int) -> tuple[Chain, Floats, Floats]:
        """Tune every replica, then run; the sharp replica's values and kept states."""
        data, work = data_of(self.table), workspace(self.table, self.prior.classes)
        size = self.prior.classes * (len(self.table.lists) + 1) - 1
        states, steps = np.empty((POWERS.size, size)), np.empty(POWERS.size)
        whole = (self.prior.numbers(), self.prior.classes, 1.0)
        for r, power in enumerate(POWERS):
            state = rng.normal(size=size)
            for _ in range(50):
                allocate(state, data, whole, work, rng)
            model = (self.prior.numbers(), self.prior.classes, float(power))
            never = 10**9 if r else _SWEEPS
            steps[r] = hamiltonian_chain(
                state, np.empty((_TUNING_MOVES, 3)), np.empty((0, size)), 0.1, _REACH, never,
                data, model, work, rng, True,
            )  # fmt: skip
            states[r] = state
        burn = np.empty((rounds // 4, 3))
        tempered_chain(states, burn, steps, POWERS, _REACH, _SWEEPS, data, whole, work, rng)
        values, kept = np.empty((rounds, 3)), []
        for block in np.array_split(values, _BLOCKS):
            tempered_chain(states, block, steps, POWERS, _REACH, _SWEEPS, data, whole, work, rng)
            kept.append(states[0].copy())
        return Chain(state=states[0].copy(), step=float(steps[0]), rng=rng), values, np.array(kept)


def temper(
    table: Overlaps,
    *,
    seed: int,
    chains: int = 4,
    draws: int = 2000,
    prior: LatentPrior | None = None,
    threads: int = 2,
    progress: Progress | None = None,
) -> Posterior:
    """Draw the number of people with parallel tempering; about eight times the work of `sample`.

    Args:
        as for `sample`.
    """
    ladder = _Ladder(table=table, prior=prior or LatentPrior())
    seeds = np.random.SeedSequence([seed, 31]).spawn(chains)

    def one(index: int) -> tuple[Chain, Floats, Floats]:
        climbed = ladder.climb(np.random.default_rng(seeds[index]), draws)
        if progress:
            progress("latent classes, tempered", (index + 1) / chains)
        return climbed

    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(one, range(chains)))
    values = np.array([v for _, v, _ in done])
    states = np.concatenate([kept for _, _, kept in done])
    return posterior_of(table, [chain for chain, _, _ in done], values, states)
