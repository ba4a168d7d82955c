"""Times of birth and death, each an interval of days, compared by their bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.fields import UNSAID

__all__ = ["Span", "birth_levels", "death_levels", "interval_gap", "spans"]

Levels = NDArray[np.int8]
Rows = NDArray[np.int64]
_DAY_NULL: Final = np.iinfo(np.int32).min
_NARROW_BIRTH_DAYS: Final = 3 * 366
_YEAR_DAYS: Final = 366
_NEAR_BIRTH_DAYS: Final = 731
_NARROW_DEATH_DAYS: Final = 62
_NEAR_DEATH_DAYS: Final = 14
_FIGURES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An interval of days per mention, the least of all numbers where none is said.

    `figures` are the eight of the first day, year before month before day, one row each.
    """

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    figures: NDArray[np.uint8]


def spans(table: pl.DataFrame, event: str) -> Span:
    """Read the interval of a birth or a death."""
    first, last = table[f"{event}_earliest"], table[f"{event}_latest"]
    day = first.dt
    number = day.year().cast(pl.Int64) * 10_000 + day.month().cast(pl.Int64) * 100 + day.day()
    figures = np.zeros((len(first), _FIGURES), dtype=np.uint8)
    if first.count():
        rest = number.fill_null(0).to_numpy().copy()
        for place in reversed(range(_FIGURES)):
            rest, figures[:, place] = np.divmod(rest, 10)
    return Span(first=_days(first), last=_days(last), figures=figures)


def _days(column: pl.Series) -> NDArray[np.int32]:
    return column.cast(pl.Int32).fill_null(_DAY_NULL).to_numpy()


def interval_gap(
    interval: Span, left: Rows, right: Rows
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Give the days between two intervals (0 when they touch), the wider width, and what is said.

    Source: DOMAIN, CA-11: order and overlap use bounds.
    """
    first, last = (side.astype(np.int64) for side in (interval.first[left], interval.last[left]))
    others = interval.first[right].astype(np.int64), interval.last[right].astype(np.int64)
    both = (np.minimum(first, others[0]) > _DAY_NULL) & (np.minimum(last, others[1]) > _DAY_NULL)
    starts, ends = np.maximum(first, others[0]), np.minimum(last, others[1])
    width = np.maximum(last - first, others[1] - others[0]) + 1
    return np.maximum(starts - ends, 0), width, both


def birth_levels(birth: Span, left: Rows, right: Rows) -> Levels:
    """Compare times of birth by their bounds; two days may differ by a slip of the pen."""
    gap, width, said = interval_gap(birth, left, right)
    near = np.where(gap <= _YEAR_DAYS, 2, np.where(gap <= _NEAR_BIRTH_DAYS, 1, 0))
    apart = np.flatnonzero(said & (gap > 0) & (width == 1))
    near[apart] = np.maximum(near[apart], 3 * _day_slips(birth.figures, left[apart], right[apart]))
    overlap = np.where(width == 1, 6, np.where(width <= _NARROW_BIRTH_DAYS, 5, 4))
    levels = np.where(gap == 0, overlap, near)
    return np.where(said, levels, UNSAID).astype(np.int8)


def _day_slips(figures: NDArray[np.uint8], left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Mark days whose figures differ in one, or in two neighbours that were swapped, or whose day
    and month were."""
    one, two = figures[left], figures[right]
    unlike = one != two
    count = unlike.sum(axis=1)
    swapped = (one[:, :-1] == two[:, 1:]) & (one[:, 1:] == two[:, :-1])
    beside = (unlike[:, :-1] & unlike[:, 1:] & swapped).any(axis=1)
    turned = (one[:, 4:6] == two[:, 6:]).all(axis=1) & (one[:, 6:] == two[:, 4:6]).all(axis=1)
    turned &= ~unlike[:, :4].any(axis=1)
    return np.asarray((count <= 1) | ((count == 2) & beside) | turned, dtype=np.bool_)


def death_levels(death: Span, left: Rows, right: Rows) -> Levels:
    """Compare times of death; two wide periods that overlap (a year and a year) say nothing."""
    gap, width, said = interval_gap(death, left, right)
    near = np.where(gap <= _NEAR_DEATH_DAYS, 1, 0)
    overlap = np.where(width == 1, 3, np.where(width <= _NARROW_DEATH_DAYS, 2, UNSAID))
    return np.where(said, np.where(gap == 0, overlap, near), UNSAID).astype(np.int8)
