"""Times of birth and death, each an interval of days, compared by their bounds."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.fields import UNSAID

__all__ = ["birth_levels", "days", "death_levels"]

Levels = NDArray[np.int8]
Rows = NDArray[np.int64]
Interval = tuple[NDArray[np.int64], NDArray[np.int64]]
_DAY_NULL: Final = np.iinfo(np.int32).min
_NARROW_BIRTH_DAYS: Final = 3 * 366
_NEAR_BIRTH_DAYS: Final = 731
_NARROW_DEATH_DAYS: Final = 62
_NEAR_DEATH_DAYS: Final = 14


def days(column: pl.Series) -> NDArray[np.int64]:
    """Give days as numbers, a date that is not said as the least of all."""
    return column.cast(pl.Int32).fill_null(_DAY_NULL).cast(pl.Int64).to_numpy()


def _interval_gap(
    interval: Interval, left: Rows, right: Rows
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Give the days between two intervals (0 when they touch), the wider width, and what is said.

    Source: DOMAIN, CA-11: order and overlap use bounds.
    """
    first, last = interval
    said = (first != _DAY_NULL) & (last != _DAY_NULL)
    both = said[left] & said[right]
    starts = np.maximum(first[left], first[right])
    ends = np.minimum(last[left], last[right])
    width = np.maximum(last[left] - first[left], last[right] - first[right]) + 1
    return np.maximum(starts - ends, 0), width, both


def birth_levels(birth: Interval, left: Rows, right: Rows) -> Levels:
    """Compare times of birth by their bounds; two days may differ by a slip of the pen."""
    gap, width, said = _interval_gap(birth, left, right)
    near = np.where(gap <= _NEAR_BIRTH_DAYS, 1, 0)
    apart = np.flatnonzero(said & (gap > 0) & (width == 1))
    near[apart] = np.maximum(near[apart], 2 * _day_slips(birth[0], left[apart], right[apart]))
    overlap = np.where(width == 1, 5, np.where(width <= _NARROW_BIRTH_DAYS, 4, 3))
    levels = np.where(gap == 0, overlap, near)
    return np.where(said, levels, UNSAID).astype(np.int8)


def _day_slips(days: NDArray[np.int64], left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Mark days whose figures differ in one, or in two neighbours that were swapped, or whose day
    and month were."""
    a, b = (days[rows].astype("datetime64[D]").astype(str) for rows in (left, right))
    if not len(a):
        return np.zeros(0, dtype=np.bool_)
    one, two = (x.view("U1").reshape(len(x), -1)[:, [0, 1, 2, 3, 5, 6, 8, 9]] for x in (a, b))
    unlike = one != two
    count = unlike.sum(axis=1)
    swapped = (one[:, :-1] == two[:, 1:]) & (one[:, 1:] == two[:, :-1])
    beside = (unlike[:, :-1] & unlike[:, 1:] & swapped).any(axis=1)
    turned = (one[:, 4:6] == two[:, 6:]).all(axis=1) & (one[:, 6:] == two[:, 4:6]).all(axis=1)
    turned &= ~unlike[:, :4].any(axis=1)
    return np.asarray((count <= 1) | ((count == 2) & beside) | turned, dtype=np.bool_)


def death_levels(death: Interval, left: Rows, right: Rows) -> Levels:
    """Compare times of death; two wide periods that overlap (a year and a year) say nothing."""
    gap, width, said = _interval_gap(death, left, right)
    near = np.where(gap <= _NEAR_DEATH_DAYS, 1, 0)
    overlap = np.where(width == 1, 3, np.where(width <= _NARROW_DEATH_DAYS, 2, UNSAID))
    return np.where(said, np.where(gap == 0, overlap, near), UNSAID).astype(np.int8)
