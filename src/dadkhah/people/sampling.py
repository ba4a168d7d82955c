"""Pairs at random: what two people look like beside each other when no key brought them there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.blocking import Candidates
from dadkhah.people.settings import LinkageSettings

__all__ = ["Others", "sample_others"]

MOST: Final = 200_000
# Up to so many pairs, all are compared: those of some two thousand mentions, in seconds.
EVERY: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """A sample of pairs that are no candidates, or all of them, and how many pairs there are in
    all."""

    pairs: tuple[NDArray[np.int64], NDArray[np.int64]]
    total: float


def sample_others(table: pl.DataFrame, candidates: Candidates, settings: LinkageSettings) -> Others:
    """Draw pairs of named mentions at random, leaving out the candidates; of few take all.

    Pairs within a collection that lists nobody twice are not part of the population.
    """
    named = np.flatnonzero(~table["unidentified"].to_numpy())
    sole = table["collection"].is_in(list(settings.no_duplicates)).to_numpy()
    collection = table["collection"].rank("dense").to_numpy()
    total = _pairs_in_all(collection[named], sole[named])
    every = total <= EVERY
    left, right = _all(named) if every else _at_random(named, settings.seed)
    low, high = np.minimum(left, right), np.maximum(left, right)
    apart = (low != high) & ~(sole[low] & (collection[low] == collection[high]))
    code = np.unique(low[apart] * table.height + high[apart])
    if every:
        known = candidates.left.astype(np.int64) * table.height + candidates.right
        code = np.setdiff1d(code, known, assume_unique=True)
    else:
        code = code[~_candidates(candidates, code // table.height, code % table.height)]
    return Others(
        pairs=(code // table.height, code % table.height),
        total=total,
    )


def _all(named: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    one, two = np.triu_indices(len(named), 1)
    return named[one], named[two]


def _at_random(named: NDArray[np.int64], seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    return rng.choice(named, MOST), rng.choice(named, MOST)


def _candidates(
    found: Candidates, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark the pairs that are candidates; these lie in order, so that few need be looked at."""
    first = np.searchsorted(found.left, left.astype(np.int32), side="left")
    end = np.searchsorted(found.left, left.astype(np.int32), side="right")
    return np.array(
        [b in found.right[a:z] for a, z, b in zip(first, end, right, strict=True)], dtype=np.bool_
    )


def _pairs_in_all(collection: NDArray[np.integer], sole: NDArray[np.bool_]) -> float:
    count = float(len(collection))
    _, sizes = np.unique(collection[sole], return_counts=True)
    return count * (count - 1) / 2 - float((sizes * (sizes - 1) / 2).sum())
