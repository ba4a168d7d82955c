"""From the parts of a date to the days it can mean."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

from dadkhah.dates import calendars
from dadkhah.dates.calendars import IMPERIAL_OFFSET, Calendar
from dadkhah.dates.reading import Context, Inference, Parts, Reading
from dadkhah.dates.relation import relation
from dadkhah.dates.span import OPEN, DateSpan
from dadkhah.dates.years import CALENDAR_NAMES, year_of
from dadkhah.errors import DateTextError

__all__ = ["WEEKDAYS", "hull", "month_span", "place", "year_span"]

WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_SEASONS: Final = {"spring": 1, "summer": 4, "autumn": 7, "winter": 10}


def _edges(calendar: Calendar, first: tuple[int, int, int], last: tuple[int, int, int]) -> DateSpan:
    """Give the span from one day to another of the same calendar, both included."""
    if calendar == "gregorian":
        return DateSpan(earliest=_gregorian(*first), latest=_gregorian(*last))
    if calendar == "lunar_hijri":
        return DateSpan(
            earliest=calendars.from_lunar_hijri(*first)[0],
            latest=calendars.from_lunar_hijri(*last)[1],
        )
    offset = IMPERIAL_OFFSET if calendar == "imperial" else 0
    return DateSpan(
        earliest=calendars.from_solar_hijri(first[0] - offset, *first[1:]),
        latest=calendars.from_solar_hijri(last[0] - offset, *last[1:]),
    )


def _gregorian(year: int, month: int, day: int) -> datetime.date:
    if not 1 <= year <= 9999:
        raise DateTextError("date-out-of-range", f"The Gregorian year {year} cannot be read.")
    if not 1 <= month <= 12:
        raise DateTextError("date-impossible", f"There is no month {month}.")
    longest = calendars.month_length("gregorian", year, month)
    if not 1 <= day <= longest:
        raise DateTextError(
            "date-impossible",
            f"{year}-{month:02} has {longest} days; there is no day {day}.",
            todo="Keep the text as written and ask the source.",
        )
    return datetime.date(year, month, day)


def year_span(calendar: Calendar, year: int, last: int | None = None) -> DateSpan:
    """Give the days of a year, or of the years up to `last`."""
    end = last or year
    final = 30 if calendar == "lunar_hijri" else calendars.month_length(calendar, end, 12)
    return _edges(calendar, (year, 1, 1), (end, 12, final))


def month_span(calendar: Calendar, year: int, month: int, last: int | None = None) -> DateSpan:
    """Give the days of a month, or of the months up to `last`."""
    end = last or month
    final = calendars.month_length(calendar, year, end)
    return _edges(calendar, (year, month, 1), (year, end, final))


def hull(spans: Iterable[DateSpan]) -> DateSpan:
    """Give the smallest span that holds all; an open end stays open."""
    held = list(spans)
    firsts = [span.earliest for span in held if span.earliest is not None]
    lasts = [span.latest for span in held if span.latest is not None]
    return DateSpan(
        earliest=min(firsts) if len(firsts) == len(held) and held else None,
        latest=max(lasts) if len(lasts) == len(held) and held else None,
    )


def place(parts: Parts, context: Context) -> Reading:
    """Give the reading of a date from its parts.

    Raises:
        DateTextError: date-impossible, date-out-of-range, date-not-understood.
    """
    if parts.year is None:
        return _without_year(parts)
    calendar, year, inferred = year_of(parts, context)
    if parts.season:
        return _season(parts, calendar, year).but(*inferred)
    if not parts.months:
        span = year_span(calendar, year)
        return Reading(
            calendar=calendar, span=span, unit="year", year=year, parts=parts, inferences=inferred
        )
    month_calendar, month = _month_in(parts, calendar)
    if month_calendar != calendar and {month_calendar, calendar} != {"solar_hijri", "imperial"}:
        return _mixed(parts, month_calendar, month, year_span(calendar, year)).but(*inferred)
    return _checked(_in_month(parts, calendar, year, month).but(*inferred), parts)


def _without_year(parts: Parts) -> Reading:
    """Read a day or month whose year is not given: it bounds nothing yet."""
    calendar = parts.months[0][0] if parts.months else "gregorian"
    edtf = None
    if calendar == "gregorian" and parts.months and parts.day:
        edtf = f"XXXX-{parts.months[0][1]:02}-{parts.day:02}"
        _gregorian(2000, parts.months[0][1], parts.day)
    elif parts.months and parts.day and parts.day > (30 if calendar == "lunar_hijri" else 31):
        raise DateTextError("date-impossible", f"No month has a day {parts.day}.")
    missing = Inference(code="year-missing", sentence="The text gives no year, so none is read.")
    return Reading(calendar=calendar, span=OPEN, edtf=edtf, parts=parts, inferences=(missing,))


def _month_in(parts: Parts, calendar: Calendar) -> tuple[Calendar, int]:
    """Choose among the calendars in which a month of this name stands: the year's, if it may."""
    like = "solar_hijri" if calendar == "imperial" else calendar
    for candidate in parts.months:
        if candidate[0] == like:
            return candidate
    return parts.months[0]


