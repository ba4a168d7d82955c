"""A span written for people, in English or Persian."""

from __future__ import annotations

import datetime
from typing import Final

from dadkhah.dates.calendars import in_solar_years, to_solar_hijri
from dadkhah.dates.lexicon import data
from dadkhah.dates.placing import month_span, year_span
from dadkhah.dates.span import DateSpan
from dadkhah.errors import DateTextError
from dadkhah.text import to_persian_digits

__all__ = ["display"]

_CALENDARS: Final = {"en": "gregorian", "fa": "solar_hijri"}
_WORDS: Final = {
    "en": {"to": "{0} to {1}", "until": "until {0}", "since": "since {0}", "open": "date unknown"},
    "fa": {
        "to": "از {0} تا {1}",
        "until": "تا {0}",
        "since": "از {0} به بعد",
        "open": "تاریخ نامعلوم",
    },
}


def display(span: DateSpan | str, language: str = "en", *, calendar: str | None = None) -> str:
    """Write a span, or EDTF text, for people.

    English gives the Gregorian form, Persian the Solar Hijri form with Persian digits; `calendar`
    ("gregorian" or "solar_hijri") asks for the other. Reading the result gives the span again, from
    1500 to 2120: years beyond would be taken for those of the other calendar.

    Raises:
        DateTextError: date-bad-edtf; date-calendar-unknown for another language or calendar.
    """
    chosen = calendar or _CALENDARS.get(language, "")
    if language not in _WORDS or chosen not in ("gregorian", "solar_hijri"):
        raise DateTextError(
            "date-calendar-unknown",
            "Dates are shown in English or Persian, in the Gregorian or Solar Hijri calendar.",
            where=f"{language} {calendar or ''}".strip(),
        )
    held = DateSpan.from_edtf(span) if isinstance(span, str) else span
    return _text(held, language, chosen)


def _text(span: DateSpan, language: str, calendar: str) -> str:
    words = _WORDS[language]
    if span.earliest is None and span.latest is None:
        return words["open"]
    solar = calendar == "solar_hijri" and _in_range(span)
    cut = _precision(span, solar=solar)
    first = _point(span.earliest, cut, language, solar=solar) if span.earliest else ""
    last = _point(span.latest, cut, language, solar=solar) if span.latest else ""
    if not first:
        return words["until"].format(last)
    if not last:
        return words["since"].format(first)
    return first if first == last else words["to"].format(first, last)


def _in_range(span: DateSpan) -> bool:
    return all(in_solar_years(day) for day in (span.earliest, span.latest) if day)


def _units(day: datetime.date, *, solar: bool) -> tuple[DateSpan, DateSpan]:
    """Give the month and the year that a day lies in."""
    if solar:
        year, month, _ = to_solar_hijri(day)
        return month_span("solar_hijri", year, month), year_span("solar_hijri", year)
    return month_span("gregorian", day.year, day.month), year_span("gregorian", day.year)


def _precision(span: DateSpan, *, solar: bool) -> int:
    """Say how much of both ends to write: 0 the year, 1 the month, 2 the day."""
    units = (1, 0)
    for unit in units:
        starts = span.earliest is None or (
            _units(span.earliest, solar=solar)[1 - unit].earliest == span.earliest
        )
        ends = span.latest is None or (
            _units(span.latest, solar=solar)[1 - unit].latest == span.latest
        )
        if not (starts and ends):
            return unit + 1
    return 0


def _point(day: datetime.date, cut: int, language: str, *, solar: bool) -> str:
    year, month, date = to_solar_hijri(day) if solar else (day.year, day.month, day.day)
    name = _month_name("solar_hijri" if solar else "gregorian", month, language)
    numbers = {0: f"{year:04}", 1: f"{name} {year:04}", 2: f"{date} {name} {year:04}"}
    text = numbers[cut]
    if not solar:
        return to_persian_digits(text) + " میلادی" if language == "fa" else text
    return to_persian_digits(text) if language == "fa" else f"{text} SH"


def _month_name(calendar: str, month: int, language: str) -> str:
    """Give the first name of a month in a language's script."""
    names: list[str] = data("months")[calendar][month]
    latin = language == "en"
    return next(name for name in names if name.isascii() == latin)
