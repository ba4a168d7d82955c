"""Lists of hashes, one list a mention, as two arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Lists", "joined", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The list of mention n is hashes[start[n]] to hashes[start[n + 1]]; 0 is no hash."""

    start: NDArray[np.int64]
    hashes: NDArray[np.uint64]

    @classmethod
    def of(cls, row: NDArray[np.int64], hashes: NDArray[np.uint64], count: int) -> Lists:
        """Gather hashes by the mention that each is of."""
        start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=count))])
        if len(row) and (row[1:] < row[:-1]).any():
            hashes = hashes[np.argsort(row, kind="stable")]
        return cls(start=start.astype(np.int64), hashes=np.ascontiguousarray(hashes))


def nothing(count: int) -> Lists:
    """Give each mention the same one hash, so that a product with it changes nothing."""
    return Lists(start=np.arange(count + 1, dtype=np.int64), hashes=np.ones(count, dtype=np.uint64))


def joined(*lists: Lists, count: int) -> Lists:
    """Put the lists of each mention behind each other."""
    rows = [np.repeat(np.arange(count), np.diff(each.start)) for each in lists]
    hashes = np.concatenate([each.hashes for each in lists])
    return Lists.of(np.concatenate(rows), hashes, count)
