"""When somebody was born, from an age at a date (CR-06: bands allowed)."""

from __future__ import annotations

import calendar
import datetime
from typing import Final

from dadkhah.dates.span import OPEN, DateSpan
from dadkhah.errors import DateTextError

__all__ = ["birth_span"]

OLDEST: Final = 130


def _years_before(day: datetime.date, years: int) -> datetime.date:
    """Give the same day so many years earlier; 29 February becomes 1 March."""
    year = max(day.year - years, 1)
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return datetime.date(year, 3, 1)
    return day.replace(year=year)


def birth_span(age: int | tuple[int | None, int | None], at: DateSpan) -> DateSpan:
    """Give the days on which someone of an age at a date can have been born.

    Args:
        age: completed years, or the lowest and highest of a band; None leaves that side open.
        at: when the age held; an open end leaves that side of the birth open.

    Raises:
        DateTextError: date-age, when an age is below 0, above 130, or a band runs backwards.
    """
    low, high = (age, age) if isinstance(age, int) else age
    if any(year is not None and not 0 <= year <= OLDEST for year in (low, high)) or (
        low is not None and high is not None and low > high
    ):
        raise DateTextError(
            "date-age", f"An age is between 0 and {OLDEST} years, and a band runs upwards."
        )
    if at == OPEN:
        return OPEN
    earliest = None
    if at.earliest is not None and high is not None:
        earliest = _years_before(at.earliest, high + 1) + datetime.timedelta(days=1)
    latest = _years_before(at.latest, low or 0) if at.latest is not None else None
    return DateSpan(earliest=earliest, latest=latest)
