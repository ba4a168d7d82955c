"""Pairs of which little more than the names is said: one slip of the pen apart, or alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from dadkhah import names
from dadkhah.people.fields import FIELDS

__all__ = ["SAYS_MORE", "asked_by_name", "bare", "one_slip"]

# What a mention may say besides its name; one that says none of it is bare.
SAYS_MORE: Final = (
    "father", "age_low", "birth_earliest", "birth_latest", "death_earliest", "death_latest",
    "place", "affiliation",
)  # fmt: skip
SHORTEST: Final = 5
MOST_EACH: Final = 5
_DOUBTFUL: Final = FIELDS["name"].agrees - 1
Levels = NDArray[np.int8]
Rows = NDArray[np.integer]


def one_slip(table: pl.DataFrame, left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Mark pairs whose names differ by one letter: left out, put in, another, or two swapped.

    Letters are counted as folded, spaces aside, in one script; shorter names than five letters
    are not asked, since there one letter makes another name.

    Source: optimal string alignment (Damerau 1964).
    """
    rows, ends = np.unique(np.concatenate([left, right]), return_inverse=True)
    folded = [names.fold(name) if name else "" for name in table["name"].gather(rows).to_list()]
    number = {text: place for place, text in enumerate(dict.fromkeys(folded))}
    row = np.array([number[text] for text in folded], dtype=np.int64)[ends]
    texts = np.array(list(number), dtype=object)
    long = np.array([len(text) >= SHORTEST for text in number], dtype=np.bool_)
    a, b = row[: len(left)], row[len(left) :]
    asked = np.flatnonzero(long[a] & long[b] & (a != b)) if len(left) else np.array([], np.int64)
    found = np.zeros(len(left), dtype=np.bool_)
    if len(asked):
        steps = cpdist(texts[a[asked]], texts[b[asked]], scorer=OSA.distance, score_cutoff=1)
        found[asked] = steps <= 1
    return found


def bare(table: pl.DataFrame) -> NDArray[np.bool_]:
    """Mark the mentions that say nothing but a name: most of those that a text only touches."""
    said = pl.any_horizontal(*(pl.col(name).is_not_null() for name in SAYS_MORE))
    return table.select(~said & ~pl.col("unidentified")).to_series().to_numpy()


def asked_by_name(
    table: pl.DataFrame,
    left: Rows,
    right: Rows,
    of: NDArray[np.int32],
    name_of: Levels,
    veto_of: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Mark the pairs that a person must look at although only the names speak.

    One side at least is bare, the names are alike or one slip apart, and nothing speaks against.
    The model cannot tell such pairs from namesakes, so that it gives them little; of each bare
    mention the closest five are asked.

    Args:
        of: the pattern of each pair; `name_of` and `veto_of` are of patterns.
    """
    silent = bare(table)
    near = np.flatnonzero((silent[left] | silent[right]) & ~veto_of[of])
    slip = one_slip(table, left[near], right[near])
    name = name_of[of[near]]
    kept = (name >= _DOUBTFUL) | slip
    near, closeness = near[kept], np.maximum(name, slip * _DOUBTFUL)[kept]
    found = np.zeros(len(left), dtype=np.bool_)
    found[near[_closest(silent, left[near], right[near], closeness)]] = True
    return found


def _closest(
    silent: NDArray[np.bool_], left: Rows, right: Rows, closeness: Sequence[int] | Levels
) -> Rows:
    """Give the places of the closest few pairs of each bare mention."""
    place = np.arange(len(left))
    sides = pl.DataFrame(
        {
            "mention": np.concatenate([left, right]),
            "pair": np.concatenate([place, place]),
            "close": np.concatenate([closeness, closeness]).astype(np.int64),
        }
    ).filter(pl.Series(silent[np.concatenate([left, right])]))
    best = sides.sort("close", descending=True, maintain_order=True).group_by(
        "mention", maintain_order=True
    )
    return best.head(MOST_EACH)["pair"].unique().sort().to_numpy()
