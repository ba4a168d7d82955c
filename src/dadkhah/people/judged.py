"""Pairs that people judged, as training sees them: their levels, and whether they are one person.

Source: Larsen and Rubin 2001, "Iterative automated record linkage using mixture models": pairs that
were reviewed enter expectation-maximisation as known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    named = table.filter(~pl.col("unidentified"))["id"].to_list()
    rows = dict(zip(table["id"].to_list(), range(table.height), strict=True))
    known = {mention: rows[mention] for mention in named}
    decided = [
        (known[each.left], known[each.right], each.decision == "same")
        for each in effective(judgements)
        if not each.by_machine
        and each.decision in ("same", "different")
        and each.left in known
        and each.right in known
    ]
    if not decided:
        return None
    left, right, same = (np.array(column) for column in zip(*decided, strict=True))
    ends = np.minimum(left, right).astype(np.int64), np.maximum(left, right).astype(np.int64)
    return Judged(levels=compare_pairs(encoded, *ends), same=same.astype(np.bool_))
