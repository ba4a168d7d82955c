"""Which calendar a year is in, and which century two digits stand for (CA-04, CA-05)."""

from __future__ import annotations

from typing import Final

from dadkhah.dates.calendars import IMPERIAL_OFFSET, Calendar, to_lunar_hijri, to_solar_hijri
from dadkhah.dates.lexicon import data
from dadkhah.dates.matching import YearText
from dadkhah.dates.reading import Context, Inference, Parts
from dadkhah.errors import DateTextError

__all__ = ["CALENDAR_NAMES", "source_year", "year_of"]

CALENDAR_NAMES: Final = {
    "gregorian": "Gregorian",
    "solar_hijri": "Solar Hijri",
    "lunar_hijri": "Lunar Hijri",
    "imperial": "imperial",
}


def source_year(calendar: Calendar, context: Context) -> int | None:
    """Give the year of the source's date in a calendar; None without a source date."""
    latest = context.source.latest if context.source else None
    if latest is None:
        return None
    if calendar == "gregorian":
        return latest.year
    if calendar == "lunar_hijri":
        return to_lunar_hijri(latest)[0]
    return to_solar_hijri(latest)[0] + (IMPERIAL_OFFSET if calendar == "imperial" else 0)


def _expanded(year: YearText, calendar: Calendar, context: Context) -> tuple[int, Inference]:
    """Expand two digits, and say by which rule."""
    limit = source_year(calendar, context)
    if limit is not None:
        value = limit - (limit - year.value) % 100
        rule = f"it is the latest such year not after the source's date ({limit})"
    else:
        pivot = data("numbers")["pivots"][calendar]
        value = pivot["later" if year.value < pivot["turn"] else "earlier"] + year.value
        rule = f"without the source's date the century turns at {pivot['turn']:02}"
    sentence = f"The two digits {year.value:02} are read as {CALENDAR_NAMES[calendar]} {value}: "
    return value, Inference(code="year-expanded", sentence=sentence + rule + ".")


def _of_two_digits(year: YearText, parts: Parts) -> Calendar:
    """Choose the calendar of a two-digit year: the month's, else Gregorian only after '."""
    calendars = {calendar for calendar, _ in parts.months}
    if len(calendars) == 1:
        return calendars.pop()
    return "gregorian" if year.apostrophe else "solar_hijri"


def _of_four_digits(year: YearText, parts: Parts) -> Calendar:
    if 2500 <= year.value <= 2600:
        return "imperial"
    if year.value >= 1500:
        return "gregorian"
    calendars = {calendar for calendar, _ in parts.months}
    return "lunar_hijri" if calendars == {"lunar_hijri"} else "solar_hijri"


def year_of(parts: Parts, context: Context) -> tuple[Calendar, int, tuple[Inference, ...]]:
    """Give the calendar and full number of a written year, and what was inferred for it.

    Raises:
        DateTextError: date-not-understood, when the year has another number of digits.
    """
    year = parts.year
    if year is None or year.digits not in (2, 4):
        raise DateTextError(
            "date-not-understood", "This is no year.", todo="Write it with two or four digits."
        )
    told = parts.era or context.calendar
    if year.digits == 2:
        calendar = told or _of_two_digits(year, parts)
        value, expanded = _expanded(year, calendar, context)
        return calendar, value, (expanded,)
    calendar = told or _of_four_digits(year, parts)
    if told and told != "imperial" and 2500 <= year.value <= 2600:
        calendar = "imperial"
    if told is None and calendar == "solar_hijri" and not parts.months:
        return calendar, year.value, (_by_size(year.value),)
    return calendar, year.value, ()


def _by_size(value: int) -> Inference:
    return Inference(
        code="calendar-by-year",
        sentence=f"No calendar is named; a year {value} is read as Solar Hijri, not Lunar Hijri.",
    )