def _in_month(parts: Parts, calendar: Calendar, year: int, month: int) -> Reading:
    if parts.day is None:
        span, unit = month_span(calendar, year, month), "month"
    else:
        day = (year, month, parts.day)
        span, unit = _edges(calendar, day, day), "day"
    reading = Reading(calendar=calendar, span=span, unit=unit, year=year, month=month, parts=parts)
    return reading.but(_lunar(unit)) if calendar == "lunar_hijri" else reading


def _lunar(unit: str) -> Inference:
    return Inference(
        code="lunar-by-table",
        sentence=f"The Lunar Hijri {unit} is converted by table and may begin or end a day "
        "earlier or later.",
    )


def _mixed(parts: Parts, calendar: Calendar, month: int, within: DateSpan) -> Reading:
    """Read a month of one calendar in a year of another: every such month that meets the year."""
    readings = []
    for year in _years_near(calendar, within):
        try:
            candidate = _in_month(parts, calendar, year, month)
        except DateTextError:
            continue
        if relation(candidate.span, within).equal != "no":
            readings.append(candidate)
    if not readings:
        raise DateTextError("date-impossible", "No such month and day fall in the year named.")
    inference = Inference(
        code="calendars-mixed",
        sentence=f"A {CALENDAR_NAMES[calendar]} month stands with a year of another calendar.",
    )
    only = readings[0] if len(readings) == 1 else None
    if only is not None:
        return _checked(only.but(inference), parts)
    return readings[0].but(inference, span=hull(reading.span for reading in readings))


def _years_near(calendar: Calendar, span: DateSpan) -> range:
    first, last = span.earliest or datetime.date.min, span.latest or datetime.date.max
    if calendar == "gregorian":
        return range(first.year, last.year + 1)
    to = calendars.to_lunar_hijri if calendar == "lunar_hijri" else calendars.to_solar_hijri
    return range(to(first)[0], to(last)[0] + 1)


def _checked(reading: Reading, parts: Parts) -> Reading:
    """Compare a written weekday with the day; a disagreement is a flag, never a fix (CA-08)."""
    first, last = reading.span.earliest, reading.span.latest
    if parts.weekday is None or first is None or last is None or (last - first).days > 2:
        return reading
    offsets = range((last - first).days + 1)
    possible = {(first.weekday() + offset) % 7 for offset in offsets}
    if parts.weekday in possible:
        return reading
    return reading.but(
        Inference(
            code="weekday-disagrees",
            sentence=f"The text says {WEEKDAYS[parts.weekday]}, but {first.isoformat()} was a "
            f"{WEEKDAYS[first.weekday()]}.",
        )
    )


def _season(parts: Parts, calendar: Calendar, year: int) -> Reading:
    """Read a season as the three Solar Hijri months it means (CA-02), in every language."""
    season = parts.season or ""
    month = _SEASONS[season]
    if calendar in ("solar_hijri", "imperial"):
        return Reading(
            calendar=calendar,
            span=month_span(calendar, year, month, month + 2),
            unit="season",
            year=year,
            month=month,
            parts=parts,
        )
    if calendar != "gregorian":
        raise DateTextError("date-not-understood", "A lunar year has no fixed seasons.")
    span = month_span("solar_hijri", year - 621, month, month + 2)
    bounds = "The season's days are those of the Solar Hijri calendar."
    inferences = [Inference(code="season-bounds", sentence=bounds)]
    if season == "winter":
        span = hull((month_span("solar_hijri", year - 622, 10, 12), span))
        both = f"A winter of {year} may be the one that ends or the one that begins in it."
        inferences.append(Inference(code="winter-either", sentence=both))
    return Reading(
        calendar="gregorian", span=span, unit="season", parts=parts, inferences=tuple(inferences)
    )
