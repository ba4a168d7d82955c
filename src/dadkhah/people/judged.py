"""Pairs that people judged, as training sees them: their levels, and whether they are one person.

Source: Larsen and Rubin 2001, "Iterative automated record linkage using mixture models": pairs that
were reviewed enter expectation-maximisation as known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.comparison import Encoded, compare_pairs
from dadkhah.people.judgements import effective
from dadkhah.records import Judgement

__all__ = ["Judged", "read_judged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The levels of each judged pair, and whether a person found it one person."""

    levels: Mapping[str, NDArray[np.int8]]
    same: NDArray[np.bool_]


def read_judged(
    table: pl.DataFrame, encoded: Encoded, judgements: Iterable[Judgement]
) -> Judged | None:
    """Compare the pairs that people judged "same" or "different"; None where there are none.

    What a person left unsure teaches nothing, and neither does what nobody named is judged to be.
    """
    decided = [
        each
        for each in effective(judgements)
        if not each.by_machine and each.decision in ("same", "different")
    ]
    row = _rows(table, {end for each in decided for end in (each.left, each.right)})
    known = [
        (row[each.left], row[each.right], each.decision == "same")
        for each in decided
        if each.left in row and each.right in row
    ]
    if not known:
        return None
    left, right, same = (np.array(column) for column in zip(*known, strict=True))
    ends = np.minimum(left, right).astype(np.int64), np.maximum(left, right).astype(np.int64)
    return Judged(levels=compare_pairs(encoded, *ends), same=same.astype(np.bool_))


def _rows(table: pl.DataFrame, mentions: Collection[str]) -> dict[str, int]:
    """Find the rows of these mentions, those that nobody named left out."""
    asked = pl.col("id").is_in(list(mentions)) & ~pl.col("unidentified")
    found = table.select("id", "unidentified").with_row_index().filter(asked)
    return dict(found.select("id", "index").iter_rows())
