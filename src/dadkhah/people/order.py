"""Which pair to ask first, by its chance: the one whose answer moves the estimate most."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.draws import Partitions

__all__ = ["importance", "pair_chances"]


def importance(pairs: pl.DataFrame, table: pl.DataFrame, drawn: Partitions) -> NDArray[np.float64]:
    """Say how much the answer to each pair is expected to move the estimate.

    The doubt of a pair is p (1 - p), p being its share of the draws. An answer moves a person from
    or to the overlap of two lists: of lists with n and k entries that share m, the estimate of
    two lists, n k / m, moves by n k / m^2. Within one list an answer moves the count by one; a
    mention on no list moves neither, and its pair comes last, the likeliest first.

    Args:
        pairs: columns left, right, probability. table: of features.

    Source: Sadinle 2018 (linkage-averaging); Chapman's m + 1 keeps it finite.
    """
    lists = dict(table.select("id", "collection").iter_rows())
    sizes = dict(table.filter(~pl.col("unidentified"))["collection"].value_counts().iter_rows())
    chance = pair_chances(pairs, drawn)
    ends = [
        tuple(sorted((lists.get(a) or "", lists.get(b) or "")))
        for a, b in pairs.select("left", "right").iter_rows()
    ]
    shared: dict[tuple[str, ...], float] = {}
    for end, p in zip(ends, chance, strict=True):
        shared[end] = shared.get(end, 0.0) + float(p)
    moves = [_moves(end, sizes, shared[end]) for end in ends]
    return np.asarray(chance * (1 - chance) * np.array(moves) + 1e-6 * chance, dtype=np.float64)


def _moves(end: tuple[str, ...], sizes: dict[str, int], shared: float) -> float:
    one, two = end
    if not one or not two:
        return 0.0
    return 1.0 if one == two else max(1.0, sizes[one] * sizes[two] / (shared + 1) ** 2)


def pair_chances(pairs: pl.DataFrame, drawn: Partitions) -> NDArray[np.float64]:
    """Give the chance that each pair is one person when its whole group is weighed.

    That is its share of the draws. A pair with a mention that is in no group keeps the probability
    that its own fields give.

    Args:
        pairs: columns left, right, probability.
    """
    place = drawn.place()
    left = np.array([place.get(each, -1) for each in pairs["left"].to_list()], dtype=np.int64)
    right = np.array([place.get(each, -1) for each in pairs["right"].to_list()], dtype=np.int64)
    chance = pairs["probability"].to_numpy().astype(np.float64)
    known = (left >= 0) & (right >= 0)
    if known.any():
        same = drawn.labels[:, left[known]] == drawn.labels[:, right[known]]
        chance[known] = same.mean(axis=0)
    return chance
