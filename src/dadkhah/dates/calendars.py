"""Four calendars and the one day they all name: plain integer arithmetic, numpy arrays welcome.

A day is counted as Python counts it: day 1 is 0001-01-01, proleptic Gregorian.
"""

from __future__ import annotations

import calendar as gregorian
import datetime
from typing import Final, Literal

from dadkhah.errors import DateTextError

__all__ = [
    "CALENDARS",
    "IMPERIAL_OFFSET",
    "Calendar",
    "from_lunar_hijri",
    "from_solar_hijri",
    "in_solar_years",
    "lunar_day",
    "month_length",
    "solar_day",
    "to_lunar_hijri",
    "to_solar_hijri",
]

Calendar = Literal["gregorian", "solar_hijri", "lunar_hijri", "imperial"]
CALENDARS: Final = ("gregorian", "solar_hijri", "lunar_hijri", "imperial")
IMPERIAL_OFFSET: Final = 1180

SOLAR_YEARS: Final = (1178, 1633)
LUNAR_YEARS: Final = (1, 1700)
_SOLAR_EPOCH: Final = 226895  # 1 Farvardin 1 by the 33-year rule, counted back from 1178
_LUNAR_EPOCH: Final = 227015  # 1 Muharram 1, civil reckoning: 19 July 622
_LUNAR_LENGTHS: Final = (30, 29) * 6


def _solar_leap(year: int) -> bool:
    """Say whether Esfand has 30 days: the 33-year rule, right for every year of 1178-1633.

    Source: Unicode ICU, PersianCalendar::isLeapYear; tests compare it with jdatetime and with
    the equinox as convertdate computes it.
    """
    return (25 * year + 11) % 33 < 8


def solar_day(year: int, month: int, day: int) -> int:
    """Count the day of a Solar Hijri date; whole numbers or numpy arrays of them, unchecked.

    Source: ICU, PersianCalendar, handleComputeMonthStart (33-year cycle).
    """
    years = 365 * (year - 1) + (8 * year + 21) // 33
    months = 30 * (month - 1) + (month - 1) * (month <= 7) + 6 * (month > 7)
    return _SOLAR_EPOCH + years + months + day - 1


def lunar_day(year: int, month: int, day: int) -> int:
    """Count the day of a Lunar Hijri date by the civil (tabular) reckoning, unchecked.

    Source: E. M. Reingold and N. Dershowitz, Calendrical Calculations, 4th edition, section 7.1.
    """
    months = 29 * (month - 1) + month // 2
    return _LUNAR_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30 + months + day - 1


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """Give the number of days of a month (lunar: the longest it can be, 30)."""
    if calendar == "gregorian":
        return gregorian.monthrange(year, month)[1]
    if calendar == "lunar_hijri":
        return 30
    solar = year - IMPERIAL_OFFSET if calendar == "imperial" else year
    if month <= 6:
        return 31
    return 30 if month <= 11 or _solar_leap(solar) else 29


def in_solar_years(date: datetime.date) -> bool:
    """Say whether a day lies in a Gregorian year that `to_solar_hijri` reads as a whole."""
    return SOLAR_YEARS[0] + 622 <= date.year <= SOLAR_YEARS[1] + 620


def _refuse_outside(year: int, bounds: tuple[int, int], name: str) -> None:
    if not bounds[0] <= year <= bounds[1]:
        raise DateTextError(
            "date-out-of-range",
            f"The {name} year {year} is outside {bounds[0]}-{bounds[1]}.",
            todo="Check the year and the calendar.",
        )


def _refuse_impossible(calendar: Calendar, year: int, month: int, day: int, name: str) -> None:
    if not 1 <= month <= 12:
        raise DateTextError("date-impossible", f"There is no month {month}.")
    longest = month_length(calendar, year, month)
    if not 1 <= day <= longest:
        raise DateTextError(
            "date-impossible",
            f"Month {month} of {name} {year} has {longest} days; there is no day {day}.",
            todo="Keep the text as written and ask the source.",
        )


def from_solar_hijri(year: int, month: int, day: int) -> datetime.date:
    """Give the Gregorian day of a Solar Hijri date.

    Args:
        year: 1178 to 1633, where the 33-year rule agrees with the equinox at Tehran.

    Raises:
        DateTextError: date-impossible (30 Esfand of a common year), date-out-of-range.
    """
    _refuse_outside(year, SOLAR_YEARS, "Solar Hijri")
    _refuse_impossible("solar_hijri", year, month, day, "Solar Hijri")
    return datetime.date.fromordinal(solar_day(year, month, day))


def to_solar_hijri(date: datetime.date) -> tuple[int, int, int]:
    """Give year, month and day of a Gregorian day in the Solar Hijri calendar.

    Raises:
        DateTextError: date-out-of-range, before 1178 or after 1633.
    """
    ordinal = date.toordinal()
    year = date.year - 621
    if ordinal < solar_day(year, 1, 1):
        year -= 1
    _refuse_outside(year, SOLAR_YEARS, "Solar Hijri")
    passed = ordinal - solar_day(year, 1, 1)
    if passed < 186:
        return year, passed // 31 + 1, passed % 31 + 1
    return year, (passed - 186) // 30 + 7, (passed - 186) % 30 + 1


def from_lunar_hijri(year: int, month: int, day: int) -> tuple[datetime.date, datetime.date]:
    """Give the Gregorian days that a Lunar Hijri date can be: the civil day and one either side.

    The month begins with a sighting that differs by place; the table is a day off in most years
    (CA-06).

    Raises:
        DateTextError: date-impossible, date-out-of-range.
    """
    _refuse_outside(year, LUNAR_YEARS, "Lunar Hijri")
    _refuse_impossible("lunar_hijri", year, month, day, "Lunar Hijri")
    civil = lunar_day(year, month, day)
    return datetime.date.fromordinal(civil - 1), datetime.date.fromordinal(civil + 1)


def to_lunar_hijri(date: datetime.date) -> tuple[int, int, int]:
    """Give year, month and day of a Gregorian day by the civil Lunar Hijri reckoning (+-1 day).

    Raises:
        DateTextError: date-out-of-range, before the first year.
    """
    ordinal = date.toordinal()
    year = (30 * (ordinal - _LUNAR_EPOCH) + 10646) // 10631
    _refuse_outside(year, LUNAR_YEARS, "Lunar Hijri")
    month = 12
    while lunar_day(year, month, 1) > ordinal:
        month -= 1
    return year, month, ordinal - lunar_day(year, month, 1) + 1
