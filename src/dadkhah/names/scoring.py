"""Scores in bulk: one name against a table, or pairs of rows of two tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.errors import NameTextError
from dadkhah.names import kernels
from dadkhah.names.alignment import (
    CACHE_SIZE,
    JOIN_SKIP,
    LONGEST,
    MOST,
    MOST_SYMBOLS,
    ROWS,
    SCALE,
    TURN_SKIP,
)
from dadkhah.names.symbols import GAP, WITHIN
from dadkhah.names.table import KIND_NUMBER, Frequencies, NameTable, encode
from dadkhah.names.weights import weights

__all__ = ["features", "kernel_weights", "run", "score_one", "score_pairs", "table_arrays"]

# What it costs, in nats, that one name has a word of this kind and the other has none.
_SKIPS: Final = {
    "given": 4.0, "family": 5.0, "nisba": 2.5, "unknown": 5.0, "kunya": 2.0, "patronymic": 1.5,
    "nom_de_guerre": 1.2, "initial": 3.5, "honorific": 1.0, "title": 0.5,
}  # fmt: skip
# What it costs that words are joined or parted, and that they stand in another order.
_JOINED: Final = 0.3
_TURNED: Final = 1.0

Arrays = tuple[NDArray[np.generic], ...]


@cache
def kernel_weights(counted: bool) -> Arrays:
    """Give the weights as the kernels take them: odds, skips, decisions.

    The decisions are of names in two scripts, of Latin ones, of Arabic ones, end to end; what was
    not learned for one script is as across the scripts.

    Args:
        counted: whether rarity was counted; what a sum of evidence means depends on it.
    """
    loaded = weights()
    skips = np.zeros(len(KIND_NUMBER) + 2, dtype=np.float32)
    for kind, cost in _SKIPS.items():
        skips[KIND_NUMBER[kind]] = cost
    skips[JOIN_SKIP], skips[TURN_SKIP] = _JOINED, _TURNED
    knot = "knot counted" if counted else "knot"
    wanted = [(name, 0.0) for name in (*kernels.FEATURES, "constant")]
    wanted += [(f"{knot} {at:g}", at) for at in kernels.KNOTS]
    decision = np.array(
        [loaded.decision.get(f"{script}{name}", loaded.decision.get(name, usual))
         for script in ("", "latin ", "arabic ") for name, usual in wanted], dtype=np.float32,
    )  # fmt: skip
    odds = np.rint(loaded.log_odds * SCALE).astype(np.int16)
    return *_gains(odds), np.rint(skips * SCALE).astype(np.int32), decision


def _gains(odds: NDArray[np.int16]) -> Arrays:
    """Give what two symbols gain over leaving both out, and what that costs, by `Model`."""
    gaps = np.stack([odds[GAP], odds[WITHIN]]).astype(np.int32)
    gains = odds - gaps[:, :, None] - gaps[:, None, :]
    gains[:, GAP] = gains[:, :, GAP] = 0
    peaks = gains[:, :, 1:WITHIN].max(axis=2)
    return gains.astype(np.int16), gaps, np.maximum(peaks, 0).astype(np.int32)


def work_room() -> Arrays:
    """Make the arrays that a run of the kernel works in (`alignment.Room`)."""
    return (
        np.empty(LONGEST + 1, dtype=np.int32), np.empty(MOST * MOST, dtype=np.int32),
        np.empty(ROWS * ROWS, dtype=np.int32),
        np.zeros(ROWS * ROWS, dtype=np.uint8), np.full(CACHE_SIZE, -1, dtype=np.int64),
        np.empty(CACHE_SIZE, dtype=np.int32), np.empty(MOST, dtype=np.int32),
        np.empty(2 * MOST_SYMBOLS, dtype=np.uint8),
    )  # fmt: skip


def table_arrays(table: NameTable) -> Arrays:
    """Give a table as the tuple of arrays that the kernels take."""
    return table.codes, table.words, table.names, table.worth


def _rows(index: NDArray[np.integer], table: NameTable) -> NDArray[np.int64]:
    """Check row numbers before a kernel trusts them."""
    rows = np.ascontiguousarray(index, dtype=np.int64)
    if rows.ndim != 1 or (len(rows) and (rows.min() < 0 or rows.max() >= len(table))):
        raise NameTextError(
            "name-row-missing",
            f"A row number lies outside the table of {len(table):,} names.",
            todo="Give row numbers from 0 to the length of the table, in one dimension.",
        )
    return rows


def _checked(
    left: NameTable, left_index: NDArray[np.integer], right: NameTable,
    right_index: NDArray[np.integer],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:  # fmt: skip
    """Check both sides of a list of pairs."""
    lefts, rights = _rows(left_index, left), _rows(right_index, right)
    if len(lefts) != len(rights):
        raise NameTextError(
            "name-pairs-uneven",
            f"{len(lefts):,} left rows stand against {len(rights):,} right rows.",
            todo="Give one right row for each left row.",
        )
    return lefts, rights


def score_pairs(
    left_table: NameTable, left_index: NDArray[np.integer], right_table: NameTable,
    right_index: NDArray[np.integer],
) -> NDArray[np.float32]:  # fmt: skip
    """Score pairs of rows, each as `compare` would.

    Args:
        left_table, left_index: a table, and one row number of it per pair.
        right_table, right_index: the same for the other side; may be the same table.

    Returns: one score in 0..1 per pair; 0 where a name is unidentified or empty.

    Raises:
        NameTextError: a row outside its table (`name-row-missing`), or lists of unequal length
            (`name-pairs-uneven`).
    """
    return run(left_table, left_index, right_table, right_index, wanted=False).scores


def features(
    left_table: NameTable, left_index: NDArray[np.integer], right_table: NameTable,
    right_index: NDArray[np.integer],
) -> NDArray[np.float32]:  # fmt: skip
    """Give what the score is made of: one row per pair, columns as in `kernels.FEATURES`."""
    return run(left_table, left_index, right_table, right_index, wanted=True).features


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of the kernel gives: scores, features if wanted, steps of the last pair."""

    scores: NDArray[np.float32]
    features: NDArray[np.float32]
    steps: NDArray[np.int32]


def run(
    left_table: NameTable, left_index: NDArray[np.integer], right_table: NameTable,
    right_index: NDArray[np.integer], *, wanted: bool,
) -> Run:  # fmt: skip
    """Run the kernel over checked pairs."""
    lefts, rights = _checked(left_table, left_index, right_table, right_index)
    scores = np.zeros(len(lefts), dtype=np.float32)
    rows = len(lefts) if wanted else 0
    found = np.zeros((rows, len(kernels.FEATURES)), dtype=np.float32)
    path = np.zeros((2 * MOST, 4), dtype=np.int32)
    decided = kernel_weights(left_table.counted and right_table.counted)
    count = kernels.run_pairs(
        table_arrays(left_table), lefts, table_arrays(right_table), rights, decided,
        work_room(), scores, found, path,
    )  # fmt: skip
    return Run(scores=scores, features=found, steps=path[:count][::-1])


def score_one(
    table: NameTable, text: str, frequencies: Frequencies | None = None
) -> NDArray[np.float32]:
    """Score one name against every row of a table.

    Args:
        table: the names looked through.
        text: the name looked for, in any script.
        frequencies: those the table was encoded with, if any.

    Returns: one score in 0..1 per row.
    """
    alone = encode([text], frequencies)
    rights = np.arange(len(table), dtype=np.int64)
    return score_pairs(alone, np.zeros(len(table), dtype=np.int64), table, rights)
