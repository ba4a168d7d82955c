"""Readings of nights: each spans two civil dates (CA-07)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Final

from dadkhah.dates import edtf
from dadkhah.dates.atoms import read_date
from dadkhah.dates.matching import Match
from dadkhah.dates.placing import WEEKDAYS, place
from dadkhah.dates.reading import Context, Inference, Reading
from dadkhah.dates.span import DateSpan
from dadkhah.errors import DateTextError

__all__ = ["NIGHTS"]

_TWO_DAYS: Final = 2


def _night(match: Match, context: Context) -> Reading:
    """Read a night: it spans two civil dates, and "night of Friday" is Thursday's (CA-07)."""
    inner = match.caught["date"]
    named = match.caught.get("weekday") or inner.caught.get("weekday")
    day = read_date(replace(inner, caught={**inner.caught, "weekday": None}), context)
    if not day.span.exact or day.span.earliest is None:
        if day.unit == "day" and day.span.bounded:
            return day.but(span=_widen(day.span, 0, 1), role="night", edtf=None, parts=None)
        raise DateTextError("date-not-understood", "Only a day has a night.")
    eve_style = "night_of" in match.caught and "night" not in match.caught
    before, after, added = _night_sides(
        day.span.earliest,
        named[0] if named else None,
        eve_style,
        persian=not _is_latin(match),
    )
    return day.but(
        *added, span=_widen(day.span, before, after), role="night", edtf=None, parts=None
    )


def _is_latin(match: Match) -> bool:
    """Say whether the night was written in Latin script."""
    word = match.caught.get("night_of") or match.caught.get("night") or ("",)
    return str(word[0]).isascii()


def _widen(span: DateSpan, before: int, after: int) -> DateSpan:
    first, last = span.earliest, span.latest
    return DateSpan(
        earliest=edtf.shifted(first, -before) if first else None,
        latest=edtf.shifted(last, after) if last else None,
    )


def _night_sides(
    day: datetime.date, named: int | None, eve_style: bool, *, persian: bool
) -> tuple[int, int, tuple[Inference, ...]]:
    """Give how many days before and after the civil date a night reaches.

    1. "Night of Friday" with Friday's date: the evening before and the early hours of that day.
    2. "Night of Friday" with Thursday's date: that evening and the next day's early hours.
    3. "Thursday night" with Thursday's date: that evening and the next day's early hours.
    4. شب before a bare date may be either night of it; so is a weekday that fits neither.
    """
    if named is None:
        return (1, 1, (_either_night(),)) if persian and eve_style else (0, 1, ())
    if eve_style and day.weekday() == named:
        return 1, 0, ()
    if day.weekday() == ((named - 1) % 7 if eve_style else named):
        return 0, 1, ()
    sentence = f"The text says {WEEKDAYS[named]}, but {day.isoformat()} was a "
    disagreement = Inference(
        code="weekday-disagrees", sentence=sentence + f"{WEEKDAYS[day.weekday()]}."
    )
    return 1, 1, (disagreement,)


def _either_night() -> Inference:
    return Inference(
        code="night-either",
        sentence="The night of a date can be the one before it or the one after it.",
    )


def _nights(match: Match, context: Context) -> Reading:
    """Read "the night of 28-29 July 1988": the one night that has both dates."""
    last = read_date(match.caught["right"], context)
    if last.parts is None or last.unit != "day":
        raise DateTextError("date-not-understood", "Only a day has a night.")
    first = place(replace(last.parts, day=match.caught["first"], weekday=None), context)
    span = DateSpan(earliest=first.span.earliest, latest=last.span.latest)
    if span.days != _TWO_DAYS and first.calendar != "lunar_hijri":
        raise DateTextError("date-not-understood", "One night has two dates, one after the other.")
    return last.but(span=span, role="night", edtf=None, parts=None)


def _eve(match: Match, context: Context) -> Reading:
    day = read_date(match.caught["date"], context)
    if day.span.earliest is None or day.unit != "day":
        raise DateTextError("date-not-understood", "Only a day has an eve.")
    return day.but(span=_widen(day.span, 1, 0), role="night", edtf=None, parts=None)


def _night_bare(match: Match, context: Context) -> Reading:
    named = match.caught["weekday"][0]
    evening = (named - 1) % 7 if "night_of" in match.caught else named
    sentence = f"This is the evening of a {WEEKDAYS[evening]} and the early hours of a "
    meaning = Inference(
        code="night-of-weekday",
        sentence=sentence + f"{WEEKDAYS[(evening + 1) % 7]}; the text does not say of which week.",
    )
    return Reading(calendar=context.calendar or "gregorian", role="night", inferences=(meaning,))


NIGHTS: Final = {"night": _night, "nights": _nights, "eve": _eve, "night_bare": _night_bare}
