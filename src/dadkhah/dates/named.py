"""Months, seasons and weekdays counted from the source's own date: مرداد پارسال, last summer."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from dadkhah.dates import edtf
from dadkhah.dates.calendars import Calendar
from dadkhah.dates.matching import Match, YearText
from dadkhah.dates.placing import place
from dadkhah.dates.reading import Context, Inference, Parts, Reading
from dadkhah.dates.relative import says_persian, without_source
from dadkhah.dates.span import DateSpan
from dadkhah.dates.years import source_year

__all__ = ["NAMED"]

_STEPS: Final = {"this_year_word": 0, "last_year_word": 1, "year_before_last": 2}
_YEARS_BACK: Final = 3


def _of_year(match: Match, context: Context) -> Reading:
    """Read "August of last year", مرداد پارسال, تابستان امسال."""
    step = next(step for word, step in _STEPS.items() if word in match.caught)
    return _in_year(match, context, step) or without_source("point")


def _last_named(match: Match, context: Context) -> Reading:
    """Read "last summer", "last August", "last Friday": the latest that ended before the source."""
    source = context.source.earliest if context.source else None
    if "weekday" in match.caught:
        return _last_weekday(match.caught["weekday"][0], context)
    for step in range(_YEARS_BACK):
        reading = _in_year(match, context, step)
        if source and reading and reading.span.latest and reading.span.latest < source:
            return reading
    return without_source("point")


def _this_named(match: Match, context: Context) -> Reading:
    return _in_year(match, context, 0) or without_source("point")


def _in_year(match: Match, context: Context, step: int) -> Reading | None:
    """Place a month, day or season in the year so many before the source's; None without one."""
    caught = match.caught
    calendar = _calendar(match)
    year = source_year(calendar, context)
    if year is None:
        return None
    parts = Parts(
        year=YearText(year - step, 4), months=caught.get("month", ()), day=caught.get("day"),
        season=caught["season"][0] if "season" in caught else None, era=calendar,
    )  # fmt: skip
    return place(parts, context).but(_from_source(context))


def _calendar(match: Match) -> Calendar:
    """Choose the calendar: the month's, or the language's."""
    months: list[Calendar] = [calendar for calendar, _ in match.caught.get("month", ())]
    if months and not (len(months) > 1 and says_persian(match)):
        return months[0]
    return "solar_hijri" if says_persian(match) else "gregorian"


def _last_weekday(named: int, context: Context) -> Reading:
    source = context.source
    if source is None or source.earliest is None or not source.exact:
        return without_source("point")
    day = edtf.shifted(source.earliest, -((source.earliest.weekday() - named - 1) % 7 + 1))
    return _one_day(day).but(_from_source(context))


def _one_day(day: datetime.date) -> Reading:
    return Reading(calendar="gregorian", span=DateSpan(earliest=day, latest=day))


def _from_source(context: Context) -> Inference:
    date = context.source.edtf if context.source else ""
    return Inference(code="relative-to-source", sentence=f"Counted from the source's date, {date}.")


NAMED: Final[dict[str, Callable[[Match, Context], Reading]]] = {
    "of_year": _of_year,
    "last_named": _last_named,
    "this_named": _this_named,
}
