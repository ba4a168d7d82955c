"""Times of birth and death, each an interval of days, compared by their bounds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numba import njit
from numpy.typing import NDArray

from dadkhah.dates import to_solar_hijri
from dadkhah.errors import DateTextError
from dadkhah.people.fields import UNSAID

__all__ = [
    "ONE_SLIP",
    "TWO_PARTS",
    "Span",
    "birth_levels",
    "death_levels",
    "interval_gap",
    "likeness_of_days",
    "spans",
]

Levels = NDArray[np.int8]
Rows = NDArray[np.int64]
_DAY_NULL: Final = np.iinfo(np.int32).min
_NARROW_BIRTH_DAYS: Final = 3 * 366
_YEAR_DAYS: Final = 366
_NEAR_BIRTH_DAYS: Final = 731
_NARROW_DEATH_DAYS: Final = 62
_NEAR_DEATH_DAYS: Final = 14
_FIGURES: Final = 8
# how alike two days are that are not the same: in neither calendar, in two parts of three, but for
# one slip of the pen; the latter two are the levels of a birth
TWO_PARTS: Final = 3
ONE_SLIP: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An interval of days per mention, the least of all numbers where none is said.

    `figures` are those of the first day, of each mention eight in the Gregorian and eight in the
    Solar Hijri calendar, year before month before day; 0 where there is none.
    """

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    figures: NDArray[np.uint8]


def spans(table: pl.DataFrame, event: str) -> Span:
    """Read the interval of a birth or a death."""
    first, last = table[f"{event}_earliest"], table[f"{event}_latest"]
    return Span(first=_days(first), last=_days(last), figures=_figures(first))


def _figures(days: pl.Series) -> NDArray[np.uint8]:
    """Write each day in two calendars; each distinct day is turned once."""
    figures = np.zeros((len(days), 2, _FIGURES), dtype=np.uint8)
    distinct = days.drop_nulls().unique()
    if not len(distinct):
        return figures
    solar = {day: _solar_number(day) for day in distinct}
    gregorian = days.dt.year().cast(pl.Int64) * 10_000 + days.dt.month().cast(pl.Int64) * 100
    numbers = gregorian + days.dt.day(), days.replace_strict(solar, return_dtype=pl.Int64)
    for calendar, number in enumerate(numbers):
        rest = number.fill_null(0).to_numpy().copy()
        for place in reversed(range(_FIGURES)):
            rest, figures[:, calendar, place] = np.divmod(rest, 10)
    return figures


def _solar_number(day: datetime.date) -> int:
    try:
        year, month, within = to_solar_hijri(day)
    except DateTextError:
        return 0
    return year * 10_000 + month * 100 + within


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
    near[apart] = np.maximum(near[apart], _likeness(birth.figures, left[apart], right[apart]))
    overlap = np.where(width == 1, 7, np.where(width <= _NARROW_BIRTH_DAYS, 6, 5))
    levels = np.where(gap == 0, overlap, near)
    return np.where(said, levels, UNSAID).astype(np.int8)


def likeness_of_days(one: datetime.date, two: datetime.date) -> int:
    """Say how alike two days are written: TWO_PARTS, ONE_SLIP, or 0."""
    figures = _figures(pl.Series([one, two]))
    return int(_likeness(figures, np.array([0]), np.array([1]))[0])


@njit(cache=True, nogil=True)
def _likeness(figures: NDArray[np.uint8], left: Rows, right: Rows) -> Levels:
    """Mark days that differ, in either calendar, by one slip of the pen: in one figure, in two
    neighbours that were swapped, or in day and month turned round; and days that share two of
    year, month and day."""
    found = np.zeros(len(left), np.int8)
    for at in range(len(left)):
        for calendar in range(figures.shape[1]):
            one, two = figures[left[at], calendar], figures[right[at], calendar]
            if one[0] == 0 or two[0] == 0:
                continue
            unlike, first = 0, -1
            for place in range(_FIGURES):
                if one[place] != two[place]:
                    unlike += 1
                    first = place if first < 0 else first
            swapped = unlike == 2 and one[first] == two[first + 1] and one[first + 1] == two[first]
            year = (one[:4] == two[:4]).all()
            month, day = (one[4:6] == two[4:6]).all(), (one[6:] == two[6:]).all()
            turned = year and (one[4:6] == two[6:]).all() and (one[6:] == two[4:6]).all()
            if unlike <= 1 or swapped or turned:
                found[at] = ONE_SLIP
            elif year + month + day == 2:
                found[at] = max(found[at], np.int8(TWO_PARTS))
    return found


def death_levels(death: Span, left: Rows, right: Rows) -> Levels:
    """Compare times of death; two wide periods that overlap (a year and a year) say nothing."""
    gap, width, said = interval_gap(death, left, right)
    near = np.where(gap <= _NEAR_DEATH_DAYS, 1, 0)
    overlap = np.where(width == 1, 3, np.where(width <= _NARROW_DEATH_DAYS, 2, UNSAID))
    return np.where(said, np.where(gap == 0, overlap, near), UNSAID).astype(np.int8)
